"""Relations are found in any rows: all types, nulls only, no rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import polars as pl
import pytest

from compiler.profiling.relations import parents, relations_of, rows
from tests.support.frames import tables_of

TABLES = ("customers", "orders", "items", "kinds")
NAMES = ("id", "customer_id", "order_id", "parent_id", "line", "x_no", "status", "at")
TYPES: list[tuple[Any, Callable[[int], Any]]] = [
    (pl.Int64, lambda n: n),
    (pl.Int32, lambda n: 1 + n % 7),
    (pl.UInt64, lambda n: 2**63 + n),
    (pl.Float64, lambda n: n / 3),
    (pl.Float32, lambda n: float(n % 5)),
    (pl.Float64, lambda n: [float("nan"), float("inf"), 0.0][n % 3]),
    (pl.Decimal(9, 2), lambda n: n),
    (pl.String, lambda n: f"K-{n:04d}"),
    (pl.String, lambda n: f"K-{n % 9:04d}"),
    (pl.String, lambda n: "ab'\""[n % 4]),
    (pl.String, lambda n: ""),
    (pl.Categorical, lambda n: "ab"[n % 2]),
    (pl.Enum(["a", "b"]), lambda n: "ab"[n % 2]),
    (pl.Boolean, lambda n: n % 3 == 0),
    (pl.Date, lambda n: date(2026, 1, 1) + timedelta(days=n)),
    (pl.Datetime("ms"), lambda n: datetime(2026, 1, 1) + timedelta(hours=n % 7)),
    (pl.Datetime("us", "UTC"), lambda n: datetime(2026, 1, 1) + timedelta(hours=n)),
    (pl.Time, lambda n: time(n % 24)),
    (pl.Duration, lambda n: timedelta(seconds=n)),
    (pl.Binary, lambda n: b"x"),
    (pl.List(pl.Int64), lambda n: [n]),
    (pl.Struct({"a": pl.Int64}), lambda n: {"a": n}),
    (pl.Null, lambda n: None),
]


def column(chance: random.Random, count: int) -> pl.Series:
    kind, value = chance.choice(TYPES)
    nulls = chance.choice([0, 0, 0.1, 1])
    cells = [None if chance.random() < nulls else value(n) for n in range(count)]
    return pl.Series(cells, dtype=kind)


@pytest.mark.parametrize("are_large", [False, True])
@pytest.mark.parametrize("seed", range(30))
def test_any_rows_have_relations(
    seed: int, are_large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if are_large:
        monkeypatch.setattr(rows, "IN_MEMORY", 10)
        monkeypatch.setattr(rows, "FEW", 20)
        monkeypatch.setattr(parents, "MOST", 50)
    chance = random.Random(seed)
    frames = {}
    for name in chance.sample(TABLES, chance.randrange(1, 5)):
        count = chance.choice([0, 1, 2, 30, 200])
        columns = chance.sample(NAMES, chance.randrange(1, 7))
        frames[name] = pl.DataFrame({one: column(chance, count) for one in columns})
    found = relations_of(tables_of(frames))
    assert found.keys() == frames.keys()
    for name, one in found.items():
        names = set(frames[name].columns)
        refs, lookups = (
            {part.column for part in parts} for parts in (one.refs, one.lookups)
        )
        assert refs | lookups <= names and not refs & lookups
        if one.key is not None and frames[name].height:
            own = frames[name].select(one.key.columns)
            assert not own.is_duplicated().any()
            assert not any(own.null_count().row(0))
