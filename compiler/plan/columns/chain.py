"""The columns that are being resolved, each of which reads the next; circles among them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from compiler.diagnostics import Label
from compiler.plan.model import Column
from compiler.plan.scope import Place, Scope
from compiler.spec.columns.given import ErrorColumn
from compiler.spec.types import UNKNOWN

DEEPEST = 300
"""So many columns, each of which reads the next one, are followed."""
SHOWN = 12
"""So many columns of a circle are named."""


class Slot(Enum):
    """What a table has besides its columns, and is resolved like one. The value: its words."""

    ROWS = "the rows of {}"
    LOCALE = "the locale of {}"


Key = tuple[str, str | Slot]
"""A table, and its column's name or another slot."""


def described(key: Key) -> str:
    """A column or another slot, in words."""
    table, part = key
    return part.value.format(table) if isinstance(part, Slot) else f"{table}.{part}"


class Chain:
    """The columns that are being resolved, from the first one that was asked for."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._open: dict[Key, Place] = {}
        self._circles: set[frozenset[Key]] = set()

    def __contains__(self, key: Key) -> bool:
        return key in self._open

    @property
    def last(self) -> Key | None:
        """The column that is being resolved right now."""
        return next(reversed(self._open), None)

    @property
    def is_too_deep(self) -> bool:
        """Whether no more columns are followed."""
        return len(self._open) >= DEEPEST

    @contextmanager
    def with_next(self, key: Key, place: Place) -> Iterator[None]:
        """Makes a column the last of the chain for a while."""
        self._open[key] = place
        yield
        del self._open[key]

    def is_in_circle(self, key: Key) -> bool:
        """Whether a circle that was reported holds a column."""
        return any(key in circle for circle in self._circles)

    def circle(self, key: Key) -> Column:
        """Reports a circle that ends in a column of the chain, once; gives a stand-in for it."""
        keys = list(self._open)
        loop = keys[keys.index(key) :]
        shown = [described(each) for each in [*loop, key]]
        labels = tuple(
            Label(self._scope.document.key(self._open[each]), f"reads {then}")
            for each, then in zip(loop, shown[1:], strict=True)
        )
        if len(shown) > SHOWN:
            shown = [*shown[: SHOWN - 1], "…", shown[-1]]
            labels = labels[: SHOWN - 1]
        message = f"columns depend on each other in a circle: {' → '.join(shown)}"
        help = "let one of them depend on something else"
        if frozenset(loop) not in self._circles:
            self._scope.report("E204", message, labels, help)
        self._circles.add(frozenset(loop))
        return stand_in(key)

    def too_deep(self) -> None:
        """Reports a chain of too many columns, at the first of them."""
        first, place = next(iter(self._open.items()))
        name = described(first)
        name = name if isinstance(first[1], Slot) else f"`{name}`"
        message = f"{name} depends on a chain of more than {DEEPEST} columns"
        label = (Label(self._scope.document.key(place)),)
        self._scope.report(
            "E204", message, label, "use one of the last of them directly"
        )


def stand_in(key: Key) -> Column:
    """A column in place of one that cannot be resolved: it fits anywhere."""
    name = described(key) if isinstance(key[1], Slot) else key[1]
    return Column(name, name, ErrorColumn(), UNKNOWN, ())
