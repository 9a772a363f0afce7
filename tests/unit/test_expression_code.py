"""Printed expressions: how they look, and that they compute what the language says."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from typing import Any

import black
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from compiler.emit.code.code import Code, Precedence, call, method, name, unpacked
from compiler.emit.expression import PandasPrinter, PolarsPrinter
from compiler.emit.expression.printed import Printed, Shape, of
from compiler.emit.library.definitions import UNITS
from compiler.emit.library.helpers import helpers_for
from compiler.emit.library.link import link
from compiler.plan.expression import Node, is_scalar, parse
from compiler.spec.types import (
    NUMBER,
    Data,
    Type,
)
from tests.strategies.expressions import GROWN, IN_ORDER, INEXACT
from tests.strategies.rows import COLUMNS, ROW_OF_NULLS, ROWS
from tests.support.expression_reference import (
    NOW,
    OUTAGE,
    SIBLINGS,
    OutOfRange,
    at,
    evaluate,
    moment,
)

PANDAS = frozenset({"pandas"})
DTYPES: dict[Data, Any] = {
    Data.INTEGER: pl.Int64,
    Data.NUMBER: pl.Float64,
    Data.TEXT: pl.String,
    Data.DATE: pl.Date,
    Data.TIMESTAMP: pl.Datetime("us", "UTC"),
    Data.BOOLEAN: pl.Boolean,
}


def parsed(text: str) -> Node:
    node, problems = parse(text, lambda path, start, end: COLUMNS.get(path), ["outage"])
    assert node is not None, problems
    return node


def written(value: str, type: Type) -> Printed:
    found = moment(value)
    if type.data is Data.DATE:
        day = found.date() if isinstance(found, datetime) else found
        return Printed(f"date({day.year}, {day.month}, {day.day})")
    if found == NOW:
        return Printed("END")
    before = (NOW - at(found)) // timedelta(microseconds=1)
    return Printed(f"END - timedelta(microseconds={before})", Precedence.SUM)


def code(text: str) -> str:
    return (
        PolarsPrinter(read, written, polars_during, name("i"), by_time)
        .whole(parsed(text))
        .text
    )


def by_time() -> Code:
    return name("by_time")


def pandas_code(text: str) -> Printed:
    return PandasPrinter(read, day, pandas_during, name("i"), by_time).whole(
        parsed(text)
    )


def read(path: str) -> Code:
    return name(path.replace(".", "_"))


def day(value: str, type: Type) -> Printed:
    code = written(value, type)
    is_day = type.data is Data.DATE
    return of(call("pd.Timestamp", code), Shape.SCALAR) if is_day else code


def polars_during(event: str, moments: Code, has_time: bool) -> Code:
    period = unpacked("*", name(event.upper()))
    return method(moments, "is_between", period, closed=Code('"left"'))


def pandas_during(event: str, moments: Code, has_time: bool) -> Code:
    return call("between", moments, unpacked("*", name(event.upper())))


PANDAS_DTYPES: dict[Data, tuple[str, str]] = {
    Data.INTEGER: ("int64", "Int64"),
    Data.NUMBER: ("float64", "Float64"),
    Data.TEXT: ("string[python]", "string[python]"),
    Data.DATE: ("datetime64[s]", "datetime64[s]"),
    Data.TIMESTAMP: ("datetime64[us, UTC]", "datetime64[us, UTC]"),
    Data.BOOLEAN: ("bool", "boolean"),
}
"""Of columns without nulls, and of those that may have some."""


def names_for(variants: frozenset[str], known: dict[str, Any]) -> dict[str, Any]:
    """All that an expression of an engine may call."""
    linked = link([*helpers_for(variants), *UNITS], variants)
    lines = [*linked.imports, *linked.units, *linked.types]
    texts = [text for group in linked.helpers.values() for text in group]
    texts = [*linked.read_first, *texts]
    found = {"LOCALE": "", "START": NOW, **known}
    exec("\n\n".join([*lines, *texts]), found)
    return found


KNOWN = {"END": NOW, "OUTAGE": OUTAGE, "date": date, "timedelta": timedelta}
NAMES = names_for(frozenset(), KNOWN)


def run(text: str, rows: list[dict[str, Any]]) -> Any:
    columns = {
        name: pl.Series(
            [row[name] for row in rows],
            dtype=pl.Enum(type.values) if type.values else DTYPES[type.data],
        )
        for name, type in COLUMNS.items()
    }
    order = NAMES["time_order"](columns["at"], groups(len(rows)))
    return eval(code(text), NAMES | columns | {"by_time": order})


def run_pandas(text: str, rows: list[dict[str, Any]]) -> Any:
    columns = {
        name: pd.Series(
            [row[name] for row in rows],
            dtype=PANDAS_DTYPES[type.data][type.nullable],
        )
        for name, type in COLUMNS.items()
    }
    order = PANDAS_NAMES["time_order"](columns["at"], groups(len(rows)))
    return eval(pandas_code(text).text, PANDAS_NAMES | columns | {"by_time": order})


def groups(rows: int) -> np.ndarray:
    """The parents of so many rows: of three in a row."""
    return np.arange(rows) // 3


def with_siblings(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each with those of its parent in order of time."""
    found = [dict(row) for row in rows]
    for n, row in enumerate(found):
        row[SIBLINGS] = sorted(found[n // 3 * 3 :][:3], key=lambda each: each["at"])
    return found


PANDAS_NAMES = names_for(PANDAS, KNOWN)


# ------------------------------------------------------------------------------- its looks


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("round(x * i, 2)", "(x * i).round(2)"),
        ("tier == 'Pro' and x > 100", "(tier == 'Pro') & (x > 100)"),
        ("yes and not (yes or x > 1)", "yes & ~(yes | (x > 1))"),
        ("0 < x <= 1", "(x > 0) & (x <= 1)"),
        ("lower(name)", "name.str.to_lowercase()"),
        ("lower(tier) + '!'", "tier.cast(pl.String).str.to_lowercase() + '!'"),
        ("hour(at) >= 18", "at.dt.hour() >= 18"),
        ("hour(at) * 100", "at.dt.hour().cast(pl.Int64) * 100"),
        ("hour(at) < 300", "at.dt.hour().cast(pl.Int64) < 300"),
        ("hour(at) in (8, 9)", "at.dt.hour().is_in([8, 9])"),
        ("weekday(day) >= 5", "day.dt.weekday() - 1 >= 5"),
        ("year(day) == 2025", "day.dt.year() == 2025"),
        ("len(name)", "name.str.len_chars().cast(pl.Int64)"),
        (
            "hours_between(at, now)",
            "(END - at).dt.total_seconds(fractional=True) / 3_600",
        ),
        ("days_between(day, day)", "(day - day).dt.total_seconds() / 86_400"),
        ("days_between(now, '-36h')", None),
        ("not yes", "~yes"),
        ("not yes_null", "~yes_null.fill_null(False)"),
        ("i_null > 1", "(i_null > 1).fill_null(False)"),
        ("i_null > 1 and yes_null", "((i_null > 1) & yes_null).fill_null(False)"),
        ("1 if i_null > 1 else 2", "if_else(i_null > 1, 1, 2)"),
        ("(i_null > 1) == yes", "(i_null > 1).fill_null(False) == yes"),
        ("is_null(i_null)", "i_null.is_null()"),
        ("not is_null(i_null)", "i_null.is_not_null()"),
        ("yes == true", "yes"),
        ("yes != true", "~yes"),
        ("coalesce(i_null, 0)", "i_null.fill_null(0)"),
        ("clip(x, 0, 1)", "x.clip(0, 1)"),
        ("clip(x, 0, i)", "x.clip(upper_bound=i).clip(lower_bound=0)"),
        ("clip(i, i_null, 9)", "largest(i.clip(upper_bound=9), i_null)"),
        ("max(x, 0)", "x.clip(lower_bound=0)"),
        ("min(100, i)", "i.clip(upper_bound=100)"),
        ("max(i, 0.5)", "largest(i, 0.5)"),
        ("min(i, x, 3)", "smallest(i, x, 3)"),
        ("tier in ('Pro', 'Free')", "tier.is_in(['Pro', 'Free'])"),
        ("tier not in ('Pro', 'Free')", "~tier.is_in(['Pro', 'Free'])"),
        ("tier == size", "tier.cast(pl.String) == size.cast(pl.String)"),
        ("tier == tier_null", "(tier == tier_null).fill_null(False)"),
        ("'Pro' == tier", "tier == 'Pro'"),
        ("i / 60 / 60", "divided(divided(i, 60), 60)"),
        ("i / (60 * 60)", "divided(i, 60 * 60)"),
        ("x / 8", "x / 8"),
        ("x % 0.25", "x % 0.25"),
        ("x % 7", "remainder(x, 7)"),
        ("i % 7", "i % 7"),
        ("i / i", "finite(i / i)"),
        ("i // i", "i // i"),
        ("i / i * 100 + 1", "finite(i / i * 100) + 1"),
        ("x + 1 / i", "x + finite(1 / i)"),
        ("exp(x)", "finite(x.exp())"),
        ("exp(i)", "i.exp()"),
        ("x * 1e306", "finite(x * 1e+306)"),
        ("x * 0 ** 0.0", "x * 0.0 ** 0.0"),
        ("7 // x", "finite((7 / x).floor())"),
        ("x // 7", "divided(x, 7).floor()"),
        ("log(x)", "finite(x.log())"),
        ("sqrt(x)", "x.sqrt().fill_nan(None)"),
        ("2 ** i", "2.0 ** i"),
        ("i ** 2", "i ** 2"),
        ("(-i) ** 2", "(-i) ** 2"),
        ("x - (x - 1)", "x - (x - 1)"),
        ("(x - x) - 1", "x - x - 1"),
        ("x * -2", "x * -2"),
        ("-(x + 1)", "-(x + 1)"),
        ("round(x)", "x.round().cast(pl.Int64)"),
        ("floor(i)", "i"),
        ("day > '-30d'", "day > date(2026, 6, 14)"),
        ("at > '-1s'", "at > END - timedelta(microseconds=1000000)"),
        ("during('outage', at)", 'at.is_between(*OUTAGE, closed="left")'),
        ("1 if true else i", "pl.Series([1]).new_from_index(0, len(i))"),
        ("i if 1 < 2 else 0", "i"),
        ("1 < 2 and i > 3", "i > 3"),
        ("slug('Ça va?')", "'ca-va'"),
        ("year(now) - 2000", "END.year - 2000"),
        ("x * (year(now) - 2000)", "x * (END.year - 2000)"),
        ("day + days(i)", "add_length(day, i * DAY)"),
        ("at - weeks(2)", "add_length(at, -2 * 7 * DAY)"),
        ("at + days(1)", "add_length(at, DAY)"),
        (
            "day + hours(i)",
            "add_length(day.cast(pl.Datetime('us', 'UTC')), i * HOUR)",
        ),
        ("day - months(i)", "months_later(day, -i)"),
        ("(day - day) // days(1)", "(day - day).dt.total_seconds() // DAY"),
        ("at - at > hours(2)", "(at - at).dt.total_seconds() > 2 * HOUR"),
        ("date(at)", "at.dt.date()"),
        ("month_end(at)", "at.dt.date().dt.month_end()"),
        ("quarter(at) == 1", "at.dt.quarter() == 1"),
        ("is_weekend(at)", "at.dt.weekday() - 1 >= 5"),
        ("is_holiday(at, 'US-CA')", "is_holiday(at, 'US', 'CA')"),
        ("trunc(at, 'hour')", "at.dt.truncate('1h')"),
        (
            "local(at, 'Asia/Tokyo')",
            "at.dt.convert_time_zone('Asia/Tokyo').dt.replace_time_zone('UTC')",
        ),
        ("int(x)", "x.cast(pl.Int64)"),
        ("int(x_null)", "x_null.cast(pl.Int64, strict=False)"),
        ("int(name)", "parse_int(name)"),
        ("str(x)", "number_text(x)"),
        ("str(at)", "at.dt.strftime('%Y-%m-%d %H:%M:%S')"),
        ("coalesce(None, i_null, 0)", "i_null.fill_null(0)"),
        ("days_between(lag(at), at)", None),
        ("lag(tier)", "previous_value(tier.cast(pl.String), by_time)"),
        ("coalesce(lead(day), day)", "next_value(day, by_time).fill_null(day)"),
        ("cumsum(i) > 100", "running_sum(i, by_time) > 100"),
        ("cumsum(x_null)", "finite(running_sum(x_null, by_time))"),
        ("cumsum(1)", "running_sum(pl.Series([1]).new_from_index(0, len(i)), by_time)"),
        ("row_number()", "row_numbers(by_time)"),
        ("lag(lag(i))", "previous_value(previous_value(i, by_time), by_time)"),
    ],
)
def test_code_is_what_an_engineer_would_write(text: str, printed: str | None) -> None:
    if printed is not None:
        assert code(text) == printed
    compile(code(text), "expression", "eval")


@pytest.mark.parametrize("text", ["x / 49", "x // 49", "x % 49", "i / 49", "x ** 3"])
def test_a_cell_is_the_same_in_a_block_of_one_row(text: str) -> None:
    rows = [{**dict.fromkeys(COLUMNS), "x": 1176.0, "i": 1176}] * 2
    both, alone = run(text, rows), run(text, rows[:1])
    assert both[0] == alone[0]


@pytest.mark.parametrize("by", [100, 49, 3, 60, 0.1, 8, -7])
@pytest.mark.parametrize("op", ["/", "//", "%"])
def test_what_is_divided_by_one_number_is_so_to_the_last_digit(
    op: str, by: float
) -> None:
    numbers = np.arange(0.0, 3_000)
    rows = [{**dict.fromkeys(COLUMNS), "x": x, "i": int(x)} for x in numbers]
    whole = np.floor(numbers / by)
    wanted = {"/": numbers / by, "//": whole, "%": numbers - by * whole}[op]
    for found in (run(f"x {op} {by}", rows), run_pandas(f"x {op} {by}", rows)):
        assert (found.to_numpy() == wanted).all()
    if op == "/":
        assert (run(f"i / {by}", rows).to_numpy() == wanted).all()


@pytest.mark.parametrize(
    "text",
    ["'); import os  #", "\\", "\n", "{}", '"""', "'''", "\x00", "\u202e", "é", "%s"],
)
def test_text_in_code_is_nothing_but_text(text: str) -> None:
    assert (
        eval(code(f"name + {text!r}"), {"name": pl.Series(["a"])}).item() == "a" + text
    )
    assert code(f"name + {text!r}").isprintable()
    known = {"name": pd.Series(["a"], dtype="string[python]"), "i": [0]}
    joined = eval(pandas_code(f"name + {text!r}").text, PANDAS_NAMES | known)
    assert joined.item() == "a" + text


@pytest.mark.parametrize(
    "nest",
    [
        "(1 / ({} + x))",
        "7 // ({})",
        "abs({})",
        "max(i, x_null, {})",
        "clip(x, x_null, {})",
        "(1 if yes else {})",
        "(x + {})",
        "-({})",
    ],
)
def test_the_deepest_expression_still_makes_a_script(nest: str) -> None:
    text = "x"
    while parse(nest.format(text), lambda *_: NUMBER, [])[0] is not None:
        text = nest.format(text)
    black.format_str(f"result = {code(text)}\n", mode=black.Mode())
    compile(code(text), "expression", "eval")


# ----------------------------------------------------------------------------- its meaning


def same(found: Any, expected: Any, type: Type) -> bool:
    if expected is None or found is None:
        return found is expected
    if type.data is Data.DATE:
        return bool(found == at(expected).date())
    if type.data is Data.TIMESTAMP:
        return bool(found == at(expected))
    if type.data is Data.NUMBER:
        return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
    return bool(found == expected)


@settings(max_examples=800, deadline=None)
@example("(x_null ** 0)", [ROW_OF_NULLS])
@example("len(str(day))", [ROW_OF_NULLS | {"day": date(2019, 1, 1)}])
@example("days(0) == hours(0)", [])
@example("days(2) > (days(1) if yes else None)", [ROW_OF_NULLS | {"yes": True}])
@example('lower(str(day)) == "2019-01-01"', [ROW_OF_NULLS | {"day": date(2019, 1, 1)}])
@given(st.one_of(*(GROWN[sort] for sort in "IEBTDS"), INEXACT, IN_ORDER), ROWS)
def test_printed_code_computes_what_the_language_says(
    text: str, rows: list[dict[str, Any]]
) -> None:
    node, problems = parse(text, lambda path, start, end: COLUMNS.get(path), ["outage"])
    # Rightly refused: constant parts without a value, values that a category does not have.
    for problem in problems:
        fair = ("never be equal", "null in every row")
        assert problem.code == "E304" or any(one in problem.message for one in fair)
    assume(node is not None)
    assert node is not None
    scalar = is_scalar(node)
    try:
        along = with_siblings(rows)
        expected = [evaluate(text, row) for row in (along if not scalar else [{}])]
    except OutOfRange:
        assume(False)
    result = run(text, rows)
    if scalar:
        found = [result]
    else:
        assert isinstance(result, pl.Series)
        found = result.to_list()
        enum = pl.Enum(node.type.values) if node.type.values else None
        assert result.dtype in (DTYPES[node.type.data], enum)
    assert len(found) == len(expected)
    assert all(same(a, b, node.type) for a, b in zip(found, expected, strict=True))
    assert node.type.nullable or None not in found
    if node.type.values:
        assert set(found) - {None} <= set(node.type.values)
    assert_pandas_gives_the_same(text, rows, node, found)


def assert_pandas_gives_the_same(
    text: str, rows: list[dict[str, Any]], node: Node, wanted: list[Any]
) -> None:
    """To the bit."""
    result = run_pandas(text, rows)
    found = [result]
    if isinstance(result, pd.Series):
        assert str(result.dtype) in (
            *PANDAS_DTYPES[node.type.data],
            "string",
        ), result.dtype
        assert result.index.equals(pd.RangeIndex(len(rows)))
        wanted = wanted * len(rows) if is_scalar(node) else wanted
        nulls = zip(result, result.isna(), strict=True)
        found = [None if null else value for value, null in nulls]
    if node.type.data is Data.DATE:
        found = [None if one is None else pd.Timestamp(one).date() for one in found]
    assert found == wanted
