"""What a spec's author does to it: each change is made from the spec's own tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

Tree = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A spec as a tree, and the table that its author is at work on."""

    tree: Tree
    table: str
    random: Random

    @property
    def described(self) -> Tree:
        return self.tree["tables"][self.table]

    @property
    def columns(self) -> Tree:
        return self.described["columns"]

    def of_kind(self, *kinds: str) -> list[Tree]:
        return [one for one in self.columns.values() if one.get("kind") in kinds]

    def fresh_name(self) -> str:
        known = [name for name in NAMES if name not in self.columns]
        return self.random.choice(known)

    def pick(self, ones: list[Any]) -> Any:
        return self.random.choice(ones) if ones else None


NAMES = [
    "region_code",
    "source",
    "priority_class",
    "quality",
    "campaign",
    "is_test",
    "rating",
]
PARAMETERS = {
    "mean",
    "sd",
    "sigma",
    "lam",
    "shape",
    "chance",
    "noise",
    "amplitude",
    "a",
}


def numbers(tree: Any, names: set[str]) -> Iterator[tuple[Tree, str]]:
    """Where a tree has numbers of these names."""
    children = tree.values() if isinstance(tree, dict) else tree
    for name, value in tree.items() if isinstance(tree, dict) else ():
        if name in names and isinstance(value, int | float):
            yield tree, name
    for child in children:
        if isinstance(child, dict | list):
            yield from numbers(child, names)


def weights(tree: Any) -> Iterator[Tree]:
    """Where a tree has numbers by value."""
    for name, value in tree.items():
        if isinstance(value, dict):
            if name == "weights" and all(
                isinstance(v, int | float) for v in value.values()
            ):
                yield value
            yield from weights(value)


def scaled(tree: Tree, name: str) -> None:
    tree[name] = (
        round(tree[name] * 0.9, 4) if tree[name] < 20 else int(tree[name] * 1.2)
    )


def rows(draft: Draft) -> bool:
    """Another number of rows."""
    rows = draft.described.get("rows")
    if isinstance(rows, int):
        scaled(draft.described, "rows")
        return True
    return parameter(
        Draft({"tables": {"x": {"columns": rows or {}}}}, "x", draft.random)
    )


def weight(draft: Draft) -> bool:
    found = draft.pick([*weights(draft.columns)])
    if found:
        scaled(found, draft.pick([*found]))
    return bool(found)


def category(draft: Draft) -> bool:
    """A value more."""
    found = draft.pick([one for one in draft.of_kind("choice") if "weights" in one])
    if found:
        found["weights"][draft.pick(["other", "unknown", "new"])] = 0.05
    return bool(found)


def parameter(draft: Draft) -> bool:
    """Another parameter of a distribution."""
    found = draft.pick([*numbers(draft.columns, PARAMETERS)])
    if found:
        scaled(*found)
    return bool(found)


def factor(draft: Draft) -> bool:
    """Another factor of a calendar."""
    calendars = draft.tree.get("calendars", {})
    names = {"weekend", "holiday", "factor", "yearly", "growth"}
    found = draft.pick([*numbers(calendars, names)])
    if found:
        scaled(*found)
    return bool(found)


def column(draft: Draft) -> bool:
    """A new column, mostly at the end."""
    name = draft.fresh_name()
    fresh: Tree = draft.pick(
        [
            {"kind": "choice", "weights": {"web": 0.5, "store": 0.3, "partner": 0.2}},
            {"kind": "normal", "mean": 50, "sd": 8, "decimals": 1},
            {"kind": "bool", "chance": 0.2},
            {"kind": "beta", "a": 2, "b": 5},
            {"kind": "date", "start": "-2y", "end": "-1d"},
            {"kind": "faker", "provider": "city"},
        ]
    )
    columns = [*draft.columns.items()]
    last = draft.random.random() < 0.7
    place = len(columns) if last else draft.random.randrange(1, len(columns) + 1)
    columns.insert(place, (name, fresh))
    draft.described["columns"] = dict(columns)
    return True


def no_column(draft: Draft) -> bool:
    """A column is dropped; the spec is refused if another needs it."""
    name = draft.pick([*draft.columns][2:])
    if name:
        del draft.columns[name]
    return bool(name)


def table(draft: Draft) -> bool:
    """A new table behind one, with a ref to it."""
    key = [name for name, one in draft.columns.items() if one.get("kind") == "key"]
    if not key or f"{draft.table}_notes" in draft.tree["tables"]:
        return False
    columns: Tree = {
        "note_id": {"kind": "key"},
        key[0]: {"kind": "ref", "table": draft.table},
        "written_at": {"kind": "timestamp"},
        "mood": {"kind": "choice", "weights": {"good": 3, "bad": 1}},
    }
    tables = [*draft.tree["tables"].items()]
    place = [name for name, _ in tables].index(draft.table) + 1
    place = len(tables) if draft.random.random() < 0.6 else place
    fresh = {"rows": {"per": draft.table, "mean": 2, "max": 9}, "columns": columns}
    tables.insert(place, (f"{draft.table}_notes", fresh))
    draft.tree["tables"] = dict(tables)
    return True


def description(draft: Draft) -> bool:
    draft.described["description"] = "what was agreed in spring"
    return True


def hidden(draft: Draft) -> bool:
    """A column is not written any more."""
    kinds = ("choice", "normal", "lognormal", "bool", "faker", "poisson")
    found = draft.pick([one for one in draft.of_kind(*kinds) if "hidden" not in one])
    if found:
        found["hidden"] = True
    return bool(found)


def nulls(draft: Draft) -> bool:
    """Some values are missing."""
    kinds = ("choice", "normal", "lognormal", "faker", "poisson", "date")
    found = draft.pick([one for one in draft.of_kind(*kinds) if "null_rate" not in one])
    if found:
        found["null_rate"] = 0.1
    return bool(found)


def by(draft: Draft) -> bool:
    """A column whose chance or mean depends on another's value, where there is one to choose."""
    names = [
        name
        for name, one in draft.columns.items()
        if one.get("kind") == "choice" and "weights" in one and "by" not in one
    ]
    if not names:
        return False
    name = draft.pick(names)
    values = draft.columns[name]["weights"]
    cases = {value: {"mean": 10 + n, "sd": 2} for n, value in enumerate(values)}
    fresh = {"kind": "normal", "by": name, "cases": cases, "decimals": 2}
    draft.columns[draft.fresh_name()] = fresh
    return True


Change = Callable[[Draft], bool]
"""Changes a draft; whether there was something to change."""
CHANGES: list[Change] = [
    rows,
    weight,
    weight,
    category,
    parameter,
    parameter,
    factor,
    column,
    column,
    column,
    no_column,
    table,
    description,
    hidden,
    nulls,
    by,
]
