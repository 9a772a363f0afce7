"""What Faker's providers give keeps its type: numbers, true or false, dates."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from compiler.pipeline import compile_spec
from compiler.plan.libraries.providers import generator
from tests.support import Tree, built, compiled, module, run_script, spec, table
from tests.support.alike import assert_rows_are_the_same, by_pandas

TYPES: dict[str, Any] = {
    "pyint": pl.Int64,
    "random_digit": pl.Int64,
    "boolean": pl.Boolean,
    "null_boolean": pl.Boolean,
    "latitude": pl.Float64,
    "pydecimal": pl.Float64,
    "pyfloat": pl.Float64,
    "word": pl.String,
}
DATED = """
name = "example"
description = "Dates of Faker's."
allow = ["*"]
[window]
end = 2026-06-30
[tables.things]
rows = 500
[tables.things.columns.day]
kind = "faker"
provider = "date_between_dates"
args = { date_start = 2020-01-01, date_end = 2021-01-01 }
[tables.things.columns.at]
kind = "faker"
provider = "date_time_between"
args = { start_date = 2020-01-01T00:00:00Z, end_date = 2021-01-01T00:00:00Z }
[tables.things.columns]
id = { kind = "key" }
sent = { kind = "offset", of = "at", distribution = "exponential", scale = "3d" }
year = { kind = "expr", expr = "year(day)" }
"""


def faker(provider: str, **more: Any) -> Tree:
    return {"kind": "faker", "provider": provider, **more}


def things(**top: Any) -> Tree:
    """A table with a column of each type, and others that read them."""
    columns = {provider: faker(provider) for provider in TYPES}
    columns["random_digit"]["null_rate"] = 0.1
    columns |= {
        "sum": {"kind": "expr", "expr": "pyint * 2 + latitude if boolean else 0"},
        "text": {"kind": "template", "text": "{pyint}/{boolean}/{latitude}"},
        "size": {
            "kind": "normal",
            "sd": 1,
            "by": "boolean",
            "cases": {"true": {"mean": 50}, "false": {"mean": -50}},
        },
        "either": {
            "kind": "faker",
            "by": "pyint",
            "cases": {"< 5000": {"provider": "pyint"}},
            "otherwise": {"provider": "latitude"},
        },
    }
    return spec(top, things=table(800, **columns))


def test_columns_have_the_providers_types() -> None:
    frame = built(things())
    for provider, dtype in TYPES.items():
        assert frame.schema[provider] == dtype, provider
    assert set(frame["boolean"]) == {True, False}
    assert set(frame["null_boolean"]) == {True, False, None}
    assert set(frame["random_digit"]) == {*range(10), None}
    assert frame["latitude"].is_between(-90, 90).all()
    assert frame["pyint"].is_between(0, 9_999).all() and frame["pyint"].n_unique() > 500


def test_others_read_them_as_what_they_are() -> None:
    for row in built(things()).iter_rows(named=True):
        yes = row["boolean"]
        wanted = row["pyint"] * 2 + row["latitude"] if yes else 0
        assert row["sum"] == wanted
        assert row["size"] > 30 if yes else row["size"] < -30
        words = "true" if yes else "false"
        assert row["text"] == f"{row['pyint']}/{words}/{row['latitude']}"


def test_a_pool_holds_distinct_values() -> None:
    values = faker("pyint", pool=40)
    assert built(spec(things=table(5_000, v=values)))["v"].n_unique() == 40


def test_what_is_a_number_at_times_is_a_text() -> None:
    given = {"elements": ["a", 1, "None"]}
    frame = built(spec(things=table(200, v=faker("random_element", args=given))))
    assert set(frame["v"]) == {"a", "1", "None"}


def test_what_has_two_dates_does_not_depend_on_today(tmp_path: Path) -> None:
    frame = built(DATED)
    assert frame.schema["day"] == pl.Date
    assert frame.schema["at"] == pl.Datetime("us", "UTC")
    assert frame["day"].is_between(date(2020, 1, 1), date(2021, 1, 1)).all()
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2021))
    assert frame["at"].is_between(first, last).all()
    assert (frame["sent"] >= frame["at"]).all()
    assert frame["year"].to_list() == frame["day"].dt.year().to_list()
    assert_rows_are_the_same(module(by_engine(DATED)), module(DATED), "things")
    out = run_script(compiled(DATED).files, tmp_path, TZ="Pacific/Kiritimati")
    there = pl.read_parquet(out / "things" / "*.parquet")
    assert there.equals(frame)


def by_engine(text: str) -> dict[str, str]:
    return dict(compile_spec("example.toml", text, "pandas").files)


@pytest.mark.parametrize(
    "top",
    [
        {},
        {"locale": {"en_US": 0.5, "de_DE": 0.3, "ja_JP": 0.2}},
        {"bad_data": {"null_rate": 0.1, "outlier_rate": 0.1}},
        {"output": {"mode": "append"}},
    ],
)
def test_pandas_gives_the_same(top: Tree) -> None:
    tree = things(**top)
    pandas, polars = module(by_pandas(tree)), module(tree)
    assert_rows_are_the_same(pandas, polars, "things")


def test_faults_fall_on_the_numbers() -> None:
    frame = built(things(bad_data={"null_rate": 0.1, "outlier_rate": 0.1}), "things")
    for name in ("pyint", "latitude", "pydecimal"):
        assert 40 < (frame[name] == -999_999).sum() < 130
    assert frame["boolean"].null_count() > 40


def test_the_help_for_what_is_refused_names_what_is_not() -> None:
    _, providers = generator("en_US")
    refused = 0
    for provider in sorted(providers):
        found = diagnostics(faker(provider))
        if not found or found[0].code != "E207":
            continue
        refused += 1
        named = str(found[0].help or "").split("`")[1::2]
        assert named, provider
        for other in named:
            assert not diagnostics(faker(other)), (provider, other)
    assert refused > 20


def diagnostics(column: Tree) -> list[Any]:
    """What is wrong with a column of faker; what some providers want besides is not asked."""
    tree = spec(things=table(20_000, v=column))
    return compile_spec("example.json", json.dumps(tree)).diagnostics
