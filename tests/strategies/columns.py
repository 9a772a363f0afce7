"""Random columns of every kind, each right in the table that it is drawn for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from tests.strategies.numbers import KINDS as NUMERIC
from tests.strategies.numbers import numbers
from tests.strategies.texts import hostile, several

Tree = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

PROVIDERS = (
    *("name", "address", "city", "company", "job", "phone_number", "word"),
    "bothify",
)
DISTRIBUTIONS: dict[str, Tree] = {
    "exponential": {"scale": "2h"},
    "normal": {"mean": "2d", "sd": "12h"},
    "lognormal": {"median": "3h", "sigma": 0.8},
    "gamma": {"shape": 2, "scale": "30m"},
    "pareto": {"a": 3, "scale": "1h"},
    "triangular": {"left": "1h", "mode": "2h", "right": "1d"},
    "uniform": {"low": "1m", "high": "90s"},
    "constant": {"value": "36h"},
    "poisson": {"lam": 3, "unit": "6h"},
}


@dataclass(frozen=True)
class Known:
    """A column that others can read: what it holds, and its values where they are few."""

    data: str
    nullable: bool = False
    values: tuple[str, ...] = ()
    free: bool = False
    """Text of any value, that may be compared with any other."""


@dataclass
class Shop:
    """The table that columns are drawn for, and what stands around it."""

    name: str
    parent: str = ""
    """Of a `per` table: the column that points at the parent."""
    grid: bool = False
    log: Known | None = None
    """Of a log of moves: the states, and what kind of moments their moves have."""
    sure: bool = True
    """Whether it is sure to have rows, so that refs can point at them."""
    count: int = 0
    """How many rows it has at least, where that is known."""
    most: int = 0
    """The most children of a parent, where there is such a number."""
    cut: set[str] = field(default_factory=set)
    """Columns that a balance cuts."""
    columns: dict[str, Tree] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    """By path: the columns so far, and those of the rows that refs point at."""
    others: dict[str, Shop] = field(default_factory=dict)
    calendars: tuple[str, ...] = ("default",)
    events: tuple[str, ...] = ()
    key: str | None = None

    @property
    def per(self) -> bool:
        return bool(self.parent)

    def paths(self, *datas: str, nullable: bool = True) -> list[str]:
        return [
            path
            for path, known in self.known.items()
            if known.data in datas and (nullable or not known.nullable)
        ]

    def texts(self) -> list[str]:
        return [path for path in self.paths("text") if self.known[path].free]


TYPED: dict[str, tuple[str, ...]] = {
    "integer": ("200", "-3", "0", "4"),
    "number": ("2.5", "-7.25", "0.0", "100.0"),
    "boolean": ("true", "false"),
    "date": ("2024-02-29", "2026-06-01", "1999-12-31"),
}
"""Values of choices by their type, as cases and weights name them."""


def typed_choice(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    type = draw(st.sampled_from(sorted(TYPED)))
    tree, names = {"kind": "choice", "type": type}, values_of_type(draw, type)
    values = () if type == "boolean" else names
    return tree | shares(draw, type, names), Known(type, False, values)


def values_of_type(draw: Draw, type: str) -> tuple[str, ...]:
    return TYPED[type][: draw(st.integers(1, len(TYPED[type])))]


def shares(draw: Draw, type: str, names: tuple[str, ...]) -> Tree:
    """Values of a type with weights, or alone."""
    if draw(st.booleans()):
        return {"weights": {name: draw(st.integers(1, 9)) for name in names}}
    plain = type == "date"
    return {"values": [name if plain else json.loads(name) for name in names]}


def choice(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    values = draw(several)
    if draw(st.booleans()):
        return {"kind": "choice", "values": values}, Known("text", False, (*values,))
    weights = {value: draw(st.integers(1, 9)) for value in values}
    return {"kind": "choice", "weights": weights}, Known("text", False, (*values,))


def boolean(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    chance = draw(st.sampled_from([0, 0.2, 0.5, 1, 1.0]))
    return {"kind": "bool", "chance": chance}, Known("boolean")


def constant(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    value = draw(
        hostile | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9)
    )
    tree = {"kind": "constant", "value": value}
    if isinstance(value, str):
        return tree, Known("text", False, (value,))
    if isinstance(value, bool):
        return tree, Known("boolean")
    return tree, Known("integer" if isinstance(value, int) else "number")


def number(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    tree = draw(numbers())
    others = [
        name
        for name, one in shop.columns.items()
        if one["kind"] in NUMERIC and not one.get("unique")
    ]
    if others and draw(st.integers(0, 2)) == 0:
        rho = draw(st.sampled_from([0.7, -0.4, 1, -1, 0]))
        tree["correlated"] = {draw(st.sampled_from(others)): rho}
    whole = tree.get("integer") or tree["kind"] == "poisson"
    if not whole and draw(st.integers(0, 2)) == 0:
        tree |= in_decimals(draw, tree)
    return tree, Known("integer" if whole else "number")


def unique(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    """A column that holds no value twice."""
    if shop.per or draw(st.booleans()):
        tree, known = template(draw, shop)
        return tree | {"unique": True}, known
    tree = {"kind": "uniform", "low": -9, "high": 999, "integer": True, "unique": True}
    return tree, Known("integer")


def in_decimals(draw: Draw, tree: Tree) -> Tree:
    """A decimal type with room for all of our columns, and the digits that they have."""
    scale = tree.get("decimals")
    scale = draw(st.integers(1, 4)) if scale is None else scale
    return {"type": f"decimal({draw(st.integers(scale + 8, 18))}, {scale})"}


def faker(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    tree: Tree = {"kind": "faker", "provider": draw(st.sampled_from(PROVIDERS))}
    tree["pool"] = draw(st.integers(1, 12))
    if tree["provider"] == "bothify":
        tree["args"] = {"text": "??" + draw(hostile)}
    return tree, Known("text", free=True)


def email(draw: Draw, shop: Shop) -> tuple[Tree, Known] | None:
    names = shop.paths("text")
    if not names:
        return None
    of = draw(st.sampled_from(names))
    tree: Tree = {"kind": "email", "of": of}
    if draw(st.booleans()):
        tree["domains"] = {"a.example": 2, "B-2.example": 1}
    return tree, Known("text", shop.known[of].nullable, free=True)


def template(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    parts, nullable = [escaped(draw(hostile))], False
    for path in draw(
        st.lists(st.sampled_from(sorted(shop.known)), max_size=3)
        if shop.known
        else st.just([])
    ):
        filter = draw(st.sampled_from(["", "|lower", "|upper", "|slug"]))
        parts += ["{" + path + filter + "}", escaped(draw(hostile))]
        nullable = nullable or shop.known[path].nullable
    return {"kind": "template", "text": "".join(parts)}, Known(
        "text", nullable, free=True
    )


def escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def moment(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    kind = draw(st.sampled_from(["date", "timestamp"]))
    tree: Tree = {"kind": kind}
    start, end = draw(
        st.sampled_from(
            [
                (None, None),
                (None, "-1d"),
                ("-2y", None),
                ("-2y", "-6mo"),
                ("2020-02-29", "now"),
                ("2021-03-04T05:06:07Z", "2021-03-06"),
                ("-36h", "now"),
                (None, "+2w"),
                ("+1d", "+1mo"),
                ("-1y", "+36h"),
            ]
        )
    )
    tree |= {"start": start} if start else {}
    tree |= {"end": end} if end else {}
    if draw(st.booleans()):
        tree["calendar"] = draw(st.sampled_from(shop.calendars))
    if kind == "timestamp" and draw(st.booleans()):
        weights = [float(hour % 3 + 1) for hour in range(24)]
        tree["hours"] = draw(st.sampled_from(["business", "evening", "flat", weights]))
    others = shop.paths("date", "timestamp", nullable=False)
    for key in ("after", "before"):
        if others and draw(st.integers(0, 3)) == 0:
            tree[key] = draw(st.sampled_from(others))
    return tree, Known(kind)


def offset(draw: Draw, shop: Shop) -> tuple[Tree, Known] | None:
    moments = shop.paths("date", "timestamp")
    if not moments:
        return None
    of, until = draw(st.sampled_from(moments)), draw(st.booleans())
    distribution = draw(st.sampled_from(sorted(DISTRIBUTIONS)))
    tree = {"kind": "offset", "of": of, "distribution": distribution}
    tree |= DISTRIBUTIONS[distribution]
    tree |= draw(st.sampled_from([{}, {"max": "30d"}, {"until_now": until}]))
    known = shop.known[of]
    nullable = known.nullable or bool(tree.get("until_now"))
    return tree, Known(known.data, nullable)


def lookup(draw: Draw, shop: Shop) -> tuple[Tree, Known] | None:
    if not shop.known:
        return None
    path = draw(st.sampled_from(sorted(shop.known)))
    return {"kind": "lookup", "path": path}, shop.known[path]


def states(draw: Draw) -> tuple[Tree, tuple[str, ...]]:
    """The states of a lifecycle, with cycles and ends, and the names of all of them."""
    names = draw(st.lists(hostile, min_size=2, max_size=4, unique=True))
    found: Tree = {}
    for name in names[: draw(st.integers(1, len(names)))]:
        to: Tree = {}
        for target in draw(st.lists(st.sampled_from(names), max_size=3, unique=True)):
            share = draw(st.sampled_from([0.1, 0.3, 1 / 3]))
            to[target] = share if draw(st.booleans()) else {"weight": share}
            if isinstance(to[target], dict) and draw(st.booleans()):
                to[target]["after"] = wait(draw)
        found[name] = {"to": to, "after": wait(draw)} if to else {}
    first = found[names[0]]
    if not first:
        first |= {"to": {names[-1]: 1}, "after": wait(draw)}
    return found, names_of(found)


def names_of(states: Tree) -> tuple[str, ...]:
    """All states of a lifecycle: those listed, then those that are only named."""
    named = [to for one in states.values() for to in one.get("to", ())]
    return tuple(dict.fromkeys([*states, *named]))


def wait(draw: Draw) -> Tree:
    distribution = draw(st.sampled_from(sorted(DISTRIBUTIONS)))
    return {"distribution": distribution, **DISTRIBUTIONS[distribution]}


def lifecycle(draw: Draw, shop: Shop) -> tuple[Tree, Known] | None:
    moments = shop.paths("date", "timestamp")
    if not moments:
        return None
    found, names = states(draw)
    start = draw(st.sampled_from(moments))
    tree: Tree = {"kind": "lifecycle", "start": start, "states": found}
    tree |= draw(st.sampled_from([{}, {"max": 1}, {"max": 3}]))
    return tree, Known("text", True, names)


def entered(draw: Draw, shop: Shop) -> tuple[Tree, Known] | None:
    columns = shop.columns.items()
    found = [name for name, one in columns if one["kind"] == "lifecycle"]
    if not found:
        return None
    of = draw(st.sampled_from(found))
    state = draw(st.sampled_from(shop.known[of].values))
    moments = shop.known[shop.columns[of]["start"]].data
    return {"kind": "entered", "of": of, "state": state}, Known(moments, True)


KINDS: tuple[Callable[[Draw, Shop], tuple[Tree, Known] | None], ...] = (
    *(choice, typed_choice, boolean, constant, number),
    *(faker, email, template, moment, offset),
    *(lookup, lifecycle, lifecycle, entered, entered, unique),
)


def finished(draw: Draw, tree: Tree, known: Known) -> tuple[Tree, Known]:
    """A column with what every kind takes: nulls, hidden, a description, allow."""
    extra: Tree = {}
    if draw(st.integers(0, 3)) == 0:
        extra["null_rate"] = draw(st.sampled_from([0.3, 1, 0.0]))
    if draw(st.integers(0, 4)) == 0:
        extra["hidden"] = True
    if draw(st.integers(0, 4)) == 0:
        extra["description"] = draw(hostile)
    if draw(st.integers(0, 4)) == 0:
        extra["allow"] = ["*"]
    nullable = known.nullable or bool(extra.get("null_rate"))
    return tree | extra, replace(known, nullable=nullable)
