"""How well a column holds the keys of a table: by its values, its name and its shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from compiler.profiling.relations import naming
from compiler.profiling.relations.rows import APPROXIMATE, Facts, Rows
from compiler.profiling.relations.shapes import Form, Shape, shape_of
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

ORPHANS = 0.02
"""The share of the rows that may hold no key of the table: data has faults."""
MANY = 20
"""Distinct texts that are not all keys of another table by chance."""
COVERED = 0.9
"""The share of the keys that numbers cover at least, where no name agrees."""
LEAST_FIRST = 0.5
"""The share of the first values that are keys; they may have more orphans than all rows."""
SCARCE = 1_000
"""Where a sample of values would have fewer, all of them are compared."""
NAMED = 0.5
"""An agreement of names from here on counts as one."""


@dataclass(frozen=True)
class Side:
    """A column of a table, as the one side of a ref."""

    table: SourceTable
    facts: Facts
    shape: Shape
    prefix: str
    """Of the names of all columns of the table."""

    @property
    def name(self) -> str:
        return self.facts.name


@dataclass(frozen=True)
class Evidence:
    """What says that a column points at a table."""

    parent: Side
    name: float
    """How well the names agree, 0 to 1."""
    orphans: float
    """The share of the rows with a value that is no key."""
    values: int
    """Distinct values that were compared."""
    is_sample: bool
    """Whether these are only some of the values."""
    coverage: float
    """The share of the keys that occur."""


def side(rows: Rows, table: SourceTable, column: str) -> Side:
    """A column with what was counted in it, and its shape."""
    facts = rows.facts(table)[column]
    prefix = naming.prefix_of([one.name for one in table.columns])
    return Side(table, facts, shape_of(rows, table, facts), prefix)


def named(child: Side, parent: Side) -> float:
    """How well the name of a column agrees with a table and its key."""
    return naming.agreement(
        child.name, child.prefix, parent.table.name, parent.name, parent.prefix
    )


def evidence(rows: Rows, child: Side, parent: Side) -> Evidence | None:
    """What says that a column holds the keys of a table; None if it does not."""
    if not may_hold(child, parent):
        return None
    name = named(child, parent)
    needs_name = parent.shape.form in (Form.SEQUENCE, Form.NUMBER, Form.DIGITS)
    if needs_name and name < NAMED and not may_cover(child, parent):
        return None
    if not looks_held(rows, child, parent):
        return None
    found = compared(rows, child, parent, name)
    return found if is_enough(child, found) else None


def may_hold(child: Side, parent: Side) -> bool:
    """Whether the values can be keys of the table, by their types and their shapes."""
    if child.facts.data is not parent.facts.data or not child.facts.has_values:
        return False
    if parent.shape.form is Form.NUMBERED and child.shape.form is Form.NUMBERED:
        return parent.shape.prefix == child.shape.prefix
    if parent.shape.form is Form.UUID or child.shape.form is Form.UUID:
        return parent.shape.form is child.shape.form
    return True


def looks_held(rows: Rows, child: Side, parent: Side) -> bool:
    """Whether the first values are keys; most columns are no refs, and these show it."""
    keys = rows.sketch(parent.table, parent.name)
    first = rows.first(child.table, child.name)
    first = first[first % np.uint64(keys.every) == 0]
    return not len(first) or bool(np.isin(first, keys.hashes).mean() >= LEAST_FIRST)


def may_cover(child: Side, parent: Side) -> bool:
    """Whether numbers can be nearly all keys of a large table, in a column named as a ref."""
    return (
        parent.facts.distinct >= MANY
        and child.facts.distinct >= APPROXIMATE * COVERED * parent.facts.distinct
        and naming.is_key_word(child.name)
    )


def compared(rows: Rows, child: Side, parent: Side, name: float) -> Evidence:
    """The distinct values of both, all or the same sample of them."""
    ours = rows.sketch(child.table, child.name)
    theirs = rows.sketch(parent.table, parent.name)
    every, count = max(ours.every, theirs.every), len(theirs.hashes) * theirs.every
    if ours.every == 1 and len(ours.hashes) < SCARCE * every:
        keys = rows.among(parent.table, parent.name, ours.hashes)
        every = 1
    else:
        ours, theirs = ours.thinned(every), theirs.thinned(every)
        keys, count = theirs.hashes, len(theirs.hashes)
    is_key = np.isin(ours.hashes, keys, assume_unique=True)
    held = ours.counts.sum()
    return Evidence(
        parent=parent,
        name=name,
        orphans=float(ours.counts[~is_key].sum() / held) if held else 0.0,
        values=len(ours.hashes),
        is_sample=every > 1,
        coverage=float(is_key.sum() / count) if count else 0.0,
    )


def is_enough(child: Side, found: Evidence) -> bool:
    """Whether the values are keys of the table, and hardly by chance."""
    if found.orphans > ORPHANS or not found.values:
        return False
    if found.name >= NAMED:
        return True
    parent = found.parent
    if found.orphans > 0 and not parent.shape.is_telling:
        return False
    if child.facts.data is Data.INTEGER:
        if parent.shape.form is Form.SPARSE:
            return found.values >= MANY
        return may_cover(child, parent) and found.coverage >= COVERED
    if parent.shape.is_telling:
        return True
    is_text = parent.shape.form is Form.TEXT and parent.shape.letters >= 4
    few = found.values >= 3 and found.coverage >= 0.5
    return is_text and (few or found.values >= MANY)


def containment(child: Side, found: Evidence) -> str:
    """What the values say, in words."""
    table, count = found.parent.table.name, child.facts.rows - child.facts.nulls
    if found.orphans > 0:
        lost = max(1, round(found.orphans * count))
        about = "about " if found.is_sample else ""
        return f"{about}{lost:,} of {count:,} values are not keys of {table}, all others are"
    if found.values == 1:
        return f"its one distinct value is a key of {table}"
    if found.is_sample:
        return f"all of {found.values:,} sampled distinct values are keys of {table}"
    return f"all {found.values:,} distinct values are keys of {table}"


def reason(child: Side, found: Evidence) -> str:
    """The evidence in words."""
    text = containment(child, found)
    if found.name >= 0.9:
        return f"{text}; the name agrees"
    if found.name >= NAMED:
        return f"{text}; the name agrees in part"
    if found.parent.shape.is_telling:
        return f"{text}; so does the shape: {found.parent.shape.form.value}"
    return (
        f"{text}, and they cover {found.coverage:.0%} of them; the name does not agree"
    )
