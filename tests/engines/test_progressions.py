"""Stages that move on from row to row in order of time, and never back."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tests.support import Tree, module, spec, table, values, whole
from tests.support.distributions import assert_independent, assert_rate, bands

STATES = ["trial", "paying", "loyal", "gone"]
STAGE: Tree = {"kind": "progression", "states": STATES, "chance": 0.25}
USER: Tree = {"kind": "ref", "table": "users"}


def tree(stage: Tree, /, **more: Tree) -> Tree:
    return spec(
        users=table(4_000, tier={"kind": "choice", "weights": {"Free": 2, "Pro": 1}}),
        visits=table(
            {"per": "users", "mean": 8},
            user=USER,
            at={"kind": "date"},
            kind={"kind": "choice", "weights": {"short": 1, "long": 1}},
            stage={**STAGE, **stage},
            **more,
        ),
    )


def visits(stage: Tree, /, **more: Tree) -> pl.DataFrame:
    """The visits in order of time, each with its stage's number and the one before it."""
    script = module(tree(stage, **more))
    tier = whole(script, "users").rename({"id": "user"})
    found = whole(script, "visits").with_row_index("row").join(tier, on="user")
    step = pl.col("stage").cast(pl.Enum(STATES)).to_physical().cast(pl.Int64)
    return (
        found.sort("user", stage.get("order", "at"), "row")
        .with_columns(step=step)
        .with_columns(before=pl.col("step").shift(1).over("user"))
    )


def test_stages_begin_at_the_first_and_go_on_one_by_one() -> None:
    found = visits({})
    assert found.filter(pl.col("before").is_null())["step"].unique().to_list() == [0]
    later = found.drop_nulls("before")
    assert set(later["step"] - later["before"]) == {0, 1}
    assert set(found["step"]) == {0, 1, 2, 3}


def test_they_move_on_with_the_chance_until_the_last() -> None:
    found = visits({}).filter(pl.col("before") < 3)
    moved = (found["step"] > found["before"]).to_numpy()
    assert_rate(moved, 0.25)
    for stage in range(3):
        assert_rate(moved[found["before"].to_numpy() == stage], 0.25)
    assert_independent(moved, bands(found["row"].to_numpy()))


@pytest.mark.parametrize("chance", [0, 1])
def test_never_and_always(chance: int) -> None:
    found = visits({"chance": chance})
    number = pl.int_range(pl.len()).over("user")
    wanted = found.select(number.clip(0, 3) * chance).to_series()
    assert found["step"].to_list() == wanted.to_list()


def test_the_chance_differs_by_the_parent_or_by_the_row_itself() -> None:
    for by, chances in (
        ("user.tier", {"Free": 0.1, "Pro": 0.6}),
        ("kind", {"short": 0.0, "long": 0.5}),
    ):
        cases = {name: {"chance": chance} for name, chance in chances.items()}
        found = visits({"by": by, "cases": cases}).filter(pl.col("before") < 3)
        moved = (found["step"] > found["before"]).to_numpy()
        case = values(found[by.removeprefix("user.")])
        for name, chance in chances.items():
            assert_rate(moved[case == name], chance)


def test_another_moment_may_order_the_stages() -> None:
    seen: Tree = {"kind": "timestamp", "start": "-9d", "end": "now"}
    found = visits({"order": "seen"}, seen=seen).drop_nulls("before")
    assert set(found["step"] - found["before"]) == {0, 1}
    by_day = found.sort("user", "at", "row")
    back = by_day["step"] - by_day.select(pl.col("step").shift(1).over("user"))["step"]
    assert (back < 0).any()


def test_a_null_hides_a_stage_and_moves_no_other() -> None:
    plain, some = (visits({"null_rate": rate}) for rate in (0, 0.3))
    null = some["stage"].is_null()
    assert_rate(null.to_numpy(), 0.3)
    assert some.filter(~null)["stage"].equals(plain.filter(~null)["stage"])


def test_others_read_stages_as_they_are() -> None:
    own = {"kind": "expr", "expr": "stage + '!' if stage != 'gone' else 'gone'"}
    made = tree({}, own=own)
    seen: dict[str, Tree] = {
        "visit": {"kind": "ref", "table": "visits"},
        "stage": {"kind": "lookup", "path": "visit.stage"},
    }
    weights = {"stage": dict(zip(STATES, (1, 0, 0, 9), strict=True))}
    made["tables"] |= {
        "goodbyes": table({"per": "visits", "where": "stage == 'gone'"}, **seen),
        "mails": table(
            {
                "per": "visits",
                "by": "stage",
                "cases": {"trial": {"chance": 1}},
                "otherwise": {"chance": 0},
            },
            **seen,
        ),
        "claims": table(
            3_000, **{**seen, "visit": {**seen["visit"], "weights": weights}}
        ),
    }
    script = module(made)
    script.BLOCK = 900
    found = whole(script, "visits")
    stage = values(found["stage"])
    wanted = [name if name == "gone" else f"{name}!" for name in stage]
    assert found["own"].to_list() == wanted
    for name, of in (("goodbyes", "gone"), ("mails", "trial")):
        assert whole(script, name)["visit"].to_list() == (
            found["id"].to_numpy()[stage == of].tolist()
        )
    claims = whole(script, "claims")
    by_key = dict(zip(found["id"], stage, strict=True))
    assert values(claims["stage"]).tolist() == [by_key[key] for key in claims["visit"]]
    gone, trial = (int((stage == name).sum()) for name in ("gone", "trial"))
    there = values(claims["stage"]) == "gone"
    assert_rate(there, 9 * gone / (9 * gone + trial))
    assert np.isin(values(claims["stage"]), ["gone", "trial"]).all()
