# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "numpy>=1.26,<3",
#     "polars~=2.1",
#     "rich>=13,<16",
#     "scipy>=1.13,<2",
# ]
# ///
"""Generate synthetic data for iot.

Machines in four plants wear out: the older they are, the faster their sensors drift and
the more of them fail. For two days before a failure the readings are off.

Tables, in the order they are built:

    equipment                         1,000 rows  the machines
    sensors                     about 2,700 rows  temperature and vibration on every
                                                  machine, pressure on most; some for
                                                  each of equipment
    readings                  about 648,000 rows  one every six hours; one every 6 hours
                                                  for each row of sensors
    maintenance_orders  about 340 rows (sampled)  a repair for each failure; one for
                                                  each row of equipment where fails

Every cell is a pure function of (SEED, table, column, row): any row can be computed
anywhere, alone, and comes out the same; a new column changes no other.

How to run it:

    uv run generate_data.py             # or: pip install what is listed above, then
    python generate_data.py             # today's data
    python generate_data.py --as-of 2026-06-30 --scale 10 --output /tmp/data
    python generate_data.py --check     # proves what such a run wrote

Emitted by scaffold from specs/iot.toml (template revision 4). Edit this file freely: a
later `scaffold` does not overwrite what you changed.
"""

import argparse
import hashlib
import math
import os
import shutil
import sys
import time
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

import numpy as np
import polars as pl
from polars.exceptions import PolarsError
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as RichTable
from scipy.special import gammaln, ndtri, softmax

# --- CONFIGURATION: edit these values -------------------------------------------------
HOUR = 3_600
DAY = 86_400  # seconds
MONTH = np.timedelta64(1, "M")  # by the calendar
YEAR = 12 * MONTH

OUTPUT = Path("output/iot")
SEED = 11  # another seed gives other data of the same kind

ROWS = {"equipment": 1_000}
BLOCK = 1 << 18  # rows computed, held in memory and written at once

# The window of time: events fall between START and END, which is not in it.
END = datetime.now(UTC).date()  # --as-of sets it
START: date | timedelta = timedelta(days=-60)  # counted from END

EQUIPMENT_MODEL = {"Pump P2": 0.4, "Press X1": 0.3, "Motor M7": 0.2, "Lathe L4": 0.1}
EQUIPMENT_PLANT = {"Leipzig": 0.4, "Turin": 0.3, "Lyon": 0.2, "Porto": 0.1}
EQUIPMENT_INSTALLED_ON = (-12 * YEAR, -6 * MONTH)
# chance of equipment.fails by age
EQUIPMENT_FAILS = {"< 3": 0.06, "< 6": 0.2, "< 9": 0.4, "otherwise": 0.65}
EQUIPMENT_FAILS_AT = (timedelta(days=-55), timedelta(days=-2))

# sensors: a Poisson number of rows for each of equipment
SENSORS_ROWS = {"mean": 2.7, "least": 2, "most": 3}
# row numbers for one of equipment: keys and draws hang on it
SENSORS_STRIDE = int(SENSORS_ROWS["most"])
# sensors.quantity by slot
SENSORS_QUANTITY = {"1": "temperature", "2": "vibration", "otherwise": "pressure"}
# sensors.unit by slot
SENSORS_UNIT = {"1": "°C", "2": "mm/s", "otherwise": "bar"}
# sensors.baseline by slot
SENSORS_BASELINE: dict[str, dict[str, float]] = {
    "1": {"mean": 62, "sd": 4},
    "2": {"mean": 2.8, "sd": 0.3},
    "otherwise": {"mean": 6.1, "sd": 0.4},
}

# readings: a row for each of sensors, all over the window
READINGS_EVERY = timedelta(hours=6)
# readings.value by sensor_id.quantity
READINGS_VALUE = {
    "temperature": {"noise": 0.8},
    "vibration": {"noise": 0.2},
    "pressure": {"noise": 0.15},
}
# Waves, in seconds; a peak counts from the start of 1970, UTC: of a day's wave it is the hour.
READINGS_VALUE_CYCLES: dict[str, tuple[dict[str, float], ...]] = {
    "temperature": (
        {"period": DAY, "amplitude": 3, "peak": 15 * HOUR},
        {"period": 365 * DAY, "amplitude": 5, "peak": 200 * DAY},
    ),
    "vibration": (),
    "pressure": ({"period": DAY, "amplitude": 0.1, "peak": 12 * HOUR},),
}
READINGS_VALUE_SHIFT = {"temperature": 14, "vibration": 2.5, "pressure": -1.6}

MAINTENANCE_ORDERS_CAUSE = {"bearing": 0.4, "seal": 0.3, "motor": 0.2, "control": 0.1}
# maintenance_orders.closed_at by cause
MAINTENANCE_ORDERS_CLOSED_AT = {
    "bearing": {"median": 20 * HOUR, "sigma": 0.7},
    "seal": {"median": 9 * HOUR, "sigma": 0.7},
    "motor": {"median": 2.5 * DAY, "sigma": 0.7},
    "control": {"median": 5 * HOUR, "sigma": 0.7},
}
# maintenance_orders.cost by cause: in euros.
MAINTENANCE_ORDERS_COST = {
    "bearing": {"mean": 2_400, "sigma": 0.6},
    "seal": {"mean": 700, "sigma": 0.6},
    "motor": {"mean": 9_000, "sigma": 0.6},
    "control": {"mean": 1_500, "sigma": 0.6},
}


# --- TYPES: what the helpers speak of -------------------------------------------------
When = date | timedelta | np.timedelta64  # lengths and months count from END
Cases = Mapping[str, Mapping[str, float]]  # by name: what each is given
Law = Callable[..., np.ndarray]  # of draws between 0 and 1, and parameters
Number = float | np.ndarray
Timeline = tuple[np.ndarray, np.ndarray]  # epoch seconds, the share before each


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
    """Draws for some rows of a table, by name: one name for one column, or the two go together."""
    return lambda column: uniform(f"{table}.{column}", row)


def choice(u: np.ndarray, weights: Mapping[str, float]) -> pl.Series:
    """The category that each draw falls in."""
    edges = np.cumsum(list(weights.values()))
    index = np.searchsorted(edges / edges[-1], u, side="right")
    return pl.Series(index.astype(np.uint32)).cat.to(pl.Enum(list(weights)))


def case_of(key: pl.Series, cases: Collection[str]) -> np.ndarray:
    """Which of the cases each key names, counted from 0; `otherwise` is for all others."""
    names = key.cast(pl.String) if key.dtype == pl.Boolean else key
    case = names.cast(pl.Enum(list(cases)), strict=False)
    if "otherwise" in cases:
        known = getattr(key.dtype, "categories", cases)
        if lost := set(cases) - set(known) - {"otherwise"}:
            sys.exit(f"{sorted(lost)} are no cases: there are {list(known)}")
        case = case.fill_null("otherwise")
    if case.has_nulls():
        sys.exit(f"No case for {key.filter(case.is_null())[0]!r} in {list(cases)}")
    return case.to_physical().to_numpy()


def by(key: pl.Series, cases: Mapping[str, object]) -> pl.Series:
    """The value of the case that each key names."""
    return pl.Series(np.array(list(cases.values()))).gather(case_of(key, cases))


def parameters(key: pl.Series, cases: Cases) -> dict[str, np.ndarray]:
    """The parameters of each row: those of the case that its key names."""
    case, names = case_of(key, cases), next(iter(cases.values()))
    return {name: np.array([c[name] for c in cases.values()])[case] for name in names}


def draw_by(
    u: np.ndarray, key: pl.Series, cases: Cases, draw: Law, *law: Law
) -> np.ndarray:
    """Draws by the parameters of the case that each key names."""
    case, drawn = case_of(key, cases), np.empty(len(u))
    for n, given in enumerate(cases.values()):
        drawn[case == n] = draw(u[case == n], *law, **given)
    return drawn


def first_of(cases: Mapping[str, pl.Series], otherwise: str) -> pl.Series:
    """The name of the first case that holds."""
    holds = [case.fill_null(False).to_numpy() for case in cases.values()]
    index = np.select(holds, list(range(len(cases))), len(cases))
    return pl.Series(index.astype(np.uint32)).cat.to(pl.Enum([*cases, otherwise]))


def normal(u: np.ndarray, mean: float, sd: float) -> np.ndarray:
    """Values of a normal law."""
    return mean + sd * ndtri(u)


def lognormal(u: np.ndarray, mean: float, sigma: float) -> np.ndarray:
    """Log-normal values of this mean; sigma is the sd of the logarithm."""
    return mean * np.exp(sigma * ndtri(u) - np.square(sigma) / 2)


def lognormal_median(u: np.ndarray, median: float, sigma: float) -> np.ndarray:
    """Log-normal values of this median; sigma is the sd of the logarithm."""
    return median * np.exp(sigma * ndtri(u))


# --- TEXT -----------------------------------------------------------------------------
def numbered(
    number: np.ndarray, prefix: str, width: int = 0, suffix: str = ""
) -> pl.Series:
    """Keys such as ORD-000042."""
    digits = pl.Series(number).cast(pl.String)
    return prefix + digits.str.pad_start(width, "0") + suffix


# --- TIME -----------------------------------------------------------------------------
def shifted(moment: datetime, months: int) -> datetime:
    """The moment so many months on: of a month that has no such day the last."""
    year, month = divmod(12 * moment.year + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def at(when: When) -> datetime:
    """A moment, UTC: lengths and months count from END, a day is its midnight."""
    if isinstance(when, np.timedelta64):
        return shifted(at(END), int(when / MONTH))
    if isinstance(when, timedelta):
        return at(END) + when
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)


@cache
def period(start: When, end: When) -> Timeline:
    """A period in which every moment is as likely as any other."""
    first, last = at(start).timestamp(), at(end).timestamp()
    if first >= last:
        sys.exit(f"The period {at(start):%F} to {at(end):%F} ends before it starts")
    return np.array([first, last]), np.array([0.0, 1.0])


def ticks(every: timedelta) -> int:
    """How many moments of the window lie such a length apart."""
    start, end = period(START, END)[0]
    return math.ceil((end - start) / every.total_seconds())


def tick(row: np.ndarray, every: timedelta) -> pl.Series:
    """The moments of the window that lie such a length apart, by the rows of a grid."""
    start, step = int(at(START).timestamp()), int(every.total_seconds())
    seconds = start + row % ticks(every) * step
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


def later(moment: pl.Series, seconds: np.ndarray) -> pl.Series:
    """The moments some time after others, to the second."""
    return moment + pl.Series(seconds.astype(np.int64) * 1_000_000).cast(
        pl.Duration("us")
    )


def until_now(moment: pl.Series) -> pl.Series:
    """The moments before END; null in place of later ones."""
    return moment.set(moment.dt.epoch("s") >= int(at(END).timestamp()), None)


# --- REFERENCES: which row of another table a row belongs to --------------------------
@cache
def child_chances(mean: float, least: float, most: float) -> np.ndarray:
    """The cumulated chances of so many children: a Poisson law of this mean, cut at both ends."""
    if not (least < mean < most or least == mean == most):
        sys.exit(f"A mean of {mean:g} cannot be met between {least:g} and {most:g}")
    count, low, high = np.arange(least, most + 1), -40.0, 40.0
    for _ in range(80):  # the cut law's mean grows with the rate: halve to find it
        log_rate = (low + high) / 2
        chances = softmax(count * log_rate - gammaln(count + 1))
        low, high = (log_rate, high) if chances @ count < mean else (low, log_rate)
    return np.cumsum(chances)


def child_counts(u: np.ndarray, mean: float, least: float, most: float) -> np.ndarray:
    """How many children each parent has: a Poisson number from least to most."""
    chances = child_chances(mean, least, most)
    return least + np.minimum(np.searchsorted(chances, u, side="right"), most - least)


def child_rows(parent: np.ndarray, count: np.ndarray, stride: int) -> np.ndarray:
    """The row numbers of the children of these parents: parent * stride + position."""
    count = count.astype(np.int64)
    first = np.cumsum(count) - count
    position = np.arange(count.sum()) - np.repeat(first, count)
    return np.repeat(parent * stride, count) + position


def grid_rows(parent: np.ndarray, every: timedelta) -> np.ndarray:
    """The row numbers of a grid: those of each parent one after the other."""
    size = ticks(every)
    return (parent[:, None] * size + np.arange(size)).ravel()


# --- IN ORDER OF TIME: readings, balances, stages -------------------------------------
def waves_by(
    key: pl.Series, cases: Mapping[str, Sequence[Mapping[str, float]]]
) -> list[dict[str, np.ndarray]]:
    """The waves of each row: those of the case that its key names, flat where it has fewer."""
    flat = {"period": 1.0, "amplitude": 0.0, "peak": 0.0}
    waves = zip_longest(*cases.values(), fillvalue=flat)
    return [parameters(key, dict(zip(cases, wave, strict=True))) for wave in waves]


def series(
    u: np.ndarray,
    moment: pl.Series,
    cycles: Sequence[Mapping[str, Number]],
    base: Number,
    trend: Number = 0.0,
    noise: Number = 0.0,
) -> pl.Series:
    """Readings: a base that drifts by so much a day, waves about it, and normal noise."""
    seconds = moment.dt.epoch("s").to_numpy()
    level = base + trend * (seconds - at(START).timestamp()) / 86_400
    for wave in cycles:
        turns = (seconds - wave["peak"]) / wave["period"]
        level = level + wave["amplitude"] * np.cos(2 * np.pi * turns)
    return pl.Series(level + noise * ndtri(u))


# --- FILES: rows in the form in which they are written --------------------------------
def as_written(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows as files hold them: categories as plain text, and zero without a sign."""
    zero = pl.col(pl.Float64).replace(-0.0, 0.0)
    return frame.with_columns(pl.col(pl.Enum).cast(pl.String), zero)


# --- NULLS AND CONDITIONS -------------------------------------------------------------
def divided(number: pl.Series, by: pl.Series | float) -> pl.Series:
    """Quotients by one number, to the last digit: polars itself multiplies with its inverse."""
    one = by if isinstance(by, pl.Series) else pl.Series([float(by)])
    return number / one.new_from_index(0, len(number))


def if_else(condition: pl.Series, then: object, otherwise: object) -> pl.Series:
    """`then` where the condition holds, `otherwise` where it is false or null."""
    both = [
        v if isinstance(v, pl.Series) else pl.Series([v]) for v in (then, otherwise)
    ]
    return pl.select(pl.when(condition).then(both[0]).otherwise(both[1])).to_series()


# --- TABLE equipment: the machines ----------------------------------------------------
def equipment_equipment_id(row: np.ndarray) -> pl.Series:
    return numbered(row + 1, "EQ-", width=4)


def equipment_installed_on(row: np.ndarray) -> pl.Series:
    u = uniform("equipment.installed_on", row)
    return timestamp(u, period(*EQUIPMENT_INSTALLED_ON)).dt.date()


def equipment_age(row: np.ndarray) -> pl.Series:
    return divided(
        (at(END) - equipment_installed_on(row)).dt.total_seconds(fractional=True)
        / 86_400,
        365,
    )


def equipment_fails(row: np.ndarray) -> pl.Series:
    age = equipment_age(row)
    u = uniform("equipment.fails", row)
    return (
        by(
            first_of({"< 3": age < 3, "< 6": age < 6, "< 9": age < 9}, "otherwise"),
            EQUIPMENT_FAILS,
        )
        > u
    )


def equipment_fails_at(row: np.ndarray) -> pl.Series:
    return timestamp(uniform("equipment.fails_at", row), period(*EQUIPMENT_FAILS_AT))


def equipment(row: np.ndarray) -> pl.DataFrame:
    u = draws("equipment", row)
    installed_on = equipment_installed_on(row)
    return pl.DataFrame(
        {
            "equipment_id": equipment_equipment_id(row),
            "model": choice(u("model"), EQUIPMENT_MODEL),
            "plant": choice(u("plant"), EQUIPMENT_PLANT),
            "installed_on": installed_on,
        }
    )


# --- TABLE sensors: temperature and vibration on every machine, pressure on most ------
def sensors_rows(row: np.ndarray) -> np.ndarray:
    """The rows that belong to these rows of equipment."""
    count = child_counts(uniform("equipment.sensors rows", row), **SENSORS_ROWS)
    return child_rows(row, count, SENSORS_STRIDE)


def sensors_sensor_id(row: np.ndarray) -> pl.Series:
    return numbered(row + 1, "SEN-", width=5)


def sensors_slot(row: np.ndarray) -> pl.Series:
    return pl.Series(row % SENSORS_STRIDE + 1)


def sensors_quantity(row: np.ndarray) -> pl.Series:
    slot = sensors_slot(row)
    return by(first_of({"1": slot == 1, "2": slot == 2}, "otherwise"), SENSORS_QUANTITY)


def sensors_baseline(row: np.ndarray) -> pl.Series:
    slot = sensors_slot(row)
    u = uniform("sensors.baseline", row)
    slot_ = first_of({"1": slot == 1, "2": slot == 2}, "otherwise")
    return pl.Series(draw_by(u, slot_, SENSORS_BASELINE, normal).round(2))


def sensors_drift(row: np.ndarray) -> pl.Series:
    """Wear: so much a day, 0.01 % for each year of age."""
    equipment = row // SENSORS_STRIDE
    return sensors_baseline(row) * 0.0001 * equipment_age(equipment)


def sensors(row: np.ndarray) -> pl.DataFrame:
    row = sensors_rows(row)
    equipment = row // SENSORS_STRIDE
    slot = sensors_slot(row)
    baseline = sensors_baseline(row)
    return pl.DataFrame(
        {
            "sensor_id": sensors_sensor_id(row),
            "equipment_id": equipment_equipment_id(equipment),
            "slot": slot,
            "quantity": sensors_quantity(row),
            "unit": by(
                first_of({"1": slot == 1, "2": slot == 2}, "otherwise"), SENSORS_UNIT
            ),
            "baseline": baseline,
        }
    )


# --- TABLE readings: one every six hours ----------------------------------------------
def readings_rows(row: np.ndarray) -> np.ndarray:
    """The rows that belong to these rows of sensors."""
    return grid_rows(row, READINGS_EVERY)


def readings(row: np.ndarray) -> pl.DataFrame:
    row = readings_rows(sensors_rows(row))
    sensor = row // ticks(READINGS_EVERY)
    read_at = tick(row, READINGS_EVERY)
    hours_left = (
        equipment_fails_at(sensor // SENSORS_STRIDE) - read_at
    ).dt.total_seconds(fractional=True) / 3_600
    is_anomaly = equipment_fails(sensor // SENSORS_STRIDE) & (
        (hours_left > 0) & (hours_left <= 48)
    )
    quantity = sensors_quantity(sensor)
    u = draws("readings", row)
    return pl.DataFrame(
        {
            "reading_id": row + 1,
            "sensor_id": sensors_sensor_id(sensor),
            "read_at": read_at,
            "is_anomaly": is_anomaly,
            "value": (
                series(
                    u("value"),
                    read_at,
                    waves_by(quantity, READINGS_VALUE_CYCLES),
                    base=sensors_baseline(sensor).to_numpy(),
                    trend=sensors_drift(sensor).to_numpy(),
                    **parameters(quantity, READINGS_VALUE),
                )
                + if_else(is_anomaly, by(quantity, READINGS_VALUE_SHIFT), 0.0)
            )
            .clip(0, None)
            .round(2),
        }
    )


# --- TABLE maintenance_orders: a repair for each failure ------------------------------
def maintenance_orders_rows(row: np.ndarray) -> np.ndarray:
    """The rows that belong to these rows of equipment."""
    return row[equipment_fails(row).to_numpy()]


def maintenance_orders(row: np.ndarray) -> pl.DataFrame:
    row = maintenance_orders_rows(row)
    opened_at = equipment_fails_at(row)
    u = draws("maintenance_orders", row)
    cause = choice(u("cause"), MAINTENANCE_ORDERS_CAUSE)
    delay = draw_by(
        u("closed_at"), cause, MAINTENANCE_ORDERS_CLOSED_AT, lognormal_median
    )
    return pl.DataFrame(
        {
            "order_id": numbered(row + 1, "MO-", width=5),
            "equipment_id": equipment_equipment_id(row),
            "opened_at": opened_at,
            "cause": cause,
            "closed_at": until_now(later(opened_at, delay)),
            "cost": draw_by(u("cost"), cause, MAINTENANCE_ORDERS_COST, lognormal).round(
                2
            ),
        }
    )


# --- WRITERS --------------------------------------------------------------------------
TABLES: dict[str, tuple[Callable[[np.ndarray], pl.DataFrame], str, int]] = {
    # table: its builder, the table whose rows it takes, about so many built for each
    "equipment": (equipment, "equipment", 1),
    "sensors": (sensors, "equipment", 3),
    "readings": (readings, "equipment", 648),
    "maintenance_orders": (maintenance_orders, "equipment", 1),
}


def write_block(frame: pl.DataFrame, path: Path) -> None:
    """Write one block's rows to a file."""
    frame = as_written(frame)
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


# --- CHECKS: what --check proves of the data as it was written ------------------------
KEYS = {
    # table: the columns that tell its rows apart
    "equipment": ["equipment_id"],
    "sensors": ["sensor_id"],
    "readings": ["reading_id"],
    "maintenance_orders": ["order_id"],
}
REFS = {
    # a table's column: the table whose key it holds, and that key
    ("sensors", "equipment_id"): ("equipment", "equipment_id"),
    ("readings", "sensor_id"): ("sensors", "sensor_id"),
    ("maintenance_orders", "equipment_id"): ("equipment", "equipment_id"),
}
AFTER = [
    # a table, a moment, the one that it never precedes, and as what the two compare
    ("maintenance_orders", "closed_at", "opened_at", "TIMESTAMP"),
]
WINDOW = START, timedelta(0)
WITHIN: dict[tuple[str, str], tuple[When, When]] = {
    # a table's column: the period that its moments fall in
    ("equipment", "installed_on"): EQUIPMENT_INSTALLED_ON,
    ("readings", "read_at"): WINDOW,
}
CHILDREN: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    # table: its rows, from those of the table that they hang on
    "sensors": sensors_rows,
    "readings": lambda row: readings_rows(sensors_rows(row)),
    "maintenance_orders": maintenance_orders_rows,
}


def written(table: str) -> bool:
    """Whether there is anything of a table."""
    return any((OUTPUT / table).rglob("part-*"))


def quoted(name: str) -> str:
    return f"`{name}`"


@cache
def scan(table: str) -> pl.LazyFrame:
    """A table as it was written; texts as their hashes, which take less memory."""
    frame = pl.scan_parquet(OUTPUT / table / "**/*.parquet")
    text = pl.col(pl.String)
    return frame.with_columns(pl.when(text.is_not_null()).then(text.hash()))


def number(sql: str) -> int:
    """The one number that a query gives; OSError where the tables cannot be read."""
    try:
        tables = {table: scan(table) for table in TABLES if written(table)}
        found = pl.SQLContext(tables).execute(sql).collect(engine="streaming").item()
    except PolarsError as error:
        raise OSError(str(error).split("\n")[0]) from error
    return found or 0


def rows_of(table: str) -> int:
    """How many rows a table is to have."""
    _, root, per_row = TABLES[table]
    stop, size = ROWS[root], max(1, BLOCK // per_row)
    if table not in CHILDREN:
        return stop
    blocks = (np.arange(n, min(n + size, stop)) for n in range(0, stop, size))
    return sum(len(CHILDREN[table](block)) for block in blocks)


def over(table: str, path: str) -> tuple[str, str]:
    """In SQL: the joins that a path of refs leads over, and the column at its end."""
    *refs, column = path.split(".")
    joins, here = "", "t"
    for n, ref in enumerate(refs):
        target, key = REFS[table, ref]
        there = f"{quoted(target)} AS t{n} ON {here}.{quoted(ref)} = t{n}.{quoted(key)}"
        joins, table, here = f"{joins} LEFT JOIN {there}", target, f"t{n}"
    return joins, f"{here}.{quoted(column)}"


def promises(table: str) -> Iterator[tuple[str, str, int, int]]:
    """What a table keeps: what is counted, in words and in SQL; the least and the most."""
    rows, name = rows_of(table), quoted(table)
    count = f"SELECT COUNT(*) FROM {name} AS t"
    yield "rows", count, rows, rows
    if table in KEYS:
        own = [f"t.{quoted(column)}" for column in KEYS[table]]
        yield "null keys", f"{count} WHERE {' IS NULL OR '.join(own)} IS NULL", 0, 0
        keys = f"SELECT DISTINCT {', '.join(own)} FROM {name} AS t"
        twice = (
            f"SELECT COUNT(*) - (SELECT COUNT(*) FROM ({keys}) AS k) FROM {name} AS t"
        )
        yield "doubled keys", twice, 0, 0
    for (here, column), (target, key) in REFS.items():
        if here == table:
            joins, there = over(table, f"{column}.{key}")
            lost = f"{count}{joins} WHERE t.{quoted(column)} IS NOT NULL AND {there} IS NULL"
            yield f"{column} not in {target}", lost, 0, 0
    for (here, column), period in WITHIN.items():
        if here == table:
            start, end = map(at, period)
            days = f"DATE '{start:%F}' AND DATE '{end - timedelta(seconds=1):%F}'"
            out = f"{count} WHERE NOT CAST(t.{quoted(column)} AS DATE) BETWEEN {days}"
            yield f"{column} out of its period", out, 0, 0
    for here, later, earlier, unit in AFTER:
        if here == table:
            one, other = f"t.{quoted(later)}", f"t.{quoted(earlier)}"
            early = f" WHERE CAST({one} AS {unit}) < CAST({other} AS {unit})"
            yield f"{later} before {earlier}", f"{count}{early}", 0, 0


def check(tables: Iterable[str]) -> int:
    """Print what is counted in the tables as they were written; gives how much is wrong."""
    there = [table for table in TABLES if written(table)]  # refs lead to others
    report, wrong = RichTable("table", "counted", "found", "expected", ""), 0
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for table in progress.track([*tables], description="check"):
            gone = f"missing: --only {table} writes it", "SELECT 1", 0, 0
            for what, sql, least, most in promises(table) if table in there else [gone]:
                try:
                    found = number(sql)
                    right, said = least <= found <= most, f"{found:,}"
                except OSError as error:
                    right, said = False, str(error)
                wanted = f"{least:,}" if least == most else f"{least:,} to {most:,}"
                report.add_row(table, what, said, wanted, "" if right else "WRONG")
                wrong += not right
    Console(markup=False).print(report)  # what errors say is no markup
    return wrong


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Generate synthetic data for iot.")
    option = parser.add_argument
    option("--output", type=Path, default=OUTPUT, help="folder to write to")
    option("--scale", type=float, default=1.0, help="times as many rows")
    option("--seed", type=int, default=SEED, help="another seed, other data")
    option("--as-of", type=date.fromisoformat, default=END, help="the window's end")
    option("--only", action="append", choices=TABLES, help="just this table")
    option("--workers", type=int, default=os.cpu_count(), help="blocks at once")
    option("--check", action="store_true", help="prove what was written, write nothing")
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
    if options.check:
        if check(options.only or TABLES):
            sys.exit(1)
        return  # Databricks takes any exit for a failure
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
