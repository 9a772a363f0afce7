"""Offsets that are always the same, and those that count units: days, hours."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

from tests.support import Tree, built, module, spec, table
from tests.support.alike import assert_rows_are_the_same, by_pandas
from tests.support.distributions import assert_shares
from tests.support.plans import planned

ROWS = 40_000
HOUR, DAY = 3_600, 86_400


def due(**keys: Any) -> Tree:
    return {"kind": "offset", "of": "at", **keys}


def things(kind: str = "timestamp", **columns: Tree) -> Tree:
    at = {"kind": kind, "start": "-30d"}
    vip = {"kind": "choice", "weights": {"yes": 1, "no": 2}}
    return spec(things=table(ROWS, at=at, vip=vip, **columns))


def seconds_of(frame: pl.DataFrame, column: str) -> np.ndarray:
    return (frame[column] - frame["at"]).dt.total_seconds().to_numpy()


@pytest.mark.parametrize(("kind", "seconds"), [("timestamp", 36 * HOUR), ("date", DAY)])
def test_a_constant_delay_is_the_same_in_every_row(kind: str, seconds: int) -> None:
    frame = built(things(kind, done=due(distribution="constant", value="36h")))
    assert set(seconds_of(frame, "done").tolist()) == {seconds}


@pytest.mark.parametrize(
    ("bounds", "least", "most"),
    [({}, 0, 30), ({"max": "4d"}, 0, 4), ({"min": "36h", "max": "5d"}, 2, 5)],
)
def test_a_poisson_delay_is_a_number_of_units(
    bounds: Tree, least: int, most: int
) -> None:
    frame = built(things(done=due(distribution="poisson", lam=3, unit="1d", **bounds)))
    days, rest = np.divmod(seconds_of(frame, "done"), DAY)
    assert not rest.any()
    numbers = np.arange(least, most + 1)
    shares = stats.poisson(3).pmf(numbers)
    assert_shares(days, dict(zip(numbers.tolist(), shares.tolist(), strict=True)))


def mixed() -> Tree:
    """Every way to have the two, in cases and alone."""
    fixed = {"distribution": "constant", "value": "7d"}
    counted = {"distribution": "poisson", "lam": 4, "unit": "1h"}
    each = {"yes": {"value": "2d"}, "no": {"value": "90m"}}
    bounded = {"yes": {"lam": 2, "max": "9d"}, "no": {"lam": 5, "max": "8d"}}
    return things(
        same=due(**fixed, until_now=True),
        each=due(distribution="constant", by="vip", cases=each),
        either=due(by="vip", cases={"yes": fixed, "no": counted}),
        counted=due(distribution="poisson", by="vip", cases=bounded),
    )


def test_cases_have_their_own_delays() -> None:
    frame = built(mixed())
    vip, rest = frame.filter(pl.col("vip") == "yes"), frame.filter(
        pl.col("vip") == "no"
    )
    assert set(seconds_of(vip, "each")) == {2 * DAY}
    assert set(seconds_of(rest, "each")) == {90 * 60}
    assert set(seconds_of(vip, "either")) == {7 * DAY}
    hours = seconds_of(rest, "either") / HOUR
    assert_shares(hours, {n: float(stats.poisson(4).pmf(n)) for n in range(30)})
    for part, lam, most in ((vip, 2, 9), (rest, 5, 8)):
        shares = {n: float(stats.poisson(lam).pmf(n)) for n in range(most + 1)}
        assert_shares(seconds_of(part, "counted") / DAY, shares)


def test_pandas_has_the_same_delays() -> None:
    tree = mixed()
    assert_rows_are_the_same(module(by_pandas(tree)), module(tree), "things")


def test_the_plan_has_them_in_words() -> None:
    words = planned(mixed()).assumptions["things"].columns
    assert words["same"] == "7 days after at, null where after the window's end"
    assert words["each"].startswith("by vip: yes: 2 days after at; no: 90 minutes")
    no = "no: after at, Poisson, mean 4 hours, in steps of 1 hour (99% under 10 hours)"
    assert no in words["either"]


def test_the_plan_counts_rows_by_such_delays() -> None:
    tree = mixed()
    late = {"rows": {"per": "things", "where": "days_between(at, counted) > 4"}}
    tree["tables"]["late"] = table(
        late["rows"], thing={"kind": "ref", "table": "things"}
    )
    rows = planned(tree).table("late").rows
    shares = []
    for lam, most in ((2, 9), (5, 8)):
        pmf = stats.poisson(lam).pmf(np.arange(most + 1))
        shares.append(pmf[5:].sum() / pmf.sum())
    assert rows == pytest.approx(ROWS * (shares[0] + 2 * shares[1]) / 3, rel=0.05)
