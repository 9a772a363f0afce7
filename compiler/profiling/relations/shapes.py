"""Shapes of keys: numbers in sequence, a prefix and a number, uuids, other texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from compiler.profiling.relations.rows import Facts, Rows
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

NUMBERED = re.compile(r"([^\d\s]*[^\W\d][^\d\s]*)\d+")
UUID = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")
MOST = 0.98
"""The share of the texts that have a shape, in a column of that shape; data has faults."""
DENSE = 0.5
"""The share of the numbers from the lowest to the highest that occur, in a sequence."""
SPARSE = 0.01
"""Below that share, no number is in a set of keys by chance."""
LONG = 40
"""Letters of a text that is prose."""


class Form(Enum):
    """What keys look like; the value is the name in reasons."""

    SEQUENCE = "numbers in sequence"
    NUMBER = "numbers"
    SPARSE = "numbers far apart"
    NUMBERED = "a prefix and a number"
    UUID = "uuids"
    DIGITS = "texts of digits"
    TEXT = "texts"
    PROSE = "long texts"
    OTHER = "others"


@dataclass(frozen=True)
class Shape:
    """What the values of a column look like."""

    form: Form
    prefix: str = ""
    """Of `NUMBERED`, such as `CUST-`."""
    letters: float = 0.0
    """Of a text, on average."""

    @property
    def is_telling(self) -> bool:
        """Whether values of this shape are hardly in a column by chance."""
        return self.form in (Form.NUMBERED, Form.UUID, Form.SPARSE)


def shape_of(rows: Rows, table: SourceTable, facts: Facts) -> Shape:
    """The shape of the values of a column, texts by the first rows."""
    if facts.data is Data.INTEGER and facts.has_values and facts.low is not None:
        share = facts.distinct / (facts.high - facts.low + 1)
        if share >= DENSE:
            return Shape(Form.SEQUENCE)
        return Shape(Form.SPARSE if share < SPARSE else Form.NUMBER)
    if facts.data is Data.TEXT:
        return shape_of_texts(rows.head(table)[facts.name].drop_nulls().to_list())
    return Shape(Form.OTHER)


def shape_of_texts(texts: list[str]) -> Shape:
    """The shape that nearly all of these texts have."""
    if not texts:
        return Shape(Form.OTHER)
    least = MOST * len(texts)
    letters = sum(map(len, texts)) / len(texts)
    if sum(UUID.fullmatch(text) is not None for text in texts) >= least:
        return Shape(Form.UUID, letters=letters)
    if sum(text.isdigit() for text in texts) >= least:
        return Shape(Form.DIGITS, letters=letters)
    prefixes = [found[1] for text in texts if (found := NUMBERED.fullmatch(text))]
    if prefixes:
        prefix = max(set(prefixes), key=prefixes.count)
        if prefixes.count(prefix) >= least:
            return Shape(Form.NUMBERED, prefix, letters)
    return Shape(Form.PROSE if letters > LONG else Form.TEXT, letters=letters)
