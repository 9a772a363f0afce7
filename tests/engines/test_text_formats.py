"""Texts and numbers in files: whole, in plain digits, and the same whoever writes them."""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from compiler.pipeline import compile_spec
from tests.support import run_script
from tests.support.parity import TEXTS, cells_of, files_of

FORMATS = ("csv", "json")
FEW = TEXTS.read_text("utf-8").replace("rows = 70_000", "rows = 1_500")
NUMBERS = {
    "things": ("big", "small", "large", "delta", "huge", "some", "power", "near"),
    "readings": ("heat",),
    "moves": ("by_how", "left"),
    "rates": ("rate", "weight"),
}
PLAIN = re.compile(r"-?\d+\.\d+")


def script(engine: str, format: str) -> dict[str, str]:
    files = dict(compile_spec("texts.toml", FEW, engine, format).files)
    blocks = files["generate_data.py"].replace("BLOCK = 1 << 18", "BLOCK = 1 << 9")
    return {**files, "generate_data.py": blocks}


@pytest.fixture(scope="module", params=FORMATS)
def polars(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """A format, and what the script of Polars writes in it."""
    format = str(request.param)
    return format, run_script(script("polars", format), tmp_path_factory.mktemp(format))


def rows_of(folder: Path, name: str, format: str) -> Iterator[dict[str, Any]]:
    yield from map(dict, cells_of(folder / name, format))


def test_a_number_is_in_plain_digits_and_is_one_a_float_holds(
    polars: tuple[str, Path],
) -> None:
    format, folder = polars
    for table, columns in NUMBERS.items():
        for row in rows_of(folder, table, format):
            for text in filter(None, map(row.get, columns)):
                assert PLAIN.fullmatch(text) and text != "-0.0", (table, text)
                # As few digits as tell it from its neighbours.
                digits = text.replace(".", "").strip("-0")
                shortest = repr(float(text)).partition("e")[0].replace(".", "")
                assert digits == shortest.strip("-0"), (table, text)


def clean(folder: Path, format: str) -> list[dict[str, Any]]:
    """The rows of things that have no fault."""
    faults = rows_of(folder, "_bad_data", format)
    faulty = {row["row_key"] for row in faults if row["table_name"] == "things"}
    rows = [row for row in rows_of(folder, "things", format) if row["id"] not in faulty]
    assert len(rows) > 300
    return rows


def test_what_is_too_large_is_null(polars: tuple[str, Path]) -> None:
    format, folder = polars
    for row in clean(folder, format):
        assert not row["huge"]
        logarithm = float(row["delta"]) * 300 + math.log(float(row["big"]))
        assert bool(row["some"]) == (logarithm < math.log(sys.float_info.max))
        assert bool(row["told"]) == bool(row["some"] and row["large"])


def test_numbers_stand_in_texts_as_they_stand_alone(polars: tuple[str, Path]) -> None:
    format, folder = polars
    names = ("delta", "near", "small", "large", "some")
    rows = [row for row in clean(folder, format) if row["told"]]
    assert [row["told"] for row in rows] == [
        "/".join(row[name] for name in names) for row in rows
    ]


def test_texts_are_read_back_as_they_are(polars: tuple[str, Path]) -> None:
    format, folder = polars
    assert len([*rows_of(folder, "things", format)]) == 1_500
    rows = clean(folder, format)
    assert {row["note"] for row in rows} == {
        "first\nsecond",
        "one",
        " lead",
        '"quoted", and comma',
        "a\r\nb\\",
        "\ttab, é 日本",
    }
    for row in rows:
        assert row["label"] == f"{row['id']}: "
        assert row["text"] == row["note"] + " "


def test_rows_are_named_by_their_numbers_in_plain_digits(
    polars: tuple[str, Path],
) -> None:
    format, folder = polars
    keys = {row["rate"] for row in rows_of(folder, "rates", format)}
    named = [
        row["row_key"]
        for row in rows_of(folder, "_bad_data", format)
        if row["table_name"] == "rates"
    ]
    assert "0.0000001" in keys and "10000000000000000.0" in keys
    assert set(named) <= keys


def test_pandas_writes_the_same_to_the_byte(
    polars: tuple[str, Path], tmp_path: Path
) -> None:
    format, folder = polars
    found = run_script(script("pandas", format), tmp_path)
    for place in sorted(folder.iterdir()):
        for file in files_of(place, format):
            other = found / place.name / file.name
            assert other.read_bytes() == file.read_bytes(), file
    run_script(script("pandas", format), tmp_path, "--check")


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_there_is_one_zero_and_no_infinity(
    engine: str, format: str, tmp_path: Path
) -> None:
    out = run_script(script(engine, format), tmp_path)
    zeros = 0
    for table, columns in NUMBERS.items():
        place = out / table
        frame = pl.read_delta(str(place)) if format == "delta" else None
        frame = pl.read_parquet(place / "*.parquet") if frame is None else frame
        for name in columns:
            numbers = frame[name].drop_nulls().to_numpy()
            assert np.isfinite(numbers).all(), (table, name)
            assert not np.signbit(numbers[numbers == 0]).any(), (table, name)
            zeros += (numbers == 0).sum()
    assert zeros > 100


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("server", ["sail_address", "spark_address"])
def test_spark_writes_the_same_lines_and_counts_them(
    server: str, polars: tuple[str, Path], tmp_path: Path, request: Any
) -> None:
    format, folder = polars
    address = request.getfixturevalue(server)
    files = script("spark", format)
    found = run_script(files, tmp_path, "--partitions", "3", SPARK_REMOTE=address)
    for place in sorted(folder.iterdir()):
        lines = cells_of(place, format)
        assert cells_of(found / place.name, format) == lines, place.name
    run_script(files, tmp_path, "--check", SPARK_REMOTE=address)


def test_a_reader_of_csv_and_one_of_json_see_the_same(tmp_path: Path) -> None:
    """Where CSV has nothing, JSON has null."""
    out = {
        format: run_script(script("polars", format), tmp_path / format)
        for format in FORMATS
    }
    (one,) = files_of(out["csv"] / "rates", "csv")
    (other,) = files_of(out["json"] / "rates", "json")
    with one.open(newline="") as lines:
        texts = [list(row.values()) for row in csv.DictReader(lines)]
    numbers = [list(json.loads(line).values()) for line in other.open()]
    assert [[float(each) if each else None for each in row] for row in texts] == numbers
