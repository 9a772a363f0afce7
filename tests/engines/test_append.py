"""Append mode: the rows and cells of the batches after the first load."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.support import (
    END,
    answer,
    fetched,
    read,
)
from tests.support.batches import GROWING, load

DAY = timedelta(days=1)
LAST = datetime.fromisoformat(END).replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("shop"))


def test_keys_go_on_without_a_gap(loaded: Path) -> None:
    for name, key in (("customers", "id"), ("orders", "key"), ("returns", "id")):
        found = fetched(f"SELECT {key}, batch FROM {name} ORDER BY 1", loaded)
        numbers = [int(str(value).removeprefix("ORD-")) for value in found[key]]
        assert numbers == list(range(1, len(numbers) + 1))
        assert found["batch"].tolist() == sorted(found["batch"].tolist())
    assert answer("SELECT count(*) = count(DISTINCT id) FROM lines", loaded) == (True,)


def test_each_table_grows_as_it_is_told(loaded: Path) -> None:
    counts = {
        name: np.bincount(read(loaded, name)["batch"], minlength=6)
        for name in (*GROWING, "products")
    }
    assert counts["customers"].tolist() == [300, 40, 40, 40, 40, 40]
    assert counts["products"].tolist() == [12, 0, 0, 0, 0, 0]
    assert counts["orders"][0] == 3_600
    assert all(2 < count < 35 for count in counts["orders"][1:])  # 20 a day
    assert counts["lines"][1:].all()
    assert not (loaded / "products" / "batch=1").exists()


def test_moments_lie_in_the_period_of_their_batch(loaded: Path) -> None:
    for name in ("orders", "returns"):
        sql = f"SELECT batch, min(placed), max(placed), count(*) FROM {name} GROUP BY 1 ORDER BY 1"
        found = fetched(sql, loaded)
        for batch, least, most, _ in zip(*found.values(), strict=True):
            end = np.datetime64(LAST.replace(tzinfo=None) + int(batch) * DAY)
            assert most < end
            assert least >= end - np.timedelta64(1 if batch else 180, "D")


def test_own_periods_count_from_the_end_of_the_batch(loaded: Path) -> None:
    found = read(loaded, "customers")
    end = np.datetime64(END) + found["batch"].astype("timedelta64[D]")
    age = (end - found["since"].astype("datetime64[D]")).astype(int)
    assert age.min() > 182
    assert age.max() <= 730
    assert age[found["batch"] > 0].std() > 100


def test_refs_reach_all_batches_so_far_and_no_later_ones(loaded: Path) -> None:
    for column in ("customer", "gift", "guest"):
        sql = f"""
            SELECT o.batch AS batch, c.batch AS far, count(*) AS n
            FROM orders o LEFT JOIN customers c ON o.{column} = c.id
            WHERE o.{column} IS NOT NULL GROUP BY ALL
        """
        found = fetched(sql, loaded)
        assert not np.ma.getmaskarray(found["far"]).any(), "an orphan"
        assert (found["far"] <= found["batch"]).all()
        assert found["far"].max() > 0, "none of the later customers orders"
    none = "SELECT count(*) FROM customers WHERE friend >= id"
    assert answer(none, loaded) == (0,)
    orphans = "SELECT count(*) FROM returns ANTI JOIN lines ON line = lines.id"
    assert answer(orphans, loaded) == (0,)
    later = "SELECT count(*) FROM returns r JOIN lines l ON line = l.id WHERE l.batch > r.batch"
    assert answer(later, loaded) == (0,)


def test_children_come_with_their_parents_and_not_before(loaded: Path) -> None:
    other = "SELECT count(*) FROM lines l JOIN orders o ON l.order = o.key WHERE l.batch != o.batch"
    assert answer(other, loaded) == (0,)
    before = """
        SELECT count(*) FROM returns r JOIN lines l ON line = l.id
        JOIN orders o ON l.order = o.key WHERE r.placed < o.placed
    """
    assert answer(before, loaded) == (0,)
    early = """
        SELECT count(*) FROM orders o JOIN customers c ON customer = c.id
        WHERE o.placed < c.since
    """
    assert answer(early, loaded) == (0,)


def test_cells_of_earlier_batches_read_as_they_were_written(loaded: Path) -> None:
    sql = """
        SELECT count(*), count(o.sent), bool_and(
            l.placed = o.placed AND l.tier = c.tier AND l.tier = o.tier AND l.since = c.since
            AND l.sent IS NOT DISTINCT FROM o.sent
        ) FROM lines l JOIN orders o ON l.order = o.key JOIN customers c ON customer = c.id
    """
    lines, sent, same = answer(sql, loaded)
    assert same
    assert 0 < sent < lines
    sql = """
        SELECT count(*), count(*) FILTER (o.batch < r.batch), bool_and(
            r.order = o.key AND r.sent IS NOT DISTINCT FROM o.sent AND r.age = o.age
            AND r.customer = o.customer AND r.gift IS NOT DISTINCT FROM o.gift
            AND r.guest = o.guest AND r.product = o.product
        ) FROM returns r JOIN lines l ON line = l.id JOIN orders o ON l.order = o.key
    """
    returns, earlier, same = answer(sql, loaded)
    assert same
    assert 0 < earlier < returns


def test_now_is_the_end_of_the_row_s_batch(loaded: Path) -> None:
    sql = f"""
        SELECT max(abs(age - epoch(TIMESTAMPTZ '{END}' - placed + batch * INTERVAL 1 DAY) / 86400)),
            bool_and(fresh = (age < 0.25)), count(*) FILTER (fresh AND batch > 0),
            bool_and(sent IS NULL OR epoch(sent - placed) / 86400 < age),
            count(*) FILTER (sent IS NULL AND age > 8)
        FROM orders
    """
    off, same, fresh, known, late = answer(sql, loaded)
    assert off < 1e-9
    assert same
    assert fresh > 0
    assert known
    assert late < 400  # e ** (-8 / 3) of those of eight days and more
