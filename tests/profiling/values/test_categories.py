"""Categories and booleans: their shares, and which values may be named."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from compiler.profiling.model import Options
from tests.support.described import (
    assert_compiles,
    described,
    draft_of,
    draft_of_values,
    views_of,
)

ROWS = 5_000


def texts(shares: dict[str, float], rows: int = ROWS, seed: int = 1) -> Any:
    rng = np.random.default_rng(seed)
    return rng.choice([*shares], rows, p=[*shares.values()]).tolist()


def text_draft(values: list[str | None], options: Options | None = None) -> Any:
    frame = pl.DataFrame({"x": pl.Series(values, dtype=pl.String)})
    return described(views_of({"rows": frame}, options=options), "rows", "x")


def test_shares_are_weights_in_falling_order() -> None:
    draft = draft_of_values(texts({"low": 0.1, "high": 0.65, "mid": 0.25}))
    weights = draft.settings["weights"]
    assert [*weights] == ["high", "mid", "low"]
    assert [*weights.values()] == pytest.approx([0.65, 0.25, 0.1], abs=0.02)
    assert all(round(weight, 3) == weight for weight in weights.values())
    assert_compiles(("rows", ROWS, [draft]))


def test_rare_values_are_left_out_and_counted() -> None:
    values = texts({"a": 0.7, "b": 0.3}) + ["secret"] * 19 + ["hidden"] * 3
    draft = draft_of_values(values)
    assert [*draft.settings["weights"]] == ["a", "b"]
    assert "left out: 2 values of 22 rows, as under 20 rows have each" in draft.comments
    assert "secret" not in str(draft)
    named = draft_of_values(values, Options(least_rows=19))
    assert "secret" in named.settings["weights"]


def test_names_are_left_out_on_request() -> None:
    draft = draft_of_values(texts({"a1": 0.7, "b1": 0.3}), Options(names_values=False))
    assert [*draft.settings["weights"]] == ["value_1", "value_2"]
    assert "a1" not in str(draft)


def test_values_that_are_alike_frequent_compile() -> None:
    draft = draft_of_values(["a", "b", "c", "d"] * 1_000)
    assert draft.settings["allow"] == ["W402"]
    assert_compiles(("rows", 4_000, [draft]))


def test_thin_categories_compile() -> None:
    draft = draft_of_values(texts({"a": 0.9, "b": 0.1}, rows=1_000))
    assert draft.settings["allow"] == ["W407"]
    assert_compiles(("rows", 1_000, [draft]))


def test_one_text_is_a_constant() -> None:
    assert draft_of_values(["x"] * 50).settings == {"kind": "constant", "value": "x"}


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["a"],
        ["a", "b", "a", "b", "a"],
        [None] * 40,
        [f"text {n}" for n in range(2_000)],
        [f"text {n}" for n in range(300)] * 30,
        ["a", "b"] * 10 + [f"text {n}" for n in range(2_000)],
        ["a\nb"] * 50,
        ["x" * 200] * 50,
    ],
    ids=["none", "one", "five", "null", "unique", "many", "mostly", "lines", "long"],
)
def test_what_is_no_category(values: list[str | None]) -> None:
    assert text_draft(values) is None


def test_a_skewed_category_of_many_values() -> None:
    rng = np.random.default_rng(2)
    shares = 1 / np.arange(1, 151)
    names = [f"city {n}" for n in range(1, 151)]
    values = rng.choice(names, 60_000, p=shares / shares.sum()).tolist()
    draft = text_draft(values)
    assert len(draft.settings["weights"]) == 150
    first = draft.settings["weights"]["city 1"]
    assert first == pytest.approx(1 / shares.sum(), abs=0.02)


def test_whole_numbers_as_texts_are_a_category() -> None:
    draft = draft_of_values(texts({"200": 0.8, "404": 0.15, "500": 0.05}))
    assert [*draft.settings["weights"]] == ["200", "404", "500"]


def test_a_boolean_has_a_chance() -> None:
    rng = np.random.default_rng(3)
    draft = draft_of_values((rng.random(ROWS) < 0.13).tolist())
    assert draft.settings["kind"] == "bool"
    assert draft.settings["chance"] == pytest.approx(0.13, abs=0.02)
    assert_compiles(("rows", ROWS, [draft]))


@pytest.mark.parametrize("values", [[True] * 30, [False] * 30])
def test_a_boolean_of_one_value(values: list[bool]) -> None:
    draft = draft_of_values(values)
    assert draft.settings == {"kind": "bool", "chance": float(values[0])}


def test_a_boolean_that_is_always_null() -> None:
    draft = draft_of_values(pl.Series([None] * 30, dtype=pl.Boolean))
    assert draft.settings["null_rate"] == 1
    assert_compiles(("rows", 10, [draft]))


def test_nulls_that_a_category_explains() -> None:
    status = texts({"open": 0.5, "closed": 0.5})
    reason = [None if one == "open" else "done" for one in status]
    frame = pl.DataFrame({"status": status, "reason": reason})
    draft = draft_of("reason", views_of({"rows": frame}))
    assert draft.settings["null_rate"] == pytest.approx(0.5, abs=0.03)
    assert "exactly where status is open" in draft.comments[-1]


def test_nulls_that_a_category_makes_more_frequent() -> None:
    rng = np.random.default_rng(4)
    status = np.array(texts({"open": 0.5, "closed": 0.5}))
    gone = rng.random(ROWS) < np.where(status == "open", 0.6, 0.1)
    score = np.where(gone, np.nan, rng.normal(10, 2, ROWS))
    frame = pl.DataFrame({"status": status, "score": score})
    draft = draft_of("score", views_of({"rows": frame}))
    assert "it depends on status, from 1" in draft.comments[-1]
