"""Dates and timestamps of tables without rows: which comes first, and what follows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from compiler.profiling.draft import DraftColumn, DraftTable, Settings
from compiler.profiling.model import Ref, Relations
from compiler.sources.model import Order, SourceTable
from compiler.spec.columns.personal import is_birth
from compiler.spec.types import Data

GUESS = "no data: a guess"
BEFORE = {"start": "-2y", "end": "-180d"}
"""The period of moments before the window, which is the last 180 days."""


def word(words: str) -> re.Pattern[str]:
    """Names that have one of these words."""
    return re.compile(rf"(^|_)({'|'.join(words.split())})(_|$)")


CAUSE = word(
    "created booked ordered registered reserved enrolled purchased joined signed requested "
    "submitted placed opened received issued inserted applied subscribed posted raised reported"
)
"""Names of moments with which a row begins."""
BOOKED = word("booked ordered registered reserved enrolled purchased")
BOOKINGS = word(
    "bookings? reservations? registrations? orders? tickets? enrol?lments? appointments?"
)
"""Moments, and tables, of what is done before something takes place."""
PLANNED = word(
    "starts start_(at|time) begins departs? departure due scheduled planned event appointment "
    "arrives? arrival check_?in takes_place expires"
)
"""Names of moments that others know before they come."""
END = word(
    "cancell?ed deleted left ended ends closed refunded returned churned terminated resigned "
    "expired deactivated archived removed rejected failed suspended died discontinued revoked"
)
"""Names of moments of an end, or of an exception: most rows have none, if they may be null."""
LONG = word("left ended churned expired terminated closed discontinued died resigned")
"""Ends that come after months, if they are days."""
FINISH = word("ends? end until departs? departure checks?_?out finish(es|ed)?")
"""The other end of a span of time."""
SHORT: Settings = {"distribution": "exponential", "scale": "2d", "max": "30d"}
MONTHS: Settings = {"distribution": "exponential", "scale": "120d", "max": "720d"}
AHEAD: Settings = {"distribution": "exponential", "scale": "14d", "max": "60d"}
SPAN: Settings = {"distribution": "exponential", "scale": "1h", "max": "8h"}


@dataclass(frozen=True)
class First:
    """The moment with which the rows of a table begin."""

    name: str
    is_planned: bool
    """Whether it is known before it comes, such as a class's start."""
    is_past: bool
    """Whether it lies before the window."""
    planned: str = ""
    """Such a moment of the row, itself or another."""


def order_moments(
    drafts: dict[str, DraftTable],
    sources: dict[str, SourceTable],
    relations: Relations,
    targets: Collection[str],
) -> set[tuple[str, str]]:
    """Moments in the order of cause and effect: parents first, then those of the row in turn.

    The first of a table follows the first of a table that it points at, or precedes it where
    that one is planned and this one a booking. Those of `targets`, tables that only others
    point at, are before the window. Births are no events: nothing follows them. Gives the
    moments, by table and name, that others read, and that so are never null.
    """
    firsts: dict[str, First] = {}
    followed: set[tuple[str, str]] = set()
    for name, found in relations.items():
        table = sources[name]
        moments = events_of(drafts[name])
        first = first_of(moments, table)
        if first is None:
            continue
        planned = next((one.name for one in moments if is_planned(one.name)), "")
        parents = [
            ref for ref in found.refs if ref.table in firsts and ref.table != name
        ]
        is_booked = planned and any(
            ref.table == name and books(other, drafts[other])
            for other, each in relations.items()
            for ref in each.refs
            if other != name
        )
        is_past = name in targets and not is_booked
        firsts[name] = First(first.name, planned == first.name, is_past, planned)
        if table.scan is not None:
            continue
        read = order_row(first, moments, table)
        followed |= {(name, moment) for moment in read}
        if parents:
            reads = place_first(first, parents, firsts, books(name, drafts[name]))
            followed |= {(ref.table, moment) for ref, moment in reads}
        elif is_past:
            first.settings |= BEFORE
            explain(first, f"{GUESS}, before the events of other tables")
    for name, moment in followed:
        for one in drafts[name].columns:
            if one.name == moment:
                one.settings.pop("until_now", None)
    return followed


def events_of(table: DraftTable) -> list[DraftColumn]:
    """The moments of a table that are events."""
    return [
        draft
        for draft in table.columns
        if draft.settings.get("kind") in ("date", "timestamp")
        and not is_birth(draft.name)
        and not draft.settings.get("null_rate")
    ]


def first_of(moments: Sequence[DraftColumn], table: SourceTable) -> DraftColumn | None:
    """The moment with which a row begins: by what is declared, by name, by place.

    An end that may be null is none.
    """
    names = {one.name for one in moments}
    later = {order.later for order in orders_of(table, names)}
    able = [
        one
        for one in moments
        if one.name not in later and not may_lack(table, one.name)
    ]
    able = able or [one for one in moments if not may_lack(table, one.name)]
    return min(
        able,
        key=lambda one: (CAUSE.search(one.name) is None, is_planned(one.name)),
        default=None,
    )


def orders_of(table: SourceTable, names: Collection[str]) -> list[Order]:
    """The declared orders of these moments."""
    return [one for one in table.orders if {one.earlier, one.later} <= {*names}]


def may_lack(table: SourceTable, name: str) -> bool:
    """Whether most rows have no such moment: an end that may be null."""
    return is_end(name) and table.column(name).nullable


def is_end(name: str) -> bool:
    return END.search(name) is not None


def is_planned(name: str) -> bool:
    return PLANNED.search(name) is not None and CAUSE.search(name) is None


def books(name: str, table: DraftTable) -> bool:
    """Whether the rows of a table are bookings, which are made before what they are for."""
    moments = events_of(table)
    return any(BOOKED.search(one.name) for one in moments) or (
        BOOKINGS.search(name) is not None
        and any(CAUSE.search(one.name) for one in moments)
    )


def place_first(
    first: DraftColumn,
    parents: Sequence[Ref],
    firsts: dict[str, First],
    is_booking: bool,
) -> list[tuple[Ref, str]]:
    """Sets what the first moment of a row follows and precedes; gives the moments it reads."""
    begins_here = is_booking or CAUSE.search(first.name) is not None
    reads = []
    planned = (
        [ref for ref in parents if firsts[ref.table].planned] if is_booking else []
    )
    causes = [
        ref for ref in parents if not (begins_here and firsts[ref.table].is_planned)
    ]
    if planned:
        # Between two moments of different tables there may be no time at all.
        causes = [
            ref for ref in causes if ref is planned[0] or firsts[ref.table].is_past
        ]
        moment = firsts[planned[0].table].planned
        first.settings["before"] = f"{planned[0].column}.{moment}"
        explain(first, f"{GUESS}: what is booked is yet to come")
        reads.append((planned[0], moment))
    if causes:
        moment = firsts[causes[0].table].name
        first.settings["after"] = f"{causes[0].column}.{moment}"
        if not planned:
            explain(first, f"{GUESS}, after that of the row it points at")
        reads.append((causes[0], moment))
    return reads


def order_row(
    first: DraftColumn, moments: Sequence[DraftColumn], table: SourceTable
) -> set[str]:
    """Makes the other moments of a row follow the first one, or the one that is declared.

    Gives the moments that others follow.
    """
    orders = orders_of(table, {one.name for one in moments})
    done = {first.name: first}
    left = [one for one in moments if one is not first]
    read: set[str] = set()
    while left:
        able = [
            one
            for one in left
            if {order.earlier for order in orders if order.later == one.name} <= {*done}
        ]
        draft = (able or left)[0]
        left.remove(draft)
        earlier = {order.earlier for order in orders if order.later == draft.name}
        declared = [name for name in done if name in earlier]
        of = (
            done[declared[-1]] if declared else start_of(draft, first, [*done.values()])
        )
        read.add(of.name)
        kept = {k: v for k, v in draft.settings.items() if k == "description"}
        is_strict = any(
            order.is_strict and (order.earlier, order.later) == (of.name, draft.name)
            for order in orders
        )
        draft.settings = delayed(of.name, table, draft, is_strict) | kept
        reason = f"{GUESS}, some time after {of.name}"
        if declared:
            reason = f"declared: never before {of.name}; how long after is a guess"
        explain(draft, reason)
        done[draft.name] = draft
    return read


def start_of(
    draft: DraftColumn, first: DraftColumn, done: Sequence[DraftColumn]
) -> DraftColumn:
    """What a moment follows: the start of its span, else the first of the row."""
    if FINISH.search(draft.name):
        return next((one for one in done if is_planned(one.name)), first)
    return first


def delayed(
    of: str, table: SourceTable, draft: DraftColumn, is_strict: bool
) -> Settings:
    """A moment some time after another one of its row."""
    name = draft.name
    is_date = table.column(name).data is Data.DATE
    if table.column(of).data is not table.column(name).data:
        # An offset has the type of what it follows.
        kept = {
            key: one for key, one in draft.settings.items() if key in ("kind", "hours")
        }
        return {**kept, "after": of}
    settings: Settings = {"kind": "offset", "of": of}
    if FINISH.search(name) and is_planned(of) and not is_date:
        settings |= SPAN
    elif is_planned(name):
        settings |= AHEAD
    else:
        settings |= MONTHS if is_date and LONG.search(name) else SHORT
        settings |= {"until_now": True} if table.column(name).nullable else {}
    if is_strict:
        settings["min"] = "1d" if is_date else "1m"
    return settings


def explain(draft: DraftColumn, reason: str) -> None:
    """Replaces the first reason of a guess."""
    draft.comments[:1] = [reason]
