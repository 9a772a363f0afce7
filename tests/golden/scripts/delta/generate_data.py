# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "faker~=40.54",
#     "numpy>=1.26,<3",
#     "pandas>=2.2,<3",
#     "polars~=2.1",
#     "pyarrow>=11",
#     "rich>=13,<16",
#     "scipy>=1.13,<2",
# ]
# ///
"""Generate synthetic data for delta.

Parcels of a courier, a batch a day; a strike halves them.

Tables, in the order they are built:

    drivers             120 rows  a batch adds 1
    parcels          12,000 rows  one for each address; a batch adds about 200 at the
                                  window's mean volume
    claims   at most 12,000 rows  one for each row of parcels where late

Every cell is a pure function of (SEED, table, column, row): any row can be computed
anywhere, alone, and comes out the same; a new column changes no other.

How to run it (client and workers want the same Python, to the minor version):

    python generate_data.py                  # in a Databricks job, or by Connect
    python generate_data.py --target local   # by a Spark of your own
    SPARK_REMOTE=sc://host:15002 python generate_data.py --output /tmp/data
    python generate_data.py --check          # proves what such a run wrote
    python generate_data.py --batch 1        # the next batch

Emitted by scaffold from tests/golden/specs/delta.toml (template revision 7). Edit this
file freely: a later `scaffold` does not overwrite what you changed.
"""

import argparse
import hashlib
import importlib
import math
import os
import re
import socket
import sys
import time
import uuid
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from threading import Event, RLock, Thread, get_ident
from types import FunctionType
from typing import Any, NamedTuple, NoReturn, TextIO, TypeVar

import numpy as np
import polars as pl
import pyarrow as pa
from faker import Faker
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as RichTable
from scipy.special import gammainc, ndtr, ndtri

SPARKS = """Spark comes with one of these, each in an environment of its own:
  pip install 'databricks-connect==17.3.*'  # Python 3.12: serverless, and clusters
  pip install 'pyspark-client>=4,<5'        # any Spark Connect server, by SPARK_REMOTE
  pip install 'pyspark>=4,<5'               # --target local; needs Java 17 or later"""
try:
    from pyspark import cloudpickle
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession, functions, types
except ImportError as error:
    print(f"error: {error}. {SPARKS}", file=sys.stderr)
    sys.exit(2)

# --- CONFIGURATION: edit these values -------------------------------------------------
HOUR = 3_600
When = date | timedelta  # a timedelta counts from END

CATALOG = "main"
SCHEMA = "courier"
OUTPUT = "output/delta"  # where there is no catalog
SEED = 42  # another seed gives other data of the same kind

ROWS = {"drivers": 120, "parcels": 12_000}
BLOCK = 1 << 18  # rows computed, held in memory and written at once

# The window of time: events fall between START and END, which is not in it.
END: date = date(2026, 6, 30)
START: date | timedelta = timedelta(days=-60)  # counted from END

BATCH = 0  # --batch sets it: 0 is the first load, with ROWS over the whole window
PERIOD = timedelta(days=1)  # of each batch after it, from END on
BATCH_ROWS: dict[str, int] = {
    # table: rows that each of them adds (a busy one more, where PACE has the table)
    "drivers": 1,
    "parcels": 200,
}

LOCALE = "en_US"  # of Faker's texts

DRIVERS_NAME_POOL = 2_000  # of each piece of Faker's name
DRIVERS_GRADE = {"junior": 0.6, "senior": 0.4}

PARCELS_DRIVER_ID_SKEW = 0.6  # share of parcels that the busiest 20 % of drivers get
PARCELS_ARRIVED_AT = {"scale": 9 * HOUR}
PARCELS_KG = {"scale": 2}
PARCELS_KG_NULLS = 0.02  # share of the rows
# chance of parcels.late by driver_id.grade
PARCELS_LATE = {"junior": 0.2, "senior": 0.1}

# Event strike: the volume is 0.5 times the usual.
STRIKE = (date(2026, 5, 18), date(2026, 5, 21))  # start and end
STRIKE_FACTOR = 0.5

# Calendar road: factors of a day's volume, against a plain weekday.
ROAD_WEEKEND = 0.4


# --- CALENDARS ------------------------------------------------------------------------
def road_calendar(moment: datetime) -> float:
    """How much happens at a moment, against a plain weekday."""
    today = moment.date()
    volume = 1.0
    if today.weekday() >= 5:
        volume *= ROAD_WEEKEND
    if to_utc(STRIKE[0]) <= moment < to_utc(STRIKE[1]):
        volume *= STRIKE_FACTOR
    return volume


# The volume that the batches of a table follow.
PACE: dict[str, Callable[[datetime], float]] = {"parcels": road_calendar}


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


# --- TABLE drivers --------------------------------------------------------------------
@per_block
def drivers_driver_id(row: np.ndarray) -> pl.Series:
    return format_key(row + 1, "D-", width=4)


@per_block
def drivers_grade(row: np.ndarray) -> pl.Series:
    return choice(random("drivers.grade", row), DRIVERS_GRADE)


def drivers(row: np.ndarray) -> pl.DataFrame:
    first_name = faker_texts(
        random("drivers.name/first_name", row), "first_name", DRIVERS_NAME_POOL
    )
    last_name = faker_texts(
        random("drivers.name/last_name", row), "last_name", DRIVERS_NAME_POOL
    )
    return pl.DataFrame(
        {
            "driver_id": drivers_driver_id(row),
            "name": first_name + " " + last_name,
            "grade": drivers_grade(row),
        }
    )


# --- TABLE parcels: one for each address ----------------------------------------------
@per_block
def parcels_parcel_id(row: np.ndarray) -> pl.Series:
    return uuid_keys("parcels.parcel_id", row)


@per_block
def parcels_driver_row(row: np.ndarray) -> np.ndarray:
    """The row of drivers that each row points at."""
    batch = batch_of("parcels", row)
    return skewed_row_in_batch(
        random("parcels.driver_id", row),
        batch,
        "drivers",
        PARCELS_DRIVER_ID_SKEW,
        ROWS["parcels"],
        "parcels.driver_id",
    )


@per_block
def parcels_late(row: np.ndarray) -> pl.Series:
    return case_value(drivers_grade(parcels_driver_row(row)), PARCELS_LATE) > random(
        "parcels.late", row
    )


def parcels(row: np.ndarray) -> pl.DataFrame:
    batch = batch_of("parcels", row)
    sent_at = batch_timestamp(
        random("parcels.sent_at", row),
        batch,
        lambda n: timeline(*window(n), road_calendar, breakpoints=STRIKE),
    )
    delay = exponential(random("parcels.arrived_at", row), **PARCELS_ARRIVED_AT)
    kg = null_where(
        pl.Series(exponential(random("parcels.kg", row), **PARCELS_KG).round(1)),
        random("parcels.kg/null", row) < PARCELS_KG_NULLS,
    )
    return pl.DataFrame(
        {
            "parcel_id": parcels_parcel_id(row),
            "driver_id": drivers_driver_id(parcels_driver_row(row)),
            "sent_at": sent_at,
            "arrived_at": null_after_end(add_seconds(sent_at, delay), batch),
            "kg": kg,
            "late": parcels_late(row),
            # 6.0 if late else 4 + coalesce(kg, 1.0)
            "fee": if_else(parcels_late(row), 6.0, 4 + kg.fill_null(1.0)),
        }
    )


# --- TABLE claims ---------------------------------------------------------------------
@per_block
def claims_rows(row: np.ndarray) -> np.ndarray:
    """The rows that belong to these rows of parcels."""
    return row[parcels_late(row).to_numpy()]


def claims(row: np.ndarray) -> pl.DataFrame:
    row = claims_rows(row)
    return pl.DataFrame(
        {
            "claim_id": row + 1,
            "parcel_id": parcels_parcel_id(row),
            "driver_id": drivers_driver_id(parcels_driver_row(row)),
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
    lookups: Mapping[str, str] = {}  # column: the path of the value that it repeats
    values: Mapping[str, Collection[str]] = {}  # column: all that it may hold
    periods: Mapping[str, Sequence[When]] = {}  # column: its start and end
    # A column, an earlier moment, and the type as which they compare.
    not_before: Sequence[tuple[str, str, str]] = ()
    null_rates: Mapping[str, float] = (
        {}
    )  # column: the share of rows in which it is null
    nullable: Collection[str] = ()  # columns that are null in some rows
    where: tuple[str, Sequence[str]] | None = None  # ref: SQL of parents with a row


WINDOW = START, timedelta(0)
TABLES = {
    "drivers": Table(
        drivers,
        "drivers",
        {"driver_id": "text", "name": "text", "grade": "text"},
        key=["driver_id"],
        values={"grade": DRIVERS_GRADE},
    ),
    "parcels": Table(
        parcels,
        "parcels",
        {
            "parcel_id": "text",
            "driver_id": "text",
            "sent_at": "timestamp",
            "arrived_at": "timestamp",
            "kg": "number",
            "late": "boolean",
            "fee": "number",
        },
        key=["parcel_id"],
        refs={"driver_id": "drivers.driver_id"},
        periods={"sent_at": WINDOW},
        null_rates={"kg": PARCELS_KG_NULLS},
        nullable=("arrived_at",),
        not_before=[("arrived_at", "sent_at", "TIMESTAMP")],
    ),
    "claims": Table(
        claims,
        "parcels",
        {"claim_id": "integer", "parcel_id": "text", "driver_id": "text"},
        rows=claims_rows,
        key=["claim_id"],
        refs={"parcel_id": "parcels.parcel_id", "driver_id": "drivers.driver_id"},
        lookups={"driver_id": "parcel_id.driver_id"},
        where=("parcel_id", ("COALESCE({}, FALSE)", "late")),
    ),
}


# ======================================================================================
# LIBRARY: nothing below needs to be read or edited to change the data
# ======================================================================================


# --- TYPES ----------------------------------------------------------------------------
Volume = Callable[[datetime], float]  # relative volume at a moment
Timeline = tuple[np.ndarray, np.ndarray]  # epoch seconds, the share before each
Made = TypeVar("Made")
RUN = uuid.uuid4().hex[:8]  # tells this run from others


# --- WORKERS: what is made once in each -----------------------------------------------
def cache(make: Callable[..., Made]) -> Callable[..., Made]:
    """Like functools.cache, but once a worker."""

    def key_of(value: object) -> object:
        """A value as a key: of a function its code, since tasks have copies of it."""
        value = getattr(value, "__wrapped__", value)
        if not isinstance(value, FunctionType):
            return value
        held = (key_of(cell.cell_contents) for cell in value.__closure__ or ())
        return value.__code__, *held

    def made(*args: object, **names: object) -> Made:
        key = make.__name__, *map(key_of, args), *names, *map(key_of, names.values())
        return memo(key, lambda: make(*args, **names))

    return made


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


def case_value(key: pl.Series, cases: Mapping[str, object]) -> pl.Series:
    """The value of the case that each key names."""
    return pl.Series(np.array(list(cases.values()))).gather(case_index(key, cases))


def choice(u: np.ndarray, weights: Mapping[str, float]) -> pl.Series:
    """The category that each draw falls in."""
    edges = np.cumsum(list(weights.values()))
    index = np.searchsorted(edges / edges[-1], u, side="right")
    return pl.Series(index.astype(np.uint32)).cat.to(pl.Enum(list(weights)))


def exponential(u: np.ndarray, scale: float) -> np.ndarray:
    """Exponential values; scale is their mean."""
    return -scale * np.log1p(-u)


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


def uuid_keys(stream: str, row: np.ndarray) -> pl.Series:
    """A random UUID (version 4) for each row."""
    words = [random(f"{stream}/{n}", row) * 2**32 for n in range(4)]
    raw = np.stack(words, axis=1).astype(">u4").view(np.uint8)
    raw[:, 6] = raw[:, 6] & 0x0F | 0x40
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    digits = raw.tobytes().hex()
    keys = pl.Series(
        [digits[n : n + 32] for n in range(0, len(digits), 32)], dtype=pl.String
    )
    return keys.str.replace(r"(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")


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
    """The rows of a table that the batch brings."""
    edges = [0, *rows_after(table).tolist()]
    return range(edges[BATCH], edges[BATCH + 1])


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


def with_own_memo(make: Callable[[], Made]) -> Made:
    """What is made of other rows than the block's, whose values stay as they are."""
    block = BLOCK_VALUES.pop(get_ident(), {})
    try:
        return make()
    finally:
        BLOCK_VALUES[get_ident()] = block


def memo(what: object, make: Callable[[], Made]) -> Made:
    """What is made once a worker: each task has a copy of this script, but sys outlives it."""
    with vars(sys).setdefault("generate_data_lock", RLock()):
        runs = vars(sys).setdefault("generate_data_runs", {})
        if RUN not in runs:
            runs.clear()  # of earlier runs nothing is kept
        memory: dict[object, Made] = runs.setdefault(RUN, {})
        if what not in memory:
            memory[what] = with_own_memo(make)
        return memory[what]


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


def skewed_row_in_batch(
    u: np.ndarray,
    batch: np.ndarray,
    table: str,
    skew: float,
    expected: float,
    stream: str,
) -> np.ndarray:
    """Rows so far of a table, the busiest of each of its batches most often.

    Of the expected rows of the first load, its busiest 20 % get the share skew.
    """
    edges = np.append(0, rows_after(table))
    total = edges[batch + 1]
    origin = batch_of(table, u * total)
    first, size = edges[origin], np.diff(edges)[origin]
    within = ((u - first / total) / (size / total)).clip(0, 1)
    rank = skewed_rank(within, size, activity_sigma(skew, expected, (ROWS[table],)))
    return first + shuffled(rank, size, origin, stream)


# --- NULLS AND CONDITIONS -------------------------------------------------------------
def if_else(condition: pl.Series, then: object, otherwise: object) -> pl.Series:
    """`then` where the condition holds, `otherwise` where it is false or null."""
    both = [
        v if isinstance(v, pl.Series) else pl.Series([v]) for v in (then, otherwise)
    ]
    return pl.select(pl.when(condition).then(both[0]).otherwise(both[1])).to_series()


def null_where(values: pl.Series, null: np.ndarray) -> pl.Series:
    """The values, with nulls where told."""
    return values.set(pl.Series(null), None)


# --- FILES: rows in the form in which they are written --------------------------------
def as_written(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows as files hold them: categories as plain text, and zero without a sign."""
    zero = pl.col(pl.Float64).replace(-0.0, 0.0)
    return frame.with_columns(pl.col(pl.Enum).cast(pl.String), zero)


# --- OUTPUT: whole tables, whatever happens to a run ----------------------------------
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


# --- INFRASTRUCTURE: where the data goes in Unity Catalog -----------------------------
# What the workers need; Databricks Connect brings it to serverless ones.
WORKERS_NEED = ("faker~=40.54", "numpy>=1.26,<3", "polars~=2.1", "scipy>=1.13,<2")
SPARK_TYPES = {
    pl.String: types.StringType(),
    pl.Int64: types.LongType(),
    pl.Float64: types.DoubleType(),
    pl.Boolean: types.BooleanType(),
    pl.Date: types.DateType(),
    pl.Datetime("us", "UTC"): types.TimestampType(),
}

# What a catalog shows of tables and columns: people, BI tools and assistants read it.
TABLE_COMMENTS = {
    "drivers": "Synthetic data of delta: a batch adds 1.",
    "parcels": "one for each address",
    "claims": "Synthetic data of delta: one for each row of parcels where late.",
}
COMMENTS = {
    "drivers": {
        "driver_id": "Key of drivers: D-0001 and so on.",
        "name": "first and last name",
        "grade": "One of: junior 60%, senior 40%.",
        "batch": "The batch that brought the row: 0 is the first load.",
    },
    "parcels": {
        "parcel_id": "Key of parcels: a UUID.",
        "driver_id": "Refers to drivers.driver_id.",
        "sent_at": "Moment (UTC): in the window, calendar road, flat hours.",
        "arrived_at": "Moment (UTC): after sent_at, exponential, mean 9 hours, null where after the window's end.",
        "kg": "Number: exponential, mean 2, 1 decimal; null in 2% of the rows.",
        "late": "True or false: by driver_id.grade: junior: true in 20%; senior: true in 10%.",
        "fee": "Computed: 6.0 if late else 4 + coalesce(kg, 1.0).",
        "batch": "The batch that brought the row: 0 is the first load.",
    },
    "claims": {
        "claim_id": "Key of claims: 1 and so on.",
        "parcel_id": "Refers to parcels.parcel_id.",
        "driver_id": "Refers to drivers.driver_id, as parcel_id.driver_id does.",
        "batch": "The batch that brought the row: 0 is the first load.",
    },
}


def quoted(*names: str) -> str:
    """A name, or the parts of one, as SQL quotes it."""
    return ".".join("`" + name.replace("`", "``") + "`" for name in names)


def sql_text(value: str) -> str:
    """A text in SQL. Spark would put the value of a variable for `${name}` in any statement."""
    for letter, escaped in {"\\": "\\\\", "'": "\\'", "$": "\\u0024"}.items():
        value = value.replace(letter, escaped)
    return f"'{value}'"


def reason(error: Exception) -> str:
    """The first line of what Spark says."""
    return str(error).strip().split("\n")[0]


def is_listed(spark: SparkSession, what: str, name: str) -> bool:
    """Whether SHOW lists a name; it lists nothing that one may not see."""
    try:
        return spark.sql(f"SHOW {what} LIKE {sql_text(name)}").first() is not None
    except PySparkException:
        return False


def create(spark: SparkSession, what: str, grant: str, instead: str) -> None:
    """Create a place; OSError names the right that it needs, and what else can be done."""
    kind, _, name = what.partition(" ")
    try:
        spark.sql(f"CREATE {kind} IF NOT EXISTS {name}")
    except PySparkException as error:
        what = f"cannot create the {kind.lower()} {name}: {reason(error).rstrip('.')}"
        raise OSError(
            f"{what}. Have an admin run GRANT {grant} TO you, or {instead}"
        ) from error


def create_places(spark: SparkSession, databricks: bool) -> None:
    """Create what there is not yet of the data's place in Unity Catalog.

    It looks first: CREATE ... IF NOT EXISTS is refused without the right to create,
    even where there is nothing to be created.
    """
    catalog, schema = quoted(CATALOG), quoted(CATALOG, SCHEMA)
    if not is_listed(spark, f"SCHEMAS IN {catalog}", SCHEMA):
        # Elsewhere than on Databricks a catalog is set up with the server.
        if databricks and not is_listed(spark, "CATALOGS", CATALOG):
            instead = "name one that is there by --catalog. Where the metastore has no storage,"
            instead += " an admin creates it with MANAGED LOCATION, and the spec has"
            instead += " create_catalog = false"
            create(spark, f"CATALOG {catalog}", "CREATE CATALOG ON METASTORE", instead)
        grant = f"USE CATALOG, CREATE SCHEMA ON CATALOG {catalog}"
        instead = "name a schema that is there by --catalog and --schema"
        create(spark, f"SCHEMA {schema}", grant, instead)


# --- WRITING --------------------------------------------------------------------------
def on_databricks(target: str | None) -> bool:
    """Whether the session is one of Databricks, which has a Unity Catalog."""
    if in_runtime() or target in ("serverless", "classic"):
        return True
    return target is None and "SPARK_REMOTE" not in os.environ


def spark_session(target: str | None) -> SparkSession:
    """Inside Databricks the session there is; else by --target, SPARK_REMOTE or Connect."""
    if in_runtime():
        return SparkSession.builder.getOrCreate()
    if target == "local":
        os.environ["PYSPARK_PYTHON"] = sys.executable  # else workers take any Python
        session = SparkSession.builder.master("local[*]").config(
            "spark.ui.enabled", "false"
        )
        return session.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    if not on_databricks(target):
        return SparkSession.builder.remote(os.environ["SPARK_REMOTE"]).getOrCreate()
    connect = importlib.import_module("databricks.connect")
    builder = connect.DatabricksSession.builder
    if target != "classic":
        workers = connect.DatabricksEnv().withDependencies(list(WORKERS_NEED))
        builder = builder.serverless(True).withEnvironment(workers)
    return builder.getOrCreate()


def schema_of(table: str, frame: pl.DataFrame | None = None) -> types.StructType:
    """The columns of a table (or of its rows in another form), as Spark names their types."""
    if frame is None:
        frame = as_written(TABLES[table][0](np.arange(0)))
    schema = types.StructType()
    for name, type in frame.schema.items():
        schema.add(name, SPARK_TYPES[type], metadata={"comment": COMMENTS[table][name]})
    return schema


def computed(spark: SparkSession, table: str, partitions: int) -> DataFrame:
    """A table as Spark computes it: each row of a range is a block, built where it is written."""
    build, root, _, per_row, *_ = TABLES[table]
    rows = new_rows(root)
    block = max(1, BLOCK // per_row)

    def built(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for number in chain.from_iterable(batch["id"].to_pylist() for batch in batches):
            part = rows[number * block : (number + 1) * block]
            try:
                row = np.arange(part.start, part.stop)
                frame = as_written(build_block(build, row))
            except SystemExit as stop:  # of which a worker tells nobody
                raise RuntimeError(stop.code) from None
            yield from frame.to_arrow(compat_level=pl.CompatLevel.oldest()).to_batches()

    blocks = -(-len(rows) // block)
    tasks = partitions or max(4, blocks // 16)  # each of which writes a file
    numbers = spark.range(0, blocks, 1, max(1, min(blocks, tasks)))
    schema = schema_of(table)
    return numbers.mapInArrow(built, schema)


def lock() -> Path:
    """The file that keeps other runs of this script for the batch away from the same output."""
    return Path(OUTPUT, f".delta.{BATCH}.lock")


def on_disk() -> bool:
    """Whether the data goes to a disk of this machine; not to a catalog, a volume or a store."""
    return bool(OUTPUT) and ":" not in OUTPUT and not OUTPUT.startswith("/Volumes/")


def refuse_strangers(table: str) -> None:
    """Raise FileExistsError where a table's place on a disk holds what no run has written."""
    if on_disk():
        holds_only(Path(OUTPUT, table), r"[._].*|batch=.*/")


DIGEST = "description.digest"  # the property of a table that is described
NO_REFS = "without refs"  # after the digest, where nothing but these is to be set


def refs_of(table: str) -> dict[str, str]:
    """The columns that hold another table's key, and that table."""
    refs = {}
    for column, ref in TABLES[table].refs.items():
        target, _, key = ref.partition(".")
        if TABLES[target].key == [key]:
            refs[column] = target
    return refs


def digest_of(table: str) -> str:
    """A text that is another one as soon as anything in a table's description is."""
    parts = (
        schema_of(table).json(),
        TABLE_COMMENTS[table],
        COMMENTS[table],
        [*TABLES[table].key],
        refs_of(table),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def noted_digest(spark: SparkSession, table: str) -> str | None:
    """The digest that a table in the catalog has; None where no run has noted any."""
    sql = f"SHOW TBLPROPERTIES {quoted(CATALOG, SCHEMA, table)} ({sql_text(DIGEST)})"
    found = spark.sql(sql).first()
    value = str(found["value"]) if found else ""
    return None if "does not have property" in value else value


def has_columns(spark: SparkSession, table: str) -> bool:
    """Whether a table in the catalog has the columns that it has here."""
    found = dict(spark.table(quoted(CATALOG, SCHEMA, table)).dtypes)
    found.pop("batch", None)
    return found == {
        each.name: each.dataType.simpleString() for each in schema_of(table)
    }


def refuse_others(spark: SparkSession, table: str) -> None:
    """Raise FileExistsError where the catalog has a table of that name which no run has made."""
    name = quoted(CATALOG, SCHEMA, table)
    if not spark.catalog.tableExists(name) or has_columns(spark, table):
        return
    if noted_digest(spark, table) is None:
        raise FileExistsError(
            f"{name} has other columns, and no run of this script has made it: "
            "drop it, or name another schema by --schema"
        )


def description_of(spark: SparkSession, table: str) -> str:
    """Whether a table in the catalog is "described" as it is here, or "without refs"; else ""."""
    if not spark.catalog.tableExists(quoted(CATALOG, SCHEMA, table)):
        return ""
    digest, _, rest = (noted_digest(spark, table) or "").partition(" ")
    return (rest or "described") if digest == digest_of(table) else ""


def set_digest(spark: SparkSession, table: str, value: str) -> None:
    """Say how far a table is described: the last of its statements, for one may fail."""
    alter = f"ALTER TABLE {quoted(CATALOG, SCHEMA, table)}"
    spark.sql(f"{alter} SET TBLPROPERTIES ({sql_text(DIGEST)} = {sql_text(value)})")


def withdraw(spark: SparkSession, table: str) -> None:
    """Take a table's description back before it is written with another one.

    Its key and refs might keep its columns from being replaced. The refs of other tables
    go with the key; describe_tables sets them again.
    """
    for other in TABLES:
        refers = other != table and table in refs_of(other).values()
        if refers and description_of(spark, other):
            set_digest(spark, other, f"{digest_of(other)} {NO_REFS}")
    name = quoted(CATALOG, SCHEMA, table)
    if spark.catalog.tableExists(name):
        set_digest(spark, table, "")
        spark.sql(f"ALTER TABLE {name} DROP PRIMARY KEY IF EXISTS CASCADE")
        for column in map(quoted, spark.table(name).columns):
            spark.sql(f"ALTER TABLE {name} DROP FOREIGN KEY IF EXISTS ({column})")


def describe(spark: SparkSession, table: str) -> None:
    """Give a table its comments and its key, which Databricks does not enforce."""
    name = quoted(CATALOG, SCHEMA, table)
    spark.sql(f"COMMENT ON TABLE {name} IS {sql_text(TABLE_COMMENTS[table])}")
    known = {
        each.name: each.metadata.get("comment") for each in spark.table(name).schema
    }
    for column, text in COMMENTS[table].items():
        if known.get(column) != text:  # most came with the rows
            comment = f"{quoted(column)} COMMENT {sql_text(text)}"
            spark.sql(f"ALTER TABLE {name} ALTER COLUMN {comment}")
    if own := [quoted(column) for column in TABLES[table].key]:
        for column in own:
            spark.sql(f"ALTER TABLE {name} ALTER COLUMN {column} SET NOT NULL")
        key = f"{quoted(f'{table}__pk')} PRIMARY KEY ({', '.join(own)}) RELY"
        spark.sql(f"ALTER TABLE {name} ADD CONSTRAINT {key}")
    set_digest(spark, table, f"{digest_of(table)} {NO_REFS}")


def describe_tables(spark: SparkSession, tables: Iterable[str]) -> None:
    """Describe the tables that are new or are described anew, then set all refs that are missing."""
    for table in tables:
        describe(spark, table)
    described = {table: description_of(spark, table) for table in TABLES}
    for table in TABLES:
        if described[table] == NO_REFS:
            set_refs(spark, table, described)
            set_digest(spark, table, digest_of(table))


def set_refs(spark: SparkSession, table: str, described: Mapping[str, str]) -> None:
    """Set the refs of a table to those that are there; to another when that is written."""
    alter = f"ALTER TABLE {quoted(CATALOG, SCHEMA, table)}"
    for column, target in refs_of(table).items():
        spark.sql(f"{alter} DROP FOREIGN KEY IF EXISTS ({quoted(column)})")
        if described[target]:
            ref = f"FOREIGN KEY ({quoted(column)}) REFERENCES {quoted(CATALOG, SCHEMA, target)}"
            name = quoted(f"{table}__{column}__fk")
            spark.sql(f"{alter} ADD CONSTRAINT {name} {ref}")


def write_table(spark: SparkSession, table: str, partitions: int) -> tuple[int, str]:
    """Write a table's part of the batch in one commit; gives its rows and its place."""
    frame = computed(spark, table, partitions)
    frame = frame.withColumn("batch", functions.lit(BATCH))
    ours = functions.col("batch") == BATCH
    if OUTPUT:
        place = f"{OUTPUT}/{table}"
        writer = frame.write.format("delta")
        if ":" in place or Path(place, "_delta_log").exists():
            writer = writer.mode("overwrite").option("replaceWhere", f"batch = {BATCH}")
        else:  # the run of another batch may create it first
            writer = writer.mode("append")
        writer.partitionBy("batch").save(place)
        written = spark.read.format("delta").load(place)
    else:
        place = quoted(CATALOG, SCHEMA, table)
        if spark.catalog.tableExists(place):
            frame.writeTo(place).overwrite(ours)
        else:
            batches = functions.col("batch")
            frame.writeTo(place).using("delta").partitionedBy(batches).create()
        written = spark.table(place)
    return written.where(ours).count(), place


# --- CHECKS: verify the data as it was written ----------------------------------------
SQL_TYPES = {
    "text": types.StringType(),
    "integer": types.LongType(),
    "number": types.DoubleType(),
    "boolean": types.BooleanType(),
    "date": types.DateType(),
    "timestamp": types.TimestampType(),
}


# How Spark, Databricks and Sail begin to say that there is no such table.
MISSING = (
    "[TABLE_OR_VIEW_NOT_FOUND]",
    "[SCHEMA_NOT_FOUND]",
    "[NO_SUCH_CATALOG_EXCEPTION]",
    "[PATH_NOT_FOUND]",
    "[DELTA_TABLE_NOT_FOUND]",
    "[DELTA_PATH_DOES_NOT_EXIST]",
    "Table not found: [TABLE_OR_VIEW_NOT_FOUND]",
    "Invalid table location: No commit files found in _delta_log",
)


def is_written(name: str) -> bool:
    """Whether there is anything of a table; makes it a view of that name then."""
    try:
        read_table(name)
    except FileNotFoundError:
        return False
    return True


def read_table(name: str) -> None:
    """Make a table a view of its name; FileNotFoundError where there is none."""
    spark = SparkSession.active()
    try:
        if OUTPUT:
            frame = spark.read.format("delta").load(f"{OUTPUT}/{name}")
        else:
            frame = spark.table(quoted(CATALOG, SCHEMA, name))
        frame.createOrReplaceTempView(name)
        frame.first()  # a count alone may come from a log that lists lost files
    except PySparkException as error:
        if reason(error).startswith(MISSING):
            raise FileNotFoundError(reason(error)) from error
        raise OSError(reason(error)) from error


def written_columns(name: str) -> dict[str, str]:
    """The columns of a table as it was written, and their types."""
    words = {type.simpleString(): word for word, type in SQL_TYPES.items()}
    try:
        columns = SparkSession.active().table(quoted(name)).dtypes
    except PySparkException as error:
        raise OSError(reason(error)) from error
    return {column: words.get(type, type) for column, type in columns}


def written_batches() -> set[int]:
    """The batches of which there is anything."""
    batches: set[int] = set()
    for name in TABLES:
        try:
            if is_written(name):
                sql = f"SELECT DISTINCT batch FROM {quoted(name)}"
                batches |= {
                    int(row[0]) for row in SparkSession.active().sql(sql).collect()
                }
        except (OSError, PySparkException):
            pass  # which the table's own line reports
    return batches


def query(rows: str, *counts: str) -> list[int]:
    """What is counted of rows, in SQL; OSError where the tables cannot be read."""
    try:
        found = (
            SparkSession.active().sql(f"SELECT {', '.join(counts)} FROM {rows}").first()
        )
    except PySparkException as error:
        raise OSError(reason(error)) from error
    return [number or 0 for number in found or [0 for _ in counts]]


def columns_before(name: str) -> dict[str, str]:
    """The columns that a table holds, and their types."""
    found = written_columns(name) if is_written(name) else {}
    return {column: type for column, type in found.items() if column != "batch"}


def add_columns(spark: SparkSession, names: Iterable[str]) -> None:
    """Give tables the columns that this batch has first: by a commit without rows, before any."""
    for name in names:
        found = columns_before(name)
        if not found or found.keys() >= TABLES[name].columns.keys():
            continue
        schema = schema_of(name).add("batch", types.IntegerType())
        writer = spark.createDataFrame([], schema).write.format("delta").mode("append")
        writer = writer.option("mergeSchema", "true").partitionBy("batch")
        if OUTPUT:
            writer.save(f"{OUTPUT}/{name}")
        else:
            writer.saveAsTable(quoted(CATALOG, SCHEMA, name))
        if lost := TABLES[name].columns.keys() - columns_before(name).keys():
            raise OSError(
                f"{name}: this server adds no column {', '.join(sorted(lost))} to a Delta "
                "table: delete it and write all batches again, --batch 0 first"
            )


def rows_of(table: str) -> int:
    """How many rows a table is to have, all batches so far."""
    _, root, _, per_row, *_ = TABLES[table]
    stop, size = int(rows_after(root)[-1]), max(1, BLOCK // per_row)
    rows = TABLES[table].rows
    if rows is None:
        return stop
    blocks = (np.arange(n, min(n + size, stop)) for n in range(0, stop, size))
    return sum(len(rows(block)) for block in blocks)


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
    if path := table.lookups.get(column):
        differs = "{0} <> {1} OR ({0} IS NULL) <> ({1} IS NULL)"
        what = f"{column} other than {path}"
        yield rows_where(name, what, differs, [column, path])
    if values := table.values.get(column):
        known = ", ".join(map(sql_text, values))
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
    if table.where and table.where[0] not in ADDED.get(name, {}):
        ref, (sql, *paths) = table.where
        sql = f"<> CASE WHEN {sql} THEN 1 ELSE 0 END"
        yield with_children(name, ref, f"{name} against `where`", sql, paths)


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
                places.append(
                    f"delete {OUTPUT}/{name}"
                    if OUTPUT
                    else f"DROP TABLE {quoted(CATALOG, SCHEMA, name)}"
                )
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
        read_table(name)
        return ""
    except FileNotFoundError as error:
        return f"missing: --only {name} --batch 0 writes it; {error}"
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
    parser = Parser(description="Generate synthetic data for delta.")
    option = parser.add_argument
    option("--target", choices=("local", "serverless", "classic"), help="where to run")
    option("--catalog", default=CATALOG, help="of Unity Catalog")
    option("--schema", default=SCHEMA, help="of that catalog")
    option("--output", help="folder to write to, in place of the catalog")
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
    option(
        "--partitions", type=int, default=0, help="tasks of a table (0: by its size)"
    )
    option("--check", action="store_true", help="prove what was written, write nothing")
    if arguments is None:
        arguments = sys.argv[1:]
        if arguments and re.match(r"--?f\b", arguments[0]):
            arguments = []  # they are those of a notebook's kernel
    options = parser.parse_args(arguments)
    if options.day:
        options.batch = max(0, (options.day - END) // PERIOD + 1)
    last = (date(2200, 1, 1) - END) // PERIOD
    limits = ("scale", 1e-9, 1e9), ("partitions", 0, 100_000), ("batch", 0, last)
    for name, low, high in limits:
        if not low <= getattr(options, name) <= high:
            parser.error(f"--{name} is {getattr(options, name)}: {low:g} to {high:g}")
    for name in ("catalog", "schema"):
        if "${" in (given := getattr(options, name)):  # Spark puts a variable's value
            parser.error(f"--{name} is {given}: a name holds no " + "${")
    if options.output and options.output.startswith("/Volumes/"):
        parser.error(
            f"--output is {options.output}: a volume is no place for Delta tables"
        )
    return options


def forget() -> None:
    """Forget what was made by other settings."""
    global RUN
    RUN = uuid.uuid4().hex[:8]  # by which workers know what is theirs
    for each in [*globals().values()]:
        if hasattr(each, "cache_clear"):
            each.cache_clear()
    BLOCK_VALUES.clear()


def run(options: argparse.Namespace) -> None:
    """Generate the data, or check it."""
    global CATALOG, SCHEMA, OUTPUT, SEED, BATCH
    SEED, BATCH = options.seed, options.batch
    for table, rows in BATCH_ROWS.items():
        BATCH_ROWS[table] = max(1, round(rows * options.scale))
    for table, rows in ROWS.items():
        ROWS[table] = max(1, round(rows * options.scale))
    CATALOG, SCHEMA = options.catalog, options.schema
    databricks = on_databricks(options.target)
    if __name__ in sys.modules:  # a notebook may import it: workers know no such module
        cloudpickle.register_pickle_by_value(sys.modules[__name__])
    try:
        spark = spark_session(options.target)
    except (AttributeError, ImportError, RuntimeError, ValueError) as error:
        fail(f"no Spark session: {error}\n\n{SPARKS}")
    if options.output or options.target == "local":
        OUTPUT = options.output or OUTPUT
        OUTPUT = OUTPUT if ":" in OUTPUT else os.path.abspath(OUTPUT)
    else:
        OUTPUT = ""  # tables of the catalog
        if not options.check:
            create_places(spark, databricks)
    if re.search(r"[\x00-\x1f*?\[\]{}]", OUTPUT):
        raise OSError(f"Spark would take {OUTPUT} for a pattern: choose a plain path")
    if options.check:
        failed = check(options.only or TABLES)
        if failed and in_runtime():
            raise RuntimeError(
                f"{failed} of the checks failed: the table above says which"
            )
        if failed:
            sys.exit(1)
        return
    report = RichTable("table", "rows", "seconds", "place")
    own = (
        locked(lock()) if on_disk() else nullcontext()
    )  # elsewhere Spark's commits are whole
    with own, progress_bar() as progress:
        for table in options.only or TABLES:
            refuse_strangers(table)  # before anything is written
        in_unity = (options.only or TABLES) if databricks and not OUTPUT else ()
        for table in in_unity:
            refuse_others(spark, table)
        refuse_other_columns(options.only or TABLES)
        add_columns(spark, options.only or TABLES)
        known = {table: description_of(spark, table) for table in in_unity}
        for table in progress.track([*(options.only or TABLES)], description="tables"):
            start = time.perf_counter()
            if known.get(table) == "":
                withdraw(spark, table)
            rows, place = write_table(spark, table, options.partitions)
            seconds = f"{time.perf_counter() - start:.1f}"
            report.add_row(table, f"{rows:,}", seconds, place)
            if progress.disable:  # a line a table in place of the bar
                put(f"{table}: {rows:,} rows in {seconds} s\n", sys.stderr)
        if {*known.values()} - {"described"}:
            describe_tables(
                spark, [table for table, words in known.items() if not words]
            )
    show(report)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run by options as the command line has them; in a notebook: `main(["--scale", "0.1"])`."""
    global CATALOG, SCHEMA, OUTPUT, SEED, BATCH, ROWS, BATCH_ROWS
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever its encoding lacks
            stream.reconfigure(errors="backslashreplace")
    options = parse_options(arguments)
    before = CATALOG, SCHEMA, OUTPUT, SEED, BATCH, {**ROWS}, {**BATCH_ROWS}
    try:
        run(options)
    finally:  # the next call starts from the settings above, as this one did
        CATALOG, SCHEMA, OUTPUT, SEED, BATCH, ROWS, BATCH_ROWS = before
        forget()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except (OSError, RuntimeError) as error:
        fail(f"{error}; nothing more was written")
    except Exception as error:
        # Connect raises the first, a Spark of one's own py4j's errors, too.
        if not isinstance(error, PySparkException) and "py4j" not in str(type(error)):
            raise
        text = re.split(r"\n\s+at |JVM stacktrace", str(error))[0].strip()
        text += "; nothing more was written"
        if "PYTHON_VERSION_MISMATCH" in text or "Python version" in text:
            text += "\nhelp: run it by the Python that the workers have, "
            text += f"in place of {sys.version[:4]}"
        fail(text)
