"""Rows by case, by an expression, by a chance, on a grid: which parents have which children."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from compiler.plan.counts import Known
from tests.support import (
    Tree,
    answer,
    built,
    compiled,
    inside,
    module,
    read,
    spec,
    table,
    values,
    whole,
)
from tests.support.distributions import (
    assert_counts,
    assert_independent,
    assert_mean,
    assert_rate,
    cut_poisson,
)

TIER: Tree = {"kind": "choice", "weights": {"Free": 0.6, "Pro": 0.3, "Top": 0.1}}
USER: Tree = {"kind": "ref", "table": "users"}


def users(rows: int = 60_000) -> Tree:
    return table(
        rows,
        tier=TIER,
        score={"kind": "normal", "mean": 0, "sd": 1, "null_rate": 0.1},
        vip={"kind": "bool", "chance": 0.3},
        maybe={"kind": "bool", "chance": 0.5, "null_rate": 0.4},
        friend={"kind": "ref", "table": "users"},
    )


def counts(rows: Tree, parents: int = 60_000) -> tuple[pl.DataFrame, np.ndarray]:
    """The users, and how many children each has."""
    script = module(spec(users=users(parents), visits=table(rows, user=USER)))
    visits = whole(script, "visits")
    assert visits["id"].n_unique() == len(visits)
    assert visits["user"].is_sorted()
    user = visits["user"].to_numpy() - 1
    return whole(script, "users"), np.bincount(user, minlength=parents)


LAWS: dict[str, tuple[float, int, int]] = {
    "Free": (2, 0, 6),
    "Pro": (7, 3, 12),
    "Top": (0.3, 0, 2),
}
CASES = {
    name: {"mean": mean, "min": least, "max": most}
    for name, (mean, least, most) in LAWS.items()
}


@pytest.mark.parametrize("last", [False, True], ids=["named", "otherwise"])
def test_counts_follow_the_cut_poisson_law_of_their_case(last: bool) -> None:
    cases = {name: case for name, case in CASES.items() if name != "Top" or not last}
    rows = {"per": "users", "by": "tier", "cases": cases}
    rows |= {"otherwise": CASES["Top"]} if last else {}
    found, count = counts(rows)
    for tier, (mean, least, most) in LAWS.items():
        own = count[values(found["tier"]) == tier]
        assert least <= own.min()
        assert own.max() <= most
        assert_mean(own, mean)
        seen = np.bincount(own, minlength=most + 1)[least:]
        assert_counts(seen, cut_poisson(mean, least, most))


def test_cases_over_numbers_booleans_and_nulls() -> None:
    ranges = {"< -1": {"mean": 1}, "< 1": {"mean": 3}}
    rows: Tree = {"per": "users", "by": "score", "cases": ranges}
    found, count = counts({**rows, "otherwise": {"mean": 6}})
    score = found["score"].to_numpy()
    assert_mean(count[score < -1], 1)
    assert_mean(count[(score >= -1) & (score < 1)], 3)
    assert_mean(count[(score >= 1) | np.isnan(score)], 6)
    both = {"true": {"mean": 5}, "false": {}}
    found, count = counts({"per": "users", "mean": 0.5, "by": "vip", "cases": both})
    vip = found["vip"].to_numpy()
    assert_mean(count[vip], 5)
    assert_mean(count[~vip], 0.5)


def test_a_case_may_read_a_row_that_the_parent_points_at() -> None:
    cases = {"Top": {"mean": 9}}
    rows = {"per": "users", "by": "friend.tier", "cases": cases}
    found, count = counts({**rows, "otherwise": {"mean": 1}})
    tier = dict(found.select("id", "tier").iter_rows())
    top = np.array([tier.get(friend) == "Top" for friend in found["friend"]])
    assert_mean(count[top], 9)
    assert_mean(count[~top], 1)


def test_a_chance_is_the_share_of_the_parents_that_have_a_child() -> None:
    _, count = counts({"per": "users", "chance": 0.4})
    assert count.max() == 1
    assert_rate(count == 1, 0.4)


@pytest.mark.parametrize("chance", [0, 1])
def test_a_chance_of_none_or_all(chance: int) -> None:
    _, count = counts({"per": "users", "chance": chance}, parents=500)
    assert (count == chance).all()


def test_a_chance_differs_by_case() -> None:
    shares = {"Free": 0.05, "Pro": 0.5, "Top": 1.0}
    cases = {name: {"chance": share} for name, share in shares.items()}
    found, count = counts({"per": "users", "by": "tier", "cases": cases})
    for tier, share in shares.items():
        assert_rate(count[values(found["tier"]) == tier] == 1, share)


WHERE = {
    "vip": "vip",
    "maybe": "maybe",
    "not maybe": "maybe is not true",
    "score > 0.5 and tier != 'Free'": "score > 0.5 and tier != 'Free'",
    "friend.vip": "friend in (select id from users where vip)",
    "is_null(score)": "score is null",
    "1 < 2": "true",
    "score > 99": "false",
}


@pytest.mark.parametrize("expression", WHERE)
def test_a_child_for_just_the_parents_where_it_holds(
    expression: str, tmp_path: Path
) -> None:
    visits = table({"per": "users", "where": expression}, user=USER)
    tree = spec(users=users(3_000), visits=visits)
    script, folder = module(tree), tmp_path / "whole"
    inside(script, ["--output", str(folder)])
    missing = "select id from users where {} except all select user from visits"
    beyond = "select user from visits except all select id from users where {}"
    for difference in (missing, beyond):
        text = difference.format(WHERE[expression])
        assert answer(f"select count(*) from ({text})", folder) == (0,), text
    script.BLOCK = 100
    inside(script, ["--output", str(tmp_path / "blocks")])
    again = read(tmp_path / "blocks", "visits")
    for name, column in read(folder, "visits").items():
        assert np.array_equal(again[name], column)


def test_two_tables_of_one_parent_are_drawn_apart() -> None:
    half = table({"per": "users", "chance": 0.5}, user=USER)
    script = module(spec(users=table(50_000), a=half, b=half))
    a, b = (
        np.bincount(whole(script, name)["user"].to_numpy(), minlength=50_001)[1:]
        for name in ("a", "b")
    )
    assert_independent(a, b)


def test_a_table_without_rows_is_written_and_no_ref_finds_one(tmp_path: Path) -> None:
    visits = table({"per": "users", "where": "id > 99"}, user=USER)
    script = module(spec(users=table(9), visits=visits))
    inside(script, ["--output", str(tmp_path)])
    assert {name: len(rows) for name, rows in read(tmp_path, "visits").items()} == {
        "id": 0,
        "user": 0,
    }
    letters = table(5, visit={"kind": "ref", "table": "visits"})
    with pytest.raises(RuntimeError, match="no row to refer to"):
        built(spec(users=table(9), visits=visits, letters=letters))


def test_planned_rows_are_about_what_comes_out() -> None:
    tree: Tree = spec(
        users=users(20_000),
        by_case=table({"per": "users", "by": "tier", "cases": CASES}, user=USER),
        some=table({"per": "users", "chance": 0.2}, user=USER),
        known=table({"per": "users", "where": "maybe"}, user=USER),
        few=table({"per": "users", "where": "score > 1"}, user=USER),
        below=table({"per": "few", "chance": 0.5}, few={"kind": "ref", "table": "few"}),
    )
    plan = compiled(tree).plan
    assert plan is not None
    script = module(tree)
    for name in ("by_case", "some", "known"):
        planned = plan.table(name)
        assert planned.size == f"about {planned.rows:,} rows"
        assert len(whole(script, name)) == pytest.approx(planned.rows, rel=0.05)
    for name in ("few", "below"):
        planned = plan.table(name)
        assert planned.count.known is Known.SAMPLED
        assert len(whole(script, name)) == pytest.approx(planned.rows, rel=0.05)


def test_a_key_that_is_a_ref_itself_is_held_by_refs() -> None:
    """A badge has its owner's key for its own, and what points at it holds that."""
    script = module(
        spec(
            people=table(60),
            badges={
                "rows": {"per": "people", "chance": 0.5},
                "primary_key": ["person"],
                "columns": {"person": {"kind": "ref", "table": "people"}},
            },
            uses=table(
                400,
                badge={"kind": "ref", "table": "badges", "null_rate": 0.2},
                owner={"kind": "lookup", "path": "badge.person.id"},
            ),
        )
    )
    badges, uses = whole(script, "badges"), whole(script, "uses")
    held = uses["badge"].drop_nulls()
    assert 250 < len(held) < 390
    assert set(held) <= set(badges["person"])
    assert uses["badge"].equals(uses["owner"].alias("badge"))


@pytest.mark.parametrize("mean", [0.5, 4, 9])
def test_an_edited_mean_out_of_reach_is_told(mean: float) -> None:
    script = module(fathers({"per": "fathers", "mean": 2, "min": 1, "max": 4}))
    script.SONS_ROWS["mean"] = mean
    with pytest.raises(RuntimeError, match="is not between 1 and 4"):
        script.sons(np.arange(5))


def test_more_children_by_an_edit_keep_their_keys_apart() -> None:
    """What a person raises in the configuration raises the room for row numbers, too."""
    files = compiled(fathers({"per": "fathers", "mean": 2, "max": 4})).files
    text = files["generate_data.py"]
    assert '"mean": 2, "minimum": 0, "maximum": 4' in text
    text = text.replace(
        '"mean": 2, "minimum": 0, "maximum": 4',
        '"mean": 9, "minimum": 0, "maximum": 30',
    )
    sons = whole(module({"generate_data.py": text}), "sons")
    assert sons["id"].n_unique() == len(sons) > 5 * 300


def fathers(rows: Tree) -> Tree:
    sons = table(rows, father={"kind": "ref", "table": "fathers"})
    return spec(fathers=table(300), sons=sons)


def test_an_edited_category_without_its_case_is_told() -> None:
    script = module(
        spec(
            things=table(
                50,
                kind={"kind": "choice", "weights": {"a": 1, "b": 1}},
                size={
                    "kind": "lognormal",
                    "sigma": 1,
                    "by": "kind",
                    "cases": {"a": {"mean": 1}, "b": {"mean": 9}},
                },
            )
        )
    )
    script.THINGS_KIND["c"] = 2
    with pytest.raises(RuntimeError, match="No case for 'c' in"):
        whole(script, "things")
