"""Numbers: known distributions are recognised, and come back."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from compiler.profiling.draft import DraftColumn
from compiler.profiling.model import Options
from tests.support.described import assert_compiles, draft_of_values, redrawn

ROWS = 8_000


def within(values: Any, low: float, high: float) -> Any:
    return values[(values >= low) & (values <= high)][:ROWS]


def sample(kind: str, **given: float) -> Any:
    rng = np.random.default_rng(1)
    size = 4 * ROWS
    drawn = {
        "normal": lambda: rng.normal(given["mean"], given["sd"], size),
        "lognormal": lambda: rng.lognormal(
            np.log(given["median"]), given["sigma"], size
        ),
        "exponential": lambda: rng.exponential(given["scale"], size),
        "pareto": lambda: given["scale"] * (1 + rng.pareto(given["a"], size)),
        "gamma": lambda: rng.gamma(given["shape"], given["scale"], size),
        "beta": lambda: rng.beta(given["a"], given["b"], size),
        "poisson": lambda: rng.poisson(given["lam"], size),
        "triangular": lambda: rng.triangular(
            given["left"], given["mode"], given["right"], size
        ),
        "uniform": lambda: rng.uniform(given["low"], given["high"], size),
    }[kind]()
    return within(drawn, given.get("min", -np.inf), given.get("max", np.inf))


KNOWN: list[tuple[str, int | None, dict[str, float]]] = [
    ("normal", 2, {"mean": 62, "sd": 4}),
    ("normal", None, {"mean": -3, "sd": 0.2}),
    ("normal", 2, {"mean": 3, "sd": 2, "min": 0, "max": 5}),
    ("lognormal", 2, {"median": 120, "sigma": 0.8}),
    ("lognormal", 1, {"median": 0.3, "sigma": 0.3}),
    ("lognormal", 2, {"median": 50, "sigma": 1, "max": 100}),
    ("exponential", 2, {"scale": 12}),
    ("exponential", None, {"scale": 0.5, "max": 1}),
    ("pareto", 2, {"a": 1.4, "scale": 9}),
    ("pareto", 2, {"a": 2.5, "scale": 100}),
    ("pareto", 2, {"a": 1, "scale": 10, "max": 100}),
    ("gamma", 2, {"shape": 2, "scale": 14}),
    ("gamma", None, {"shape": 0.6, "scale": 3}),
    ("beta", 3, {"a": 2, "b": 8}),
    ("beta", None, {"a": 0.7, "b": 0.7}),
    ("triangular", 2, {"left": 0, "mode": 3, "right": 10}),
    ("uniform", 2, {"low": 5, "high": 25}),
]
"""Kind, decimals, parameters."""


@functools.cache
def known_values(place: int) -> Any:
    kind, decimals, given = KNOWN[place]
    values = sample(kind, **given)
    return values if decimals is None else np.round(values, decimals)


@functools.cache
def known_draft(place: int) -> DraftColumn:
    return draft_of_values(known_values(place))


PLACES = pytest.mark.parametrize("place", range(len(KNOWN)))


@PLACES
def test_a_known_distribution_is_found(place: int) -> None:
    kind, decimals, given = KNOWN[place]
    draft = known_draft(place)
    assert draft.settings["kind"] == kind, draft
    assert draft.settings.get("decimals") == decimals
    scale = max(abs(value) for value in given.values())
    for name, value in given.items():
        off = abs(draft.settings[name] - value)
        assert off <= max(0.12 * abs(value), 0.02 * scale), (name, draft.settings)
    assert "min" in given or draft.settings.get("min", 0) == 0
    assert draft.comments[0].startswith(f"{kind}: KS 0.0")


@PLACES
def test_medians_and_shapes_come_back(place: int) -> None:
    values, again = known_values(place), redrawn(known_draft(place).settings)
    assert np.median(again) == pytest.approx(np.median(values), rel=0.05)
    assert distance(again, values) < 0.03


def test_known_distributions_compile() -> None:
    drafts = [
        replace(known_draft(place), name=f"x_{place}") for place in range(len(KNOWN))
    ]
    assert_compiles(("rows", 20_000, drafts))


WHOLE: list[tuple[str, dict[str, float]]] = [
    ("poisson", {"lam": 4}),
    ("poisson", {"lam": 0.6, "min": 1}),
    ("poisson", {"lam": 40}),
    ("lognormal", {"median": 120, "sigma": 0.8, "min": 40}),
    ("normal", {"mean": 500, "sd": 40}),
    ("uniform", {"low": 1, "high": 6}),
]


@pytest.mark.parametrize(("kind", "given"), WHOLE)
def test_whole_numbers(kind: str, given: dict[str, float]) -> None:
    rng = np.random.default_rng(2)
    values = (
        rng.integers(1, 6, ROWS, endpoint=True)
        if kind == "uniform"
        else sample(kind, **(given | {"min": given.get("min", 0) - 0.5}))
    )
    draft = draft_of_values(np.round(values).astype(int))
    assert draft.settings["kind"] == kind, draft
    for name, value in given.items():
        assert draft.settings[name] == pytest.approx(value, rel=0.08)
    assert draft.settings.get("integer", False) is (kind != "poisson")
    assert_compiles(("rows", 20_000, [draft]))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shape", ["two peaks", "zeros", "long tail", "edge"])
def test_any_shape_comes_back(shape: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    some = rng.normal(10, 1, ROWS)
    zeros = np.where(rng.random(ROWS) < 0.3, 0, rng.lognormal(3, 1, ROWS))
    values = {
        "two peaks": np.where(rng.random(ROWS) < 0.6, some, some + 20),
        "zeros": zeros,
        "long tail": np.exp(rng.standard_t(3, ROWS)),
        "edge": np.minimum(rng.exponential(10, ROWS), 15),
    }[shape].round(2)
    draft = draft_of_values(values)
    assert draft.settings["kind"] == "quantiles", draft
    shares, points = draft.settings["shares"], draft.settings["values"]
    assert shares == sorted(shares)
    assert points == sorted(points)
    assert (shares[0], shares[-1]) == (0, 1)
    assert len(points) <= 30
    assert distance(redrawn(draft.settings), values) < 0.025
    again = np.median(redrawn(draft.settings))
    assert again == pytest.approx(np.median(values), rel=0.05)


def distance(first: Any, second: Any) -> float:
    at = np.unique(np.concatenate((first, second)))
    upto = [
        np.searchsorted(np.sort(each), at, "right") / len(each)
        for each in (first, second)
    ]
    return float(np.abs(upto[0] - upto[1]).max())


def test_codes_are_a_choice_of_integers() -> None:
    rng = np.random.default_rng(5)
    codes = rng.choice([200, 404, 503], ROWS, p=[0.9, 0.07, 0.03])
    draft = draft_of_values(codes)
    settings = draft.settings
    assert (settings["kind"], settings["type"]) == ("choice", "integer")
    shares = [(codes == code).mean() for code in (200, 404, 503)]
    assert [*settings["weights"]] == ["200", "404", "503"]
    assert [*settings["weights"].values()] == pytest.approx(shares, abs=6e-4)
    assert_compiles(("rows", ROWS, [draft]))


def test_a_price_list_has_its_numbers_and_shares() -> None:
    rng = np.random.default_rng(3)
    prices = rng.choice([1.5, 4.0, 19.99], ROWS, p=[0.5, 0.3, 0.2])
    draft = draft_of_values(prices)
    assert draft.settings["kind"] == "quantiles"
    assert draft.settings["values"] == [1.5, 1.5, 4.0, 4.0, 19.99, 19.99]
    again = redrawn(draft.settings)
    assert set(np.unique(again)) <= {1.5, 4.0, 19.99}
    assert (again == 19.99).mean() == pytest.approx(0.2, abs=0.02)
    assert "19.99 in 20" in draft.comments[0]


def test_numbers_without_their_names_are_rough() -> None:
    prices = np.random.default_rng(3).choice([1.0, 19.99, 4387.25], ROWS)
    draft = draft_of_values(prices, Options(names_values=False))
    assert draft.settings["values"] == [1.0, 1.0, 20.0, 20.0, 4400.0, 4400.0]
    assert "19.99" not in str(draft)


def test_grades_keep_the_share_of_each() -> None:
    rng = np.random.default_rng(4)
    shares = [0.02, 0.1, 0.13, 0.4, 0.35]
    grades = rng.choice(5, ROWS, p=shares) + 1
    draft = draft_of_values(grades)
    assert draft.settings["integer"] is True
    again = redrawn(draft.settings)
    assert [(again == n).mean() for n in range(1, 6)] == pytest.approx(shares, abs=0.02)


@pytest.mark.parametrize("seed", range(4))
def test_medians_of_counts_come_back(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.negative_binomial(3, 0.2, ROWS)
    again = np.median(redrawn(draft_of_values(counts).settings))
    assert again == pytest.approx(np.median(counts), rel=0.05)


def test_zero_or_one_stays_a_whole_number() -> None:
    rng = np.random.default_rng(4)
    draft = draft_of_values((rng.random(ROWS) < 0.2).astype(int))
    again = redrawn(draft.settings)
    assert again.mean() == pytest.approx(0.2, abs=0.02)
    assert set(np.unique(again)) == {0, 1}
    assert draft.settings["kind"] != "bool"


@pytest.mark.parametrize("fault", [-999_999.0, 1e9])
def test_faults_are_left_out(fault: float) -> None:
    values = sample("lognormal", median=120, sigma=0.8)
    values[::200] = fault
    draft = draft_of_values(values.round(2))
    assert draft.settings["kind"] == "lognormal"
    assert draft.settings["median"] == pytest.approx(120, rel=0.05)
    assert any("0.5 % of the rows, far off" in line for line in draft.comments)


def test_a_long_tail_is_no_fault() -> None:
    values = sample("pareto", a=0.8, scale=1)
    assert not any("far off" in line for line in draft_of_values(values).comments)


def test_a_constant_number() -> None:
    draft = draft_of_values([7] * 50)
    assert draft.settings == {"kind": "constant", "value": 7}
    assert_compiles(("rows", 20_000, [draft]))


@pytest.mark.parametrize("values", [[], [3.7], [3.7, 9.1, 8.4], [5.5] * 8, [None] * 40])
def test_a_few_rows_show_nothing(values: list[float | None]) -> None:
    import polars as pl

    draft = draft_of_values(pl.Series(values, dtype=pl.Float64))
    text = str(draft.settings)
    assert not any(str(value) in text for value in values if value is not None)
    assert "a guess by name and type" in draft.comments[0]
    assert (draft.settings.get("null_rate") == 1) is (None in values)
    assert_compiles(("rows", 20_000, [draft]))


@pytest.mark.parametrize("size", [5, 12, 30])
def test_small_tables_have_a_rough_guess(size: int) -> None:
    values = sample("lognormal", median=40, sigma=0.5)[:size].round(2)
    draft = draft_of_values(values)
    assert draft.settings["kind"] in ("lognormal", "normal", "gamma", "exponential")
    median = np.median(redrawn(draft.settings))
    assert median == pytest.approx(np.median(values), rel=0.4)
    assert_compiles(("rows", 20_000, [draft]))


@pytest.mark.parametrize("size", [3, 30, 3_000])
def test_numbers_of_any_size(size: int) -> None:
    rng = np.random.default_rng(7)
    some = rng.normal(0, 1, size)
    drafts = [
        replace(draft_of_values(values), name=f"x_{place}")
        for place, values in enumerate(
            (some * 1e-9, some * 1e12, some * 1e150, np.where(some > 0, np.inf, some))
        )
    ]
    assert_compiles(
        ("rows", 20_000, [d for d in drafts if d.settings["kind"] != "quantiles"])
    )


@pytest.mark.parametrize("least_rows", [5, 20, 100])
def test_no_single_value_is_shown(least_rows: int) -> None:
    rng = np.random.default_rng(6)
    for values in (
        np.where(
            rng.random(3_000) < 0.5,
            rng.normal(1e4, 1e3, 3_000),
            rng.normal(5e4, 9e3, 3_000),
        ),
        rng.lognormal(9, 1, 3_000) + 4_000,
        rng.uniform(1_000, 9_999, 3_000),
    ):
        shown = values.round(2)
        draft = draft_of_values(shown, Options(least_rows=least_rows))
        numbers = {n for n in numbers_in(draft.settings) if n not in (0, 1)}
        assert not numbers & set(shown.tolist())


def numbers_in(settings: Any) -> set[float]:
    if isinstance(settings, dict):
        return set().union(*map(numbers_in, settings.values()))
    if isinstance(settings, list):
        return set().union(*map(numbers_in, settings))
    return {settings} if isinstance(settings, int | float) else set()


def test_nulls_have_a_rate() -> None:
    values = [None if n % 8 == 0 else float(n % 97) for n in range(4_000)]
    draft = draft_of_values(values)
    assert draft.settings["null_rate"] == 0.125
    assert "null in 12.5 % of the rows" in draft.comments[-1]


def test_a_rare_null_is_only_mentioned() -> None:
    draft = draft_of_values([None, *(float(n % 97) for n in range(4_000))])
    assert "null_rate" not in draft.settings
    assert draft.comments[-1].endswith("left out")


@pytest.mark.parametrize("sentinel", [-1, -9, -999, 9_999])
@pytest.mark.parametrize("every", [3, 100])
def test_a_number_for_none_counts_as_null(sentinel: int, every: int) -> None:
    ages = np.clip(sample("normal", mean=45, sd=12), 18, 90).round()
    ages[::every] = sentinel
    draft = draft_of_values(ages.astype(int))
    assert draft.settings["null_rate"] == pytest.approx(1 / every, abs=0.005)
    drawn = redrawn(draft.settings)
    assert drawn.min() >= 1 and drawn.max() < 120
    assert np.median(drawn) == pytest.approx(45, abs=1.5)
    assert any("counts as null" in line for line in draft.comments)
    assert not any(str(sentinel) in line for line in draft.comments)


def test_a_number_for_none_is_a_value_among_its_like() -> None:
    around_zero = sample("normal", mean=0, sd=3).round()
    few = np.tile([-1, 1, 2, 3], 500)
    up_to = np.concatenate([np.arange(9_000, 10_000), np.full(20, 9_999)])
    once = np.concatenate([np.arange(1, 500), [-1]])
    for values in (around_zero, few, up_to, once):
        draft = draft_of_values(values.astype(int))
        assert "null_rate" not in draft.settings
        assert not any("counts as null" in line for line in draft.comments)
