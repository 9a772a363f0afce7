"""The order of rows by activity: a permutation of any size, in which no structure is visible."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2

from tests.support import Script, module, spec, table

SMALL = (2, 3, 4, 5, 8, 13, 16, 31)
LARGE = (1_000, 4_097, 65_536, 100_003)


def helpers() -> Script:
    """A script that shuffles."""
    customer = {"kind": "ref", "table": "customers"}
    city = {"kind": "constant", "value": "Bonn"}
    return module(spec(customers=table(10, city=city), orders=table(10, by=customer)))


def order(rows: int, stream: str = "a", script: Script | None = None) -> np.ndarray:
    found: np.ndarray = (script or helpers()).shuffled(np.arange(rows), rows, stream)
    return found


def assert_alike(counts: np.ndarray) -> None:
    """All of these are equally likely."""
    expected = counts.sum() / counts.size
    distance = float(((counts - expected) ** 2 / expected).sum())
    assert chi2.sf(distance, counts.size - 1) > 1e-4, counts


@pytest.mark.parametrize("rows", [1, *SMALL, *LARGE])
def test_each_row_is_there_once(rows: int) -> None:
    assert np.array_equal(np.sort(order(rows)), np.arange(rows))


@pytest.mark.parametrize("rows", SMALL)
def test_in_small_tables_each_order_is_equally_likely(rows: int) -> None:
    script = helpers()
    orders = [order(rows, f"stream {n}", script) for n in range(2_000)]
    for rank in range(rows):
        assert_alike(np.bincount([each[rank] for each in orders], minlength=rows))
    steps = [(each[1] - each[0]) % rows for each in orders]
    if rows > 2:
        assert_alike(np.bincount(steps, minlength=rows)[1:])


@pytest.mark.parametrize("rows", LARGE)
def test_in_large_tables_the_busiest_are_anywhere(rows: int) -> None:
    found = order(rows)
    steps = np.diff(found) % rows
    assert_alike(np.histogram(steps, 50, (0, rows))[0])
    assert np.bincount(steps).max() < 12, "the same step again and again"
    for lag in (1, 2, 3, 16, 256):  # what is random correlates by about 1 / sqrt(rows)
        close = np.corrcoef(found[:-lag], found[lag:])[0, 1]
        assert abs(close) < 4.5 / np.sqrt(rows), lag
    busiest = np.histogram(found[: rows // 5], 20, (0, rows))[0]
    assert_alike(busiest)


def test_streams_and_batches_have_orders_of_their_own() -> None:
    script, rows = helpers(), 4_097
    ranks = np.arange(rows)
    orders = [order(rows, stream, script) for stream in ("a", "b", "c")]
    orders += [script.shuffled(ranks, rows, "a", batch) for batch in (1, 2, 700)]
    for n, one in enumerate(orders):
        for other in orders[:n]:
            assert (one == other).mean() < 5 / rows * 2
            assert abs(np.corrcoef(one, other)[0, 1]) < 4.5 / np.sqrt(rows)


def test_each_row_has_the_size_and_the_batch_of_its_own() -> None:
    script = helpers()
    sizes, batches = np.repeat([5, 300, 1_024], 400), np.tile([0, 1, 7, 2], 300)
    ranks = np.arange(1_200) % sizes
    found = script.shuffled(ranks, sizes, "a", batches)
    for size in (5, 300, 1_024):
        for batch in (0, 1, 7, 2):
            own = (sizes == size) & (batches == batch)
            alone = script.shuffled(ranks[own], size, "a", batch)
            assert np.array_equal(found[own], alone)
