# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "faker~=40.54",
#     "numpy>=1.26,<3",
#     "polars~=2.1",
#     "rich>=13,<16",
#     "scipy>=1.13,<2",
# ]
# ///
"""Generate synthetic data for bad_data.

A library's loans, with faults that a check of data should find.

Tables, in the order they are built:

    members              500 rows
    loans              5,000 rows
    reminders  at most 5,000 rows  one for each row of loans where fee > 0

Bad data: null 1%, outlier 0.5%, duplicate_key 0.2%, orphan_ref 1%; the table _bad_data
lists every fault.

Every cell is a pure function of (SEED, table, column, row): any row can be computed
anywhere, alone, and comes out the same; a new column changes no other.

How to run it:

    uv run generate_data.py             # or: pip install what is listed above, then
    python generate_data.py             # today's data
    python generate_data.py --as-of 2026-06-30 --scale 10 --output /tmp/data
    python generate_data.py --check     # proves what such a run wrote

Emitted by scaffold from tests/golden/specs/bad_data.toml (template revision 7). Edit
this file freely: a later `scaffold` does not overwrite what you changed.
"""

import argparse
import glob
import hashlib
import json
import math
import os
import re
import shutil
import socket
import sys
import tempfile
import time
import uuid
from bisect import bisect_left
from collections import deque
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Sized,
)
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache, wraps
from io import TextIOWrapper
from pathlib import Path
from threading import Event, Thread, get_ident
from typing import Any, NamedTuple, NoReturn, TextIO, TypeVar

import numpy as np
import polars as pl
from faker import Faker
from polars.exceptions import PolarsError
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as RichTable
from scipy.special import gammainc, ndtr, ndtri, pdtr

# --- CONFIGURATION: edit these values -------------------------------------------------
DAY = 86_400  # seconds
When = date | timedelta  # a timedelta counts from END

OUTPUT = Path("output/bad_data")
SEED = 42  # another seed gives other data of the same kind

ROWS = {"members": 500, "loans": 5_000}
BLOCK = 1 << 18  # rows computed, held in memory and written at once

# The window of time: events fall between START and END, which is not in it.
END = datetime.now(UTC).date()  # --as-of sets it
START: date | timedelta = timedelta(days=-180)  # counted from END

LOCALE = "en_US"  # of Faker's texts

MEMBERS_NAME_POOL = 2_000  # of each piece of Faker's name
MEMBERS_AGE_GROUP = {"adult": 0.6, "child": 0.4}

LOANS_MEMBER_ID_SKEW = 0.75  # share of loans that the busiest 20 % of members get
# loans.back_on by member_id.age_group
LOANS_BACK_ON = {"adult": {"scale": 16 * DAY}, "child": {"scale": 9 * DAY}}
LOANS_PAGES = {"lam": 250}
LOANS_PAGES_NULLS = 0.1  # share of the rows

# Event holidays: the volume is 1.5 times the usual.
HOLIDAYS = (timedelta(days=-30), timedelta(days=-20))  # start and end
HOLIDAYS_FACTOR = 1.5

# Calendar library: factors of a day's volume, against a plain weekday.
LIBRARY_WEEKEND = 0.7

# Bad data, on top of the clean: which share of its cells each fault falls on.
FAULT_RATES = {
    "null": 0.01,
    "outlier": 0.005,
    "duplicate_key": 0.002,
    "orphan_ref": 0.01,
}
# The faults that each column may have.
FAULTS: dict[str, dict[str, tuple[str, ...]]] = {
    "members": {
        "name": ("null",),
        "age_group": ("null",),
    },
    "loans": {
        "member_id": ("null", "orphan_ref"),
        "lent_on": ("null", "outlier"),
        "back_on": ("outlier",),
        "pages": ("outlier",),
        "fee": ("null", "outlier"),
    },
    "reminders": {
        "loan_id": ("null", "orphan_ref"),
        "member_id": ("null", "orphan_ref"),
    },
}
OUTLIER_NUMBER = -999_999
OUTLIER_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)


# --- CALENDARS ------------------------------------------------------------------------
def library_calendar(moment: datetime) -> float:
    """How much happens at a moment, against a plain weekday."""
    today = moment.date()
    volume = 1.0
    if today.weekday() >= 5:
        volume *= LIBRARY_WEEKEND
    if to_utc(HOLIDAYS[0]) <= moment < to_utc(HOLIDAYS[1]):
        volume *= HOLIDAYS_FACTOR
    return volume


# --- HOW TO READ THE TABLES -----------------------------------------------------------
# `row` is an array of row numbers, from 0: the rows of one block. A table is a function
# that returns these rows, or the rows that belong to them. A column that other rows or
# tables read is a function, too. So is a reference: it gives row numbers of the other
# table.
# random("TABLE.COLUMN", row) is a uniform random number between 0 and 1 for each row.
Values = TypeVar("Values")
# By thread and column: the last arrays of rows, and the values for each.
BLOCK_VALUES: dict[int, dict[object, list[tuple[np.ndarray, Any]]]] = {}


def per_block(column: Callable[[np.ndarray], Values]) -> Callable[[np.ndarray], Values]:
    """Compute a column once a block: reuse its values while `row` is the same array.

    Values are shared, so never change them in place.
    """

    @wraps(column)
    def reused(row: np.ndarray) -> Values:
        return compute_once(reused, row, column)

    return reused


# --- TABLE members --------------------------------------------------------------------
@per_block
def members_member_id(row: np.ndarray) -> pl.Series:
    return format_key(row + 1, "M-", width=4)


@per_block
def members_age_group(row: np.ndarray) -> pl.Series:
    return choice(random("members.age_group", row), MEMBERS_AGE_GROUP)


@per_block
def members_key_row(row: np.ndarray) -> np.ndarray:
    """The row whose key each row is written with: mostly its own."""
    twin = uniform_row(random("members.member_id/twin", row), ROWS["members"])
    return duplicate_key_row("members.member_id/fault", row, twin)


def members_faults(row: np.ndarray) -> pl.DataFrame:
    """The faults in these rows."""
    cells = faults_of("members", row)
    key_row = members_key_row(row)
    cells["member_id", "duplicate_key"] = key_row != row
    return fault_list("members", cells, lambda has: members_member_id(key_row[has]))


def members(row: np.ndarray) -> pl.DataFrame:
    first_name = faker_texts(
        random("members.name/first_name", row), "first_name", MEMBERS_NAME_POOL
    )
    last_name = faker_texts(
        random("members.name/last_name", row), "last_name", MEMBERS_NAME_POOL
    )
    clean = pl.DataFrame(
        {
            "member_id": members_member_id(members_key_row(row)),
            "name": first_name + " " + last_name,
            "age_group": members_age_group(row),
        }
    )
    return with_faults("members", row, clean)


# --- TABLE loans ----------------------------------------------------------------------
@per_block
def loans_loan_id(row: np.ndarray) -> pl.Series:
    return pl.Series(row + 1)


@per_block
def loans_member_row(row: np.ndarray) -> np.ndarray:
    """The row of members that each row points at."""
    return skewed_row(
        random("loans.member_id", row),
        ROWS["members"],
        LOANS_MEMBER_ID_SKEW,
        ROWS["loans"],
        "loans.member_id",
    )


@per_block
def loans_lent_on(row: np.ndarray) -> pl.Series:
    return timestamp(
        random("loans.lent_on", row),
        timeline(START, END, library_calendar, breakpoints=HOLIDAYS),
    ).dt.date()


@per_block
def loans_back_on(row: np.ndarray) -> pl.Series:
    age_group = members_age_group(loans_member_row(row))
    delay = quantile_by_case(
        random("loans.back_on", row), age_group, LOANS_BACK_ON, exponential
    )
    return null_after_end(add_seconds(loans_lent_on(row), delay))


@per_block
def loans_fee(row: np.ndarray) -> pl.Series:
    # round(0.2 * max(days_between(lent_on, coalesce(back_on, now())) - 28, 0), 2)
    return (
        0.2
        * (
            (
                loans_back_on(row).fill_null(to_utc(END).date()) - loans_lent_on(row)
            ).dt.total_seconds()
            / 86_400
            - 28
        ).clip(lower_bound=0)
    ).round(2)


@per_block
def loans_key_row(row: np.ndarray) -> np.ndarray:
    """The row whose key each row is written with: mostly its own."""
    twin = uniform_row(random("loans.loan_id/twin", row), ROWS["loans"])
    return duplicate_key_row("loans.loan_id/fault", row, twin)


def loans_faults(row: np.ndarray) -> pl.DataFrame:
    """The faults in these rows."""
    cells = faults_of("loans", row)
    key_row = loans_key_row(row)
    cells["loan_id", "duplicate_key"] = key_row != row
    # What points at a row of members that lost its key is an orphan, too.
    cells["member_id", "orphan_ref"] |= (
        members_key_row(loans_member_row(row)) != loans_member_row(row)
    ) & ~cells["member_id", "null"]
    return fault_list("loans", cells, lambda has: loans_loan_id(key_row[has]))


def loans(row: np.ndarray) -> pl.DataFrame:
    clean = pl.DataFrame(
        {
            "loan_id": loans_loan_id(loans_key_row(row)),
            "member_id": members_member_id(loans_member_row(row)),
            "lent_on": loans_lent_on(row),
            "back_on": loans_back_on(row),
            "pages": null_where(
                pl.Series(poisson(random("loans.pages", row), **LOANS_PAGES)),
                random("loans.pages/null", row) < LOANS_PAGES_NULLS,
            ),
            "fee": loans_fee(row),
        }
    )
    return with_faults("loans", row, clean)


# --- TABLE reminders ------------------------------------------------------------------
@per_block
def reminders_rows(row: np.ndarray) -> np.ndarray:
    """The rows that belong to these rows of loans."""
    return row[(loans_fee(row) > 0).to_numpy()]


@per_block
def reminders_reminder_id(row: np.ndarray) -> pl.Series:
    return format_key(row + 1, "R")


@per_block
def reminders_member_id_row(row: np.ndarray) -> np.ndarray:
    """The row of members that each row points at."""
    return loans_member_row(row)


@per_block
def reminders_key_row(row: np.ndarray) -> np.ndarray:
    """The row whose key each row is written with: mostly its own."""
    rows, *_ = memo(
        "reminders.reminder_id in order",
        lambda: weighted_groups(all_rows("loans", reminders_rows), []),
    )
    twin = rows[uniform_row(random("reminders.reminder_id/twin", row), len(rows))]
    return duplicate_key_row("reminders.reminder_id/fault", row, twin)


def reminders_faults(row: np.ndarray) -> pl.DataFrame:
    """The faults in these rows of loans."""
    row = reminders_rows(row)
    cells = faults_of("reminders", row)
    key_row = reminders_key_row(row)
    cells["reminder_id", "duplicate_key"] = key_row != row
    # What points at a row of loans that lost its key is an orphan, too.
    cells["loan_id", "orphan_ref"] |= (loans_key_row(row) != row) & ~cells[
        "loan_id", "null"
    ]
    # What points at a row of members that lost its key is an orphan, too.
    cells["member_id", "orphan_ref"] |= (
        members_key_row(reminders_member_id_row(row)) != reminders_member_id_row(row)
    ) & ~cells["member_id", "null"]
    return fault_list(
        "reminders", cells, lambda has: reminders_reminder_id(key_row[has])
    )


def reminders(row: np.ndarray) -> pl.DataFrame:
    row = reminders_rows(row)
    clean = pl.DataFrame(
        {
            "reminder_id": reminders_reminder_id(reminders_key_row(row)),
            "loan_id": loans_loan_id(row),
            "member_id": members_member_id(loans_member_row(row)),
        }
    )
    return with_faults("reminders", row, clean)


# --- TABLE _bad_data: every fault of the other tables ---------------------------------
BAD_DATA: list[tuple[Callable[[np.ndarray], pl.DataFrame], str, int]] = [
    # a table's faults, the table by whose rows they are found, rows for each of them
    (members_faults, "members", 1),
    (loans_faults, "loans", 1),
    (reminders_faults, "loans", 1),
]


def bad_data_blocks() -> range:
    """The blocks of rows in which faults are found, numbered through the tables."""
    blocks = 0
    for _, root, per_row in BAD_DATA:
        blocks += len(range(ROWS[root])[:: max(1, BLOCK // per_row)])
    return range(blocks)


def bad_data_block(number: int) -> pl.DataFrame:
    """The faults in one of these blocks."""
    for find, root, per_row in BAD_DATA:
        rows, size = range(ROWS[root]), max(1, BLOCK // per_row)
        if part := rows[number * size : (number + 1) * size]:
            return find(np.arange(part.start, part.stop))
        number -= len(rows[::size])
    raise IndexError(number)


def bad_data(block: np.ndarray) -> pl.DataFrame:
    """The faults in some of these blocks."""
    return pl.concat(bad_data_block(number) for number in block.tolist())


# --- SCHEMA: the tables in the order they are written, and what --check verifies ------
class Table(NamedTuple):
    """A table: what builds it, what it holds, and what --check verifies."""

    build: Callable[[np.ndarray], pl.DataFrame]
    root: str  # the table in ROWS whose rows the builder takes
    columns: Mapping[str, str]  # column: its type
    per_row: int = 1  # about how many rows it builds for each row of the root
    rows: Callable[[np.ndarray], np.ndarray] | None = None  # its rows, from the root's
    key: Sequence[str] = ()
    refs: Mapping[str, str] = {}  # column: the key that it refers to
    values: Mapping[str, Collection[str]] = {}  # column: all that it may hold
    periods: Mapping[str, Sequence[When]] = {}  # column: its start and end
    # A column, an earlier moment, and the type as which they compare.
    not_before: Sequence[tuple[str, str, str]] = ()
    null_rates: Mapping[str, float] = (
        {}
    )  # column: the share of rows in which it is null
    nullable: Collection[str] = ()  # columns that are null in some rows
    outliers: Mapping[str, int | datetime] = {}  # column: what its outliers hold
    duplicates: bool = False  # whether some rows have the key of another
    not_checked: Sequence[str] = ()


WINDOW = START, timedelta(0)
TABLES = {
    "members": Table(
        members,
        "members",
        {"member_id": "text", "name": "text", "age_group": "text"},
        key=["member_id"],
        values={"age_group": MEMBERS_AGE_GROUP},
        duplicates=True,
    ),
    "loans": Table(
        loans,
        "loans",
        {
            "loan_id": "integer",
            "member_id": "text",
            "lent_on": "date",
            "back_on": "date",
            "pages": "integer",
            "fee": "number",
        },
        key=["loan_id"],
        refs={"member_id": "members.member_id"},
        periods={"lent_on": WINDOW},
        null_rates={"pages": LOANS_PAGES_NULLS},
        outliers={
            "lent_on": OUTLIER_MOMENT,
            "back_on": OUTLIER_MOMENT,
            "pages": OUTLIER_NUMBER,
            "fee": OUTLIER_NUMBER,
        },
        nullable=("back_on",),
        not_before=[("back_on", "lent_on", "DATE")],
        duplicates=True,
    ),
    "reminders": Table(
        reminders,
        "loans",
        {"reminder_id": "text", "loan_id": "integer", "member_id": "text"},
        rows=reminders_rows,
        key=["reminder_id"],
        refs={"loan_id": "loans.loan_id", "member_id": "members.member_id"},
        duplicates=True,
        not_checked=[
            "reminders of each row of loans: not checked, reminders.loan_id has bad data",
            "member_id as loan_id.member_id: not checked, keys of loans are duplicated",
        ],
    ),
    # Its rows are blocks of the others'.
    "_bad_data": Table(
        bad_data,
        "_bad_data",
        {
            "table_name": "text",
            "row_key": "text",
            "column_name": "text",
            "fault": "text",
        },
        per_row=BLOCK,
    ),
}


# ======================================================================================
# LIBRARY: nothing below needs to be read or edited to change the data
# ======================================================================================


# --- TYPES ----------------------------------------------------------------------------
Volume = Callable[[datetime], float]  # relative volume at a moment
Cases = Mapping[str, Mapping[str, float]]  # parameters by case
Quantile = Callable[..., np.ndarray]  # of u and parameters
Timeline = tuple[np.ndarray, np.ndarray]  # epoch seconds, the share before each
Faults = dict[tuple[str, str], np.ndarray]  # by column and fault: which rows
Made = TypeVar("Made")
RUN = uuid.uuid4().hex[:8]  # tells this run from others
# The names of the files that runs write, Spark's too.
PARTS = r"(part-\d{5,}|[\w-]{16}_\d+)[\w.-]*\.(csv|json|parquet)|_[A-Z]+|\..+\.crc"
Arrays = tuple[np.ndarray, ...]
MEMO: dict[str, Arrays] = {}  # by stream
Blocks = Iterator[np.ndarray]  # row numbers, about BLOCK at a time
Weighing = list[tuple[Callable[[np.ndarray], pl.Series], Mapping[str, float]]]


# --- RANDOM NUMBERS -------------------------------------------------------------------
# `u` is uniform random numbers between 0 and 1; a distribution is its quantile
# function.
def case_index(key: pl.Series, cases: Collection[str]) -> np.ndarray:
    """Which of the cases each key names, counted from 0; `otherwise` is for all others."""
    names = key.cast(pl.String) if key.dtype == pl.Boolean else key
    case = names.cast(pl.Enum(list(cases)), strict=False)
    if "otherwise" in cases:
        known = getattr(key.dtype, "categories", cases)
        if lost := set(cases) - set(known) - {"otherwise"}:
            raise RuntimeError(f"{sorted(lost)} are no cases: there are {list(known)}")
        case = case.fill_null("otherwise")
    if case.has_nulls():
        raise RuntimeError(
            f"No case for {key.filter(case.is_null())[0]!r} in {list(cases)}"
        )
    return case.to_physical().to_numpy()


def choice(u: np.ndarray, weights: Mapping[str, float]) -> pl.Series:
    """The category that each draw falls in."""
    edges = np.cumsum(list(weights.values()))
    index = np.searchsorted(edges / edges[-1], u, side="right")
    return pl.Series(index.astype(np.uint32)).cat.to(pl.Enum(list(weights)))


def exponential(u: np.ndarray, scale: float) -> np.ndarray:
    """Exponential values; scale is their mean."""
    return -scale * np.log1p(-u)


def poisson(u: np.ndarray, lam: float) -> np.ndarray:
    """Counts of independent events, lam of them on average."""
    most = lam + 10 * math.sqrt(lam) + 30  # what lies above is below all precision
    return np.searchsorted(pdtr(np.arange(most), lam), u)


def quantile_by_case(
    u: np.ndarray, key: pl.Series, cases: Cases, draw: Quantile, *law: Quantile
) -> np.ndarray:
    """Draws by the parameters of the case that each key names."""
    case, drawn = case_index(key, cases), np.empty(len(u))
    for n, given in enumerate(cases.values()):
        drawn[case == n] = draw(u[case == n], *law, **given)
    return drawn


def stream_key(stream: str) -> np.uint64:
    """A key for each stream of draws, from its name and the seed."""
    digest = hashlib.blake2b(f"{SEED}/{stream}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def random(stream: str, row: np.ndarray) -> np.ndarray:
    """A draw between 0 and 1 for each row: SplitMix64 of the stream's key and the row."""
    x = row.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + stream_key(stream)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return ((x >> np.uint64(12)) + 0.5) * 2.0**-52


# --- TEXT -----------------------------------------------------------------------------
@cache
def faker_pool(provider: str, size: int, locale: str, **args: object) -> pl.Series:
    """Up to so many distinct texts of a Faker provider."""
    fake = Faker(locale, use_weighting=False)
    fake.seed_instance(f"{SEED}/{provider}")
    texts: dict[str, None] = {}
    for _ in range(3 * size):  # some providers do not have so many
        texts[str(getattr(fake, provider)(**args)).replace("\n", ", ")] = None
        if len(texts) == size:
            break
    return pl.Series(list(texts))


def faker_texts(
    u: np.ndarray,
    provider: str,
    size: int = 2_000,
    locale: str = LOCALE,
    **args: object,
) -> pl.Series:
    """Texts of a Faker provider, drawn from a pool of so many."""
    pool = faker_pool(provider, size, locale, **args)
    return pool.gather((u * len(pool)).astype(np.uint32))


def format_key(
    number: np.ndarray, prefix: str, width: int = 0, suffix: str = ""
) -> pl.Series:
    """Keys such as ORD-000042."""
    digits = pl.Series(number).cast(pl.String)
    return prefix + digits.str.pad_start(width, "0") + suffix


def number_text(numbers: pl.Series) -> pl.Series:
    """Numbers as texts: the digits that tell each from all others, never an exponent."""
    texts = numbers.replace(-0.0, 0.0).cast(pl.String)
    place = texts.str.contains("e", literal=True).arg_true()
    plain = [np.format_float_positional(x, trim="0") for x in numbers.gather(place)]
    return texts.scatter(place, pl.Series(plain, dtype=pl.String))


# --- TIME -----------------------------------------------------------------------------
def add_seconds(moment: pl.Series, seconds: np.ndarray) -> pl.Series:
    """The moments some time after others, to the second."""
    return moment + pl.Series(seconds.astype(np.int64) * 1_000_000).cast(
        pl.Duration("us")
    )


def to_utc(when: When) -> datetime:
    """A moment, UTC: a timedelta counts from END, a day is its midnight."""
    if isinstance(when, timedelta):
        return to_utc(END) + when
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)


def null_after_end(moment: pl.Series) -> pl.Series:
    """The moments before END; null in place of later ones."""
    return moment.set(moment.dt.epoch("s") >= int(to_utc(END).timestamp()), None)


@cache
def timeline(
    start: When,
    end: When,
    volume: Volume | None = None,
    hours: tuple[float, ...] = (),
    breakpoints: tuple[When, ...] = (),
) -> Timeline:
    """The moments at which a period's volume changes, and the volume's share before each."""
    first, last = to_utc(start).timestamp(), to_utc(end).timestamp()
    if first >= last:
        raise RuntimeError(
            f"The period {to_utc(start):%F} to {to_utc(end):%F} ends before it starts"
        )
    step = 3_600 if hours else 86_400  # seconds
    grid = np.arange(first // step * step, last if volume or hours else first, step)
    edges = np.unique(
        [first, *grid, *(to_utc(point).timestamp() for point in breakpoints), last]
    )
    edges = edges[(first <= edges) & (edges <= last)]
    moments = [datetime.fromtimestamp(edge, UTC) for edge in edges[:-1]]
    steps = np.array([volume(moment) if volume else 1.0 for moment in moments])
    steps *= [hours[moment.hour] for moment in moments] if hours else 1.0
    if volume and not steps.any():
        raise RuntimeError(
            f"{volume.__name__} is 0 from {to_utc(start):%F} to {to_utc(end):%F}"
        )
    # All but nothing in place of nothing: what follows a moment finds a place after it.
    steps = np.maximum(steps, 1e-9 * steps.max()) * np.diff(edges)
    share = np.append(0.0, np.cumsum(steps))
    return edges, share / share[-1]


def timestamp(
    u: np.ndarray,
    timeline: Timeline,
    after: pl.Series | None = None,
    before: pl.Series | None = None,
) -> pl.Series:
    """Moments of a timeline, busy times more likely: whole seconds, its end not in it."""
    edges, share = timeline
    low = 0.0 if after is None else np.interp(after.dt.epoch("s"), edges, share)
    high = 1.0 if before is None else np.interp(before.dt.epoch("s"), edges, share)
    # A millisecond makes up for rounding, so that nothing comes before what it follows.
    seconds = np.floor(np.interp(low + u * (high - low), share, edges) + 1e-3)
    microseconds = np.minimum(seconds, edges[-1] - 1).astype(np.int64) * 1_000_000
    return pl.Series(microseconds).cast(pl.Datetime("us", "UTC"))


# --- BLOCKS: what is computed once ----------------------------------------------------
def build_block(
    build: Callable[[np.ndarray], pl.DataFrame], row: np.ndarray
) -> pl.DataFrame:
    """The rows of one block; what was computed for them is forgotten afterwards."""
    try:
        return build(row)
    finally:
        BLOCK_VALUES.pop(get_ident(), None)


def compute_once(
    key: object, row: np.ndarray, make: Callable[[np.ndarray], Values]
) -> Values:
    """What is made of these rows: not again while `row` is one of the last few arrays."""
    last = BLOCK_VALUES.setdefault(get_ident(), {}).setdefault(key, [])
    for known, values in last:
        if known is row:
            return values
    made = make(row)
    last.insert(0, (row, made))
    del last[4:]  # a table that reads its own rows over a ref needs both
    return made


def map_blocks(
    make: Callable[[int], Made], starts: range, workers: int
) -> Iterator[Made]:
    """What is made of each block, in order; a few are made ahead, no more.

    The first is made alone: what blocks share (pools, calendars) is made only once.
    """
    pool, ahead = ThreadPoolExecutor(workers), deque[Future[Made]]()
    try:
        yield from map(make, starts[:1])
        for start in starts[1:]:
            ahead.append(pool.submit(make, start))
            if len(ahead) > workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:  # after an error or Ctrl-C, what has not begun is not begun
        pool.shutdown(cancel_futures=True)


def with_own_memo(make: Callable[[], Made]) -> Made:
    """What is made of other rows than the block's, whose values stay as they are."""
    block = BLOCK_VALUES.pop(get_ident(), {})
    try:
        return make()
    finally:
        BLOCK_VALUES[get_ident()] = block


def memo(stream: str, make: Callable[[], Arrays]) -> Arrays:
    """The arrays of a stream, made once."""
    if stream not in MEMO:
        MEMO[stream] = with_own_memo(make)
    return MEMO[stream]


def row_blocks(
    rows: range, *below: Callable[[np.ndarray], np.ndarray]
) -> Iterator[np.ndarray]:
    """These rows of a table, or from each table's rows those below: about BLOCK at a time."""
    size = 1
    while rows:
        found = np.arange(rows.start, rows[:size].stop, rows.step)
        for children_of in below:
            found = children_of(found)
        yield found
        rows = rows[size:]
        # As many as have BLOCK rows below them, if the next ones are like these.
        size = max(1, min(size * BLOCK // max(1, len(found)), 16 * size, BLOCK))


# --- REFERENCES: which row of another table a row belongs to --------------------------
def minimum_sigma(skew: float, share: Callable[[float], float]) -> float:
    """The least spread that gives this share, in thousandths.

    At most a tenth more than many parents without weights need (their share is
    ndtr(ndtri(0.2) + spread)): a few parents with weights may not reach it at all.
    """
    if not 0.2 <= skew < 1:
        raise RuntimeError(f"A skew of {skew:g} is no share from 0.2 to below 1")
    most = 1.1 * (ndtri(skew) - ndtri(0.2))
    steps = range(int(most * 1_000))  # half a step more rounds to the nearest
    return bisect_left(steps, skew, key=lambda n: share((n + 0.5) / 1e3)) / 1e3


def share_of_busiest(parents: np.ndarray, rate: np.ndarray) -> float:
    """The share of the rows that the busiest 20 % of the parents have, as counted.

    rate is the mean number of rows of a parent, who has a Poisson number of them; parents
    is how many have this rate. Of fewer than five parents the busiest one counts.
    """
    busiest = max(0.2 * parents.sum(), min(1.0, parents.sum()))
    rate = np.maximum(rate, 1e-12)

    def more_than(k: int) -> np.ndarray:
        return gammainc(k + 1, rate)  # probability of more than k rows

    # The busiest are the parents with more than k rows, and some of those with just k.
    counts = range(int(2 * rate.max()) + 20)
    k = bisect_left(counts, -busiest, key=lambda k: -(parents @ more_than(k)))
    rows = parents @ (rate * more_than(k - 1)) + (busiest - parents @ more_than(k)) * k
    return float(rows / (parents @ rate))


@cache
def activity_sigma(
    skew: float, rows: float, size: tuple[int, ...], weight: tuple[float, ...] = (1.0,)
) -> float:
    """The standard deviation of log activity at which parents are as skewed as asked for.

    skew is the share of the rows that the busiest 20 % of the parents have. size and weight
    are those of groups of parents. The result is 0 if weights and chance give the share.
    """
    sizes, weights = np.array(size), np.array(weight)
    if not sizes @ weights:
        return 0.0
    ranks = np.clip(sizes, 1, max(20, 2_000 // len(size)))  # equal parts of a group
    parents = np.repeat(sizes / ranks, ranks)
    mean = np.repeat(weights * rows / (sizes @ weights), ranks)

    def share(spread: float) -> float:
        lorenz = [ndtr(ndtri(np.linspace(0, 1, n + 1)) + spread) for n in ranks]
        activity = [n * np.diff(curve) for n, curve in zip(ranks, lorenz, strict=True)]
        return share_of_busiest(parents, mean * np.concatenate(activity))

    return minimum_sigma(skew, share)


def all_rows(root: str, *below: Callable[[np.ndarray], np.ndarray]) -> Blocks:
    """All rows of a table, in blocks: those of its root, and from each table's rows those below.

    Refs keep a number for each of them.
    """
    if ROWS[root] > 1 << 32:
        raise RuntimeError(
            f"{root} has over {1 << 32:,} rows: too many to keep for a ref"
        )
    return row_blocks(range(ROWS[root]), *below)


def rows_by_group(
    blocks: Blocks, group_of: Callable[[np.ndarray], np.ndarray], groups: int
) -> Arrays:
    """The rows, those of each group side by side and in order; where each group starts.

    There may be many: numbers that fit take four bytes each.
    """
    parts: list[list[np.ndarray]] = [[np.empty(0, np.uint32)] for _ in range(groups)]
    for row in blocks:
        group = group_of(row)
        few = np.uint32 if row.max(initial=0) < 1 << 32 else np.int64
        members = row[np.argsort(group, kind="stable")].astype(few)
        edges = np.bincount(group, minlength=groups).cumsum()
        for part, rows in zip(parts, np.split(members, edges[:-1]), strict=True):
            part.append(rows)
    start = np.cumsum([0, *(sum(map(len, part)) for part in parts)])
    return np.concatenate([rows for part in parts for rows in part]), start


def shuffled(rank: np.ndarray, rows: int | np.ndarray, stream: str) -> np.ndarray:
    """The parent of each rank, in an order of the stream's own: a swap-or-not shuffle."""
    for turn in range(8):
        key = int(stream_key(f"{stream}/{turn}")) >> 1
        partner = (key % rows - rank) % rows
        draw = random(f"{stream}/{turn}", np.maximum(rank, partner))
        rank = np.where(draw < 0.5, partner, rank)
    return rank


def skewed_rank(u: np.ndarray, rows: int | np.ndarray, spread: float) -> np.ndarray:
    """A parent's rank for each draw, the busiest first; spread is the sd of log activity."""
    rank = (ndtr(ndtri(u) - spread) * rows).astype(np.int64)
    return np.minimum(rank, rows - 1)


def skewed_row(
    u: np.ndarray, parents: int, skew: float, rows: float, stream: str
) -> np.ndarray:
    """Row numbers of so many parents; their busiest 20 % get this share of the rows."""
    rank = skewed_rank(u, parents, activity_sigma(skew, rows, (parents,)))
    return shuffled(rank, parents, stream)


def uniform_row(u: np.ndarray, rows: int) -> np.ndarray:
    """A parent's rank for each draw, all alike."""
    return (u * rows).astype(np.int64)


def weighted_groups(blocks: Blocks, by: Weighing) -> Arrays:
    """The rows, those of each group side by side; where each group starts; its weight."""
    weight = np.ones(1)
    for _, weights in by:
        weight = np.outer(weight, list(weights.values())).ravel()

    def group_of(row: np.ndarray) -> np.ndarray:
        group = np.zeros(len(row), np.int64)
        for column, weights in by:
            group = group * len(weights) + case_index(column(row), weights)
        return group

    return *rows_by_group(blocks, group_of, len(weight)), weight


# --- BAD DATA: faults on top of the clean cells ---------------------------------------
def bad_cells(fault: str, clean: pl.Series) -> pl.Series | pl.Expr:
    """What a fault puts in the place of clean cells."""
    if fault == "null":
        return pl.lit(None)
    if fault == "orphan_ref":  # keys that no row has
        number = clean.dtype.is_integer()
        return -1 - clean if number else clean.cast(pl.String) + "-gone"
    value = OUTLIER_MOMENT if clean.dtype.is_temporal() else OUTLIER_NUMBER
    return pl.lit(value).cast(clean.dtype)


def duplicate_key_row(stream: str, row: np.ndarray, twin: np.ndarray) -> np.ndarray:
    """The row whose key each row is written with: its twin's in place of its own, or its own.

    Twins keep their own keys: only candidates are doubled, and no twin is one of them.
    """
    share = (1 - math.sqrt(1 - 4 * FAULT_RATES["duplicate_key"])) / 2  # of candidates
    candidate = random(stream, row) < share
    return np.where(candidate & (random(stream, twin) >= share), twin, row)


def fault_list(
    table: str, cells: Faults, keys: Callable[[np.ndarray], pl.Series]
) -> pl.DataFrame:
    """The answer key's lines for a table's faults, in the order of its rows.

    Rows are named by their keys as they are written.
    """
    lines = pl.concat(
        pl.DataFrame({"row_key": keys(has).cast(pl.String)}).with_columns(
            table_name=pl.lit(table), column_name=pl.lit(column), fault=pl.lit(fault)
        )
        for (column, fault), has in cells.items()
    )
    place = np.concatenate([np.flatnonzero(has) for has in cells.values()])
    lines = lines[np.argsort(place, kind="stable")]
    return lines.select("table_name", "row_key", "column_name", "fault")


def faults_of(table: str, row: np.ndarray) -> Faults:
    """Which rows have which fault in which column; the faults of a cell share one draw."""
    found: Faults = {}
    for column, names in FAULTS[table].items():
        edges = np.cumsum([FAULT_RATES[fault] for fault in names])
        u = random(f"{table}.{column}/fault", row)
        place = np.searchsorted(edges, u, side="right")
        found |= {(column, fault): place == n for n, fault in enumerate(names)}
    return found


def with_faults(table: str, row: np.ndarray, frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of a table as they are written: faults on top of the clean cells."""
    for (column, fault), has in faults_of(table, row).items():
        if column in frame.columns:
            clean = frame[column]
            cells = pl.when(pl.Series(has)).then(bad_cells(fault, clean))
            frame = frame.with_columns(cells.otherwise(clean).alias(column))
    return frame


# --- NULLS AND CONDITIONS -------------------------------------------------------------
def null_where(values: pl.Series, null: np.ndarray) -> pl.Series:
    """The values, with nulls where told."""
    return values.set(pl.Series(null), None)


# --- FILES: rows in the form in which they are written --------------------------------
def as_written(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows as files hold them: categories as plain text, and zero without a sign."""
    zero = pl.col(pl.Float64).replace(-0.0, 0.0)
    return frame.with_columns(pl.col(pl.Enum).cast(pl.String), zero)


def json_lines(frame: pl.DataFrame) -> pl.Series:
    """Rows as JSON, one object a line."""
    numbers = frame.select(pl.col(pl.Float64))
    texts = frame.with_columns(map(number_text, numbers))
    lines = texts.select(pl.struct(pl.all()).struct.json_encode()).to_series()
    # Within a text each quote is escaped, so that this finds the numbers alone.
    names = "|".join(numbers.columns)
    return lines.str.replace_all(f'"({names})":"(.*?)"', '"$1":$2')


# --- OUTPUT: whole tables, whatever happens to a run ----------------------------------
def copy_in_place(staging: Path, folder: Path) -> None:
    """Replace a folder's files by copies of the staged ones, where none can be renamed.

    Meanwhile, and where this fails, a file _INCOMPLETE lies among them.
    """
    mark, files = folder / "_INCOMPLETE", sorted(staging.iterdir())
    if not files and not folder.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"run {RUN} copies files here, or has ended while it did", "utf-8")
    for file in files:
        shutil.copyfile(file, folder / file.name)
    for stale in {*folder.iterdir()} - {mark, *(folder / each.name for each in files)}:
        stale.unlink()
    mark.unlink()
    if not files:
        folder.rmdir()


def holds_only(folder: Path, ours: str) -> None:
    """Raise FileExistsError where a folder is none, or holds what no run has written.

    ours is the pattern of a run's own names; a folder's ends with a slash.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FileExistsError(f"{folder} is no folder of a table: move it away")
    for found in folder.iterdir() if folder.exists() else ():
        if not re.fullmatch(ours, found.name + "/" * found.is_dir()):
            raise FileExistsError(f"{found} is no part of the table: move it away")


def in_runtime() -> bool:
    """Whether this is a job or a notebook on Databricks."""
    return "DATABRICKS_RUNTIME_VERSION" in os.environ


def lock_text(lock: Path) -> str | None:
    """What a lock holds: who holds it, and when it last lived; None where there is no lock."""
    try:
        return lock.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return None


def is_ours(lock: Path) -> bool:
    """Whether this run still holds its lock; in the moment of its renewal it is empty."""
    text = lock_text(lock)
    return text is not None and (not text or RUN in text)


def take_over(lock: Path) -> None:
    """Wait for another run's lock to go, or delete it once it shows no life for 15 seconds.

    Raises FileExistsError where that run lives: two at once would mix their data.
    """
    before = lock_text(lock)
    for _ in range(15):
        time.sleep(1)
        text = lock_text(lock)
        if text is None:
            return
        if text and text != before:
            owner = text.partition("\n")[0]
            raise FileExistsError(f"another run writes here ({owner}): {lock}")
    if lock_text(lock) == before:
        lock.unlink(missing_ok=True)


@contextmanager
def locked(lock: Path) -> Iterator[None]:
    """Hold a lock: a file that one run creates and rewrites each second, to show that it lives."""
    start = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
    owner = (
        f"process {os.getpid()} on {socket.gethostname()} since {start} UTC, run {RUN}"
    )
    ended = Event()

    def renew() -> None:
        while not ended.wait(1) and is_ours(lock):
            with suppress(OSError):  # a full disk is the writer's to report
                lock.write_text(f"{owner}\nalive at {datetime.now(UTC)}", "utf-8")

    lock.parent.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            with lock.open("x", encoding="utf-8") as file:
                file.write(owner)
            break
        except FileExistsError:
            take_over(lock)
    life = Thread(target=renew, daemon=True)
    life.start()
    try:
        yield
    finally:
        ended.set()
        life.join()
        if is_ours(lock):
            lock.unlink(missing_ok=True)


def made_by_rename(folder: Path) -> bool:
    """Make a folder by renaming another, and whether that works: in a volume it does not."""
    if folder.absolute().as_posix().startswith("/Volumes/"):
        return False
    new = folder.with_name(folder.name.replace(RUN, f"{RUN}.new"))
    new.mkdir()
    try:
        new.rename(folder)
    except OSError:
        new.rmdir()
        return False
    return True


def put_in_place(staging: Path, folder: Path, backup: Path) -> None:
    """Put a whole folder in the place of the one before it, which comes to be the staged one.

    Readers see either of them; where this fails, the one before is back. An empty folder
    leaves none.
    """
    if not any(staging.iterdir()):
        staging.rmdir()
        if folder.exists():
            folder.rename(staging)
        return
    try:
        if folder.exists():
            folder.rename(backup)
        folder.parent.mkdir(exist_ok=True)
        staging.rename(folder)
    except BaseException:
        if backup.exists() and not folder.exists():
            backup.rename(folder)
        raise
    if backup.exists():
        backup.rename(staging)


def recover(folder: Path, backup: Path, staging: Path) -> None:
    """Undo what a run left that died: bring back its backup, delete what it had staged."""
    if backup.exists():
        backup.rename(staging if folder.exists() else folder)
    for left in staging.parent.glob(staging.name.replace(RUN, "*")):
        shutil.rmtree(left)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder for a table's files, which take the table's place once all are there.

    It is beside the table, or on a local disk where only copies can take that place.
    """
    name = ".".join(folder.relative_to(OUTPUT).parts)
    staging, backup = (
        Path(OUTPUT, f".{name}.{end}") for end in (f"{RUN}.staging", "backup")
    )
    recover(folder, backup, staging)
    renames = made_by_rename(staging)
    if not renames:
        staging = Path(tempfile.mkdtemp())
    try:
        yield staging
        if renames:
            put_in_place(staging, folder, backup)
        else:
            copy_in_place(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


# --- WRITING --------------------------------------------------------------------------
def write_block(frame: pl.DataFrame, path: Path) -> None:
    """Write one block's rows to a file."""
    frame = as_written(frame)
    lines = json_lines(frame).to_frame()
    lines.write_csv(path, include_header=False, quote_style="never")


def lock() -> Path:
    """The file that keeps other runs of this script away from the same output."""
    return Path(OUTPUT, ".bad_data.lock")


def refuse_strangers(table: str) -> None:
    """Raise FileExistsError where a table's place holds what no run has written."""
    holds_only(OUTPUT / table, PARTS)


def write_table(table: str, workers: int, progress: Progress) -> tuple[int, int]:
    """Write a table, a file a block; gives its rows and bytes.

    The files are staged until all are there: a table is whole, or as it was before
    (where files cannot be renamed: whole, or marked as incomplete).
    """
    build, root, _, per_row, *_ = TABLES[table]
    block = max(1, BLOCK // per_row)
    folder = OUTPUT / table

    def write(start: int) -> tuple[int, int]:
        row = np.arange(start, min(start + block, ROWS[root]))
        frame = build_block(build, row)
        number = start // block
        file = staging / f"part-{number:05d}.json"
        write_block(frame, file)
        return len(frame), file.stat().st_size

    starts, rows, size = range(0, ROWS[root], block), 0, 0
    with staged(folder) as staging:
        blocks = map_blocks(write, starts, workers)
        for more, larger in progress.track(blocks, len(starts), description=table):
            rows, size = rows + more, size + larger
        sizes = [file.stat().st_size for file in staging.iterdir()]
        if (len(sizes), sum(sizes)) != (len(starts), size):
            raise FileNotFoundError(f"{staging} is not as it was written")
        if not is_ours(lock()):
            raise FileExistsError(f"another run has taken {lock()} over")
        refuse_strangers(table)
    return rows, size


# --- CHECKS: verify the data as it was written ----------------------------------------
def is_written(name: str) -> bool:
    """Whether there is anything of a table."""
    folder = OUTPUT / name
    if folder.exists():
        os.listdir(folder)  # which tells if it may not be read
    for mark in folder.rglob("_INCOMPLETE"):
        raise OSError(f"{mark.parent} is incomplete: a run ended while it copied files")
    return any(folder.rglob("part-*"))


def sql_text(value: str) -> str:
    """A text in SQL."""
    return "'" + value.replace("'", "''") + "'"


def first_columns(name: str) -> list[str]:
    """The columns that the first line of a table's first file names."""
    try:
        with min((OUTPUT / name).rglob("part-*")).open(encoding="utf-8") as file:
            line = file.readline()
        return [*(json.loads(line) if line else TABLES[name].columns)]
    except (TypeError, ValueError) as error:
        raise OSError(f"its first line is no row: {error}") from error


DTYPES: dict[str, Any] = {
    "text": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "timestamp": pl.Datetime("us", "UTC"),
}


def quoted(name: str) -> str:
    return f"`{name}`"


@cache
def scan(name: str) -> pl.LazyFrame:
    """A table as it was written."""
    # Files of text do not tell their types.
    types = TABLES[name].columns
    names = first_columns(name)
    schema = {column: DTYPES[types.get(column, "text")] for column in names}
    return pl.scan_ndjson(
        Path(glob.escape(str(OUTPUT)), name, "**/*.json"), schema=schema
    )


def written_columns(name: str) -> dict[str, str]:
    """The columns of a table as it was written, and their types."""
    try:
        schema = scan(name).collect_schema()
    except PolarsError as error:
        raise OSError(str(error).split("\n")[0]) from error
    words = {dtype: word for word, dtype in DTYPES.items()}
    return {name: words.get(dtype, str(dtype)) for name, dtype in schema.items()}


def query(rows: str, *counts: str) -> list[int]:
    """What is counted of rows, in SQL; OSError where the tables cannot be read."""
    sql = f"SELECT {', '.join(counts)} FROM {rows}"
    try:
        tables = {
            name: scan(name)
            for name in TABLES
            if quoted(name) in sql and is_written(name)
        }
        if "'" not in sql:  # no text is compared: their hashes take less memory
            hashes = pl.when(pl.col(pl.String).is_not_null()).then(
                pl.col(pl.String).hash()
            )
            tables = {
                name: frame.with_columns(hashes) for name, frame in tables.items()
            }
        found = pl.SQLContext(tables).execute(sql).collect(engine="streaming").row(0)
    except PolarsError as error:
        raise OSError(str(error).split("\n")[0]) from error
    return [number or 0 for number in found]


def counted(rows: Callable[[np.ndarray], Sized], root: str, per_row: int) -> int:
    """How many rows there are, by those of the table that they hang on."""
    size = max(1, BLOCK // per_row)
    stop = ROWS[root]
    starts = range(0, stop, size)
    return sum(len(rows(np.arange(n, min(n + size, stop)))) for n in starts)


def rows_of(table: str) -> int:
    """How many rows a table is to have."""
    if table == "_bad_data":
        return sum(counted(*each) for each in BAD_DATA)
    _, root, _, per_row, *_ = TABLES[table]
    if rows := TABLES[table].rows:
        return counted(rows, root, per_row)
    return ROWS[table]


def fault_rate(table: str, column: str, fault: str) -> float:
    """The share of a column's cells that a fault falls on."""
    can_have = fault in FAULTS.get(table, {}).get(column, ())
    return FAULT_RATES[fault] if can_have else 0.0


def likely(rows: int, rate: float) -> tuple[int, int]:
    """The least and the most that a chance falls on, of so many rows: 5 deviations off."""
    mean, sd = rows * rate, math.sqrt(rows * rate * (1 - rate))
    slack = 5 * sd + 3 if sd else 0.5  # half a row makes up for rounding
    return max(0, math.ceil(mean - slack)), min(rows, math.floor(mean + slack))


class Expectation(NamedTuple):
    """A number that the written data is to give."""

    what: str
    number: str  # in SQL
    rows: str  # those that it is of, in SQL
    least: int = 0
    most: int = 0


def join_paths(table: str, sql: str, paths: Iterable[str]) -> tuple[str, str]:
    """SQL with columns at paths of refs in its places; the rows that they are of, in SQL."""
    rows, columns = f"{quoted(table)} AS t", []
    aliases: dict[str, str] = {}
    for path in paths:
        *refs, last = path.split(".")
        name, here = table, "t"
        for column in refs:
            name, key = TABLES[name].refs[column].split(".")
            ref = f"{here}.{quoted(column)}"
            if ref not in aliases:
                there = aliases[ref] = f"t{len(aliases)}"
                on = f"{ref} = {there}.{quoted(key)}"
                rows = f"{rows} LEFT JOIN {quoted(name)} AS {there} ON {on}"
            here = aliases[ref]
        columns.append(f"{here}.{quoted(last)}")
    return sql.format(*columns), rows


def rows_where(
    table: str, what: str, sql: str, paths: Iterable[str], least: int = 0, most: int = 0
) -> Expectation:
    """So many rows in which a condition holds; its places are columns at paths of refs."""
    condition, rows = join_paths(table, sql, paths)
    number = f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)"
    return Expectation(what, number, rows, least, most)


def rows_early(
    name: str, later: str, earlier: str, unit: str, most: int = 0
) -> Expectation:
    """Rows in which a moment precedes one that it never should: both as dates, or to the second."""
    sql = f"CAST({{}} AS {unit}) < CAST({{}} AS {unit})"
    what = f"{later} before {earlier}"
    return rows_where(name, what, sql, [later, earlier], 0, most)


def outside_of(period: Sequence[When], outlier: object) -> str:
    """SQL of a moment whose day is not in a period, an outlier's apart."""
    start, end = period
    first, last = to_utc(start), to_utc(end)
    days = f"DATE '{first:%F}' AND DATE '{last - timedelta(seconds=1):%F}'"
    if isinstance(outlier, datetime):
        return f"NOT NULLIF(CAST({{}} AS DATE), DATE '{outlier:%F}') BETWEEN {days}"
    return f"NOT CAST({{}} AS DATE) BETWEEN {days}"


def made_orphans(name: str, column: str) -> tuple[int, int]:
    """The least and the most keys that a fault makes orphans, of those that a column holds."""
    rate = fault_rate(name, column, "orphan_ref")
    rate = min(1.0, rate / (1 - fault_rate(name, column, "null"))) if rate else 0.0
    try:
        held = query(quoted(name), f"COUNT({quoted(column)})")[0] if rate else 0
    except OSError:
        held = 0  # the orphans cannot be counted, either
    return likely(held, rate)


def in_column(name: str, column: str, rows: int) -> Iterator[Expectation]:
    """What is counted in a column."""
    table = TABLES[name]
    null = rows_where(name, f"null {column}", "{} IS NULL", [column])
    rate = table.null_rates.get(column, 0.0)
    rate *= 1 - fault_rate(name, column, "outlier")
    rate = rate or fault_rate(name, column, "null")
    least, most = likely(rows, rate)
    null = null._replace(least=least, most=most)
    if column not in table.nullable:
        yield null
    if ref := table.refs.get(column):
        target, key = ref.split(".")
        least, most = made_orphans(name, column)
        if is_written("_bad_data"):
            # As many as are listed: of keys that are lost, how many depends on the key.
            cell = f"table_name = '{name}' AND column_name = '{column}'"
            listed = f"{quoted('_bad_data')} WHERE {cell} AND fault = 'orphan_ref'"
            if not TABLES[target].duplicates:
                what = f"{column} listed as orphans"
                yield Expectation(what, "COUNT(*)", listed, least, most)
            try:
                least = most = query(listed, "COUNT(*)")[0]
            except OSError:
                pass  # which the lines of _bad_data report
        lost, paths = "{} IS NOT NULL AND {} IS NULL", [column, f"{column}.{key}"]
        yield rows_where(name, f"{column} not in {target}", lost, paths, least, most)
    if values := table.values.get(column):
        known = ", ".join(map(sql_text, values))
        known = known.replace("{", "{{").replace("}", "}}")  # no places
        sql = "{} NOT IN (" + known + ")"
        yield rows_where(name, f"{column} of no category", sql, [column])
    if (outlier := table.outliers.get(column)) is not None:
        sql, what = f"{{}} = {outlier}", f"outlying {column}"
        least, most = likely(rows, fault_rate(name, column, "outlier"))
        if isinstance(outlier, datetime):
            sql = f"CAST({{}} AS DATE) = DATE '{outlier:%F}'"
        yield rows_where(name, what, sql, [column], least, most)
    if period := table.periods.get(column):
        what = f"{column} outside its period"
        yield rows_where(
            name, what, outside_of(period, table.outliers.get(column)), [column]
        )
    for later, earlier, unit in table.not_before:
        if later != column:
            continue
        yield rows_early(
            name,
            column,
            earlier,
            unit,
            likely(rows, fault_rate(name, column, "outlier"))[1],
        )


def expectations(name: str) -> Iterator[Expectation]:
    """What is counted in a table."""
    table, rows = TABLES[name], rows_of(name)
    yield Expectation("rows", "COUNT(*)", join_paths(name, "", [])[1], rows, rows)
    if table.key:
        own = ", ".join(map(quoted, table.key))
        same = f"(SELECT COUNT(*) AS n FROM {quoted(name)} GROUP BY {own}) AS k"
        rate = FAULT_RATES["duplicate_key"] if table.duplicates else 0.0
        twice = "duplicate keys", "SUM(k.n - 1)", same
        yield Expectation(*twice, *likely(rows, rate))
    for column in table.columns:
        yield from in_column(name, column, rows)


def observed(name: str) -> Iterator[tuple[Expectation, int | str]]:
    """What is counted in a table, or why it cannot be: one query for the same rows."""
    same_rows: dict[str, list[Expectation]] = {}
    for each in expectations(name):
        same_rows.setdefault(each.rows, []).append(each)
    for rows, group in same_rows.items():
        try:
            found = query(rows, *(each.number for each in group))
            yield from zip(group, found, strict=True)
        except OSError:
            for each in group:
                try:
                    yield each, query(rows, each.number)[0]
                except OSError as error:
                    yield each, str(error)


def wrong_columns(name: str, found: Mapping[str, str]) -> list[str]:
    """The columns that a table lacks, and those of another type than they should be."""
    columns = TABLES[name].columns
    missing = [f"{column} is missing" for column in columns if column not in found]
    return missing + [
        f"{column} is {found[column]}, not {type}"
        for column, type in columns.items()
        if found.get(column, type) != type
    ]


def check_table(name: str) -> Iterator[tuple[str, str, str, bool]]:
    """What is checked in a table, what is observed and expected, whether it is right."""
    columns = str(len(TABLES[name].columns))
    wrong = wrong_columns(name, written_columns(name))
    yield "columns", "; ".join(wrong) or columns, columns, not wrong
    required = False
    for each, count in observed(name):
        if isinstance(count, str) and each.what == "rows":
            raise OSError(count)
        if isinstance(count, str) and wrong:
            continue  # it counts in such a column
        right = isinstance(count, int) and each.least <= count <= each.most
        if right and each.what.startswith("null ") and not each.most:
            required = True  # they have one line together
            continue
        few, many = each.least, each.most
        span = f"{few:,}" if few == many else f"{few:,} to {many:,}"
        yield each.what, f"{count:,}" if isinstance(count, int) else count, span, right
    if required:
        yield "null in required columns", "0", "0", True


def notes_of(name: str) -> Iterator[str]:
    """What else there is to say of a table."""
    for column in written_columns(name):
        if column not in TABLES[name].columns:
            yield f"{name}: extra column {column}: not described here"
    for each in TABLES[name].not_checked:
        yield f"{name}: {each}"


def state_of(name: str) -> str:
    """What is wrong with a table as a whole; nothing if it can be read."""
    try:
        if is_written(name):
            return ""
        return f"missing: --only {name} writes it"
    except OSError as error:
        return f"cannot be read: {error}"


def check(names: Iterable[str]) -> int:
    """Print what is observed in the tables as they were written; gives how much is wrong."""
    state = {name: state_of(name) for name in TABLES}  # refs lead to others
    report, failed = RichTable("table", "check", "observed", "expected", ""), 0
    notes: list[str] = []
    with progress_bar() as progress:
        for name in progress.track([*names], description="check"):
            lines = [("table", state[name], "", False)]
            if not state[name]:
                try:
                    lines = [*check_table(name)]
                    notes += notes_of(name)
                except OSError as error:
                    lines = [("table", f"cannot be read: {error}", "", False)]
            for what, found, expected, right in lines:
                report.add_row(name, what, found, expected, "" if right else "FAILED")
                failed += not right
    show(report, *notes)
    if failed:
        show(f"Checked as of {END}; data of another day is checked by its own --as-of.")
    return failed


# --- MAIN -----------------------------------------------------------------------------
def put(text: str, stream: TextIO) -> None:
    """Write to stdout or stderr, whose reader may have seen enough (`| head -1`)."""
    try:
        print(text, end="", file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def show(*parts: str | RichTable) -> None:
    """Print, with no text taken for markup."""
    plain = in_runtime() or not sys.stdout.isatty()
    console = Console(
        force_jupyter=False,  # else a job on Databricks shows nothing
        force_terminal=False if plain else None,
        width=120 if plain and "COLUMNS" not in os.environ else None,
        markup=False,
        emoji=False,
        highlight=False,
    )
    with console.capture() as printed:
        for part in parts:
            console.print(part, soft_wrap=isinstance(part, str))
    put(printed.get(), sys.stdout)


def progress_bar() -> Progress:
    """How far a run is, on a terminal alone: elsewhere each refresh would be a line."""
    plain = in_runtime() or not sys.stderr.isatty()
    return Progress(console=Console(stderr=True), transient=True, disable=plain)


def fail(reason: str) -> NoReturn:
    """End with a reason: Databricks shows that of an error, and of an exit only its status."""
    if in_runtime():
        raise RuntimeError(reason) from None
    put(f"error: {reason}\n", sys.stderr)
    sys.exit(2)


class Parser(argparse.ArgumentParser):
    """Options, of which Databricks shows what is wrong: it would not of an exit."""

    def error(self, message: str) -> NoReturn:
        if in_runtime():
            fail(message)
        super().error(message)


def parse_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Options as a list of texts, or those of the command line."""
    parser = Parser(description="Generate synthetic data for bad_data.")
    option = parser.add_argument
    option("--output", type=Path, default=OUTPUT, help="folder to write to")
    option("--scale", type=float, default=1.0, help="times as many rows")
    option("--seed", type=int, default=SEED, help="another seed, other data")
    option(
        "--as-of",
        type=date.fromisoformat,
        default=END,
        metavar="YYYY-MM-DD",
        help="the window's end",
    )
    option("--only", action="append", choices=TABLES, help="just this table")
    option("--workers", type=int, default=os.cpu_count(), help="blocks at once")
    option("--check", action="store_true", help="prove what was written, write nothing")
    if arguments is None:
        arguments = sys.argv[1:]
        if arguments and re.match(r"--?f\b", arguments[0]):
            arguments = []  # they are those of a notebook's kernel
    options = parser.parse_args(arguments)
    for name, low, high in (("scale", 1e-9, 1e9), ("workers", 1, 1_000)):
        if not low <= getattr(options, name) <= high:
            parser.error(f"--{name} is {getattr(options, name)}: {low:g} to {high:g}")
    if not 1900 <= options.as_of.year <= 2200:
        parser.error(f"--as-of is {options.as_of}: 1900 to 2200")
    return options


def forget() -> None:
    """Forget what was made by other settings."""
    for each in [*globals().values()]:
        if hasattr(each, "cache_clear"):
            each.cache_clear()
    MEMO.clear()
    BLOCK_VALUES.clear()


def run(options: argparse.Namespace) -> None:
    """Generate the data, or check it."""
    global OUTPUT, SEED, END
    OUTPUT, SEED, END = options.output, options.seed, options.as_of
    for table, rows in ROWS.items():
        ROWS[table] = max(1, round(rows * options.scale))
    ROWS["_bad_data"] = len(bad_data_blocks())
    if options.check:
        failed = check(options.only or TABLES)
        if failed and in_runtime():
            raise RuntimeError(
                f"{failed} of the checks failed: the table above says which"
            )
        if failed:
            sys.exit(1)
        return
    report = RichTable("table", "rows", "seconds", "MB", "path")
    with locked(lock()), progress_bar() as progress:
        for table in options.only or TABLES:
            refuse_strangers(table)  # before anything is written
        for table in options.only or TABLES:
            start = time.perf_counter()
            rows, size = write_table(table, options.workers, progress)
            seconds = f"{time.perf_counter() - start:.1f}"
            place = str(OUTPUT / table)
            report.add_row(table, f"{rows:,}", seconds, f"{size / 1e6:.1f}", place)
            if progress.disable:  # a line a table in place of the bar
                put(f"{table}: {rows:,} rows in {seconds} s\n", sys.stderr)
    show(report)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run by options as the command line has them; in a notebook: `main(["--scale", "0.1"])`."""
    global OUTPUT, SEED, END, ROWS
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever its encoding lacks
            stream.reconfigure(errors="backslashreplace")
    options = parse_options(arguments)
    before = OUTPUT, SEED, END, {**ROWS}
    try:
        run(options)
    finally:  # the next call starts from the settings above, as this one did
        OUTPUT, SEED, END, ROWS = before
        forget()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except (PolarsError, OSError, RuntimeError) as error:
        fail(f"{error}; nothing more was written")
