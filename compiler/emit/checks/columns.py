"""The values that columns may hold: sets, ranges, what they look up, for `--check`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compiler.emit.checks.paths import (
    Cell,
    Skipped,
    own_path,
    why_faulty,
    why_unknown,
)
from compiler.emit.checks.sql import Condition, condition_of
from compiler.emit.code.code import Code, grouped, names_of
from compiler.emit.code.literals import literal
from compiler.emit.kinds.numeric import bounded
from compiler.emit.names import ScriptNames, suffixes_of
from compiler.plan.model import Column, Path, Plan, Table, Variant
from compiler.spec.columns import (
    Choice,
    Histogram,
    Lookup,
    Numeric,
    Piecewise,
    Progression,
    Running,
    Series,
    Uniform,
)
from compiler.spec.types import Data


def values_of(
    table: Table, column: Column, names: ScriptNames
) -> Code | Skipped | None:
    """All values that a column of categories may hold."""
    if isinstance(column.spec, Progression):
        return names.constant(table.name, column.name, "_STATES")
    if not isinstance(column.spec, Choice) or column.type.data is Data.BOOLEAN:
        return None
    if column.cut_by:
        what = f"the values of {column.name}"
        return Skipped(table.name, what, f"{column.cut_by} may cut it")
    constant = names.constant(table.name, column.name)
    if column.by is None:
        return constant
    if column.spec.type is not None:
        cases = [
            names.constant(table.name, column.name, suffix)
            for suffix in suffixes_of(column)
        ]
        every = ", ".join(f"*{case.text}" for case in cases)
        return Code(f"{{{every}}}", names=names_of(*cases))
    every = f"{{value for case in {constant.text}.values() for value in case}}"
    return Code(every, names=constant.names)


@dataclass(frozen=True)
class Range:
    """The minimum and the maximum that a column of numbers may hold."""

    code: Code
    is_rounded: bool = False
    """Whether the code is a pair: the range, and to how many digits its ends are rounded."""


def range_of(
    table: Table, column: Column, names: ScriptNames
) -> Range | Skipped | None:
    """The range of a column; None where it has none."""
    specs = [variant.spec for variant in column.variants]
    constant = names.constant(table.name, column.name)
    code, rounded = None, False
    if isinstance(column.spec, Running) and column.spec.cuts:
        code = constant
    if isinstance(column.spec, Series):
        code = sensor_range([one for one in specs if isinstance(one, Series)])
    if isinstance(column.spec, Piecewise):
        code = ends_of(column.spec, constant, by_case=column.by is not None)
    elif isinstance(column.spec, Numeric):
        drawn = [one for one in specs if isinstance(one, Numeric)]
        if bounded(drawn) or isinstance(column.spec, Uniform):
            code = constant
            if rounded := rounds_outward(drawn):
                code = grouped([constant, literal(column.spec.decimals)])
    if code and column.cut_by:
        what = f"{column.name} in its range"
        return Skipped(table.name, what, f"{column.cut_by} may cut it")
    return Range(code, rounded) if code else None


def ends_of(spec: Piecewise, constant: Code, by_case: bool) -> Code:
    """The first and the last of a constant's values, of all cases, with the column's digits."""
    key = "edges" if isinstance(spec, Histogram) else "values"
    ends = [f"{constant.text}['{key}'][{n}]" for n in (0, -1)]
    if by_case:
        each = f"for case in {constant.text}.values()"
        pairs = zip(("min", "max"), (0, -1), strict=True)
        ends = [f"{what}(case['{key}'][{n}] {each})" for what, n in pairs]
    if spec.integer:
        ends = [f"round({end})" for end in ends]
    elif spec.decimals is not None:
        ends = [f"round({end}, {spec.decimals})" for end in ends]
    return Code(f"({', '.join(ends)})", names=constant.names)


def rounds_outward(drawn: list[Numeric]) -> bool:
    """Whether numbers are rounded to digits that the ends of their range do not have."""
    return any(
        isinstance(one, Uniform)
        and one.decimals is not None
        and any(round(end, one.decimals) != end for end in one.arguments.values())
        for one in drawn
    )


def sensor_range(specs: list[Series]) -> Code | None:
    """The range of readings, whose ends are rounded as they are."""
    low = [-math.inf if one.min is None else one.min for one in specs]
    high = [math.inf if one.max is None else one.max for one in specs]
    ends = [min(low), max(high)]
    digits = specs[0].decimals
    if digits is not None:
        ends = [round(end, digits) if math.isfinite(end) else end for end in ends]
    return literal(ends) if any(map(math.isfinite, ends)) else None


def lookups_of(
    plan: Plan, table: Table, column: Column, refs: Mapping[Cell, Cell]
) -> Iterator[tuple[Path, Variant | None] | Skipped]:
    """What a column looks up, in all rows or in those of a case."""
    if not isinstance(column.spec, Lookup):
        return
    own = own_path(table, column)
    found: dict[str, list[Variant]] = {}
    for variant in column.variants:
        assert isinstance(variant.spec, Lookup)
        found.setdefault(variant.spec.path, []).append(variant)
    for text, variants in found.items():
        path = variants[0].paths[text]
        why = why_unknown(plan, refs, path)
        why = why or why_faulty(plan, own) or why_faulty(plan, path)
        if column.cut_by:
            why = why or f"{column.cut_by} may cut it"
        if why:
            yield Skipped(table.name, f"{column.name} as {text}", why)
        elif len(variants) == len(column.variants):
            yield path, None
        else:
            yield from ((path, variant) for variant in variants)


def lookup_condition(
    plan: Plan, column: Column, path: Path, variant: Variant | None
) -> Condition:
    """SQL of the rows in which a lookup holds something else, nulls of its own apart."""
    other = "{} <> {} OR {} IS NOT NULL AND {} IS NULL"
    paths = [column.name, path.text] * 2
    if not column.spec.has_nulls:
        other += " OR {} IS NULL AND {} IS NOT NULL"
        paths += [column.name, path.text]
    differs = Condition(other, tuple(paths))
    if variant is None:
        return differs
    return differs & condition_of(plan.output, lambda sql: sql.case(column, variant))
