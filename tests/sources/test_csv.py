"""CSV: separators, and types that all rows fit."""

from __future__ import annotations

import gzip
from datetime import date, datetime
from pathlib import Path

import pytest

from compiler.sources.model import SourceTable
from tests.support.sources import problems_of, read, rows, types, write


def table(folder: Path, text: str | bytes, name: str = "t.csv") -> SourceTable:
    return read(write(folder, {name: text}) / name).table("t")


def test_types_are_those_that_all_values_have(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "n,x,on,at,local,yes,word\n"
        "1,1.5,2026-06-30,2026-06-30T08:15:00Z,2026-06-30 08:15:00,true,a\n"
        "-2,1e3,2026-07-01,2026-06-30T10:15:00.5+02:00,2026-06-30 08:15:01.25,False,b\n"
        ",,,,,,\n",
    )
    assert types(found) == {
        "n": "integer",
        "x": "number",
        "on": "date",
        "at": "timestamp",
        "local": "timestamp",
        "yes": "boolean",
        "word": "text",
    }
    first, second, empty = rows(found)
    at = datetime(2026, 6, 30, 8, 15)
    assert first == (1, 1.5, date(2026, 6, 30), at, at, True, "a")
    assert second[3] == datetime(2026, 6, 30, 8, 15, 0, 500_000)
    assert empty == (None,) * 7


@pytest.mark.parametrize(
    ("usual", "later", "type"),
    [
        ("1", "1.5", "number"),
        ("1", "x", "text"),
        ("1", "007", "text"),
        ("1.5", "n.a.", "text"),
        ("1", "12345678901234567890", "text"),
        ("2026-01-01", "soon", "text"),
        ("2026-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "text"),
        ("true", "maybe", "text"),
        ("", "2026-01-01", "date"),
        ("", "5", "integer"),
        ("5", " 6 ", "integer"),
        ("03/04/2026", "12/31/2026", "date"),
    ],
)
def test_a_late_row_decides_the_type(
    tmp_path: Path, usual: str, later: str, type: str
) -> None:
    lines = [f"{usual},x"] * 300 + [f"{later},x"]
    found = table(tmp_path, "\n".join(["value,other", *lines]))
    assert types(found)["value"] == type
    values = [row[0] for row in rows(found)]
    assert len(values) == 301
    assert values[-1] is not None
    if type == "text":
        assert values[-1] == later


def test_names_with_leading_zeros_keep_them(tmp_path: Path) -> None:
    found = table(tmp_path, "zip,zero\n00042,0\n10115,0.5\n")
    assert types(found) == {"zip": "text", "zero": "number"}
    assert rows(found)[0] == ("00042", 0.0)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    lines = [["id", "text"], ["1", '"a, b; c\nd ""e"""'], ["2", "|x|"[1:2]]]
    text = "\ufeff" + "\r\n".join(separator.join(line) for line in lines)
    assert rows(table(tmp_path, text)) == [(1, 'a, b; c\nd "e"'), (2, "x")]


def test_numbers_with_a_decimal_comma(tmp_path: Path) -> None:
    found = table(tmp_path, "id;price\n1;1.234,50\n2;-0,5\n3;\n")
    assert rows(found) == [(1, 1234.5), (2, -0.5), (3, None)]


def test_a_compressed_file_and_a_tab_separated_one(tmp_path: Path) -> None:
    packed = gzip.compress(b"a,b\n1,x\n")
    assert rows(table(tmp_path, packed, "t.csv.gz")) == [(1, "x")]
    (tmp_path / "t.csv.gz").unlink()
    assert rows(table(tmp_path, "a\tb\n1\tx\n", "t.tsv")) == [(1, "x")]


def test_columns_without_a_name_get_one(tmp_path: Path) -> None:
    found = table(tmp_path, ", b,c\n0,1,2\n")
    assert types(found) == {"column_1": "integer", "b": "integer", "c": "integer"}
    assert rows(found) == [(0, 1, 2)]


def test_a_header_without_rows_is_a_table_with_a_note(tmp_path: Path) -> None:
    source = read(write(tmp_path, {"t.csv": "a,b\n"}))
    assert rows(source.tables[0]) == []
    assert source.notes == ("t: the file has a header, but no rows",)


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", None, "is empty: there is not even a header"),
        (b" \n\n", None, "is empty: there is not even a header"),
        (b"a,a\n1,2\n", 1, "two columns have the same name: `a`"),
        (b"a,b\n1,2\n1,2,3\n", 3, "the row has 3 cells, but the header has 2"),
        (b"a,b\n1,2\n1\n", 3, "the row has 1 cell, but the header has 2"),
        (b"a,b\n" + b"1,2\n" * 30_000 + b"1,2,3\n", 30_002, "the row has 3 cells"),
        (b"a,b\n1,\xe4\n", 2, "it is not UTF-8 text"),
        (b"a,b\n" + b"1,x\n" * 30_000 + b"1,\xe4\n", 30_002, "it is not UTF-8 text"),
        ("a,b\n1,2\n".encode("utf-16"), None, "it is UTF-16, not UTF-8"),
        (b"\x1f\x8bnonsense", None, "compression"),
        (b"a,b\n1,\0\n", None, "it is not text"),
    ],
)
def test_what_is_no_table_is_a_mistake_with_its_line(
    tmp_path: Path, content: bytes, line: int | None, message: str
) -> None:
    [problem] = problems_of(write(tmp_path, {"t.csv": content}) / "t.csv")
    assert problem.code == "E704"
    assert message in problem.message
    assert (problem.span.line if problem.span else None) == line


def test_part_files_with_different_columns_are_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, {"t/part-0.csv": "a,b\n1,2\n", "t/part-1.csv": "a,c\n1,2\n"})
    [problem] = problems_of(tmp_path)
    assert problem.code == "E704"
    assert "other columns than part-0.csv" in problem.message


def test_blank_lines_are_no_rows(tmp_path: Path) -> None:
    assert rows(table(tmp_path, "a,b\r\n1,\r\n\r\n2,x\r\n\r\n")) == [
        (1, None),
        (2, "x"),
    ]


def test_words_for_null_are_no_texts_where_all_others_are_of_a_type(
    tmp_path: Path,
) -> None:
    found = table(
        tmp_path,
        "n,x,on,yes,word,only\n"
        "NULL,1.5,N/A,true,NULL,NULL\n"
        "7,None,2026-07-01,na,b,null\n"
        "\\N, null ,2026-07-02,false,c,NA\n",
    )
    assert types(found) == {
        "n": "integer",
        "x": "number",
        "on": "date",
        "yes": "boolean",
        "word": "text",
        "only": "text",
    }
    first, second, third = rows(found)
    assert first == (None, 1.5, None, True, "NULL", "NULL")
    assert second == (7, None, date(2026, 7, 1), None, "b", "null")
    assert third == (None, None, date(2026, 7, 2), False, "c", "NA")
    remarks = {one.name for one in found.columns if one.remark}
    assert remarks == {"n", "x", "on", "yes"}
