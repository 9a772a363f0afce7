# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "faker~=40.54",
#     "holidays~=0.109",
#     "numpy>=1.26,<3",
#     "polars~=2.1",
#     "rich>=13,<16",
#     "scipy>=1.13,<2",
# ]
# ///
"""Generate synthetic data for ecom.

Customers of three tiers buy; an outage three weeks ago triples the day's orders.

Tables, in the order they are built:

    customers   5,000 rows
    orders     15,000 rows

Every cell is a pure function of (SEED, table, column, row): any row can be computed
anywhere, alone, and comes out the same; a new column changes no other.

How to run it:

    uv run generate_data.py             # or: pip install what is listed above, then
    python generate_data.py             # today's data
    python generate_data.py --as-of 2026-06-30 --scale 10 --output /tmp/data

Emitted by scaffold from specs/ecom.toml (template revision 2). Edit this file freely: a
later `scaffold` does not overwrite what you changed.
"""

import argparse
import hashlib
import math
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain
from pathlib import Path

import holidays
import numpy as np
import polars as pl
from faker import Faker
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as RichTable
from scipy.special import ndtr, ndtri

# --- CONFIGURATION: edit these values -------------------------------------------------
OUTPUT = Path("output/ecom")
SEED = 42  # another seed gives other data of the same kind

ROWS = {
    "customers": 5_000,
    "orders": 15_000,
}

BLOCK = 1 << 18  # rows computed, held in memory and written at once

# The window of time: events fall between START and END, which is not in it.
END = datetime.now(UTC).date()  # --as-of sets it
START: date | timedelta = timedelta(days=-180)  # counted from END

LOCALE = "en_US"  # of Faker's texts

CUSTOMERS_NAME_POOL = 2_000  # of each piece of Faker's name
CUSTOMERS_EMAIL_DOMAINS = {"example.com": 0.6, "example.org": 0.25, "example.net": 0.15}
CUSTOMERS_TIER = {"Free": 0.6, "Pro": 0.3, "Enterprise": 0.1}
CUSTOMERS_REGION = {"North": 0.4, "South": 0.25, "East": 0.2, "West": 0.15}
# customers.created_at: date
CUSTOMERS_CREATED_AT = {"start": timedelta(days=-730), "end": timedelta(days=-183)}

# How often a row of customers is chosen for orders, by its tier.
ORDERS_CUSTOMER_ID_WEIGHTS = {"Enterprise": 5, "Pro": 2, "Free": 1}
# The busiest 20% of customers get 80% of orders: how uneven their activity is (the sd
# of its logarithm).
ORDERS_CUSTOMER_ID_SPREAD = 1.466
ORDERS_STATUS = {
    "delivered": 0.65,
    "shipped": 0.15,
    "processing": 0.1,
    "pending": 0.05,
    "cancelled": 0.05,
}
# orders.amount: lognormal, by customer_id.tier
ORDERS_AMOUNT = {
    "Enterprise": {"mean": 1_800, "sigma": 0.8},
    "Pro": {"mean": 245, "sigma": 0.7},
    "Free": {"mean": 55, "sigma": 0.6},
}

# Event outage: the volume is 3 times the usual.
OUTAGE_START = timedelta(days=-31)
OUTAGE_END = timedelta(days=-21)
OUTAGE_FACTOR = 3

# Calendar shop: factors of a day's volume, against a plain weekday.
SHOP_WEEKEND = 1.3
SHOP_HOLIDAY = 1.6
SHOP_HOLIDAYS = holidays.country_holidays("US")
SHOP_YEARLY = 0.15  # the year's wave
SHOP_PEAK = date(2024, 12, 15)  # of that wave, in any year

Number = float | np.ndarray
Timeline = tuple[np.ndarray, np.ndarray]  # moments, the share before each
Groups = tuple[np.ndarray, np.ndarray]  # rows, and where each group starts


# --- RANDOMNESS: one uniform draw a cell, turned into a value by a quantile function --
def stream_key(stream: str) -> np.uint64:
    """A key for each stream of draws, from its name and the seed."""
    digest = hashlib.blake2b(f"{SEED}/{stream}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def uniform(stream: str, row: np.ndarray) -> np.ndarray:
    """A draw between 0 and 1 for each row: SplitMix64 of the stream's key and the row."""
    x = row.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + stream_key(stream)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return ((x >> np.uint64(12)) + 0.5) * 2.0**-52


def draws(table: str, row: np.ndarray) -> Callable[[str], np.ndarray]:
    """The draws for some rows of a table, by the column's name."""
    return lambda column: uniform(f"{table}.{column}", row)


def choice(u: np.ndarray, weights: Mapping[str, float]) -> pl.Series:
    """The category that each draw falls in."""
    edges = np.cumsum(list(weights.values()))
    index = np.searchsorted(edges / edges[-1], u, side="right")
    return pl.Series(index.astype(np.uint32)).cat.to(pl.Enum(list(weights)))


def case_of(key: pl.Series, cases: Iterable[str]) -> np.ndarray:
    """Which of the cases each key names, counted from 0; of a boolean, true or false."""
    names = key.cast(pl.String) if key.dtype == pl.Boolean else key
    return names.cast(pl.Enum(list(cases))).to_physical().to_numpy()


def by(
    key: pl.Series, cases: Mapping[str, Mapping[str, float]]
) -> dict[str, np.ndarray]:
    """The parameters of each row: those of the case that its key names."""
    case = case_of(key, cases)
    names = next(iter(cases.values()))
    return {name: np.array([c[name] for c in cases.values()])[case] for name in names}


def lognormal(u: np.ndarray, mean: Number, sigma: Number) -> pl.Series:
    """Log-normal values of this mean; sigma is the sd of the logarithm."""
    return pl.Series(mean * np.exp(sigma * ndtri(u) - np.square(sigma) / 2))


# --- TEXT -----------------------------------------------------------------------------
def numbered(
    number: np.ndarray, prefix: str, width: int = 0, suffix: str = ""
) -> pl.Series:
    """Keys such as ORD-000042."""
    digits = pl.Series(number).cast(pl.String)
    return prefix + digits.str.pad_start(width, "0") + suffix


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


def faked(
    u: np.ndarray,
    provider: str,
    size: int = 2_000,
    locale: str = LOCALE,
    **args: object,
) -> pl.Series:
    """Texts of a Faker provider, drawn from a pool of so many."""
    pool = faker_pool(provider, size, locale, **args)
    return pool.gather((u * len(pool)).astype(np.uint32))


def slug(text: pl.Series) -> pl.Series:
    """The text as it stands in addresses: a-z and 0-9, the rest one hyphen, accents dropped."""
    plain = text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    return plain.str.replace_all("[^a-z0-9]+", "-").str.strip_chars("-")


def email(name: pl.Series, number: np.ndarray, domain: pl.Series) -> pl.Series:
    """Unique addresses made of names, such as jane.doe.42@example.com."""
    mailbox = slug(name).str.replace_all("-", ".", literal=True)
    mailbox = mailbox.replace("", "user")
    return (
        mailbox + "." + pl.Series(number).cast(pl.String) + "@" + domain.cast(pl.String)
    )


# --- TIME -----------------------------------------------------------------------------
def at(when: date | timedelta) -> datetime:
    """A moment, UTC: a timedelta counts from END, a day is its midnight."""
    if isinstance(when, timedelta):
        return at(END) + when
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)


def bounds(start: date | timedelta, end: date | timedelta) -> tuple[float, float]:
    """The seconds since 1970 at which a period starts and ends."""
    if at(start) >= at(end):
        sys.exit(
            f"The period from {at(start):%F} to {at(end):%F} ends before it starts"
        )
    return at(start).timestamp(), at(end).timestamp()


@cache
def flat_period(start: date | timedelta, end: date | timedelta) -> Timeline:
    """A period in which every moment is as likely as any other."""
    return np.array(bounds(start, end)), np.array([0.0, 1.0])


@cache
def period(
    volume: Callable[[datetime], float],
    start: date | timedelta,
    end: date | timedelta,
    step: int = 86_400,
    cuts: tuple[date | timedelta, ...] = (),
) -> Timeline:
    """The moments of a period, a step (in seconds) apart, and the volume's share before each."""
    first, last = bounds(start, end)
    grid = np.arange(first // step * step, last, step)
    edges = np.unique([*grid, *(at(cut).timestamp() for cut in cuts), last])
    edges = np.append(first, edges[(first < edges) & (edges <= last)])
    steps = np.array([volume(datetime.fromtimestamp(edge, UTC)) for edge in edges[:-1]])
    if not steps.any():
        sys.exit(
            f"{volume.__name__} leaves no volume from {at(start):%F} to {at(end):%F}"
        )
    # All but nothing in place of nothing: what follows a moment finds a place after it.
    steps = np.maximum(steps, 1e-9 * steps.max()) * np.diff(edges)
    share = np.append(0.0, np.cumsum(steps))
    return edges, share / share[-1]


def between(
    moment: pl.Series, start: date | timedelta, end: date | timedelta
) -> pl.Series:
    """Whether moments lie in a period; not where there is none."""
    seconds = moment.dt.epoch("s")
    first, last = at(start).timestamp(), at(end).timestamp()
    return ((seconds >= int(first)) & (seconds < int(last))).fill_null(False)


def seconds_of(moment: pl.Series) -> np.ndarray:
    """Seconds since 1970."""
    return moment.dt.epoch("s").to_numpy()


def seconds_in(
    u: np.ndarray,
    timeline: Timeline,
    after: pl.Series | None = None,
    before: pl.Series | None = None,
) -> np.ndarray:
    """Whole seconds since 1970, busy times more likely; the timeline's end is not in it."""
    edges, share = timeline
    low = 0.0 if after is None else np.interp(seconds_of(after), edges, share)
    high = 1.0 if before is None else np.interp(seconds_of(before), edges, share)
    # A millisecond makes up for rounding, so that nothing comes before what it follows.
    seconds = np.floor(np.interp(low + u * (high - low), share, edges) + 1e-3)
    return np.minimum(seconds, edges[-1] - 1).astype(np.int64)


def timestamp(
    u: np.ndarray, timeline: Timeline, **between: pl.Series | None
) -> pl.Series:
    """Moments of a timeline, busy times more likely: after others, before others."""
    microseconds = pl.Series(seconds_in(u, timeline, **between) * 1_000_000)
    return microseconds.cast(pl.Datetime("us", "UTC"))


def day(u: np.ndarray, timeline: Timeline, **between: pl.Series | None) -> pl.Series:
    """Days of a timeline, busy ones more likely: after others, before others."""
    days = pl.Series(seconds_in(u, timeline, **between) // 86_400)
    return days.cast(pl.Int32).cast(pl.Date)


# --- REFERENCES: which row of another table a row belongs to --------------------------
def unevenly(u: np.ndarray, rows: int | np.ndarray, spread: float) -> np.ndarray:
    """A parent's rank for each draw, the busiest first.

    Activity is log-normal; spread is the sd of its logarithm.
    """
    rank = (ndtr(ndtri(u) - spread) * rows).astype(np.int64)
    return np.minimum(rank, rows - 1)


def scattered(rank: np.ndarray, rows: int | np.ndarray, stream: str) -> np.ndarray:
    """The parent of each rank, in an order of the stream's own: a swap-or-not shuffle."""
    for turn in range(8):
        key = int(stream_key(f"{stream}/{turn}")) >> 1
        partner = (key % rows - rank) % rows
        draw = uniform(f"{stream}/{turn}", np.maximum(rank, partner))
        rank = np.where(draw < 0.5, partner, rank)
    return rank


def grouped(
    rows: np.ndarray, group_of: Callable[[np.ndarray], np.ndarray], groups: int
) -> Groups:
    """The rows, those of each group side by side, and where each group starts."""
    starts = range(0, len(rows), BLOCK)
    parts = [group_of(rows[n : n + BLOCK]).astype(np.uint16) for n in starts]
    group = np.concatenate([np.empty(0, np.uint16), *parts])
    members = rows[np.argsort(group, kind="stable")]
    return members, np.append(0, np.cumsum(np.bincount(group, minlength=groups)))


def weighted_rows(
    stream: str,
    row: np.ndarray,
    groups: Groups,
    weights: Sequence[float],
    spread: float,
) -> np.ndarray:
    """Parents by the weight of their group, and within it the busiest most often.

    Groups share the rows by size and weight, whatever the spread of activity in each.
    """
    members, start = groups
    size = np.diff(start)
    edges = np.append(0.0, np.cumsum(size * weights))
    if edges[-1] == 0:
        sys.exit(f"{stream} has no row to point at whose weight is above 0")
    edges /= edges[-1]
    u = uniform(stream, row)
    group = np.searchsorted(edges[1:], u, side="right")
    within = (u - edges[group]) / (edges[group + 1] - edges[group])
    rank = unevenly(within, size[group], spread)
    return members[start[group] + scattered(rank, size[group], stream)]


# --- CALENDARS: how the volume moves --------------------------------------------------
def shop_calendar(moment: datetime) -> float:
    """How much happens at a moment, against a plain weekday."""
    today = moment.date()
    volume = 1.0
    days_from_peak = today.timetuple().tm_yday - SHOP_PEAK.timetuple().tm_yday
    volume += SHOP_YEARLY * math.cos(2 * math.pi * days_from_peak / 365.25)
    if today.weekday() >= 5:
        volume *= SHOP_WEEKEND
    if today in SHOP_HOLIDAYS:
        volume *= SHOP_HOLIDAY
    if at(OUTAGE_START) <= moment < at(OUTAGE_END):
        volume *= OUTAGE_FACTOR
    return volume


# --- TABLE customers ------------------------------------------------------------------
def customers_customer_id(row: np.ndarray) -> pl.Series:
    return numbered(row + 1, "CUST-", width=5)


def customers_tier(row: np.ndarray) -> pl.Series:
    return choice(uniform("customers.tier", row), CUSTOMERS_TIER)


def customers_created_at(row: np.ndarray) -> pl.Series:
    return day(
        uniform("customers.created_at", row), flat_period(**CUSTOMERS_CREATED_AT)
    )


def customers(row: np.ndarray) -> pl.DataFrame:
    u = draws("customers", row)
    first_name = faked(u("name/first_name"), "first_name", CUSTOMERS_NAME_POOL)
    last_name = faked(u("name/last_name"), "last_name", CUSTOMERS_NAME_POOL)
    name = first_name + " " + last_name
    return pl.DataFrame(
        {
            "customer_id": customers_customer_id(row),
            "name": name,
            "email": email(
                name, row + 1, choice(u("email/domain"), CUSTOMERS_EMAIL_DOMAINS)
            ),
            "tier": customers_tier(row),
            "region": choice(u("region"), CUSTOMERS_REGION),
            "created_at": customers_created_at(row),
        }
    )


# --- TABLE orders ---------------------------------------------------------------------
@cache
def orders_customer_groups() -> Groups:
    """The rows of customers, grouped by tier."""
    rows = np.arange(ROWS["customers"])
    return grouped(
        rows,
        lambda row: case_of(customers_tier(row), ORDERS_CUSTOMER_ID_WEIGHTS),
        len(ORDERS_CUSTOMER_ID_WEIGHTS),
    )


def orders(row: np.ndarray) -> pl.DataFrame:
    customer = weighted_rows(
        "orders.customer_id",
        row,
        orders_customer_groups(),
        list(ORDERS_CUSTOMER_ID_WEIGHTS.values()),
        ORDERS_CUSTOMER_ID_SPREAD,
    )
    u = draws("orders", row)
    return pl.DataFrame(
        {
            "order_id": numbered(row + 1, "ORD-", width=6),
            "customer_id": customers_customer_id(customer),
            "ordered_at": timestamp(
                u("ordered_at"),
                period(shop_calendar, START, END),
                after=customers_created_at(customer),
            ),
            "status": choice(u("status"), ORDERS_STATUS),
            "amount": lognormal(
                u("amount"), **by(customers_tier(customer), ORDERS_AMOUNT)
            ).round(2),
        }
    )


# --- WRITERS --------------------------------------------------------------------------
TABLES: dict[str, tuple[Callable[[np.ndarray], pl.DataFrame], str, int]] = {
    # table: its builder, the table whose rows it takes, rows built for each of them
    "customers": (customers, "customers", 1),
    "orders": (orders, "orders", 1),
}


def write_block(frame: pl.DataFrame, path: Path) -> None:
    """Write one block's rows to a file; categories become plain text."""
    frame = frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    frame.write_parquet(path.with_suffix(".parquet"))


def write_table(table: str, workers: int, progress: Progress) -> tuple[int, int]:
    """Write a table, a file a block; gives its rows and bytes.

    The files stand aside until all are there: a table is whole, or as it was before.
    """
    build, root, per_row = TABLES[table]
    block = max(1, BLOCK // per_row)
    folder = OUTPUT / table
    aside, old = OUTPUT / f".{table}.writing", OUTPUT / f".{table}.old"
    for file in folder.glob("[!._]*"):
        if not file.match("part-*"):
            raise FileExistsError(f"{file} is no part of the table: move it away")

    def write(start: int) -> int:
        frame = build(np.arange(start, min(start + block, ROWS[root])))
        write_block(frame, aside / f"part-{start // block:05d}")
        return len(frame)

    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    starts = range(0, ROWS[root], block)
    try:
        with ThreadPoolExecutor(workers) as pool:
            # The first block alone: what blocks share (pools, calendars) is made only once.
            counts = chain(map(write, starts[:1]), pool.map(write, starts[1:]))
            rows = sum(progress.track(counts, len(starts), description=table))
        size = sum(file.stat().st_size for file in aside.iterdir())
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.rename(old)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    return rows, size


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Generate synthetic data for ecom.")
    option = parser.add_argument
    option("--output", type=Path, default=OUTPUT, help="folder to write to")
    option("--scale", type=float, default=1.0, help="times as many rows")
    option("--seed", type=int, default=SEED, help="another seed, other data")
    option("--as-of", type=date.fromisoformat, default=END, help="the window's end")
    option("--only", action="append", choices=TABLES, help="write just this table")
    option("--workers", type=int, default=os.cpu_count(), help="blocks at once")
    options = parser.parse_args()
    for name, low, high in (("scale", 1e-9, 1e9), ("workers", 1, 1_000)):
        if not low <= getattr(options, name) <= high:
            parser.error(f"--{name} is {getattr(options, name)}: {low:g} to {high:g}")
    if not 1900 <= options.as_of.year <= 2200:
        parser.error(f"--as-of is {options.as_of}: 1900 to 2200")
    return options


def main() -> None:
    global OUTPUT, SEED, END
    options = parse_options()
    OUTPUT, SEED, END = options.output, options.seed, options.as_of
    for table, rows in ROWS.items():
        ROWS[table] = max(1, round(rows * options.scale))
    report = RichTable("table", "rows", "seconds", "MB", "path")
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for table in options.only or TABLES:
            start = time.perf_counter()
            rows, size = write_table(table, options.workers, progress)
            seconds = f"{time.perf_counter() - start:.1f}"
            place = str(OUTPUT / table)
            report.add_row(table, f"{rows:,}", seconds, f"{size / 1e6:.1f}", place)
    Console().print(report)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        print(f"error: {error}; nothing more was written", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
