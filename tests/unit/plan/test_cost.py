"""What a run takes, in words. tests/engines/test_estimates.py compares it with runs."""

from __future__ import annotations

import re

import pytest

from compiler.plan.cost import cost_of, describe_cost, shown_bytes, shown_seconds
from tests.support import Tree, spec, table
from tests.support.plans import planned

SIZE = {"kind": "normal", "mean": 4, "sd": 1}


def described(**output: str) -> str:
    return describe_cost(planned(spec({"output": output}, things=table(9_000, x=SIZE))))


def test_size_time_and_memory_are_estimates() -> None:
    pattern = r"About \d+ kB on disk, 1 s and 1\d0 MB of memory on 2 cores"
    assert re.fullmatch(pattern, described())


def test_on_spark_only_the_size_is_known() -> None:
    assert re.fullmatch(r"About \d+ kB on disk", described(engine="spark"))


def test_in_append_mode_it_is_the_first_load() -> None:
    assert described(mode="append").startswith("The first load takes about ")


def test_of_a_bound_it_is_a_bound() -> None:
    name = {"kind": "faker", "provider": "name"}
    letters = {"kind": "expr", "expr": "len(name)"}
    thing = {"kind": "ref", "table": "things"}
    tree: Tree = spec(
        things=table(900, name=name, letters=letters),
        some=table({"per": "things", "where": "letters > 12"}, thing=thing),
    )
    assert describe_cost(planned(tree)).startswith("At most about ")


def test_ten_times_the_rows_take_ten_times_the_room() -> None:
    data = [{"sku": "A" * 50}]
    tree = spec(things=table(90_000, x=SIZE), products={"data": data})
    plan = planned(tree)
    one, ten = cost_of(plan), cost_of(plan, 10)
    assert ten.tables["things"] == pytest.approx(10 * one.tables["things"], rel=0.01)
    assert ten.tables["products"] == one.tables["products"]
    assert ten.seconds is not None and one.seconds is not None
    assert ten.seconds > one.seconds


@pytest.mark.parametrize(
    ("amount", "words"),
    [(12, "1 kB"), (1_234, "1.2 kB"), (56e6, "56 MB"), (123e9, "120 GB"), (2e15, "2,000 TB")],
)  # fmt: skip
def test_no_more_digits_than_are_known(amount: float, words: str) -> None:
    assert shown_bytes(amount) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.3, "1 s"), (7.4, "7 s"), (119, "119 s"), (300, "5 minutes"), (9_000, "2.5 hours")],
)  # fmt: skip
def test_seconds_minutes_hours(seconds: float, words: str) -> None:
    assert shown_seconds(seconds) == words
