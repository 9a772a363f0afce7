"""Which tables belong to a parent, and how many rows each parent has."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from compiler.profiling.model import Children, Options, Relations
from compiler.profiling.relations import relations_of
from compiler.profiling.relations.grids import even_step
from compiler.profiling.relations.poisson import variance
from tests.support.frames import tables_of

PARENTS = 2_000


def seeded() -> np.random.Generator:
    return np.random.default_rng(3)


def family(
    counts: np.ndarray,
    parents: dict[str, Any] | None = None,
    children: dict[str, Any] | None = None,
    shuffled: bool = False,
    options: Options | None = None,
) -> Relations:
    """Orders, and so many items of each."""
    order = {"order_id": np.arange(1, len(counts) + 1), **(parents or {})}
    own = np.repeat(order["order_id"], counts)
    if shuffled:
        own = seeded().permutation(own)
    item = {"item_id": np.arange(1, len(own) + 1), "order_id": own, **(children or {})}
    frames = {"orders": pl.DataFrame(order), "items": pl.DataFrame(item)}
    return relations_of(tables_of(frames), options)


def children(relations: Relations) -> Children:
    found = relations["items"].children
    assert found is not None
    return found


def test_a_poisson_number_of_rows_that_follow_each_other() -> None:
    found = children(family(seeded().poisson(4, PARENTS)))
    assert found.ref == "order_id" and found.settings["mean"] == pytest.approx(
        4, abs=0.1
    )
    assert "min" not in found.settings
    assert "they follow each other in the table" in found.reason


def test_without_an_order_it_may_be_any_even_ref() -> None:
    relations = family(seeded().poisson(4, PARENTS), shuffled=True)
    assert relations["items"].children is None
    (ref,) = relations["items"].refs
    assert ref.skew is None


def test_that_none_is_without_shows_a_parent_in_any_order() -> None:
    counts = 1 + seeded().poisson(0.8, PARENTS)
    found = children(family(counts, shuffled=True))
    assert found.settings["min"] == 1
    assert found.reason.endswith("none is without")


def test_busy_parents_make_a_skewed_ref() -> None:
    generator = seeded()
    counts = generator.poisson(4 * generator.lognormal(-0.5, 1, PARENTS))
    relations = family(counts)
    assert relations["items"].children is None
    (ref,) = relations["items"].refs
    top = np.sort(counts)[::-1][: PARENTS // 5].sum() / counts.sum()
    assert ref.skew == pytest.approx(top)


def test_a_category_of_the_parent_explains_the_numbers() -> None:
    generator = seeded()
    size = np.array(["big", "small"])[generator.integers(0, 2, PARENTS)]
    counts = 1 + generator.poisson(np.where(size == "big", 8, 1.5))
    found = children(family(counts, {"size": size}))
    assert found.settings["by"] == "size"
    means = {value: one["mean"] for value, one in found.settings["cases"].items()}
    assert means == {
        value: pytest.approx(counts[size == value].mean(), rel=0.01)
        for value in ("big", "small")
    }


def test_values_are_named_only_if_that_is_wanted() -> None:
    generator = seeded()
    size = np.array(["big", "small"])[generator.integers(0, 2, PARENTS)]
    has = size == "big"
    options = Options(names_values=False)
    found = family(has.astype(int), {"size": size}, options=options)["items"].children
    assert found is not None and found.settings == {
        "chance": pytest.approx(0.5, abs=0.05)
    }


def test_rare_values_are_in_otherwise() -> None:
    generator = seeded()
    size = np.where(np.arange(PARENTS) % 2 == 0, "big", "small").astype(object)
    size[:7] = "secret"
    counts = 1 + generator.poisson(np.where(size == "big", 8, 1.5))
    found = children(family(counts, {"size": size}))
    assert set(found.settings["cases"]) == {"big", "small"}
    assert found.settings["otherwise"]["min"] >= 1
    assert "secret" not in str(found)


def test_the_column_that_numbers_the_rows() -> None:
    counts = seeded().integers(1, 8, PARENTS)
    line = np.concatenate([np.arange(1, count + 1) for count in counts])
    found = children(family(counts, children={"line": line}, shuffled=False))
    assert found.position == "line"
    assert "they vary more than a Poisson number" in found.reason


@pytest.mark.parametrize(
    ("columns", "has", "expected"),
    [
        ({"paid": [True, False] * 1000}, [1, 0] * 1000, "paid"),
        ({"open": [True, False] * 1000}, [0, 1] * 1000, "not open"),
        (
            {"kind": ["a", "b", "it's", "d"] * 500},
            [0, 0, 1, 0] * 500,
            'kind == "it\'s"',
        ),
        (
            {"kind": ["a", "b", "c", "d"] * 500},
            [1, 0, 1, 0] * 500,
            "kind in ('a', 'c')",
        ),
        ({"sent": [1, None] * 1000}, [1, 0] * 1000, "not is_null(sent)"),
        ({"sent": [1, None] * 1000}, [0, 1] * 1000, "is_null(sent)"),
        ({"kind": ["a", None] * 1000}, [0, 1] * 1000, "not (kind == 'a')"),
    ],
)
def test_conditions(columns: dict[str, Any], has: list[int], expected: str) -> None:
    found = children(family(np.array(has), columns))
    assert found.settings == {"where": expected}
    assert found.reason.endswith("for all of 2,000 orders")


def test_a_condition_may_have_a_few_faults() -> None:
    paid = np.arange(PARENTS) % 2 == 0
    has = paid.astype(int)
    has[:4] = 1 - has[:4]
    found = children(family(has, {"paid": paid}))
    assert found.settings == {"where": "paid"}
    assert found.reason.endswith("for 1,996 of 2,000 orders")


def test_a_share_of_the_parents_has_a_row() -> None:
    has = (seeded().random(PARENTS) < 0.3).astype(int)
    found = children(family(has))
    assert found.settings == {"chance": pytest.approx(has.mean(), abs=0.001)}


def test_few_rows_of_many_parents_are_no_children() -> None:
    """That no two of 40 rows have the same one of 2,000 parents is chance."""
    has = np.zeros(PARENTS, int)
    has[seeded().permutation(PARENTS)[:40]] = 1
    assert family(has)["items"].children is None


def test_one_row_for_each_parent() -> None:
    found = children(family(np.ones(PARENTS, int), shuffled=True))
    assert found.settings == {"mean": 1, "min": 1, "max": 1}


MONTHS = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(18)]
ENDS = [date(one.year, one.month, 28) + timedelta(days=4) for one in MONTHS]
NOON = datetime(2026, 1, 1, 12)


@pytest.mark.parametrize(
    ("moments", "step"),
    [
        ([NOON + timedelta(minutes=15 * n) for n in range(50)], "15m"),
        ([NOON + timedelta(hours=6 * n) for n in range(50)], "6h"),
        ([NOON + timedelta(days=n) for n in range(50)], "1d"),
        ([NOON + timedelta(seconds=90 * n) for n in range(50)], "90s"),
        ([date(2026, 1, 1) + timedelta(days=7 * n) for n in range(20)], "7d"),
        (MONTHS, "1mo"),
        (MONTHS[::3], "3mo"),
        ([date(2000 + n, 5, 1) for n in range(9)], "1y"),
        ([one - timedelta(days=one.day) for one in ENDS], "month_end"),
    ],
)
def test_grids(moments: list[date], step: str) -> None:
    count = len(moments)
    relations = family(np.full(30, count), children={"at": moments * 30})
    assert children(relations).settings == {"every": step}


def test_moments_that_are_not_even_are_no_grid() -> None:
    gaps = np.cumsum(seeded().integers(1, 9, 50))
    assert even_step([NOON + timedelta(minutes=int(n)) for n in gaps]) is None
    assert even_step([NOON + timedelta(milliseconds=5 * n) for n in range(9)]) is None


def test_a_dimension_has_no_children() -> None:
    """Tickets of fifty agents, all about as busy: agents are no parents."""
    agents = {"agent_id": np.arange(1, 51)}
    tickets = {
        "ticket_id": np.arange(1, 30_001),
        "agent_id": seeded().integers(1, 51, 30_000),
    }
    frames = {"agents": pl.DataFrame(agents), "tickets": pl.DataFrame(tickets)}
    found = relations_of(tables_of(frames))["tickets"]
    assert found.children is None
    assert [ref.skew for ref in found.refs] == [None]


def test_the_variance_of_a_truncated_poisson_number() -> None:
    """Without bounds it is the mean; drawn numbers confirm it with bounds."""
    assert variance(4, 0, 100) == pytest.approx(4, rel=1e-6)
    drawn = seeded().poisson(2.5, 400_000)
    drawn = drawn[(drawn >= 1) & (drawn <= 5)]
    expected = drawn.var()
    assert variance(float(drawn.mean()), 1, 5) == pytest.approx(expected, rel=0.01)
    assert variance(3, 3, 3) == 0


def test_orphans_and_nulls_between_them_hide_no_children() -> None:
    counts = 1 + seeded().poisson(3, PARENTS)
    own = np.repeat(np.arange(1, PARENTS + 1), counts).astype(object)
    own[::100] = [-1 - number for number in own[::100]]
    own[50::100] = None
    orders = pl.DataFrame({"order_id": np.arange(1, PARENTS + 1)})
    items = {"item_id": np.arange(len(own)), "order_id": pl.Series(own.tolist())}
    line = np.concatenate([np.arange(1, count + 1) for count in counts])
    for columns in (items, {**items, "line": line}):
        frames = {"orders": orders, "items": pl.DataFrame(columns)}
        found = children(relations_of(tables_of(frames)))
        assert found.settings["mean"] == pytest.approx(4, rel=0.05)
        assert found.position == ("line" if "line" in columns else None)
