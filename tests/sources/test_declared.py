"""What a CREATE TABLE declares besides keys and types: order, defaults, formulas, bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.sources.model import Formula, Order, SourceColumn, SourceTable
from tests.support.sources import read, write


def table_of(folder: Path, columns: str, dialect: str = "postgres") -> SourceTable:
    """The table of a CREATE TABLE of these columns."""
    write(folder, {"t.sql": f"CREATE TABLE t ({columns});"})
    return read(folder / "t.sql", dialect=dialect).tables[0]


def generated(folder: Path, sql: str, type: str = "NUMERIC(10, 2)") -> SourceColumn:
    """A column that is generated so, beside others."""
    others = "a INT, b NUMERIC(10, 2), s TEXT, first TEXT, last TEXT, d DATE, e DATE"
    text = f"{others}, made {type} GENERATED ALWAYS AS ({sql}) STORED"
    return table_of(folder, text).column("made")


def test_checks_of_two_columns_give_their_order(tmp_path: Path) -> None:
    found = table_of(
        tmp_path,
        "a DATE, b DATE, c DATE CHECK (c > b), d DATE, n INT CHECK (n >= 0),"
        " CHECK (b IS NULL OR b >= a), CHECK (C <= d AND n < 5),"
        " CHECK (d > a + 3)",
    )
    assert found.orders == (
        Order("b", "c", is_strict=True),
        Order("a", "b"),
        Order("c", "d"),
    )
    assert (found.column("n").minimum, found.column("n").maximum) == (0, 4)


def test_a_strict_bound_of_decimals_is_one_step_off(tmp_path: Path) -> None:
    found = table_of(
        tmp_path,
        "kg NUMERIC(5, 1) CHECK (kg > 30 AND kg < 250), x DOUBLE PRECISION CHECK (x > 1)",
    )
    kg = found.column("kg")
    assert (kg.minimum, kg.maximum) == (30.1, 249.9)
    assert found.column("x").minimum == 1


@pytest.mark.parametrize("dialect", ["postgres", "mysql", "tsql", "snowflake"])
def test_defaults_of_texts_are_known(tmp_path: Path, dialect: str) -> None:
    found = table_of(
        tmp_path,
        "c CHAR(3) DEFAULT 'EUR', n INT DEFAULT 0, t VARCHAR(5) DEFAULT NULL",
        dialect,
    )
    assert [one.default for one in found.columns] == ["EUR", "", ""]


@pytest.mark.parametrize(
    ("sql", "written"),
    [
        ("b * (1 + a)", "round(b * (1 + a), 2)"),
        ("round(b / 3, 2)", "round(b / 3, 2)"),
        ("coalesce(b, 0) - least(a, 3)", "round(coalesce(b, 0) - min(a, 3), 2)"),
        (
            "CASE WHEN a > 3 THEN b ELSE 0 END",
            "round((b if a > 3 else 0), 2)",
        ),
        ("abs(-b)", "round(abs(-b), 2)"),
    ],
)
def test_arithmetic_is_translated(tmp_path: Path, sql: str, written: str) -> None:
    found = generated(tmp_path, sql).formula
    assert found is not None and found.written == written


@pytest.mark.parametrize(
    ("sql", "type", "written"),
    [
        ("a / 7", "INT", "a // 7"),
        ("e - d", "INT", "round(days_between(d, e))"),
        ("upper(s)", "TEXT", "upper(s)"),
        ("length(s) > 3", "BOOLEAN", "len(s) > 3"),
        ("extract(year from d)", "INT", "year(d)"),
        ("s IN ('{a}', 'b')", "BOOLEAN", "s in ('{a}', 'b')"),
        ("NOT a BETWEEN 1 AND 3", "BOOLEAN", "not (a >= 1 and a <= 3)"),
    ],
)
def test_functions_are_translated(
    tmp_path: Path, sql: str, type: str, written: str
) -> None:
    found = generated(tmp_path, sql, type).formula
    assert found is not None and found.written == written


def test_joined_texts_are_a_template(tmp_path: Path) -> None:
    found = generated(tmp_path, "first || ' {' || last", "TEXT").formula
    assert found == Formula("{0} {{{{{1}", ("first", "last"), is_template=True)
    assert found.written == "{first} {{{last}"


@pytest.mark.parametrize("sql", ["regexp_replace(s, 'a', 'b')", "3 + 4", "s ->> 'x'"])
def test_what_has_no_counterpart_is_a_remark(tmp_path: Path, sql: str) -> None:
    found = generated(tmp_path, sql, "TEXT")
    assert found.formula is None
    assert found.remark.startswith("generated as ")


def test_schema_and_data_share_what_is_declared(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "t.sql": "CREATE TABLE t (A DATE, B DATE, c TEXT DEFAULT 'x', CHECK (b >= a));",
            "t.csv": "a,b,c\n2026-01-01,2026-01-02,y\n",
        },
    )
    (table,) = read(tmp_path).tables
    assert table.orders == (Order("a", "b"),)
    assert table.column("c").default == "x"
