"""`by` and `cases`: which rows a case holds, and whether every row has one."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from compiler.diagnostics import Label, did_you_mean
from compiler.names import nearest
from compiler.plan.model import Case, Path
from compiler.plan.scope import Place, Scope
from compiler.spec.cases import CaseKeys
from compiler.spec.columns import ByCase, Column
from compiler.spec.columns.base import variants_of
from compiler.spec.types import Data

BOOLEANS = ("true", "false")
MOST_SHOWN = 5
RANGE = re.compile(
    r"\s*(<=|>=|<|>|==)?\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*", re.ASCII
)


def cases_of(
    scope: Scope, place: Place, spec: Column, by: Path | None
) -> Iterator[tuple[Case | None, CaseKeys, Column]]:
    """Each variant of a column: its case, where its parameters are, and the parameters."""
    variants = variants_of(spec)
    tests = {
        keys: case_of(scope, (*place, *keys), keys[1], by)
        for keys in variants
        if len(keys) > 1
    }
    if isinstance(spec, ByCase) and by is not None and by.type.data is not Data.UNKNOWN:
        check_cover(scope, place, spec, by, [case for case in tests.values() if case])
    for keys, one in variants.items():
        known = tests.get(keys)
        stand_in = Case(keys[1], value=keys[1]) if keys in tests else None
        yield known or stand_in, keys, one


def case_of(scope: Scope, place: Place, name: str, by: Path | None) -> Case | None:
    """A case's test of a value of that type; None, and a diagnostic, where it has none."""
    if by is None or by.type.data is Data.UNKNOWN:
        return None
    label = (Label(scope.document.key(place)),)
    if by.type.is_text:
        if name == "otherwise":
            message = "a case cannot be named `otherwise`, which is the case for all other values"
            scope.report("E113", message, label, "rename the category")
        if by.type.values:
            check_names(scope, place[:-1], by.text, [name], by.type.values)
        return Case(name, value=name)
    if by.type.is_boolean:
        check_names(scope, place[:-1], by.text, [name], BOOLEANS)
        return Case(name, value=name == "true")
    if by.type.data is Data.DATE and by.type.values:
        check_names(scope, place[:-1], by.text, [name], by.type.values)
        days = [one for one in by.type.values if one == name]
        return Case(name, value=date.fromisoformat(days[0])) if days else None
    if not by.type.is_number:
        message = f"`{by.text}` is {by.type.data.value}, which has no cases"
        scope.report("E207", message, label, "use a category, a boolean or a number")
        return None
    match = RANGE.fullmatch(name)
    if match is None:
        help = 'cases over a number are ranges: "< 4", ">= 24", or a number alone'
        scope.report("E206", f"`{name}` is no range", label, help)
        return None
    case = Case(name, match[1] or "==", float(match[2]))
    if by.type.values and not any(holds(case, value) for value in by.type.values):
        help = f"its values are {', '.join(by.type.values[:MOST_SHOWN])}"
        scope.report("E206", f"`{by.text}` is never `{name}`", label, help)
    return case


def check_cover(
    scope: Scope, place: Place, spec: ByCase, by: Path, cases: list[Case]
) -> None:
    """Every value has a case, or there is an `otherwise`."""
    if spec.otherwise is not None:
        return
    label = (Label(scope.document.value((*place, "cases"))),)
    help = "give it a case, or add an `otherwise` for all others"
    names = [case.name for case in cases]
    if by.type.nullable:
        scope.report(
            "E213", f"`{by.text}` may be null, and no case is for null", label, help
        )
    elif by.type.is_text and not by.type.values:
        message = f"`{by.text}` may be any text, and most texts have no case"
        scope.report("E205", message, label, help)
    elif by.type.is_number and by.type.values:
        absent = [
            f"`{value}`"
            for value in by.type.values
            if not any(holds(case, value) for case in cases)
        ]
        if absent:
            message = f"no case for {', '.join(absent[:MOST_SHOWN])}"
            scope.report("E205", message, label, help)
    elif by.type.is_text or by.type.is_boolean or by.type.values:
        absent = unnamed(names, by.type.values or BOOLEANS)
        if absent:
            scope.report(
                "E205", f"no case for {', '.join(absent[:MOST_SHOWN])}", label, help
            )
    elif by.type.is_number and not covers(cases, by.type.data):
        scope.report("E205", "some numbers are in none of the ranges", label, help)


def check_names(
    scope: Scope, place: Place, what: str, names: list[str], values: Sequence[str]
) -> None:
    """Names of cases or weights are values that the column can have."""
    for name in names:
        if name not in values:
            label = (Label(scope.document.key((*place, name))),)
            others = [value for value in values if value not in names]
            help = did_you_mean(name, others or values)
            scope.report("E206", f"`{what}` is never `{name}`", label, help)


def unnamed(names: list[str], values: Sequence[str]) -> list[str]:
    """The values, in backticks, without a name; one that is misspelt is reported elsewhere."""
    meant = {nearest(name, values) for name in names if name not in values}
    return [
        f"`{value}`" for value in values if value not in names and value not in meant
    ]


HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}


def holds(case: Case, value: str) -> bool:
    """Whether a case holds for a value of a category, given as text."""
    if isinstance(case.value, float):
        return HOLDS[case.operator](float(value), case.value)
    return case.name == value


def limit_of(case: Case) -> float:
    assert isinstance(case.value, float), "a case that is no range"
    return case.value


def covers(cases: list[Case], data: Data) -> bool:
    """Whether the ranges hold every number, or every integer.

    Between two neighbouring bounds all numbers are alike, so one of each stretch is tried.
    """
    edges = sorted({limit_of(case) for case in cases})
    if not edges:
        return False
    if data is Data.INTEGER:
        near = {n for edge in edges for n in (math.floor(edge), math.ceil(edge))}
        tried = {float(n + step) for n in near for step in (-1, 0, 1)}
    else:
        tried = {*edges, edges[0] - 1, edges[-1] + 1}
        tried |= {(low + high) / 2 for low, high in pairwise(edges)}
    return all(
        any(HOLDS[case.operator](number, limit_of(case)) for case in cases)
        for number in tried
    )
