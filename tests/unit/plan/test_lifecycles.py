"""What the plan knows of lifecycles: who gets where, how many moves, how many rows of a log."""

from __future__ import annotations

from typing import Any

import pytest

from compiler.spec.columns import Lifecycle
from tests.support import compiled, spec, table, whole
from tests.support.lifecycles import STATES, STATUS, log, orders
from tests.support.scripts import module

HOUR = {"distribution": "exponential", "scale": "1h"}


def lifecycle(states: dict[str, Any], **keys: Any) -> Lifecycle:
    tree = {"kind": "lifecycle", "start": "at", "states": states, **keys}
    return Lifecycle.model_validate(tree)


def moves(**to: dict[str, float]) -> dict[str, Any]:
    return {state: {"to": shares, "after": HOUR} for state, shares in to.items()}


def test_the_share_that_reaches_a_state_is_the_sum_over_all_ways() -> None:
    reached = lifecycle(STATES).reached()
    assert reached["shipped"] == pytest.approx(0.92)
    assert reached["returned"] == pytest.approx(0.92 * 0.97 * 0.06)
    # On and off: half of the rows end each time they are on.
    cycle = lifecycle(moves(on={"off": 0.5, "end": 0.5}, off={"on": 1}))
    assert cycle.reached()["end"] == pytest.approx(1 - 0.5**10)
    assert cycle.reached()["off"] == pytest.approx(0.5)


def test_the_most_moves_are_those_of_the_longest_way_or_twenty() -> None:
    assert lifecycle(STATES).most == 4
    assert lifecycle(STATES, max=2).most == 2
    assert lifecycle(STATES, max=9).most == 4
    cycle = moves(on={"off": 0.5}, off={"on": 1})
    assert lifecycle(cycle).most == 20
    assert lifecycle(cycle, max=50).most == 50


def test_the_plan_states_each_move_and_who_gets_where() -> None:
    plan = compiled(orders()).plan
    assert plan is not None
    assert plan.assumptions["orders"].columns["status"] == (
        "placed from ordered_at on, "
        "placed → paid 92% or cancelled 8% after exponential mean 2 hours, "
        "paid → shipped 100% after gamma shape 2 scale 14 hours, "
        "shipped → delivered 97% after log-normal median 3 days sigma 0.4 or lost 3% after "
        "20 days, "
        "delivered → returned 6% after log-normal median 9 days sigma 0.5, "
        "ever reached: paid 92%, shipped 92%, delivered 89.2%, cancelled 8%, lost 2.76%, "
        "returned 5.35%"
    )
    assert plan.assumptions["events"].rows == (
        "for each row of orders: one for each state that status has entered"
    )
    columns = plan.assumptions["events"].columns
    assert columns["at"] == "when the state was entered"
    assert columns["state"] == "the state that was entered"


def test_the_rows_of_a_log_are_sampled() -> None:
    tree = spec(
        orders=table(
            20_000,
            tier={"kind": "choice", "weights": {"a": 1, "b": 2}},
            at={"kind": "timestamp"},
            status={
                **{"kind": "lifecycle", "start": "at", "by": "tier"},
                "cases": {
                    "a": {"states": STATES},
                    "b": {"states": moves(on={"off": 0.5})},
                },
            },
        ),
        events=log("orders", "order"),
        sent=table(
            {"per": "events", "where": "state == 'shipped' and step == 3"},
            event={"kind": "ref", "table": "events"},
        ),
    )
    tree["tables"]["events"] = table(
        {"per": "orders", "moves": "status"},
        order={"kind": "ref", "table": "orders"},
        step={"kind": "position"},
        state={"kind": "state"},
    )
    result = compiled(tree)
    assert result.plan is not None
    for name in ("events", "sent"):
        count = result.plan.table(name).count
        assert str(count).endswith("(sampled)")
        assert count.rows == pytest.approx(len(whole(module(result), name)), rel=0.03)


def test_a_start_that_is_always_over_gives_a_state_in_each_row() -> None:
    starts: dict[str, tuple[dict[str, Any], bool]] = {
        "in the window": ({"kind": "timestamp"}, False),
        "before a day": ({"kind": "date", "end": "2026-06-30"}, False),
        "after the end": ({"kind": "date", "end": "+1d"}, True),
        "null in some rows": ({"kind": "date", "null_rate": 0.1}, True),
    }
    for what, (start, nullable) in starts.items():
        plan = compiled(spec(orders=table(9, ordered_at=start, status=STATUS))).plan
        assert plan is not None
        columns = plan.table("orders").columns
        assert columns["status"].type.nullable == nullable, what
