"""Random `by` and `cases` over a drawn column, and random expressions."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.strategies.columns import (
    Draw,
    Known,
    Shop,
    Tree,
    escaped,
    names_of,
    shares,
    states,
    values_of_type,
)
from tests.strategies.numbers import KINDS, LOGNORMALS
from tests.strategies.texts import hostile, several

NUMBERS = ("integer", "number")
RANGES: tuple[tuple[tuple[str, ...], bool], ...] = (
    (("< 5", ">= 5"), True),
    (("<= 4.5", "> 4.5"), True),
    (("< -1", "< 0", "<= 3", "> 2"), True),
    (("< 3", "< 9"), False),
    (("== 3", "4", "> 1e3"), False),
    (("<3", ">= -7.25"), True),
)


def with_cases(
    draw: Draw, shop: Shop, tree: Tree, known: Known
) -> tuple[Tree, Known] | None:
    """The column with parameters that differ by another column's value."""
    paths = [
        path
        for path, other in shop.known.items()
        if other.values or other.data in ("boolean", *NUMBERS)
    ]
    if not paths:
        return None
    by = draw(st.sampled_from(sorted(paths)))
    names, whole = case_names(draw, shop.known[by])
    cases = {name: case_of(draw, tree) for name in names}
    tree = tree | {"by": by, "cases": cases}
    if not whole or shop.known[by].nullable or draw(st.booleans()):
        tree["otherwise"] = case_of(draw, tree)
    nullable = known.nullable
    if draw(st.integers(0, 3)) == 0:
        nullable, rates = True, st.sampled_from([{}, {"null_rate": 0.4}])
        tree["cases"] = {name: case | draw(rates) for name, case in cases.items()}
    return tree, Known(known.data, nullable, values_of(tree, known))


def case_names(draw: Draw, by: Known) -> tuple[tuple[str, ...], bool]:
    """Some cases over such a column, and whether they hold every value but null."""
    if by.values:
        size = draw(st.integers(1, len(by.values)))
        return by.values[:size], size == len(by.values)
    if by.data == "boolean":
        names = draw(st.sampled_from([("true", "false"), ("false",), ("true",)]))
        return names, len(names) == 2
    return draw(st.sampled_from(RANGES))


def case_of(draw: Draw, tree: Tree) -> Tree:
    """Parameters that a case may change, of such a column."""
    kind = tree["kind"]
    if kind == "choice" and "type" in tree:
        names = values_of_type(draw, tree["type"])
        return shares(draw, tree["type"], names)
    if kind == "choice":
        key = draw(st.sampled_from(["weights", "values"]))
        values = draw(several)
        return {key: values if key == "values" else dict.fromkeys(values, 1.5)}
    if kind == "constant":
        return draw(st.sampled_from([{}, {"value": like(draw, tree["value"])}]))
    if kind in KINDS:
        options: list[Tree] = [{}, KINDS[kind][0]]
        options += LOGNORMALS if kind == "lognormal" else []
        return draw(st.sampled_from(options))
    if kind == "lifecycle":
        others, _ = states(draw)
        return draw(st.sampled_from([{}, {"max": 2}, {"states": others}]))
    by_kind: dict[str, list[Tree]] = {
        "bool": [{}, {"chance": 0.9}],
        "faker": [{}, {"pool": 3}],
        "date": [{}, {"start": "-400d", "end": "-20d"}],
        "timestamp": [{}, {"start": "-400d", "end": "-20d"}],
        "offset": [{}, {"max": "40d"}],
        "template": [{}, {"text": escaped(draw(hostile))}],
        "ref": [{}, {"skew": 0.6}, {"skew": False}],
    }
    return draw(st.sampled_from(by_kind.get(kind, [{}])))


def like(draw: Draw, value: object) -> object:
    """A value of the same type."""
    if isinstance(value, str):
        return draw(hostile)
    if isinstance(value, bool):
        return not value
    return -7 if isinstance(value, int) else 0.5


def values_of(tree: Tree, known: Known) -> tuple[str, ...]:
    if tree["kind"] == "lifecycle":
        cases = [*tree["cases"].values(), tree.get("otherwise") or {}]
        each = [case.get("states", tree["states"]) for case in cases]
        return tuple(dict.fromkeys(name for one in each for name in names_of(one)))
    if tree["kind"] not in ("choice", "constant"):
        return known.values
    if not known.values:
        return ()
    values: dict[str, None] = {}
    own = names_in(tree) or [str(tree.get("value"))]
    last = [tree["otherwise"]] if "otherwise" in tree else []
    for case in [*tree["cases"].values(), *last]:
        changed = names_in(case)
        if "value" in case:
            changed = [case["value"]]
        values |= dict.fromkeys(changed or own)
    return tuple(values)


def names_in(tree: Tree) -> list[str]:
    """The values of a choice, as cases name them."""
    values = tree.get("weights") or tree.get("values") or ()
    return [one if isinstance(one, str) else json.dumps(one) for one in values]


EXPRESSIONS: tuple[tuple[str, str], ...] = (
    ("{n} + 1 - 0.5", "number"),
    ("-{n} / 3", "number"),
    ("abs({n}) // 3", ""),
    ("{n} % 7", ""),
    ("round({n} * 2.5, 2)", "number"),
    ("round({n})", "integer"),
    ("clip({n}, 0, 10.5)", "number"),
    ("max({n}, {n2}, 0.0)", "number"),
    ("coalesce({n}, 0) + 0.5", "number"),
    ("sqrt(abs({n}))", "number"),
    ("{n} if {n} > {n2} else 0.25", "number"),
    ("{n} if {b} else None", "number"),
    ("None if {b} else {t}", "text"),
    ("null if {b} else {m}", ""),
    ("{b} if {n} > 2 else None", "boolean"),
    ("1 < {n} <= 9", "boolean"),
    ("is_null({n}) or {n2} != 3", "boolean"),
    ("upper({t})", "text"),
    ("len({t}) * 2", "integer"),
    ("{f} == {literal}", "boolean"),
    ("{f} in ({literal}, 'b')", "boolean"),
    ("{t} + {literal}", "text"),
    ("slug({t})", "text"),
    ("coalesce({t}, {literal})", "text"),
    ("{literal} if {f} != {f2} else {t}", "text"),
    ("not {b}", "boolean"),
    ("{b} and {b2} or len({t}) > 3", "boolean"),
    ("1 if {b} else 0", "integer"),
    ("days_between({m}, {m2})", "number"),
    ("year({m}) * 100 + month({m})", "integer"),
    ("{m} > '-30d' and {m} < now()", "boolean"),
    ("weekday({m}) >= 5", "boolean"),
    ("during('{event}', {m})", "boolean"),
    ("hour({s})", "integer"),
    ("{m} + days({n})", ""),
    ("timestamp({m}) + days({n}) * 2", "timestamp"),
    ("timestamp({m}) - months(int({n}))", "timestamp"),
    ("coalesce(None, {m}, now() - hours(2))", "timestamp"),
    ("date({m}) + weeks(2)", "date"),
    ("month_end({m})", "date"),
    ("({m} - {m2}) / hours(1)", "number"),
    ("abs({m} - {m2}) > days(3)", "boolean"),
    ("is_holiday({m}, 'US') or is_weekend({m2})", "boolean"),
    ("quarter({m}) * 100 + days_in_month({m})", "integer"),
    ("trunc({s}, 'hour')", "timestamp"),
    ("local({s}, 'Europe/Berlin')", "timestamp"),
    ("int({t})", "integer"),
    ("float({t}) + int({b})", "number"),
    ("str({n}) + str({m}) + str({b})", "text"),
    ("date(None) if {b} else null", "date"),
    ("1 + 2", "integer"),
    ("{literal}", "text"),
    ("now()", "timestamp"),
    ("1 < 2", "boolean"),
    ("1 > 2", "boolean"),
    ("2.5 if 1 < 2 else 3.5", "number"),
)


CONSTANTS = ("1 < 2", "1 > 2")
"""Conditions that read nothing."""


def condition(draw: Draw, shop: Shop) -> str:
    """A random expression that is true or false."""
    return str(expression(draw, shop, "boolean")[0]["expr"])


def with_when(draw: Draw, shop: Shop, tree: Tree, known: Known) -> tuple[Tree, Known]:
    """The column, perhaps with values only in the rows in which something holds."""
    if draw(st.integers(0, 4)):
        return tree, known
    when = condition(draw, shop)
    if when in CONSTANTS:
        return tree, known
    return {**tree, "when": when}, replace(known, nullable=True)


def expression(draw: Draw, shop: Shop, wanted: str = "") -> tuple[Tree, Known]:
    """A random expression; told to be nullable, which asks least of those that read it."""
    kinds: dict[str, list[Any]] = {
        "n": shop.paths("integer", "number"),
        "t": shop.paths("text"),
        "f": shop.texts(),
        "b": shop.paths("boolean"),
        "m": shop.paths("date", "timestamp"),
        "s": shop.paths("timestamp"),
        "event": list(shop.events),
    }
    kinds |= {f"{kind}2": kinds[kind] for kind in "nftbm"}
    kinds["literal"] = [repr(draw(hostile))]
    possible = [
        (text, data)
        for text, data in EXPRESSIONS
        if all(kinds[kind] for kind in kinds if "{" + kind + "}" in text)
        if wanted in ("", data)
    ]
    text, data = draw(st.sampled_from(possible))
    for kind, choices in kinds.items():
        if "{" + kind + "}" in text:
            chosen = draw(st.sampled_from(choices))
            text = text.replace("{" + kind + "}", chosen)
            if not data and kind == "n":
                data = shop.known[chosen].data
    return {"kind": "expr", "expr": text}, Known(data, True)
