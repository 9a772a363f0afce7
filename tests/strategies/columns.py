"""Random columns of every kind, each right in the table that it is drawn for."""

from __future__ import annotations

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
    return tree, Known("integer" if whole else "number")


def unique(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    """A column that holds no value twice."""
    if shop.per or draw(st.booleans()):
        tree, known = template(draw, shop)
        return tree | {"unique": True}, known
    tree = {"kind": "uniform", "low": -9, "high": 999, "integer": True, "unique": True}
    return tree, Known("integer")


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


KINDS: tuple[Callable[[Draw, Shop], tuple[Tree, Known] | None], ...] = (
    *(choice, boolean, constant, number, faker, email, template, moment, offset),
    lookup,
    unique,
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
