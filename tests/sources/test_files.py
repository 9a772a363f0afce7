"""JSON, Parquet and Delta, and the tables that folders hold."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from compiler.sources.read import read_sources
from tests.support.sources import problems_of, read, rows, types, write

AT = datetime(2026, 6, 30, 8, 15, tzinfo=UTC)


def test_json_by_lines_and_as_an_array(tmp_path: Path) -> None:
    objects = [
        {"id": "007", "n": 1, "x": 1, "at": "2026-06-30T08:15:00+00:00", "on": None},
        {"id": "8", "n": 2, "x": 2.5, "at": None, "on": "2026-06-30"},
    ]
    lines = "\n".join(map(json.dumps, objects))
    write(
        tmp_path, {"a.jsonl": lines, "b.json": json.dumps(objects), "c.ndjson": lines}
    )
    source = read(tmp_path)
    expected = [
        ("007", 1, 1.0, AT.replace(tzinfo=None), None),
        ("8", 2, 2.5, None, date(2026, 6, 30)),
    ]
    assert [rows(source.table(name)) for name in "abc"] == [expected] * 3
    assert types(source.table("a"))["id"] == "text"


def test_late_objects_of_json_decide_types_and_have_names_of_their_own(
    tmp_path: Path,
) -> None:
    lines = ['{"a":1,"tags":["x"]}'] * 300 + ['{"a":1.5,"b":true,"tags":[]}']
    source = read(write(tmp_path, {"t.jsonl": "\n".join(lines)}))
    found = source.table("t")
    assert types(found) == {"a": "number", "tags": "unknown", "b": "boolean"}
    assert [rows(found)[-1][place] for place in (0, 2)] == [1.5, True]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"a":1}\n{"a":\n', 2, "the line is no JSON object"),
        ('[{"a":1},\n {"b"]', 2, "it is not valid JSON"),
        ("[1, 2]", None, "its array has values that are no objects"),
        ("", None, "is empty"),
        ("{}\n", None, "the JSON has no objects with names and values"),
    ],
)
def test_json_that_is_no_table(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    [problem] = problems_of(write(tmp_path, {"t.json": text}) / "t.json")
    assert problem.code == "E704"
    assert message in problem.message
    assert (problem.span.line if problem.span else None) == line


def test_parquet_in_the_types_of_a_source(tmp_path: Path) -> None:
    pl.DataFrame(
        {
            "n": pl.Series([1], dtype=pl.UInt8),
            "whole": pl.Series([Decimal(7)], dtype=pl.Decimal(10, 0)),
            "price": pl.Series([Decimal("1.25")], dtype=pl.Decimal(10, 2)),
            "zoned": pl.Series([AT]).dt.convert_time_zone("America/New_York"),
            "local": pl.Series([AT.replace(tzinfo=None)], dtype=pl.Datetime("ns")),
            "kind": pl.Series(["a"], dtype=pl.Enum(["a", "b"])),
            "tags": [["x"]],
        }
    ).write_parquet(tmp_path / "t.parquet")
    source = read(tmp_path / "t.parquet")
    found = source.table("t")
    assert [*types(found).values()] == [
        *("integer", "integer", "number", "timestamp", "timestamp", "text", "unknown")
    ]
    assert found.column("price").decimals == 2
    at = AT.replace(tzinfo=None)
    assert rows(found) == [(1, 7, 1.25, at, at, "a", ["x"])]
    assert source.notes == ("t: the types of tags have no counterpart in a spec",)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.parquet", b"nonsense"),
        ("t.parquet", b"PAR1nonsensePAR1"),
        ("t.duckdb", b"nonsense"),
        ("t.db", b"nonsense"),
        ("t.sqlite", b"SQLite format 3\0" + b"x" * 500),
        ("t/_delta_log/00000000000000000000.json", b"nonsense"),
    ],
)
def test_a_damaged_file_is_a_mistake(tmp_path: Path, name: str, content: bytes) -> None:
    write(tmp_path, {name: content})
    [problem] = problems_of(tmp_path)
    assert problem.code == "E703"
    assert str(tmp_path / "t") in problem.message


def test_a_delta_table_and_a_folder_of_them(tmp_path: Path) -> None:
    pytest.importorskip("deltalake")
    frame = pl.DataFrame({"id": [1, 2], "at": [AT, None]})
    frame.write_delta(tmp_path / "lake" / "t")
    frame.write_delta(tmp_path / "lake" / "t", mode="append")
    at = AT.replace(tzinfo=None)
    for path in (tmp_path / "lake", tmp_path / "lake" / "t"):
        found = read(path).table("t")
        assert types(found) == {"id": "integer", "at": "timestamp"}
        assert sorted(rows(found)) == [(1, at), (1, at), (2, None), (2, None)]


# --- folders --------------------------------------------------------------------------------


def test_a_file_is_a_table_and_so_are_part_files_in_a_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "customers.csv": "id\n1\n",
            "orders/part-00000.csv": "id\n1\n",
            "orders/part-00001.csv": "id\n2.5\n",
            "events/events_2026.csv": "id\n1\n",
            "events/events_2027.csv": "id\n2\n",
            "crm/people.csv": "id\n1\n",
            "crm/firms.csv": "id\n1\n",
            "README.txt": "hello",
            "_bad_data/orders.csv": "id\n1\n",
            "orders/_SUCCESS": "",
        },
    )
    source = read(tmp_path)
    names = {table.name: table.rows for table in source.tables}
    assert names == {
        "customers": 1,
        "orders": 2,
        "events": 2,
        "people": 1,
        "firms": 1,
    }
    assert rows(source.table("orders")) == [(1.0,), (2.5,)]
    assert source.notes[-1] == f"{tmp_path.name}: ignored _bad_data, README.txt"
    assert "orders: ignored _SUCCESS" in source.notes


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_names_of_folders_are_columns_but_batches_are_not(
    tmp_path: Path, format: str
) -> None:
    for year, name in ((2025, "a"), (2026, "b")):
        for table, folder in (("visits", f"year={year}"), ("carts", f"batch={year}")):
            path = tmp_path / table / folder / f"part-00000.{format}"
            path.parent.mkdir(parents=True)
            frame = pl.DataFrame({"name": [name]})
            if format == "csv":
                frame.write_csv(path)
            elif format == "jsonl":
                frame.write_ndjson(path)
            else:
                frame.write_parquet(path)
    source = read(tmp_path)
    assert types(source.table("visits")) == {"name": "text", "year": "integer"}
    assert sorted(rows(source.table("visits"))) == [("a", 2025), ("b", 2026)]
    assert sorted(rows(source.table("carts"))) == [("a",), ("b",)]
    assert "carts: its batches are read as one table" in source.notes


def test_parquet_parts_may_have_other_columns_and_wider_types(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "t" / "part-0.parquet")
    pl.DataFrame({"a": [1.5], "b": ["x"]}).write_parquet(
        tmp_path / "t" / "part-1.parquet"
    )
    assert rows(read(tmp_path).table("t")) == [(1.0, None), (1.5, "x")]


def test_only_the_columns_of_a_query_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "big"
    folder.mkdir()
    numbers = pl.int_range(300_000, eager=True)
    frame = pl.DataFrame({"n": numbers, **{f"c{i}": numbers * i for i in range(20)}})
    for part in range(10):
        frame.write_parquet(folder / f"part-{part:05}.parquet", compression="snappy")
    found = read(tmp_path).table("big")
    assert found.rows == 3_000_000
    assert found.scan is not None
    query = found.scan().select(pl.col("n").max())
    assert "PROJECT 1/21 COLUMNS" in query.explain()
    assert query.collect().item() == 299_999


# --- paths ----------------------------------------------------------------------------------


def test_paths_with_nothing_to_read_are_mistakes(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path, {"t.xlsx": "PK", "only/notes.txt": "x"})
    paths = ["missing.csv", "empty", "t.xlsx", "only", "a\0b"]
    found = problems_of(*(tmp_path / path for path in paths), Path("/dev/null"))
    assert sorted(problem.code for problem in found) == ["E701"] * 4 + ["E702"] * 2
    assert problems_of()[0].code == "E701"


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    write(
        tmp_path, {"a.csv": "x\n1\n", "b.csv": "x,x\n1,2\n", "c.parquet": b"nonsense"}
    )
    source, problems = read_sources([tmp_path])
    assert source is not None
    assert [table.name for table in source.tables] == ["a"]
    assert [problem.code for problem in problems] == ["E703", "E704"]
