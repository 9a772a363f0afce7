"""Small specs with a column of each kind, and the code that its emitter gives.

Each module here has `CASES`: the cases of emitters by the name of their module in
`compiler/emit/kinds/`. `tests/unit/emit/test_kinds.py` finds them, also those of a new module.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.specs import Tree, spec, table


@dataclass(frozen=True)
class Case:
    """A column, and its code: constants, local variables, values."""

    tree: Tree
    table: str
    column: str
    lines: tuple[str, ...]
    engine: str = "polars"


WEIGHTS = {"a": 3, "b": 1}
TIER: Tree = {"kind": "choice", "weights": WEIGHTS}
AT: Tree = {"kind": "timestamp"}
NORMAL: Tree = {"kind": "normal", "mean": 4, "sd": 1}
PARENT: Tree = {"kind": "ref", "table": "shops"}
APPEND: Tree = {"output": {"mode": "append"}}
LOCALES: Tree = {"locale": {"en_US": 0.5, "ja_JP": 0.5}}
PERIOD = "timeline(START, END, default_calendar)"
CASE = "choice(random('things.tier', row), THINGS_TIER)"


def one(columns: Tree, *lines: str, engine: str = "polars", **top: Any) -> Case:
    """The last column of a table `things`."""
    tree = spec(top, things=table(9, **columns))
    return Case(tree, "things", [*columns][-1], lines, engine)


def by_tier(kind: str, a: Tree, b: Tree, **keys: Any) -> Tree:
    """A column `x` of a kind, in two cases."""
    x = {"kind": kind, "by": "tier", "cases": {"a": a, "b": b}, **keys}
    return {"tier": TIER, "x": x}


def text(value: str) -> Tree:
    return {"tier": TIER, "n": NORMAL, "x": {"kind": "template", "text": value}}


def ref(*lines: str, top: Tree | None = None, **keys: Any) -> Case:
    """A ref of 50 sales to five shops."""
    sales = table(50, shop={**PARENT, **keys})
    tree = spec(top, shops=table(5, size=TIER), sales=sales)
    return Case(tree, "sales", "shop", lines)


def per(rows: Tree, column: str, *lines: str, table_: str = "lines") -> Case:
    """A column of the children of shops, or the one that counts them."""
    series = {"kind": "series", "base": 5, "noise": 1, "min": 0, "decimals": 1}
    series["cycles"] = [{"period": "1d", "amplitude": 2}]
    states = {"kind": "progression", "states": ["new", "done"], "chance": 0.4}
    sequences: Tree = {
        "day": AT,
        "change": NORMAL,
        "balance": {"kind": "running", "change": "change", "order": "day", "floor": 0},
        "state": {**states, "order": "day"},
        "since": {"kind": "expr", "expr": "days_between(lag(day), day)"},
    }
    of_grid: Tree = {"at": {"kind": "tick"}, "reading": series}
    others = of_grid if "every" in rows else sequences
    columns = {"shop": PARENT, "n": {"kind": "position"}, **others}
    children = {"rows": {"per": "shops", **rows}, "columns": columns}
    return Case(spec(shops=table(5), lines=children), table_, column, lines)


SOME, GRID = {"mean": 2.5, "max": 8}, {"every": "1h"}
"""Rows of a `per` table."""
