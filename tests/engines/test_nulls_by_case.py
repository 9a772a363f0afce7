"""A `null_rate` that differs by case."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import polars as pl
import pytest

from tests.support import Tree, module, spec, table, whole
from tests.support.alike import assert_rows_are_the_same, by_pandas, by_polars
from tests.support.checking import agreed, copied, damage, written

ROWS = 8_000
TIER: Tree = {"kind": "choice", "weights": {"Free": 2, "Pro": 1}}
RATES = {"Free": 0.1, "Pro": 0.6}
CASES = {tier: {"null_rate": rate} for tier, rate in RATES.items()}
BY_TIER: Tree = {"by": "tier", "cases": CASES}
HELD: dict[str, Tree] = {
    "size": {"kind": "normal", "mean": 3, "sd": 1, **BY_TIER},
    "town": {"kind": "faker", "provider": "city", **BY_TIER},
    "code": {"kind": "choice", "values": ["a", "b"], **BY_TIER},
    "double": {"kind": "expr", "expr": "n * 2", **BY_TIER},
    "friend": {"kind": "ref", "table": "people", "skew": False, **BY_TIER},
    "guide": {"kind": "ref", "table": "people", **BY_TIER},
    "plain": {
        "kind": "poisson",
        "lam": 3,
        "by": "n",
        "cases": {"< 3": {"null_rate": 0.1}, ">= 3": {"null_rate": 0.6}},
    },
    "some": {"kind": "normal", "mean": 3, "sd": 1, "when": "vip", **BY_TIER},
}


def tree() -> Tree:
    return spec(
        people=table(50, id={"kind": "key"}),
        sales=table(
            ROWS,
            id={"kind": "key"},
            tier=TIER,
            n={"kind": "poisson", "lam": 3},
            vip={"kind": "bool", "chance": 0.5},
            **deepcopy(HELD),
        ),
    )


@pytest.fixture(scope="module")
def sales() -> pl.DataFrame:
    return whole(module(tree()), "sales")


@pytest.mark.parametrize("name", HELD)
def test_each_case_has_its_own_share_of_nulls(name: str, sales: pl.DataFrame) -> None:
    if name == "some":
        assert sales.filter(~pl.col("vip"))[name].null_count() == (~sales["vip"]).sum()
        sales = sales.filter("vip")
    is_first = pl.col("tier").cast(pl.String) == "Free"
    if name == "plain":
        is_first = pl.col("n") < 3
    for condition, rate in ((is_first, 0.1), (~is_first, 0.6)):
        some = sales.filter(condition)[name]
        assert some.null_count() / len(some) == pytest.approx(rate, abs=0.05)


def test_one_rate_is_the_same_whether_of_all_cases_or_of_each(
    sales: pl.DataFrame,
) -> None:
    """Draws of nulls do not depend on the cases."""
    one = tree()
    one["tables"]["sales"]["columns"]["size"]["cases"] = {
        tier: {"null_rate": 0.6} for tier in RATES
    }
    same = whole(module(one), "sales")["size"]
    pro = sales["tier"].cast(pl.String) == "Pro"
    assert same.filter(pro).equals(sales["size"].filter(pro))


def test_pandas_gives_the_same() -> None:
    pandas, polars = (module(by(tree())) for by in (by_pandas, by_polars))
    assert_rows_are_the_same(pandas, polars, "sales")


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_the_check_counts_them_case_by_case(format: str, tmp_path: Path) -> None:
    one = {**tree(), "output": {"format": format}}
    script = module(one)
    run = written(script, tmp_path / "run")
    assert agreed(one, run) == {}
    folder = copied(run, tmp_path / "damaged")
    pro = pl.col("tier") == "Pro"
    filled = pl.when(pro).then(pl.col("size").fill_null(1.0)).otherwise(pl.col("size"))
    damage(script, folder, "sales", lambda frame: frame.with_columns(size=filled))
    assert set(agreed(one, folder)) == {("sales", "no size where tier is Pro")}
