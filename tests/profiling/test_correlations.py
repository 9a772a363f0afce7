"""Numbers that follow others of their row in a first spec."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from compiler.profiling.correlations import LEAST_ROWS
from tests.support.drafted import first_tables

ROWS = 4_000


def people(rows: int = ROWS) -> pl.DataFrame:
    """Weights follow heights, and pulses, some of which are null, go against weights."""
    rng = np.random.default_rng(3)
    height, weight, pulse = rng.normal(size=(3, rows))
    weight = 0.8 * height + 0.6 * weight
    pulse = -0.5 * weight + 0.75**0.5 * pulse
    columns = {
        "person_id": range(1, rows + 1),
        "height": np.round(172 + 9 * height, 1),
        "weight": np.round(74 * np.exp(0.2 * weight), 1),
        "shoes": rng.integers(36, 47, rows),
        "pulse": [
            None if n % 3 == 0 else value
            for n, value in enumerate(np.round(70 + 8 * pulse, 1))
        ],
    }
    return pl.DataFrame(columns)


def test_each_number_follows_the_one_it_is_nearest_to() -> None:
    columns = first_tables({"people": people()})["people"]["columns"]
    correlated = {name: one.get("correlated") for name, one in columns.items()}
    assert correlated["height"] is None
    assert correlated["shoes"] is None
    ((name, weight),) = correlated["weight"].items()
    assert (name, weight) == ("height", pytest.approx(0.79, abs=0.03))
    ((name, pulse),) = correlated["pulse"].items()
    assert (name, pulse) == ("weight", pytest.approx(-0.48, abs=0.05))


def test_few_rows_show_no_correlation() -> None:
    columns = first_tables({"people": people(LEAST_ROWS - 1)})["people"]["columns"]
    assert not any("correlated" in one for one in columns.values())


def test_many_columns_that_have_nothing_to_do_with_each_other_show_none() -> None:
    rng = np.random.default_rng(5)
    numbers = {f"x_{n}": np.round(rng.normal(10, 2, 1_000), 2) for n in range(40)}
    frame = pl.DataFrame({"id": range(1, 1_001), **numbers})
    columns = first_tables({"things": frame})["things"]["columns"]
    assert not any("correlated" in one for one in columns.values())
