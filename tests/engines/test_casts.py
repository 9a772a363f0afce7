"""Values made ones of another type, and nulls of every type."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import Tree, answer, module, spec, table
from tests.support.alike import (
    assert_rows_are_the_same,
    by_pandas,
    by_polars,
    written,
)

ENGINES = ("polars", "pandas")
TEXTS = [
    "12",
    "-7",
    "+5",
    "2.7",
    " 2",
    "1e3",
    ".5",
    "5.",
    "",
    "x",
    "1_0",
    "٣",
    "9" * 20,
]


def expr(text: str) -> Tree:
    return {"kind": "expr", "expr": text}


def things(**top: object) -> Tree:
    """Values of each type, and what they are as others."""
    texts = {"kind": "choice", "weights": dict.fromkeys(TEXTS, 1)}
    by_kind = {"true": {"expr": "None"}, "false": {"expr": "day"}}
    columns: Tree = {
        "text": texts,
        "x": {"kind": "normal", "mean": 0, "sd": 9},
        "huge": {"kind": "lognormal", "median": 9e18, "sigma": 2},
        "n": {"kind": "poisson", "lam": 900},
        "yes": {"kind": "bool", "chance": 0.5, "null_rate": 0.1},
        "day": {"kind": "date"},
        "at": {"kind": "timestamp", "null_rate": 0.2},
        "whole": expr("int(x)"),
        "within": expr("int(huge)"),
        "read_whole": expr("int(text)"),
        "read": expr("float(text)"),
        "one": expr("int(yes)"),
        "half": expr("float(yes) / 2"),
        "label": expr("str(n) + ' ' + str(x) + ' ' + str(day)"),
        "moment": expr("str(at)"),
        "flag": expr("str(yes)"),
        "day_of": expr("date(at)"),
        "midnight": expr("timestamp(day)"),
        "mixed": expr("day if yes else at"),
        "known": expr("coalesce(None, at, day)"),
        "nothing": expr("float(None)"),
        "never": expr("date(None) if yes else null"),
        "by_case": {"kind": "expr", "by": "yes", "cases": by_kind},
        "again": {"kind": "template", "text": "{n} {x} {day}"},
    }
    columns["by_case"]["otherwise"] = {"expr": "month_end(day)"}
    return spec(top, things=table(2_000, **columns))


@pytest.mark.parametrize("engine", ENGINES)
def test_casts_give_what_the_language_page_states(engine: str, tmp_path: Path) -> None:
    written(by_pandas(things(), engine), tmp_path)
    whole, number = "[+-]?[0-9]{1,18}", "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[0-9]+)?"
    sql = f"""
    SELECT BOOL_AND(whole = trunc(x)), BOOL_OR(whole < 0),
        BOOL_AND((within IS NULL) = (huge >= 2::DOUBLE ** 63)), COUNT(within) BETWEEN 100 AND 1900,
        BOOL_AND(read_whole IS NOT DISTINCT FROM CASE WHEN regexp_full_match(text, '{whole}')
            THEN text::BIGINT END),
        BOOL_AND(read IS NOT DISTINCT FROM CASE WHEN regexp_full_match(text, '{number}')
            THEN text::DOUBLE END),
        COUNT(DISTINCT read_whole), COUNT(DISTINCT read),
        BOOL_AND(one IS NOT DISTINCT FROM yes::INT),
        BOOL_AND(half IS NOT DISTINCT FROM yes::INT / 2),
        BOOL_AND(label = again), BOOL_AND(label LIKE n || ' %' || day),
        BOOL_AND(moment IS NOT DISTINCT FROM strftime("at"::TIMESTAMP, '%Y-%m-%d %H:%M:%S')),
        BOOL_AND(flag IS NOT DISTINCT FROM yes::TEXT),
        BOOL_AND(day_of IS NOT DISTINCT FROM "at"::DATE),
        BOOL_AND(midnight = day::TIMESTAMPTZ)
    FROM things"""
    wanted = [True] * 16
    found = list(answer(sql, tmp_path))
    assert found[6:8] == [3, 7]
    assert found[:6] + found[8:] == wanted[2:]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_null_has_the_type_of_what_it_is_beside(engine: str, tmp_path: Path) -> None:
    written(by_pandas(things(), engine), tmp_path)
    sql = """
    SELECT BOOL_AND(mixed IS NOT DISTINCT FROM CASE WHEN yes THEN day::TIMESTAMPTZ ELSE "at" END),
        BOOL_AND(known = COALESCE("at", day::TIMESTAMPTZ)),
        COUNT(nothing), COUNT(never), ANY_VALUE(typeof(nothing)), ANY_VALUE(typeof(never)),
        BOOL_AND(by_case IS NOT DISTINCT FROM CASE WHEN yes THEN NULL WHEN NOT yes THEN day
            ELSE last_day(day) END)
    FROM things"""
    types = ("DOUBLE", "DATE")
    assert answer(sql, tmp_path) == (True, True, 0, 0, *types, True)


@pytest.mark.parametrize("faults", [{}, {"null_rate": 0.2, "outlier_rate": 0.2}])
def test_both_engines_give_the_same(faults: Tree) -> None:
    top = {"bad_data": faults} if faults else {}
    pandas, polars = (module(by(things(**top))) for by in (by_pandas, by_polars))
    for name in ("things", "_bad_data")[: 1 + bool(faults)]:
        assert_rows_are_the_same(pandas, polars, name)
