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
"""Generate synthetic data for append.

Wells and their pumps: readings by the week, repairs when they are asked for.

Tables, in the order they are built:

    wells      60 rows  a batch adds 2
    readings  720 rows  one every 7 days for each row of wells
    repairs   900 rows  a batch adds about 75 at the window's mean volume

Every cell is a pure function of (SEED, table, column, row): any row can be computed
anywhere, alone, and comes out the same; a new column changes no other.

How to run it:

    uv run generate_data.py             # or: pip install what is listed above, then
    python generate_data.py             # the first load, batch 0
    python generate_data.py --batch 1   # the next one; again, and it is the same
    python generate_data.py --check     # proves what such a run wrote

Emitted by scaffold from tests/golden/specs/append.toml (template revision 7). Edit this
file freely: a later `scaffold` does not overwrite what you changed.
"""

import argparse
import csv
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
from itertools import islice, pairwise
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
from scipy.special import gammainc, ndtr, ndtri

# --- CONFIGURATION: edit these values -------------------------------------------------
DAY = 86_400  # seconds
When = date | timedelta  # a timedelta counts from END

OUTPUT = Path("output/append")
SEED = 42  # another seed gives other data of the same kind

ROWS = {"wells": 60, "repairs": 900}
BLOCK = 1 << 18  # rows computed, held in memory and written at once

# The window of time: events fall between START and END, which is not in it.
END: date = date(2026, 6, 30)
START: date | timedelta = timedelta(days=-84)  # counted from END

BATCH = 0  # --batch sets it: 0 is the first load, with ROWS over the whole window
PERIOD = timedelta(days=7)  # of each batch after it, from END on
BATCH_ROWS: dict[str, int] = {
    # table: rows that each of them adds (a busy one more, where PACE has the table)
    "wells": 2,
    "repairs": 75,
}
# Tables on a grid of time, or below one: each batch goes on for all rows so far of these.
GRIDS = {"readings": "wells"}

LOCALE = "en_US"  # of Faker's texts

WELLS_TOWN_POOL = 30  # distinct texts of Faker's city
WELLS_SOIL = {"clay": 0.5, "sand": 0.3, "rock": 0.2}

# readings: a row for each of wells, all over the window
READINGS_EVERY = timedelta(days=7)
# readings.level by well_id.soil
READINGS_LEVEL = {"rock": {"mean": 40, "sd": 2}, "otherwise": {"mean": 15, "sd": 2}}

# How often a row of wells is chosen for repairs, by its soil.
REPAIRS_WELL_ID_WEIGHTS = {"clay": 1, "sand": 2, "rock": 4}
REPAIRS_WELL_ID_SKEW = 0.6  # share of repairs that the busiest 20 % of wells get
REPAIRS_DONE_AT = {"scale": 6 * DAY}
REPAIRS_COST = {"median": 300, "sigma": 0.6}
REPAIRS_COST_NULLS = 0.1  # share of the rows

# Event drought: the volume is 2 times the usual.
DROUGHT = (timedelta(days=-40), timedelta(days=-12))  # start and end
DROUGHT_FACTOR = 2

# Calendar field: factors of a day's volume, against a plain weekday.
FIELD_WEEKEND = 0.5


# --- CALENDARS ------------------------------------------------------------------------
def field_calendar(moment: datetime) -> float:
    """How much happens at a moment, against a plain weekday."""
    today = moment.date()
    volume = 1.0
    if today.weekday() >= 5:
        volume *= FIELD_WEEKEND
    if to_utc(DROUGHT[0]) <= moment < to_utc(DROUGHT[1]):
        volume *= DROUGHT_FACTOR
    return volume


# The volume that the batches of a table follow.
PACE: dict[str, Callable[[datetime], float]] = {"repairs": field_calendar}


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


# --- TABLE wells ----------------------------------------------------------------------
@per_block
def wells_well_id(row: np.ndarray) -> pl.Series:
    return format_key(row + 1, "W-", width=3)


@per_block
def wells_soil(row: np.ndarray) -> pl.Series:
    return choice(random("wells.soil", row), WELLS_SOIL)


def wells(row: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "well_id": wells_well_id(row),
            "town": faker_texts(random("wells.town", row), "city", WELLS_TOWN_POOL),
            "soil": wells_soil(row),
        }
    )


# --- TABLE readings -------------------------------------------------------------------
@per_block
def readings_rows(row: np.ndarray) -> np.ndarray:
    """The rows that belong to these rows of wells."""
    return grid_rows(row, READINGS_EVERY)


def readings(row: np.ndarray) -> pl.DataFrame:
    row = readings_rows(row)
    well_row = row // ticks(READINGS_EVERY)
    read_at = tick(row, READINGS_EVERY)
    soil = wells_soil(well_row)
    return pl.DataFrame(
        {
            "well_id": wells_well_id(well_row),
            "read_at": read_at,
            "level": quantile_by_case(
                random("readings.level", row), soil, READINGS_LEVEL, normal
            ).round(1),
        }
    )


# --- TABLE repairs --------------------------------------------------------------------
def repairs(row: np.ndarray) -> pl.DataFrame:
    batch = batch_of("repairs", row)
    well_row = weighted_row(
        "repairs.well_id",
        row,
        batch,
        all_rows("wells"),
        lambda row: batch_of("wells", row),
        [(wells_soil, REPAIRS_WELL_ID_WEIGHTS)],
        REPAIRS_WELL_ID_SKEW,
        ROWS["repairs"],
    )
    asked_at = batch_timestamp(
        random("repairs.asked_at", row),
        batch,
        lambda n: timeline(*window(n), field_calendar, breakpoints=DROUGHT),
    )
    delay = exponential(random("repairs.done_at", row), **REPAIRS_DONE_AT)
    cost = null_where(
        pl.Series(lognormal(random("repairs.cost", row), **REPAIRS_COST).round(2)),
        random("repairs.cost/null", row) < REPAIRS_COST_NULLS,
    )
    return pl.DataFrame(
        {
            "repair_id": row + 1,
            "well_id": wells_well_id(well_row),
            "asked_at": asked_at,
            "done_at": null_after_end(add_seconds(asked_at, delay), batch),
            "cost": cost,
            # cost > 500 and well_id.soil != 'rock'
            "dear": ((cost > 500) & (wells_soil(well_row) != "rock")).fill_null(False),
        }
    )


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
    every: tuple[str, timedelta] | None = None  # ref to the parent: time between rows


WINDOW = START, timedelta(0)
TABLES = {
    "wells": Table(
        wells,
        "wells",
        {"well_id": "text", "town": "text", "soil": "text"},
        key=["well_id"],
        values={"soil": WELLS_SOIL},
    ),
    "readings": Table(
        readings,
        "readings",
        {"well_id": "text", "read_at": "timestamp", "level": "number"},
        per_row=12,
        rows=readings_rows,
        refs={"well_id": "wells.well_id"},
        periods={"read_at": WINDOW},
        every=("well_id", READINGS_EVERY),
    ),
    "repairs": Table(
        repairs,
        "repairs",
        {
            "repair_id": "integer",
            "well_id": "text",
            "asked_at": "timestamp",
            "done_at": "timestamp",
            "cost": "number",
            "dear": "boolean",
        },
        key=["repair_id"],
        refs={"well_id": "wells.well_id"},
        periods={"asked_at": WINDOW},
        null_rates={"cost": REPAIRS_COST_NULLS},
        nullable=("done_at",),
        not_before=[("done_at", "asked_at", "TIMESTAMP")],
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


def lognormal(u: np.ndarray, median: float, sigma: float) -> np.ndarray:
    """Log-normal values of this median; sigma is the sd of the logarithm."""
    return median * np.exp(sigma * ndtri(u))


def normal(u: np.ndarray, mean: float, sd: float) -> np.ndarray:
    """Values of a normal law."""
    return mean + sd * ndtri(u)


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


def batch_end(batch: np.ndarray, plus: timedelta = timedelta(0)) -> pl.Series:
    """The end of each row's batch, or a moment that counts from it."""
    first, step = (to_utc(END) + plus).timestamp(), PERIOD.total_seconds()
    seconds = int(first) + batch * int(step)
    return pl.Series(seconds * 1_000_000).cast(pl.Datetime("us", "UTC"))


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


def batch_timestamp(
    u: np.ndarray,
    batch: np.ndarray,
    timeline: Callable[[int], Timeline],
    **limits: pl.Series,
) -> pl.Series:
    """Moments on the timeline of each row's batch."""
    moment = np.empty(len(u), np.int64)
    for n in np.unique(batch).tolist():
        rows = batch == n
        its = {name: limit.filter(rows) for name, limit in limits.items()}
        moment[rows] = timestamp(u[rows], timeline(n), **its).to_physical()
    return pl.Series(moment).cast(pl.Datetime("us", "UTC"))


def null_after_end(moment: pl.Series, batch: np.ndarray) -> pl.Series:
    """The moments before the end of the row's batch; null in place of later ones."""
    end = batch_end(batch).dt.epoch("s")
    return moment.set(moment.dt.epoch("s") >= end, None)


def period_in_batch(batch: int, start: When, end: When) -> tuple[datetime, datetime]:
    """A period, in which a timedelta counts from the batch's end."""
    since = batch * PERIOD
    first = to_utc(start) + since if isinstance(start, timedelta) else to_utc(start)
    return first, to_utc(end) + since if isinstance(end, timedelta) else to_utc(end)


def ticks(every: timedelta) -> int:
    """The row numbers that a grid keeps for each parent: its moments up to the year 2200."""
    return math.ceil((to_utc(date(2200, 1, 1)) - to_utc(START)) / every)


def tick(row: np.ndarray, every: timedelta) -> pl.Series:
    """The moments of the window that lie such a length apart, by the rows of a grid."""
    start, step = int(to_utc(START).timestamp()), int(every.total_seconds())
    seconds = start + row % ticks(every) * step
    return pl.Series(seconds * 1_000_000).cast(pl.Datetime("us", "UTC"))


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
    # All but nothing in place of nothing: what follows a moment finds a place after it.
    steps = np.maximum(steps, 1e-9 * (steps.max() or 1.0)) * np.diff(edges)
    share = np.append(0.0, np.cumsum(steps))
    return edges, share / share[-1]


def window(batch: int) -> tuple[datetime, datetime]:
    """When the events of a batch happen: those of the first load in the whole window."""
    end = to_utc(END) + batch * PERIOD
    return (end - PERIOD if batch else to_utc(START)), end


# --- BATCHES: which rows come when ----------------------------------------------------
def mean_volume(volume: Volume, start: datetime, end: datetime) -> float:
    """The mean volume of a period, by days (of shorter batches, by hours)."""
    step = timedelta(hours=1 if PERIOD < timedelta(days=1) else 24)
    steps = math.ceil((end - start) / step)
    return sum(volume(start + n * step) for n in range(steps)) / steps


@cache
def rows_after(table: str) -> np.ndarray:
    """How many rows a table has after each batch so far, the first load first."""
    added = np.full(BATCH, float(BATCH_ROWS.get(table, 0)))
    usual = mean_volume(PACE[table], *window(0)) if table in PACE else 0.0
    if usual:  # a busy batch brings more
        volumes = [mean_volume(PACE[table], *window(n + 1)) for n in range(BATCH)]
        added *= np.array(volumes) / usual
    if ROWS[table] + added.sum() > 2**62:
        raise RuntimeError(f"{table} would have more rows than 64 bits can number")
    return ROWS[table] + np.append(0, np.cumsum(added)).astype(np.int64)


def batch_of(table: str, row: np.ndarray) -> np.ndarray:
    """The batch that brings each of a table's rows: 0 is the first load."""
    return np.searchsorted(rows_after(table), row, side="right")


def new_rows(table: str) -> range:
    """The rows of a table that the batch brings; of GRIDS, all so far that it goes on for."""
    edges = [0, *rows_after(GRIDS.get(table, table)).tolist()]
    return range(0 if table in GRIDS else edges[BATCH], edges[BATCH + 1])


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
    """All rows so far of a table, in blocks: its root's, and from each table's rows those below.

    Refs keep a number for each of them.
    """
    rows = rows_after(root)[BATCH]
    if rows > 1 << 32:
        raise RuntimeError(
            f"{root} has over {1 << 32:,} rows: too many to keep for a ref"
        )
    return row_blocks(range(rows), *below)


def grid_rows(
    parent: np.ndarray, every: timedelta, batch: int | None = None
) -> np.ndarray:
    """The row numbers of a batch's part of a grid, those of each parent one after the other."""
    period = window(BATCH if batch is None else batch)
    first, last = (math.ceil((edge - to_utc(START)) / every) for edge in period)
    return (parent[:, None] * ticks(every) + np.arange(first, last)).ravel()


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


def shuffled(
    rank: np.ndarray, rows: np.ndarray, batch: np.ndarray, stream: str
) -> np.ndarray:
    """The parent of each rank, in an order of the stream's and batch's own: a swap-or-not shuffle."""
    for turn in range(8):
        key = int(stream_key(f"{stream}/{turn}")) >> 1
        partner = (key % rows - rank) % rows
        draw = random(f"{stream}/{turn}", np.maximum(rank, partner) + (batch << 40))
        rank = np.where(draw < 0.5, partner, rank)
    return rank


def skewed_rank(u: np.ndarray, rows: int | np.ndarray, spread: float) -> np.ndarray:
    """A parent's rank for each draw, the busiest first; spread is the sd of log activity."""
    rank = (ndtr(ndtri(u) - spread) * rows).astype(np.int64)
    return np.minimum(rank, rows - 1)


def weighted_groups(
    blocks: Blocks,
    by: Weighing,
    come: Callable[[np.ndarray], np.ndarray] | None = None,
) -> Arrays:
    """The rows, those of each group side by side; where each group starts; its weight.

    By the batch in which rows come, each batch has groups of its own, so that a row stays where
    it is.
    """
    weight = np.ones(BATCH + 1 if come else 1)
    for _, weights in by:
        weight = np.outer(weight, list(weights.values())).ravel()

    def group_of(row: np.ndarray) -> np.ndarray:
        group = come(row) if come else np.zeros(len(row), np.int64)
        for column, weights in by:
            group = group * len(weights) + case_index(column(row), weights)
        return group

    return *rows_by_group(blocks, group_of, len(weight)), weight


def weighted_row(
    stream: str,
    row: np.ndarray,
    batch: np.ndarray,
    rows: Blocks,
    come: Callable[[np.ndarray], np.ndarray],
    by: Weighing,
    skew: float = 0.0,
    expected: float = 0.0,
) -> np.ndarray:
    """Parents so far by the weight of their group, and within it the busiest most often.

    Each batch has its groups, which share the rows by size and weight. Of the expected rows
    of the first load, the busiest 20 % of its parents get the share skew.
    """
    members, start, weight = memo(stream, lambda: weighted_groups(rows, by, come))
    size, in_batch = np.diff(start), len(weight) // (BATCH + 1)
    edges = np.append(0.0, np.cumsum(size * weight))
    total = edges[(batch + 1) * in_batch]
    if not total.all():
        raise RuntimeError(f"{stream} has no row to point at whose weight is above 0")
    u = random(stream, row)
    group = np.searchsorted(edges[1:], u * total, side="right")
    low, high = edges[group] / total, edges[group + 1] / total
    within = ((u - low) / (high - low)).clip(0, 1)
    first = [tuple(each[:in_batch]) for each in (size, weight)]
    spread = activity_sigma(skew, expected, *first) if skew else 0.0
    rank = skewed_rank(within, size[group], spread)
    origin = group // in_batch
    place = start[group] + shuffled(rank, size[group], origin, stream)
    return members[place].astype(np.int64)


# --- NULLS AND CONDITIONS -------------------------------------------------------------
def null_where(values: pl.Series, null: np.ndarray) -> pl.Series:
    """The values, with nulls where told."""
    return values.set(pl.Series(null), None)


# --- FILES: rows in the form in which they are written --------------------------------
def as_written(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows as files hold them: categories as plain text, and zero without a sign."""
    zero = pl.col(pl.Float64).replace(-0.0, 0.0)
    return frame.with_columns(pl.col(pl.Enum).cast(pl.String), zero)


def safe_text(text: str) -> str:
    """A text as it is in CSV, where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def safe_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows whose texts no spreadsheet takes for formulas: an apostrophe is before them."""
    return frame.with_columns(pl.col(pl.String).str.replace(r"^[=+\-@\t\r]", "'${0}"))


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
    frame = safe_texts(frame)
    frame = frame.with_columns(map(number_text, frame.select(pl.col(pl.Float64))))
    frame.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%SZ")


def lock() -> Path:
    """The file that keeps other runs of this script for the batch away from the same output."""
    return Path(OUTPUT, f".append.{BATCH}.lock")


def refuse_strangers(table: str) -> None:
    """Raise FileExistsError where a table's place holds what no run has written."""
    holds_only(OUTPUT / table, r"batch=\d+/")
    holds_only(OUTPUT / table / f"batch={BATCH}", PARTS)


def write_table(table: str, workers: int, progress: Progress) -> tuple[int, int]:
    """Write a table's part of the batch, a file a block; gives its rows and bytes.

    The files are staged until all are there: a batch is whole, or as it was before
    (where files cannot be renamed: whole, or marked as incomplete).
    """
    build, root, _, per_row, *_ = TABLES[table]
    block = max(1, BLOCK // per_row)
    if BATCH and table in GRIDS:  # a batch's part of a grid is so much shorter
        block = round(block * ((to_utc(END) - to_utc(START)) / PERIOD))
    new = new_rows(root)
    folder = OUTPUT / table / f"batch={BATCH}"

    def write(start: int) -> tuple[int, int]:
        row = np.arange(start, min(start + block, new.stop))
        frame = build_block(build, row)
        number = (start - new.start) // block
        file = staging / f"part-{number:05d}.csv"
        write_block(frame, file)
        return len(frame), file.stat().st_size

    starts, rows, size = new[::block], 0, 0
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
        if not rows:  # what adds none in this batch leaves nothing
            for file in staging.iterdir():
                file.unlink()
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


TEXT_TYPES: dict[str, Callable[[str], object]] = {
    "boolean": ("false", "true").index,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "timestamp": lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z"),
}


def type_of(values: Sequence[Any], wanted: str) -> str:
    """The type of values in a file of text: the wanted one if they can be read as such."""
    texts = [value if isinstance(value, str) else json.dumps(value) for value in values]
    if not values or wanted == "text" and texts:
        return wanted or "text"
    for type in (wanted, *TEXT_TYPES):
        with suppress(KeyError, ValueError):
            for text in texts:
                TEXT_TYPES[type](text)
            return type
    return "text"


def columns_of(name: str, lines: Iterable[str]) -> dict[str, str]:
    """The columns of a file of text, and the types that its first rows have."""
    known = TABLES[name].columns
    try:
        names, *rows = csv.reader(islice(lines, 100))
        rows = [row for row in rows if len(row) == len(names) and row != names]
        cells = {each: [row[n] for row in rows] for n, each in enumerate(names)}
    except (csv.Error, ValueError) as error:
        raise OSError(f"its first lines are no rows: {error}") from error
    return {
        column: type_of(
            [each for each in values if each not in ("", None)], known.get(column, "")
        )
        for column, values in cells.items()
    }


def files_of(name: str, batch: int) -> list[Path]:
    """The files of a batch of a table."""
    return sorted((OUTPUT / name / f"batch={batch}").glob("part-*"))


def batches_of(name: str) -> list[int]:
    """The batches of a table."""
    found = (int(folder.name[6:]) for folder in (OUTPUT / name).glob("batch=*"))
    return sorted(batch for batch in found if files_of(name, batch))


def written_columns(name: str, other_than: int = -1) -> dict[str, str]:
    """The columns of a table as it was written, of all batches or all others, and their types."""
    found: dict[str, str] = {}
    for batch in batches_of(name):
        for column, type in (
            columns_in(name, batch).items() if batch != other_than else ()
        ):
            if type not in found.setdefault(column, type).split(" or "):
                found[column] += f" or {type}"
    return found


def written_batches() -> set[int]:
    """The batches of which there is anything."""
    return {int(each.name[6:]) for each in OUTPUT.glob("*/batch=*")}


def columns_before(name: str) -> dict[str, str]:
    """The columns that other batches of a table hold, and their types."""
    return written_columns(name, BATCH)


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


def columns_in(name: str, batch: int) -> dict[str, str]:
    """The columns of a batch of a table, and their types."""
    file = files_of(name, batch)[0]
    with file.open(encoding="utf-8", newline="") as lines:
        return columns_of(name, lines)


@cache
def scan(name: str) -> pl.LazyFrame:
    """A table as it was written; null where a batch lacks a column of others."""
    frames = []
    types = TABLES[name].columns
    for batch in batches_of(name):
        paths = [glob.escape(str(file)) for file in files_of(name, batch)]
        names = columns_in(name, batch)  # files of text do not tell their types
        schema = {column: DTYPES[types.get(column, "text")] for column in names}
        frame = pl.scan_csv(paths, schema=schema)
        frames.append(frame.with_columns(batch=pl.lit(batch)))
    return pl.concat(frames, how="diagonal_relaxed")


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
    """How many rows there are in a batch, by those of the table that they hang on."""
    size = max(1, BLOCK // per_row)
    new = new_rows(root)
    return sum(len(rows(np.arange(n, min(n + size, new.stop)))) for n in new[::size])


def in_all_batches(rows: Callable[[np.ndarray], Sized], root: str, per_row: int) -> int:
    """The same in all batches so far."""
    global BATCH
    total = 0
    for batch in range(BATCH + 1):
        BATCH = batch
        forget()
        total += counted(rows, root, per_row)
    return total


def rows_of(table: str) -> int:
    """How many rows a table is to have, all batches so far."""
    _, root, _, per_row, *_ = TABLES[table]
    if rows := TABLES[table].rows:
        return in_all_batches(rows, root, per_row)
    return int(rows_after(table)[-1])


def likely(rows: int, rate: float) -> tuple[int, int]:
    """The least and the most that a chance falls on, of so many rows: 5 deviations off."""
    mean, sd = rows * rate, math.sqrt(rows * rate * (1 - rate))
    slack = 5 * sd + 3 if sd else 0.5  # half a row makes up for rounding
    return max(0, math.ceil(mean - slack)), min(rows, math.floor(mean + slack))


# By table, columns that were added later: their first batch, and how many rows came before.
ADDED: dict[str, dict[str, tuple[int, int]]] = {}


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
    held: list[str] = []  # columns that earlier batches lack
    aliases: dict[str, str] = {}
    for path in paths:
        *refs, last = path.split(".")
        name, here = table, "t"
        for column in refs:
            name, key = TABLES[name].refs[column].split(".")
            ref = f"{here}.{quoted(column)}"
            held += [ref] if column in ADDED.get(name, {}) else []
            if ref not in aliases:
                there = aliases[ref] = f"t{len(aliases)}"
                on = f"{ref} = {there}.{quoted(key)}"
                rows = f"{rows} LEFT JOIN {quoted(name)} AS {there} ON {on}"
            here = aliases[ref]
        columns.append(f"{here}.{quoted(last)}")
        held += columns[-1:] if last in ADDED.get(name, {}) else []
    conditions = [
        f"({sql.format(*columns)})",
        *(f"{each} IS NOT NULL" for each in held),
    ]
    return " AND ".join(conditions) if held else sql.format(*columns), rows


def rows_where(
    table: str, what: str, sql: str, paths: Iterable[str], least: int = 0, most: int = 0
) -> Expectation:
    """So many rows in which a condition holds; its places are columns at paths of refs."""
    condition, rows = join_paths(table, sql, paths)
    number = f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)"
    return Expectation(what, number, rows, least, most)


def rows_early(name: str, later: str, earlier: str, unit: str) -> Expectation:
    """Rows in which a moment precedes one that it never should: both as dates, or to the second."""
    sql = f"CAST({{}} AS {unit}) < CAST({{}} AS {unit})"
    what = f"{later} before {earlier}"
    return rows_where(name, what, sql, [later, earlier])


def outside_of(period: Sequence[When]) -> str:
    """SQL of a moment whose day is not in a period."""
    start, end = period
    first, last = (
        period_in_batch(0, start, end)[0],
        period_in_batch(BATCH, start, end)[1],
    )
    days = f"DATE '{first:%F}' AND DATE '{last - timedelta(seconds=1):%F}'"
    return f"NOT CAST({{}} AS DATE) BETWEEN {days}"


def with_children(
    table: str, ref: str, what: str, wrong: str, paths: Iterable[str] = ()
) -> Expectation:
    """Parents whose number of rows in a table is wrong; places are columns of the parents."""
    parent, key = TABLES[table].refs[ref].split(".")
    sql = f"COALESCE(c.n, 0) {wrong}"
    parents = rows_where(parent, f"{parent} with {what}", sql, paths)
    counts = f"SELECT {quoted(ref)} AS parent, COUNT(*) AS n FROM {quoted(table)}"
    counts = f"({counts} GROUP BY {quoted(ref)}) AS c ON t.{quoted(key)} = c.parent"
    return parents._replace(rows=f"{parents.rows} LEFT JOIN {counts}")


def in_column(name: str, column: str, rows: int) -> Iterator[Expectation]:
    """What is counted in a column."""
    table = TABLES[name]
    _, lacking = ADDED.get(name, {}).get(column, (0, 0))
    rows -= lacking
    # By its name, not as a path: of a path, rows that lack the column do not count.
    is_null = f"t.{quoted(column)} IS NULL"
    null = rows_where(name, f"null {column}", is_null, [], lacking, lacking)
    rate = table.null_rates.get(column, 0.0)
    least, most = likely(rows, rate)
    null = null._replace(least=lacking + least, most=lacking + most)
    if column not in table.nullable:
        yield null
    if ref := table.refs.get(column):
        target, key = ref.split(".")
        lost, paths = "{} IS NOT NULL AND {} IS NULL", [column, f"{column}.{key}"]
        yield rows_where(name, f"{column} not in {target}", lost, paths)
    if values := table.values.get(column):
        known = ", ".join(map(sql_text, map(safe_text, values)))
        known = known.replace("{", "{{").replace("}", "}}")  # no places
        sql = "{} NOT IN (" + known + ")"
        yield rows_where(name, f"{column} of no category", sql, [column])
    if period := table.periods.get(column):
        what = f"{column} outside its period"
        yield rows_where(name, what, outside_of(period), [column])
    for later, earlier, unit in table.not_before:
        if later != column:
            continue
        yield rows_early(name, column, earlier, unit)


def expectations(name: str) -> Iterator[Expectation]:
    """What is counted in a table."""
    table, rows = TABLES[name], rows_of(name)
    yield Expectation("rows", "COUNT(*)", join_paths(name, "", [])[1], rows, rows)
    if table.key:
        own = ", ".join(map(quoted, table.key))
        same = f"(SELECT COUNT(*) AS n FROM {quoted(name)} GROUP BY {own}) AS k"
        yield Expectation("duplicate keys", "SUM(k.n - 1)", same)
    for column in table.columns:
        yield from in_column(name, column, rows)
    if table.every and table.every[0] not in ADDED.get(name, {}):
        ref, step = table.every
        ends = [window(0)[0], *(window(n)[1] for n in range(BATCH + 1))]
        ticks_at = [math.ceil((end - to_utc(START)) / step) for end in ends]
        # By the batch of the parent: from those of one batch to those of all.
        few, many = min(b - a for a, b in pairwise(ticks_at)), ticks_at[-1]
        what = f"other than {few:,} to {many:,} of {name}"
        yield with_children(name, ref, what, f"NOT BETWEEN {few} AND {many}")


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


def refuse_other_columns(names: Iterable[str]) -> None:
    """Raise OSError where other batches hold columns that this one lacks, or has of other types."""
    wrong, places = [], []
    for name in names:
        here = TABLES[name].columns
        for column, type in columns_before(name).items():
            if here.get(column) != type:
                own = here.get(column, "missing")
                wrong.append(
                    f"{name}: column {column} is {type} in other batches, {own} in this one"
                )
                places.append(f"delete {OUTPUT}/{name}")
    if wrong:
        anew = f"{', '.join(dict.fromkeys(places))} and write all batches again, --batch 0 first"
        raise OSError(f"{'; '.join(wrong)}. Keep the columns as they were, or {anew}")


def added_columns(name: str) -> dict[str, tuple[int, int]]:
    """The columns that a table's first batches lack: their own first batch, rows before it."""
    try:
        found, batch = written_columns(name), "CAST(batch AS INT)"
        columns = [column for column in TABLES[name].columns if column in found]
        values = (
            f"MIN(CASE WHEN {quoted(column)} IS NOT NULL THEN {batch} END)"
            for column in columns
        )
        start, *firsts = query(quoted(name), f"MIN({batch})", *values)
    except OSError:
        return {}  # which the table's own lines report
    later = {column: n for column, n in zip(columns, firsts, strict=True) if n > start}
    if later:  # what is null there may be so by mistake
        held = columns_in(name, start)
        later = {column: n for column, n in later.items() if column not in held}
    rows = (
        f"SUM(CASE WHEN {batch} < {first} THEN 1 ELSE 0 END)"
        for first in later.values()
    )
    counts = query(quoted(name), *rows) if later else []
    return {
        column: (later[column], count)
        for column, count in zip(later, counts, strict=True)
    }


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
    for column, (first, _) in ADDED.get(name, {}).items():
        earlier = "batch 0 has" if first == 1 else f"batches 0 to {first - 1} have"
        yield f"{name}: column {column}: {earlier} none"
    for column in written_columns(name):
        if column not in TABLES[name].columns and column != "batch":
            yield f"{name}: extra column {column}: not described here"


def state_of(name: str) -> str:
    """What is wrong with a table as a whole; nothing if it can be read."""
    try:
        if is_written(name):
            return ""
        return f"missing: --only {name} --batch 0 writes it"
    except OSError as error:
        return f"cannot be read: {error}"


def spans(numbers: Iterable[int]) -> str:
    """Numbers in order, those that follow each other as a span: 0-7, 9."""
    found: list[list[int]] = []
    for n in numbers:
        if found and found[-1][-1] == n - 1:
            found[-1][1:] = [n]
        else:
            found.append([n])
    return ", ".join("-".join(map(str, span)) for span in found)


def check(names: Iterable[str]) -> int:
    """Print what is observed in the tables as they were written; gives how much is wrong."""
    global BATCH
    batches = written_batches()
    BATCH = max([BATCH, *batches])  # all that are there are read
    state = {name: state_of(name) for name in TABLES}  # refs lead to others
    ADDED.update((name, added_columns(name)) for name in TABLES if not state[name])
    report, failed = RichTable("table", "check", "observed", "expected", ""), 0
    notes: list[str] = []
    with progress_bar() as progress:
        for name in progress.track([*names], description="check"):
            if state[name].startswith("missing") and (not rows_of(name)):
                continue  # no batch brings any row
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
    lost = [n for n in range(BATCH + 1) if failed and n not in batches]
    if lost:
        show(f"There is nothing of batch {spans(lost)}: what FAILED may come of that.")
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
    parser = Parser(description="Generate synthetic data for append.")
    option = parser.add_argument
    option("--output", type=Path, default=OUTPUT, help="folder to write to")
    option(
        "--scale",
        type=float,
        default=1.0,
        help="times as many rows, in all batches alike",
    )
    option("--seed", type=int, default=SEED, help="another seed, other data")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--batch", type=int, default=0, help="0 is the first load")
    which.add_argument(
        "--day",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the batch of that day",
    )
    option("--only", action="append", choices=TABLES, help="just this table")
    option("--workers", type=int, default=os.cpu_count(), help="blocks at once")
    option("--check", action="store_true", help="prove what was written, write nothing")
    if arguments is None:
        arguments = sys.argv[1:]
        if arguments and re.match(r"--?f\b", arguments[0]):
            arguments = []  # they are those of a notebook's kernel
    options = parser.parse_args(arguments)
    if options.day:
        options.batch = max(0, (options.day - END) // PERIOD + 1)
    last = (date(2200, 1, 1) - END) // PERIOD
    limits = ("scale", 1e-9, 1e9), ("workers", 1, 1_000), ("batch", 0, last)
    for name, low, high in limits:
        if not low <= getattr(options, name) <= high:
            parser.error(f"--{name} is {getattr(options, name)}: {low:g} to {high:g}")
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
    global OUTPUT, SEED, BATCH
    OUTPUT, SEED, BATCH = options.output, options.seed, options.batch
    for table, rows in BATCH_ROWS.items():
        BATCH_ROWS[table] = max(1, round(rows * options.scale))
    for table, rows in ROWS.items():
        ROWS[table] = max(1, round(rows * options.scale))
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
        refuse_other_columns(options.only or TABLES)
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
    global OUTPUT, SEED, BATCH, ROWS, BATCH_ROWS
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever its encoding lacks
            stream.reconfigure(errors="backslashreplace")
    options = parse_options(arguments)
    before = OUTPUT, SEED, BATCH, {**ROWS}, {**BATCH_ROWS}
    try:
        run(options)
    finally:  # the next call starts from the settings above, as this one did
        OUTPUT, SEED, BATCH, ROWS, BATCH_ROWS = before
        forget()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except (PolarsError, OSError, RuntimeError) as error:
        fail(f"{error}; nothing more was written")
