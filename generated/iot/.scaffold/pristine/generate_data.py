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

Emitted by scaffold from specs/iot.toml (template revision 7). Edit this file freely: a
later `scaffold` does not overwrite what you changed.
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
from calendar import monthrange
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache, wraps
from io import TextIOWrapper
from itertools import zip_longest
from pathlib import Path
from threading import Event, Thread, get_ident
from typing import Any, NamedTuple, NoReturn, TextIO, TypeVar

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
When = date | timedelta | np.timedelta64  # lengths and months count from END

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
SENSORS_ROWS = {"mean": 2.7, "minimum": 2, "maximum": 3}
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
# Waves, in seconds; a peak counts from the start of 1970, UTC: of a day's wave it is
# the hour.
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


# --- TABLE equipment: the machines ----------------------------------------------------
@per_block
def equipment_equipment_id(row: np.ndarray) -> pl.Series:
    return format_key(row + 1, "EQ-", width=4)


@per_block
def equipment_installed_on(row: np.ndarray) -> pl.Series:
    return timestamp(
        random("equipment.installed_on", row), timeline(*EQUIPMENT_INSTALLED_ON)
    ).dt.date()


@per_block
def equipment_age(row: np.ndarray) -> pl.Series:
    # hidden: not written; days_between(installed_on, now()) / 365
    return divided(
        (to_utc(END) - equipment_installed_on(row)).dt.total_seconds(fractional=True)
        / 86_400,
        365,
    )


@per_block
def equipment_fails(row: np.ndarray) -> pl.Series:
    # hidden: not written
    return case_value(
        first_case(
            {
                "< 3": equipment_age(row) < 3,
                "< 6": equipment_age(row) < 6,
                "< 9": equipment_age(row) < 9,
            },
            "otherwise",
        ),
        EQUIPMENT_FAILS,
    ) > random("equipment.fails", row)


@per_block
def equipment_fails_at(row: np.ndarray) -> pl.Series:
    # hidden: not written
    return timestamp(random("equipment.fails_at", row), timeline(*EQUIPMENT_FAILS_AT))


def equipment(row: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "equipment_id": equipment_equipment_id(row),
            "model": choice(random("equipment.model", row), EQUIPMENT_MODEL),
            "plant": choice(random("equipment.plant", row), EQUIPMENT_PLANT),
            "installed_on": equipment_installed_on(row),
        }
    )


# --- TABLE sensors: temperature and vibration on every machine, pressure on most ------
# A row's number: that of its row of equipment * SENSORS_STRIDE + its position, from 0
SENSORS_STRIDE = int(SENSORS_ROWS["maximum"])


@per_block
def sensors_rows(row: np.ndarray) -> np.ndarray:
    """The rows that belong to these rows of equipment."""
    count = truncated_poisson(random("equipment.sensors rows", row), **SENSORS_ROWS)
    return child_rows(row, count, SENSORS_STRIDE)


@per_block
def sensors_sensor_id(row: np.ndarray) -> pl.Series:
    return format_key(row + 1, "SEN-", width=5)


@per_block
def sensors_equipment_row(row: np.ndarray) -> np.ndarray:
    """The row of equipment that each row points at."""
    return row // SENSORS_STRIDE


@per_block
def sensors_slot(row: np.ndarray) -> pl.Series:
    return pl.Series(row % SENSORS_STRIDE + 1)


@per_block
def sensors_quantity(row: np.ndarray) -> pl.Series:
    return case_value(
        first_case(
            {"1": sensors_slot(row) == 1, "2": sensors_slot(row) == 2}, "otherwise"
        ),
        SENSORS_QUANTITY,
    )


@per_block
def sensors_baseline(row: np.ndarray) -> pl.Series:
    slot = first_case(
        {"1": sensors_slot(row) == 1, "2": sensors_slot(row) == 2}, "otherwise"
    )
    return pl.Series(
        quantile_by_case(
            random("sensors.baseline", row), slot, SENSORS_BASELINE, normal
        ).round(2)
    )


@per_block
def sensors_drift(row: np.ndarray) -> pl.Series:
    """Wear: so much a day, 0.01 % for each year of age."""
    # hidden: not written; baseline * 0.0001 * equipment_id.age
    return sensors_baseline(row) * 0.0001 * equipment_age(sensors_equipment_row(row))


def sensors(row: np.ndarray) -> pl.DataFrame:
    row = sensors_rows(row)
    return pl.DataFrame(
        {
            "sensor_id": sensors_sensor_id(row),
            "equipment_id": equipment_equipment_id(sensors_equipment_row(row)),
            "slot": sensors_slot(row),
            "quantity": sensors_quantity(row),
            "unit": case_value(
                first_case(
                    {"1": sensors_slot(row) == 1, "2": sensors_slot(row) == 2},
                    "otherwise",
                ),
                SENSORS_UNIT,
            ),
            "baseline": sensors_baseline(row),
        }
    )


# --- TABLE readings: one every six hours ----------------------------------------------
@per_block
def readings_rows(row: np.ndarray) -> np.ndarray:
    """The rows that belong to these rows of sensors."""
    return grid_rows(row, READINGS_EVERY)


def readings(row: np.ndarray) -> pl.DataFrame:
    row = readings_rows(sensors_rows(row))
    sensor_row = row // ticks(READINGS_EVERY)
    read_at = tick(row, READINGS_EVERY)
    # hidden: not written; hours_between(read_at, sensor_id.equipment_id.fails_at)
    hours_left = (
        equipment_fails_at(sensors_equipment_row(sensor_row)) - read_at
    ).dt.total_seconds(fractional=True) / 3_600
    # sensor_id.equipment_id.fails and 0 < hours_left <= 48
    is_anomaly = equipment_fails(sensors_equipment_row(sensor_row)) & (
        (hours_left > 0) & (hours_left <= 48)
    )
    return pl.DataFrame(
        {
            "reading_id": row + 1,
            "sensor_id": sensors_sensor_id(sensor_row),
            "read_at": read_at,
            "is_anomaly": is_anomaly,
            "value": (
                reading(
                    random("readings.value", row),
                    read_at,
                    waves_by_case(sensors_quantity(sensor_row), READINGS_VALUE_CYCLES),
                    base=sensors_baseline(sensor_row).to_numpy(),
                    trend=sensors_drift(sensor_row).to_numpy(),
                    **case_parameters(sensors_quantity(sensor_row), READINGS_VALUE),
                )
                + if_else(
                    is_anomaly,
                    case_value(sensors_quantity(sensor_row), READINGS_VALUE_SHIFT),
                    0.0,
                )
            )
            .clip(0, None)
            .round(2),
        }
    )


# --- TABLE maintenance_orders: a repair for each failure ------------------------------
@per_block
def maintenance_orders_rows(row: np.ndarray) -> np.ndarray:
    """The rows that belong to these rows of equipment."""
    return row[equipment_fails(row).to_numpy()]


def maintenance_orders(row: np.ndarray) -> pl.DataFrame:
    row = maintenance_orders_rows(row)
    cause = choice(random("maintenance_orders.cause", row), MAINTENANCE_ORDERS_CAUSE)
    delay = quantile_by_case(
        random("maintenance_orders.closed_at", row),
        cause,
        MAINTENANCE_ORDERS_CLOSED_AT,
        lognormal,
    )
    return pl.DataFrame(
        {
            "order_id": format_key(row + 1, "MO-", width=5),
            "equipment_id": equipment_equipment_id(row),
            "opened_at": equipment_fails_at(row),
            "cause": cause,
            "closed_at": null_after_end(add_seconds(equipment_fails_at(row), delay)),
            "cost": quantile_by_case(
                random("maintenance_orders.cost", row),
                cause,
                MAINTENANCE_ORDERS_COST,
                lognormal_mean,
            ).round(2),
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
    bounds: Mapping[str, Any] = {}  # column: its parameters, or a minimum and a maximum
    periods: Mapping[str, Sequence[When]] = {}  # column: its start and end
    # A column, an earlier moment, and the type as which they compare.
    not_before: Sequence[tuple[str, str, str]] = ()
    nullable: Collection[str] = ()  # columns that are null in some rows
    children: tuple[str, Any] = "", ()  # ref to the parent: how many rows for each
    every: tuple[str, timedelta] | None = None  # ref to the parent: time between rows
    not_checked: Sequence[str] = ()


WINDOW = START, timedelta(0)
TABLES = {
    "equipment": Table(
        equipment,
        "equipment",
        {
            "equipment_id": "text",
            "model": "text",
            "plant": "text",
            "installed_on": "date",
        },
        key=["equipment_id"],
        values={"model": EQUIPMENT_MODEL, "plant": EQUIPMENT_PLANT},
        periods={"installed_on": EQUIPMENT_INSTALLED_ON},
    ),
    "sensors": Table(
        sensors,
        "equipment",
        {
            "sensor_id": "text",
            "equipment_id": "text",
            "slot": "integer",
            "quantity": "text",
            "unit": "text",
            "baseline": "number",
        },
        per_row=3,
        rows=sensors_rows,
        key=["sensor_id"],
        refs={"equipment_id": "equipment.equipment_id"},
        children=("equipment_id", SENSORS_ROWS),
    ),
    "readings": Table(
        readings,
        "equipment",
        {
            "reading_id": "integer",
            "sensor_id": "text",
            "read_at": "timestamp",
            "is_anomaly": "boolean",
            "value": "number",
        },
        per_row=648,
        rows=lambda row: readings_rows(sensors_rows(row)),
        key=["reading_id"],
        refs={"sensor_id": "sensors.sensor_id"},
        bounds={"value": (0, np.inf)},
        periods={"read_at": WINDOW},
        every=("sensor_id", READINGS_EVERY),
    ),
    "maintenance_orders": Table(
        maintenance_orders,
        "equipment",
        {
            "order_id": "text",
            "equipment_id": "text",
            "opened_at": "timestamp",
            "cause": "text",
            "closed_at": "timestamp",
            "cost": "number",
        },
        rows=maintenance_orders_rows,
        key=["order_id"],
        refs={"equipment_id": "equipment.equipment_id"},
        values={"cause": MAINTENANCE_ORDERS_CAUSE},
        nullable=("closed_at",),
        not_before=[("closed_at", "opened_at", "TIMESTAMP")],
        not_checked=[
            "maintenance_orders by `where`: not checked, fails is hidden",
            "opened_at as equipment_id.fails_at: not checked, equipment_id.fails_at is hidden",
        ],
    ),
}


# ======================================================================================
# LIBRARY: nothing below needs to be read or edited to change the data
# ======================================================================================


# --- TYPES ----------------------------------------------------------------------------
Cases = Mapping[str, Mapping[str, float]]  # parameters by case
Quantile = Callable[..., np.ndarray]  # of u and parameters
Number = float | np.ndarray
Timeline = tuple[np.ndarray, np.ndarray]  # epoch seconds, the share before each
Made = TypeVar("Made")
RUN = uuid.uuid4().hex[:8]  # tells this run from others
# The names of the files that runs write, Spark's too.
PARTS = r"(part-\d{5,}|[\w-]{16}_\d+)[\w.-]*\.(csv|json|parquet)|_[A-Z]+|\..+\.crc"


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


def case_parameters(key: pl.Series, cases: Cases) -> dict[str, np.ndarray]:
    """The parameters of each row: those of the case that its key names."""
    case, names = case_index(key, cases), next(iter(cases.values()))
    return {name: np.array([c[name] for c in cases.values()])[case] for name in names}


def case_value(key: pl.Series, cases: Mapping[str, object]) -> pl.Series:
    """The value of the case that each key names."""
    return pl.Series(np.array(list(cases.values()))).gather(case_index(key, cases))


def choice(u: np.ndarray, weights: Mapping[str, float]) -> pl.Series:
    """The category that each draw falls in."""
    edges = np.cumsum(list(weights.values()))
    index = np.searchsorted(edges / edges[-1], u, side="right")
    return pl.Series(index.astype(np.uint32)).cat.to(pl.Enum(list(weights)))


def first_case(cases: Mapping[str, pl.Series], otherwise: str) -> pl.Series:
    """The name of the first case that holds."""
    holds = [case.fill_null(False).to_numpy() for case in cases.values()]
    index = np.select(holds, list(range(len(cases))), len(cases))
    return pl.Series(index.astype(np.uint32)).cat.to(pl.Enum([*cases, otherwise]))


def lognormal(u: np.ndarray, median: float, sigma: float) -> np.ndarray:
    """Log-normal values of this median; sigma is the sd of the logarithm."""
    return median * np.exp(sigma * ndtri(u))


def lognormal_mean(u: np.ndarray, mean: float, sigma: float) -> np.ndarray:
    """Log-normal values of this mean; sigma is the sd of the logarithm."""
    return mean * np.exp(sigma * ndtri(u) - np.square(sigma) / 2)


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


def truncated_poisson(
    u: np.ndarray, mean: float, minimum: float, maximum: float
) -> np.ndarray:
    """Poisson, truncated to minimum ... maximum; mean is the mean after truncation."""
    cumulative = poisson_with_mean(mean, minimum, maximum)
    index = np.searchsorted(cumulative, u, side="right")
    return minimum + np.minimum(index, maximum - minimum)


# --- TEXT -----------------------------------------------------------------------------
def format_key(
    number: np.ndarray, prefix: str, width: int = 0, suffix: str = ""
) -> pl.Series:
    """Keys such as ORD-000042."""
    digits = pl.Series(number).cast(pl.String)
    return prefix + digits.str.pad_start(width, "0") + suffix


# --- TIME -----------------------------------------------------------------------------
def add_months(moment: datetime, months: int) -> datetime:
    """The moment so many months on: of a month that has no such day the last."""
    year, month = divmod(12 * moment.year + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def add_seconds(moment: pl.Series, seconds: np.ndarray) -> pl.Series:
    """The moments some time after others, to the second."""
    return moment + pl.Series(seconds.astype(np.int64) * 1_000_000).cast(
        pl.Duration("us")
    )


def to_utc(when: When) -> datetime:
    """A moment, UTC: lengths and months count from END, a day is its midnight."""
    if isinstance(when, np.timedelta64):
        return add_months(to_utc(END), int(when / MONTH))
    if isinstance(when, timedelta):
        return to_utc(END) + when
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)


def null_after_end(moment: pl.Series) -> pl.Series:
    """The moments before END; null in place of later ones."""
    return moment.set(moment.dt.epoch("s") >= int(to_utc(END).timestamp()), None)


@cache
def timeline(start: When, end: When) -> Timeline:
    """A period in which every moment is as likely as any other."""
    first, last = to_utc(start).timestamp(), to_utc(end).timestamp()
    if first >= last:
        raise RuntimeError(
            f"The period {to_utc(start):%F} to {to_utc(end):%F} ends before it starts"
        )
    return np.array([first, last]), np.array([0.0, 1.0])


def ticks(every: timedelta) -> int:
    """How many moments of the window lie such a length apart."""
    start, end = timeline(START, END)[0]
    return math.ceil((end - start) / every.total_seconds())


def tick(row: np.ndarray, every: timedelta) -> pl.Series:
    """The moments of the window that lie such a length apart, by the rows of a grid."""
    start, step = int(to_utc(START).timestamp()), int(every.total_seconds())
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


# --- REFERENCES: which row of another table a row belongs to --------------------------
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


# --- SEQUENCES: columns computed in order of time -------------------------------------
def reading(
    u: np.ndarray,
    moment: pl.Series,
    cycles: Sequence[Mapping[str, Number]],
    base: Number,
    trend: Number = 0.0,
    noise: Number = 0.0,
) -> pl.Series:
    """Readings: a base that drifts by so much a day, waves about it, and normal noise."""
    seconds = moment.dt.epoch("s").to_numpy()
    level = base + trend * (seconds - to_utc(START).timestamp()) / 86_400
    for wave in cycles:
        turns = (seconds - wave["peak"]) / wave["period"]
        level = level + wave["amplitude"] * np.cos(2 * np.pi * turns)
    return pl.Series(level + noise * ndtri(u))


def waves_by_case(
    key: pl.Series, cases: Mapping[str, Sequence[Mapping[str, float]]]
) -> list[dict[str, np.ndarray]]:
    """The waves of each row: those of the case that its key names, flat where it has fewer."""
    flat = {"period": 1.0, "amplitude": 0.0, "peak": 0.0}
    waves = zip_longest(*cases.values(), fillvalue=flat)
    return [case_parameters(key, dict(zip(cases, wave, strict=True))) for wave in waves]


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


# --- FILES: rows in the form in which they are written --------------------------------
def as_written(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows as files hold them: categories as plain text, and zero without a sign."""
    zero = pl.col(pl.Float64).replace(-0.0, 0.0)
    return frame.with_columns(pl.col(pl.Enum).cast(pl.String), zero)


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
    frame.write_parquet(path)


def lock() -> Path:
    """The file that keeps other runs of this script away from the same output."""
    return Path(OUTPUT, ".iot.lock")


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
    return pl.scan_parquet(Path(glob.escape(str(OUTPUT)), name, "**/*.parquet"))


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


def rows_of(table: str) -> int:
    """How many rows a table is to have."""
    _, root, _, per_row, *_ = TABLES[table]
    stop, size = ROWS[root], max(1, BLOCK // per_row)
    rows = TABLES[table].rows
    if rows is None:
        return stop
    blocks = (np.arange(n, min(n + size, stop)) for n in range(0, stop, size))
    return sum(len(rows(block)) for block in blocks)


def range_of(given: Any) -> tuple[float, float]:
    """The minimum and the maximum that parameters allow, whatever the case; or those given."""
    if given and isinstance(given, tuple) and isinstance(given[0], Mapping):
        low, high = range_of(given[0])
        return round(low, given[1]), round(high, given[1])
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
    if table.every:
        ref, step = table.every
        what = f"other than {ticks(step):,} of {name}"
        yield with_children(name, ref, what, f"<> {ticks(step)}")


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
    parser = Parser(description="Generate synthetic data for iot.")
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
    except (PolarsError, OSError, RuntimeError) as error:
        fail(f"{error}; nothing more was written")
