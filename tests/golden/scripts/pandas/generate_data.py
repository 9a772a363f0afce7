# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "duckdb>=1.1,<3",
#     "faker~=40.54",
#     "holidays~=0.109",
#     "numpy>=1.26,<3",
#     "pandas>=2.2,<4",
#     "pyarrow>=11",
#     "rich>=13,<16",
#     "scipy>=1.13,<2",
# ]
# ///
"""Generate synthetic data for pandas.

A bakery and its regulars, who pay by card; a fair triples the sales.

Tables, in the order they are built:

    cards             400 rows  prepaid, one for each regular
    sales           9,000 rows
    bookings  about 2,400 rows  what is paid onto a card, and from it; some for each of
                                cards

Every cell is a pure function of (SEED, table, column, row): any row can be computed
anywhere, alone, and comes out the same; a new column changes no other.

How to run it:

    uv run generate_data.py             # or: pip install what is listed above, then
    python generate_data.py             # today's data
    python generate_data.py --as-of 2026-06-30 --scale 10 --output /tmp/data
    python generate_data.py --check     # proves what such a run wrote

Emitted by scaffold from tests/golden/specs/pandas.toml (template revision 7). Edit this
file freely: a later `scaffold` does not overwrite what you changed.
"""

import argparse
import glob
import hashlib
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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache, wraps
from io import TextIOWrapper
from pathlib import Path
from threading import Event, Thread, get_ident
from typing import Any, NamedTuple, NoReturn, TextIO, TypeVar

import duckdb
import holidays
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from faker import Faker
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as RichTable
from scipy.special import gammainc, gammaln, ndtr, ndtri, softmax

# --- CONFIGURATION: edit these values -------------------------------------------------
TEXT = pd.StringDtype("python")  # of texts, whose nulls are pd.NA
DAY = 86_400  # seconds
When = date | timedelta  # a timedelta counts from END
# Hours of business: the weight of each hour of a day, from midnight on, UTC
BUSINESS_HOURS = (
    0, 0, 0, 0, 0, 0, 1, 4, 10, 14, 14, 12,
    9, 12, 14, 13, 11, 7, 3, 1, 0, 0, 0, 0,
)  # fmt: skip

OUTPUT = Path("output/pandas")
SEED = 42  # another seed gives other data of the same kind

ROWS = {"cards": 400, "sales": 9_000}
BLOCK = 1 << 18  # rows computed, held in memory and written at once

# The window of time: events fall between START and END, which is not in it.
END = datetime.now(UTC).date()  # --as-of sets it
START: date | timedelta = timedelta(days=-180)  # counted from END

LOCALE = "en_US"  # of Faker's texts

CARDS_OWNER_POOL = 2_000  # of each piece of Faker's name
CARDS_OWNER_NULLS = 0.05  # share of the rows
CARDS_TIER = {"Crumb": 0.7, "Loaf": 0.3}

# How often a row of cards is chosen for sales, by its tier.
SALES_CARD_ID_WEIGHTS = {"Loaf": 4, "Crumb": 1}
SALES_CARD_ID_SKEW = 0.7  # share of sales that the busiest 20 % of cards get
# sales.price by card_id.tier
SALES_PRICE = {
    "Crumb": {"median": 6, "sigma": 0.5},
    "Loaf": {"median": 11, "sigma": 0.5},
}
SALES_RATED_AT = {"scale": 2 * DAY}

# bookings: a Poisson number of rows for each of cards
BOOKINGS_ROWS = {"mean": 6, "minimum": 0, "maximum": 30}
BOOKINGS_AMOUNT = {"mean": 2, "sd": 15}
BOOKINGS_BALANCE = {"start": 20, "floor": 0}

# Event fair: the volume is 3 times the usual.
FAIR = (timedelta(days=-20), timedelta(days=-17))  # start and end
FAIR_FACTOR = 3

# Calendar street: factors of a day's volume, against a plain weekday.
STREET_WEEKEND = 1.5

# Calendar default: factors of a day's volume, against a plain weekday.
DEFAULT_WEEKEND = 0.6
DEFAULT_HOLIDAY = 0.3
DEFAULT_HOLIDAYS = holidays.country_holidays("US")
DEFAULT_YEARLY = 0.15  # the year's wave
DEFAULT_PEAK = date(2024, 12, 15)  # of that wave, in any year
DEFAULT_NOISE = 0.1  # sd of a day's own factor


# --- CALENDARS ------------------------------------------------------------------------
def street_calendar(moment: datetime) -> float:
    """How much happens at a moment, against a plain weekday."""
    today = moment.date()
    volume = 1.0
    if today.weekday() >= 5:
        volume *= STREET_WEEKEND
    if to_utc(FAIR[0]) <= moment < to_utc(FAIR[1]):
        volume *= FAIR_FACTOR
    return volume


def default_calendar(moment: datetime) -> float:
    """How much happens at a moment, against a plain weekday."""
    today = moment.date()
    volume = 1.0
    days_from_peak = today.timetuple().tm_yday - DEFAULT_PEAK.timetuple().tm_yday
    volume += DEFAULT_YEARLY * math.cos(2 * math.pi * days_from_peak / 365.25)
    if today.weekday() >= 5:
        volume *= DEFAULT_WEEKEND
    if today in DEFAULT_HOLIDAYS:
        volume *= DEFAULT_HOLIDAY
    volume *= max(1 + DEFAULT_NOISE * daily_noise("calendars/default", today), 0.0)
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


# --- TABLE cards: prepaid, one for each regular ---------------------------------------
@per_block
def cards_card_id(row: np.ndarray) -> pd.Series:
    return format_key(row + 1, "CARD-", width=4)


@per_block
def cards_tier(row: np.ndarray) -> pd.Series:
    return choice(random("cards.tier", row), CARDS_TIER)


def cards(row: np.ndarray) -> pd.DataFrame:
    first_name = faker_texts(
        random("cards.owner/first_name", row), "first_name", CARDS_OWNER_POOL
    )
    last_name = faker_texts(
        random("cards.owner/last_name", row), "last_name", CARDS_OWNER_POOL
    )
    return pd.DataFrame(
        {
            "card_id": cards_card_id(row),
            "owner": null_where(
                first_name + " " + last_name,
                random("cards.owner/null", row) < CARDS_OWNER_NULLS,
            ),
            "tier": cards_tier(row),
        }
    )


# --- TABLE sales ----------------------------------------------------------------------
def sales(row: np.ndarray) -> pd.DataFrame:
    card_row = weighted_row(
        "sales.card_id",
        row,
        all_rows("cards"),
        [(cards_tier, SALES_CARD_ID_WEIGHTS)],
        SALES_CARD_ID_SKEW,
        ROWS["sales"],
    )
    period = timeline(START, END, street_calendar, BUSINESS_HOURS, breakpoints=FAIR)
    sold_at = timestamp(random("sales.sold_at", row), period)
    tier = cards_tier(card_row)
    delay = exponential(random("sales.rated_at", row), **SALES_RATED_AT)
    return pd.DataFrame(
        {
            "sale_id": row + 1,
            "card_id": cards_card_id(card_row),
            "sold_at": sold_at,
            "price": quantile_by_case(
                random("sales.price", row), tier, SALES_PRICE, lognormal
            ).round(2),
            # hour(sold_at) < 11 and not during('fair', sold_at)
            "early": (sold_at.dt.hour < 11) & ~between(sold_at, *FAIR),
            "rated_at": null_after_end(add_seconds(sold_at, delay)),
        }
    )


# --- TABLE bookings: what is paid onto a card, and from it ----------------------------
# A row's number: that of its row of cards * BOOKINGS_STRIDE + its position, from 0
BOOKINGS_STRIDE = int(BOOKINGS_ROWS["maximum"])


@per_block
def bookings_rows(row: np.ndarray) -> np.ndarray:
    """The rows that belong to these rows of cards."""
    count = truncated_poisson(random("cards.bookings rows", row), **BOOKINGS_ROWS)
    return child_rows(row, count, BOOKINGS_STRIDE)


def bookings(row: np.ndarray) -> pd.DataFrame:
    row = bookings_rows(row)
    card_row = row // BOOKINGS_STRIDE
    booked_at = timestamp(
        random("bookings.booked_at", row), timeline(START, END, default_calendar)
    )
    amount, balance = running_balance(
        pd.Series(normal(random("bookings.amount", row), **BOOKINGS_AMOUNT).round(2)),
        booked_at,
        card_row,
        decimals=2,
        **BOOKINGS_BALANCE,
    )
    return pd.DataFrame(
        {
            "booking_id": row + 1,
            "card_id": cards_card_id(card_row),
            "booked_at": booked_at,
            "amount": amount,
            "balance": balance,
        }
    )


# --- SCHEMA: the tables in the order they are written, and what --check verifies ------
class Table(NamedTuple):
    """A table: what builds it, what it holds, and what --check verifies."""

    build: Callable[[np.ndarray], pd.DataFrame]
    root: str  # the table in ROWS whose rows the builder takes
    columns: Mapping[str, str]  # column: its type
    per_row: int = 1  # about how many rows it builds for each row of the root
    rows: Callable[[np.ndarray], np.ndarray] | None = None  # its rows, from the root's
    key: Sequence[str] = ()
    refs: Mapping[str, str] = {}  # column: the key that it refers to
    values: Mapping[str, Collection[str]] = {}  # column: all that it may hold
    bounds: Mapping[str, Any] = {}  # column: its parameters, or a minimum and a maximum
    periods: Mapping[str, Sequence[When]] = {}  # column: its start and end
    # A column, an earlier moment, and the type as which they compare.
    not_before: Sequence[tuple[str, str, str]] = ()
    null_rates: Mapping[str, float] = (
        {}
    )  # column: the share of rows in which it is null
    nullable: Collection[str] = ()  # columns that are null in some rows
    children: tuple[str, Any] = "", ()  # ref to the parent: how many rows for each


WINDOW = START, timedelta(0)
TABLES = {
    "cards": Table(
        cards,
        "cards",
        {"card_id": "text", "owner": "text", "tier": "text"},
        key=["card_id"],
        values={"tier": CARDS_TIER},
        null_rates={"owner": CARDS_OWNER_NULLS},
    ),
    "sales": Table(
        sales,
        "sales",
        {
            "sale_id": "integer",
            "card_id": "text",
            "sold_at": "timestamp",
            "price": "number",
            "early": "boolean",
            "rated_at": "timestamp",
        },
        key=["sale_id"],
        refs={"card_id": "cards.card_id"},
        periods={"sold_at": WINDOW},
        nullable=("rated_at",),
        not_before=[("rated_at", "sold_at", "TIMESTAMP")],
    ),
    "bookings": Table(
        bookings,
        "cards",
        {
            "booking_id": "integer",
            "card_id": "text",
            "booked_at": "timestamp",
            "amount": "number",
            "balance": "number",
        },
        per_row=6,
        rows=bookings_rows,
        key=["booking_id"],
        refs={"card_id": "cards.card_id"},
        bounds={"balance": BOOKINGS_BALANCE},
        periods={"booked_at": WINDOW},
        children=("card_id", BOOKINGS_ROWS),
    ),
}


# ======================================================================================
# LIBRARY: nothing below needs to be read or edited to change the data
# ======================================================================================


# --- TYPES ----------------------------------------------------------------------------
Volume = Callable[[datetime], float]  # relative volume at a moment
Cases = Mapping[str, Mapping[str, float]]  # parameters by case
Quantile = Callable[..., np.ndarray]  # of u and parameters
Number = float | np.ndarray
Timeline = tuple[np.ndarray, np.ndarray]  # epoch seconds, the share before each
Made = TypeVar("Made")
RUN = uuid.uuid4().hex[:8]  # tells this run from others
# The names of the files that runs write, Spark's too.
PARTS = r"(part-\d{5,}|[\w-]{16}_\d+)[\w.-]*\.(csv|json|parquet)|_[A-Z]+|\..+\.crc"
Arrays = tuple[np.ndarray, ...]
MEMO: dict[str, Arrays] = {}  # by stream
Blocks = Iterator[np.ndarray]  # row numbers, about BLOCK at a time
Weighing = list[tuple[Callable[[np.ndarray], pd.Series], Mapping[str, float]]]


# --- RANDOM NUMBERS -------------------------------------------------------------------
# `u` is uniform random numbers between 0 and 1; a distribution is its quantile
# function.
def case_index(key: pd.Series, cases: Collection[str]) -> np.ndarray:
    """Which of the cases each key names, counted from 0; `otherwise` is for all others."""
    boolean = pd.api.types.is_bool_dtype(key)
    names = key.map({True: "true", False: "false"}) if boolean else key
    known = list(cases)
    case = pd.Index(known).get_indexer(pd.Index(names))
    if "otherwise" in cases:
        case = np.where(case < 0, known.index("otherwise"), case)
    if (case < 0).any():
        raise RuntimeError(f"No case for {key[case < 0].iloc[0]!r} in {known}")
    return case


def choice(u: np.ndarray, weights: Mapping[str, float]) -> pd.Series:
    """The category that each draw falls in."""
    edges = np.cumsum(list(weights.values()))
    index = np.searchsorted(edges / edges[-1], u, side="right")
    return gather(texts(weights), index)


def exponential(u: np.ndarray, scale: float) -> np.ndarray:
    """Exponential values; scale is their mean."""
    return -scale * np.log1p(-u)


def lognormal(u: np.ndarray, median: float, sigma: float) -> np.ndarray:
    """Log-normal values of this median; sigma is the sd of the logarithm."""
    return median * np.exp(sigma * ndtri(u))


def normal(u: np.ndarray, mean: float, sd: float) -> np.ndarray:
    """Values of a normal law."""
    return mean + sd * ndtri(u)


@cache
def poisson_with_mean(mean: float, minimum: float, maximum: float) -> np.ndarray:
    """Cumulative probabilities of minimum ... maximum; see truncated_poisson."""
    if not (minimum < mean < maximum or minimum == mean == maximum):
        raise RuntimeError(
            f"The mean {mean:g} is not between {minimum:g} and {maximum:g}"
        )
    count, low, high = np.arange(minimum, maximum + 1), -40.0, 40.0
    for _ in range(80):  # bisection: the mean grows with the rate
        log_rate = (low + high) / 2
        probability = softmax(count * log_rate - gammaln(count + 1))
        low, high = (log_rate, high) if probability @ count < mean else (low, log_rate)
    return np.cumsum(probability)


def quantile_by_case(
    u: np.ndarray, key: pd.Series, cases: Cases, draw: Quantile, *law: Quantile
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


def truncated_poisson(
    u: np.ndarray, mean: float, minimum: float, maximum: float
) -> np.ndarray:
    """Poisson, truncated to minimum ... maximum; mean is the mean after truncation."""
    cumulative = poisson_with_mean(mean, minimum, maximum)
    index = np.searchsorted(cumulative, u, side="right")
    return minimum + np.minimum(index, maximum - minimum)


# --- TEXT -----------------------------------------------------------------------------
def texts(values: Iterable[str]) -> pd.Series:
    """Texts as a Series."""
    return pd.Series(list(values), dtype=TEXT)


@cache
def faker_pool(provider: str, size: int, locale: str, **args: object) -> pd.Series:
    """Up to so many distinct texts of a Faker provider."""
    fake = Faker(locale, use_weighting=False)
    fake.seed_instance(f"{SEED}/{provider}")
    found: dict[str, None] = {}
    for _ in range(3 * size):  # some providers do not have so many
        found[str(getattr(fake, provider)(**args)).replace("\n", ", ")] = None
        if len(found) == size:
            break
    return texts(found)


def gather(values: pd.Series, place: np.ndarray) -> pd.Series:
    """The values at some places, numbered anew."""
    return values.take(place).reset_index(drop=True)


def faker_texts(
    u: np.ndarray,
    provider: str,
    size: int = 2_000,
    locale: str = LOCALE,
    **args: object,
) -> pd.Series:
    """Texts of a Faker provider, drawn from a pool of so many."""
    pool = faker_pool(provider, size, locale, **args)
    return gather(pool, (u * len(pool)).astype(np.int64))


def format_key(
    number: np.ndarray, prefix: str, width: int = 0, suffix: str = ""
) -> pd.Series:
    """Keys such as ORD-000042."""
    return texts(f"{prefix}{n:0>{width}}{suffix}" for n in number.tolist())


# --- TIME -----------------------------------------------------------------------------
def add_seconds(moment: pd.Series, seconds: np.ndarray) -> pd.Series:
    """The moments some time after others, to the second; of days, the days."""
    found = moment + seconds.astype(np.int64).astype("timedelta64[s]")
    return found.dt.floor("D") if moment.dt.tz is None else found


def seconds_of(moment: pd.Series) -> np.ndarray:
    """Seconds since 1970."""
    return moment.to_numpy("datetime64[s]").astype(np.int64)


def to_utc(when: When) -> datetime:
    """A moment, UTC: a timedelta counts from END, a day is its midnight."""
    if isinstance(when, timedelta):
        return to_utc(END) + when
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)


def between(moment: pd.Series, start: When, end: When) -> pd.Series:
    """Whether moments lie in a period; not where there is none."""
    seconds = seconds_of(moment)  # of none: long before any
    first, last = int(to_utc(start).timestamp()), int(to_utc(end).timestamp())
    return pd.Series((seconds >= first) & (seconds < last))


@cache
def daily_noise(stream: str, day: date) -> float:
    """A day's draw from the standard normal distribution, the same at all its hours."""
    return float(ndtri(random(stream, np.array([day.toordinal()])))[0])


def null_after_end(moment: pd.Series) -> pd.Series:
    """The moments before END; null in place of later ones."""
    return moment.mask(seconds_of(moment) >= int(to_utc(END).timestamp()))


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


def utc_moments(seconds: np.ndarray) -> pd.Series:
    """Moments, UTC, from seconds since 1970."""
    return pd.Series((seconds * 1_000_000).view("datetime64[us]")).dt.tz_localize(UTC)


def timestamp(
    u: np.ndarray,
    timeline: Timeline,
    after: pd.Series | None = None,
    before: pd.Series | None = None,
) -> pd.Series:
    """Moments of a timeline, busy times more likely: whole seconds, its end not in it."""
    edges, share = timeline
    low = 0.0 if after is None else np.interp(seconds_of(after), edges, share)
    high = 1.0 if before is None else np.interp(seconds_of(before), edges, share)
    # A millisecond makes up for rounding, so that nothing comes before what it follows.
    seconds = np.floor(np.interp(low + u * (high - low), share, edges) + 1e-3)
    return utc_moments(np.minimum(seconds, edges[-1] - 1).astype(np.int64))


# --- BLOCKS: what is computed once ----------------------------------------------------
def build_block(
    build: Callable[[np.ndarray], pd.DataFrame], row: np.ndarray
) -> pd.DataFrame:
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


def child_rows(parent: np.ndarray, count: np.ndarray, stride: int) -> np.ndarray:
    """The row numbers of the children of these parents: parent * stride + position."""
    count = count.astype(np.int64)
    first = np.cumsum(count) - count
    position = np.arange(count.sum()) - np.repeat(first, count)
    return np.repeat(parent * stride, count) + position


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


def weighted_row(
    stream: str,
    row: np.ndarray,
    rows: Blocks,
    by: Weighing,
    skew: float = 0.0,
    expected: float = 0.0,
) -> np.ndarray:
    """Parents by the size and weight of their group, and within it the busiest most often.

    skew is the share of the expected rows that the busiest 20 % of all parents get.
    """
    members, start, weight = memo(stream, lambda: weighted_groups(rows, by))
    size = np.diff(start)
    edges = np.append(0.0, np.cumsum(size * weight))
    if edges[-1] == 0:
        raise RuntimeError(f"{stream} has no row to point at whose weight is above 0")
    edges /= edges[-1]
    u = random(stream, row)
    group = np.searchsorted(edges[1:], u, side="right")
    within = (u - edges[group]) / (edges[group + 1] - edges[group])
    spread = activity_sigma(skew, expected, tuple(size), tuple(weight)) if skew else 0.0
    rank = skewed_rank(within, size[group], spread)
    place = start[group] + shuffled(rank, size[group], stream)
    return members[place].astype(np.int64)


# --- SEQUENCES: columns computed in order of time -------------------------------------
def running_balance(
    change: pd.Series,
    moment: pd.Series,
    group: np.ndarray,
    decimals: int | None = None,
    start: pd.Series | Number = 0.0,
    floor: Number = -np.inf,
) -> tuple[pd.Series, pd.Series]:
    """The changes as they could be made, and the balance of the group after each of them.

    In order of time; a change that would leave less than the floor is cut to what is left.
    Sums are of whole units of the last decimal (None: the numbers are whole), so that they
    add up exactly.
    """
    unit = 10 ** (decimals or 0)

    def units(values: pd.Series | Number) -> np.ndarray:
        # As far as floats tell whole units apart.
        return (
            np.round(np.asarray(values, float) * unit)
            .clip(-(2**53), 2**53)
            .astype(np.int64)
        )

    ledger = pd.DataFrame({"group": group, "moment": moment})
    ledger["change"], ledger["floor"] = units(change), units(floor)
    ledger["start"] = np.maximum(units(start), ledger["floor"])
    ledger = ledger.sort_values(["group", "moment"], kind="stable")
    total = ledger.groupby("group")["change"].cumsum()
    # What the start would have to be for no sum up to here to lie below the floor.
    needed = (ledger["floor"] - total).clip(lower=ledger["start"])
    least = needed.groupby(ledger["group"]).cummax()
    before = least.shift(1, fill_value=0).where(
        ledger["group"].duplicated(), ledger["start"]
    )
    booked = (ledger["change"] + least - before).sort_index()
    balance = (total + least).sort_index()
    if decimals is None:
        return booked, balance
    return booked / unit, balance / unit


# --- NULLS AND CONDITIONS -------------------------------------------------------------
def null_where(values: pd.Series, null: np.ndarray) -> pd.Series:
    """The values, with nulls where told."""
    nullable = {
        "bool": pd.BooleanDtype(),
        "int64": pd.Int64Dtype(),
        "float64": pd.Float64Dtype(),
    }
    return values.astype(nullable.get(str(values.dtype), values.dtype)).mask(null)


# --- FILES: rows in the form in which they are written --------------------------------
def as_written(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows as files hold them: zero without a sign."""
    floats = [name for name in frame if pd.api.types.is_float_dtype(frame[name])]
    columns = {n: frame[n] + 0.0 if n in floats else frame[n] for n in frame}
    return pd.DataFrame(columns)


def as_arrow(frame: pd.DataFrame) -> pa.Table:
    """Rows as files hold them: days as dates."""
    rows = pa.Table.from_pandas(as_written(frame), preserve_index=False)
    types = {pa.timestamp("s"): pa.date32(), pa.string(): pa.large_string()}
    fields = [(each.name, types.get(each.type, each.type)) for each in rows.schema]
    return rows.cast(pa.schema(fields))


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
def write_block(frame: pd.DataFrame, path: Path) -> None:
    """Write one block's rows to a file."""
    pq.write_table(as_arrow(frame), path, compression="zstd")


def lock() -> Path:
    """The file that keeps other runs of this script away from the same output."""
    return Path(OUTPUT, ".pandas.lock")


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
        file = staging / f"part-{number:05d}.parquet"
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


SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
}


def quoted(name: str) -> str:
    return f'"{name}"'


@cache
def database() -> duckdb.DuckDBPyConnection:
    """Where the tables are views."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


@cache
def scan(name: str) -> None:
    """Make a table as it was written a view of its name."""
    database().execute(f"CREATE VIEW {quoted(name)} AS SELECT * FROM {rows_in(name)}")


def rows_in(name: str) -> str:
    """The rows of a table's files, in SQL."""
    paths = (OUTPUT / name).rglob("part-*")
    files = ", ".join(sql_text(glob.escape(str(path))) for path in paths)
    return f"read_parquet([{files}], hive_partitioning = false)"


def answer(sql: str) -> tuple[list[Any], list[Any]]:
    """The rows that a query gives, and its columns; OSError where tables cannot be read."""
    try:
        for name in TABLES:
            if quoted(name) in sql and is_written(name):
                scan(name)
        found = database().execute(sql)
        return found.fetchall(), found.description or []
    except RuntimeError as error:  # so it tells of Ctrl-C
        raise KeyboardInterrupt from error
    except duckdb.Error as error:
        raise OSError(str(error).split("\n")[0]) from error


def written_columns(name: str) -> dict[str, str]:
    """The columns of a table as it was written, and their types."""
    words = {type: word for word, type in SQL_TYPES.items()}
    _, columns = answer(f"SELECT * FROM {quoted(name)} LIMIT 0")
    return {column: words.get(str(type), str(type)) for column, type, *_ in columns}


def query(rows: str, *counts: str) -> list[int]:
    """What is counted of rows, in SQL."""
    [found], _ = answer(f"SELECT {', '.join(counts)} FROM {rows}")
    return [int(number or 0) for number in found]


def rows_of(table: str) -> int:
    """How many rows a table is to have."""
    _, root, _, per_row, *_ = TABLES[table]
    stop, size = ROWS[root], max(1, BLOCK // per_row)
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


def range_of(given: Any) -> tuple[float, float]:
    """The minimum and the maximum that parameters allow, whatever the case; or those given."""
    if not isinstance(given, Mapping):
        low, high = given or (-math.inf, math.inf)
        return low, high
    cases = [each for each in given.values() if isinstance(each, Mapping)] or [given]
    lows, highs = [], []
    for case in cases:
        lows += [case[key] for key in ("minimum", "low", "floor") if key in case] or [
            -math.inf
        ]
        highs += [case[key] for key in ("maximum", "high") if key in case] or [math.inf]
    return min(lows), max(highs)


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


def rows_early(name: str, later: str, earlier: str, unit: str) -> Expectation:
    """Rows in which a moment precedes one that it never should: both as dates, or to the second."""
    sql = f"CAST({{}} AS {unit}) < CAST({{}} AS {unit})"
    what = f"{later} before {earlier}"
    return rows_where(name, what, sql, [later, earlier])


def outside_of(period: Sequence[When]) -> str:
    """SQL of a moment whose day is not in a period."""
    start, end = period
    first, last = to_utc(start), to_utc(end)
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
    null = rows_where(name, f"null {column}", "{} IS NULL", [column])
    rate = table.null_rates.get(column, 0.0)
    least, most = likely(rows, rate)
    null = null._replace(least=least, most=most)
    if column not in table.nullable:
        yield null
    if ref := table.refs.get(column):
        target, key = ref.split(".")
        lost, paths = "{} IS NOT NULL AND {} IS NULL", [column, f"{column}.{key}"]
        yield rows_where(name, f"{column} not in {target}", lost, paths)
    if values := table.values.get(column):
        known = ", ".join(map(sql_text, values))
        known = known.replace("{", "{{").replace("}", "}}")  # no places
        sql = "{} NOT IN (" + known + ")"
        yield rows_where(name, f"{column} of no category", sql, [column])
    ends = range_of(table.bounds.get(column, ()))
    for end, sign, how, whole in zip(
        ends, "<>", ("below", "above"), (math.ceil, math.floor), strict=True
    ):
        if math.isfinite(end):
            limit = whole(end) if table.columns[column] == "integer" else end
            what, sql = f"{column} {how} {limit:,}", f"{{}} {sign} {float(limit)!r}"
            yield rows_where(name, what, sql, [column])
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
    if table.children[0]:
        ref, (least, most) = table.children[0], range_of(table.children[1])
        what = f"other than {least:,.0f} to {most:,.0f} of {name}"
        yield with_children(name, ref, what, f"NOT BETWEEN {least:.0f} AND {most:.0f}")


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
    parser = Parser(description="Generate synthetic data for pandas.")
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
    except (OSError, RuntimeError) as error:
        fail(f"{error}; nothing more was written")
