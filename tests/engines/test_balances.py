"""Balances, against a slow ledger kept in plain Python with decimals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.support import Tree, compiled, module, spec, table, values, whole
from tests.support.alike import assert_rows_are_the_same, by_pandas

ACCOUNT: Tree = {"kind": "ref", "table": "accounts"}
AMOUNT: Tree = {"kind": "normal", "mean": 5, "sd": 200, "decimals": 2}
BALANCE: Tree = {"kind": "running", "change": "amount"}
Amounts = list[Decimal]


def bank(balance: Tree | None, amount: Tree = AMOUNT, /, **more: Tree) -> Tree:
    """Accounts and their moves: an amount, and the balance after it unless None."""
    columns = {"at": {"kind": "timestamp"}, "amount": amount, **more}
    columns |= {} if balance is None else {"balance": balance}
    return spec(
        accounts=table(
            300,
            opening={"kind": "normal", "mean": 300, "sd": 400, "decimals": 2},
            exact={"kind": "normal", "mean": 300, "sd": 400},
            points={"kind": "poisson", "lam": 30},
            tier={"kind": "choice", "weights": {"Free": 2, "Pro": 1}},
        ),
        moves=table({"per": "accounts", "mean": 12}, account=ACCOUNT, **columns),
    )


def moves(tree: Tree) -> pl.DataFrame:
    """The moves, each beside its account."""
    script = module(tree)
    found, accounts = whole(script, "moves"), whole(script, "accounts")
    return found.join(accounts, left_on="account", right_on="id", maintain_order="left")


def units(value: float, decimals: int) -> Decimal:
    """A float in whole units of its last decimal."""
    whole = Decimal(value * 10**decimals).to_integral_value(ROUND_HALF_EVEN)
    return whole.scaleb(-decimals)


def ledger(
    drawn: pl.DataFrame,
    start: str | float = 0,
    floors: Mapping[str, float | None] | float | None = None,
    decimals: int = 2,
) -> tuple[Amounts, Amounts]:
    """Each move's amount and the balance after it, one after the other in order of time.

    A floor is one number, or one a tier; moves of one moment follow each other by row.
    """
    amounts, balances = [Decimal(0)] * len(drawn), [Decimal(0)] * len(drawn)
    order = drawn.with_row_index("row").sort("account", "at", "row")
    rows = order.rows(named=True)
    account, balance = None, Decimal(0)
    for row in rows:
        floor = floors[row["tier"]] if isinstance(floors, Mapping) else floors
        least = None if floor is None else units(floor, decimals)
        if row["account"] != account:
            account = row["account"]
            opening = row[start] if isinstance(start, str) else start
            balance = units(opening, decimals)
            balance = balance if least is None else max(balance, least)
        change = units(row["amount"], decimals)
        if least is not None and balance + change < least:
            change = least - balance
        balance += change
        amounts[row["row"]], balances[row["row"]] = change, balance
    return amounts, balances


def assert_kept(found: pl.DataFrame, amounts: Amounts, balances: Amounts) -> None:
    """To the cent: floats that are written as the decimals are."""
    assert found["balance"].to_list() == [float(each) for each in balances]
    assert found["amount"].to_list() == [float(each) for each in amounts]


TIERS: Tree = {"by": "account.tier", "cases": {"Free": {"floor": 0}, "Pro": {}}}
KEPT: list[tuple[Tree, Tree, dict[str, Any]]] = [
    (AMOUNT, {}, {}),
    (AMOUNT, {"start": 1000.25}, {"start": 1000.25}),
    (AMOUNT, {"floor": 0}, {"floors": 0}),
    (AMOUNT, {"floor": -150.5, "start": -100}, {"floors": -150.5, "start": -100}),
    (AMOUNT, {"floor": 50, "start": 10}, {"floors": 50, "start": 10}),
    (
        AMOUNT,
        {"floor": 0, "start": "account.opening"},
        {"floors": 0, "start": "opening"},
    ),
    (
        {"kind": "normal", "mean": -3, "sd": 80},
        {"floor": 0, "start": "account.exact", "decimals": 3},
        {"floors": 0, "start": "exact", "decimals": 3},
    ),
    (
        {"kind": "lognormal", "median": 40, "sigma": 1},
        {"floor": 0, "decimals": 0},
        {"floors": 0, "decimals": 0},
    ),
    (
        AMOUNT,
        {**TIERS, "start": "account.opening"},
        {"floors": {"Free": 0, "Pro": None}, "start": "opening"},
    ),
    (
        AMOUNT,
        {"floor": 0, **TIERS, "cases": {"Free": {}, "Pro": {"floor": -500}}},
        {"floors": {"Free": 0, "Pro": -500}},
    ),
]


@pytest.mark.parametrize(("amount", "balance", "asked"), KEPT)
def test_balances_are_those_of_a_ledger_kept_by_hand(
    amount: Tree, balance: Tree, asked: dict[str, Any]
) -> None:
    found = moves(bank({**BALANCE, **balance}, amount))
    drawn = moves(bank(None, amount))
    amounts, balances = ledger(drawn, **asked)
    if "floors" in asked:
        cut = sum(
            change != units(was, asked.get("decimals", 2))
            for change, was in zip(amounts, drawn["amount"], strict=True)
        )
        assert len(amounts) / 50 < cut or amount["kind"] == "lognormal"
        assert_kept(found, amounts, balances)
        assert found["amount"].dtype == pl.Float64
    else:
        assert found["amount"].equals(drawn["amount"]), "without a floor nothing is cut"
        assert found["balance"].to_list() == [float(each) for each in balances]


def test_moves_of_one_day_follow_each_other_by_row() -> None:
    few: Tree = {"kind": "date", "start": "-3d", "end": "now"}
    balance = {**BALANCE, "floor": 0}
    found, drawn = moves(bank(balance, at=few)), moves(bank(None, at=few))
    assert drawn.n_unique(["account", "at"]) < len(drawn) / 3
    assert_kept(found, *ledger(drawn, floors=0))


def test_another_moment_may_order_the_moves() -> None:
    booked: Tree = {"kind": "timestamp", "start": "-9d", "end": "now"}
    balance = {**BALANCE, "floor": 0, "order": "booked"}
    found = moves(bank(balance, booked=booked))
    drawn = moves(bank(None, booked=booked)).drop("at")
    assert_kept(found, *ledger(drawn.rename({"booked": "at"}), floors=0))


def test_whole_numbers_stay_whole() -> None:
    points = {"kind": "normal", "mean": -2, "sd": 20, "integer": True}
    balance = {**BALANCE, "floor": -5, "start": "account.points"}
    found, drawn = moves(bank(balance, points)), moves(bank(None, points))
    assert found["amount"].dtype == found["balance"].dtype == pl.Int64
    amounts, balances = ledger(drawn, start="points", floors=-5, decimals=0)
    assert_kept(found, amounts, balances)


def test_a_cut_change_leaves_just_the_floor() -> None:
    found, drawn = moves(bank({**BALANCE, "floor": 20})), moves(bank(None))
    cut = found["amount"] != drawn["amount"]
    assert cut.sum() > 100
    assert (found.filter(cut)["balance"] == 20).all()
    assert (found["amount"] >= drawn["amount"]).all()
    assert found["balance"].min() == 20


def test_others_read_the_changes_as_they_were_cut() -> None:
    """Columns of the table, of its children, of rows that point at it, and `where`."""
    tree = bank(
        {**BALANCE, "floor": 0, "start": "account.opening"},
        fee={"kind": "expr", "expr": "amount * 2 + balance"},
        opening={"kind": "lookup", "path": "account.opening"},
        size={
            "kind": "constant",
            "value": "in",
            "by": "amount",
            "cases": {"< 0": {"value": "out"}},
            "otherwise": {},
        },
    )
    seen: dict[str, Tree] = {
        "move": {"kind": "ref", "table": "moves"},
        "amount": {"kind": "lookup", "path": "move.amount"},
        "balance": {"kind": "lookup", "path": "move.balance"},
    }
    tree["tables"] |= {
        "alerts": table({"per": "moves", "where": "balance == 0"}, **seen),
        "parts": table(
            {
                "per": "moves",
                "by": "amount",
                "cases": {"< 0": {"mean": 3, "min": 3, "max": 3}},
                "otherwise": {"mean": 1, "min": 1, "max": 1},
            },
            **seen,
        ),
        "claims": table(3_000, **seen),
    }
    script = module(tree)
    script.BLOCK = 700
    found = whole(script, "moves")
    drawn = moves(bank(None))
    assert_kept(found, *ledger(drawn, start="opening", floors=0))
    amount, balance = (found[name].to_numpy() for name in ("amount", "balance"))
    assert np.allclose(found["fee"].to_numpy(), amount * 2 + balance)
    assert (values(found["size"]) == np.where(amount < 0, "out", "in")).all()
    alerts, parts = whole(script, "alerts"), whole(script, "parts")
    assert alerts["move"].to_list() == found.filter(balance == 0)["id"].to_list()
    assert (
        parts["move"].to_list()
        == np.repeat(found["id"].to_numpy(), np.where(amount < 0, 3, 1)).tolist()
    )
    for frame in (alerts, parts, whole(script, "claims")):
        own = frame.join(found, left_on="move", right_on="id", maintain_order="left")
        assert len(own) == len(frame) > 0
        assert own["amount"].equals(own["amount_right"], check_names=False)
        assert own["balance"].equals(own["balance_right"], check_names=False)


def test_a_hidden_change_is_cut_all_the_same() -> None:
    net = {"kind": "expr", "expr": "amount * 1"}
    balance = {**BALANCE, "floor": 0}
    found = moves(bank(balance, {**AMOUNT, "hidden": True}, net=net))
    assert "amount" not in found.columns
    amounts, balances = ledger(moves(bank(None)), floors=0)
    assert_kept(found.rename({"net": "amount"}), amounts, balances)


def test_a_hidden_balance_cuts_all_the_same() -> None:
    found = moves(bank({**BALANCE, "floor": 0, "hidden": True}))
    amounts, _ = ledger(moves(bank(None)), floors=0)
    assert found["amount"].to_list() == [float(each) for each in amounts]


def test_two_balances_of_one_change_see_the_same_cuts() -> None:
    tree = bank({**BALANCE, "floor": 0}, also={**BALANCE, "start": 100})
    found = moves(tree)
    amounts, balances = ledger(moves(bank(None)), floors=0)
    assert_kept(found, amounts, balances)
    assert found["also"].to_list() == [float(each + 100) for each in balances]


def test_a_balance_of_balances() -> None:
    found = moves(bank(BALANCE, sums={"kind": "running", "change": "balance"}))
    order = found.with_row_index("row").sort("account", "at", "row")
    sums = order.select(pl.col("balance").cum_sum().over("account")).to_series()
    assert np.allclose(order["sums"].to_numpy(), sums.to_numpy())


def test_a_null_balance_hides_it_and_cuts_all_the_same() -> None:
    plain, some = (
        moves(bank({**BALANCE, "floor": 0, "null_rate": rate})) for rate in (0, 0.3)
    )
    assert plain["amount"].equals(some["amount"])
    null = some["balance"].is_null()
    assert 0.2 < null.mean() < 0.4  # type: ignore[operator]
    assert some.filter(~null)["balance"].equals(plain.filter(~null)["balance"])


def test_a_series_can_be_added_up_on_its_grid() -> None:
    tree = bank(None)
    flow = {"kind": "series", "base": 0, "noise": 3, "decimals": 1}
    tree["tables"]["moves"] = table(
        {"per": "accounts", "every": "10d"},
        account=ACCOUNT,
        at={"kind": "tick"},
        amount=flow,
        balance={**BALANCE, "floor": 0, "decimals": 1},
    )
    found = moves(tree)
    del tree["tables"]["moves"]["columns"]["balance"]
    assert_kept(found, *ledger(moves(tree), floors=0, decimals=1))


@pytest.mark.parametrize("value", [1e300, -1e300])
def test_changes_too_large_to_hold_end_where_floats_are_exact(value: float) -> None:
    amount = {"kind": "expr", "expr": f"{value} if id % 5 == 0 else 0.0"}
    for balance in (BALANCE, {**BALANCE, "floor": 0}):
        found = moves(bank(balance, amount))["balance"]
        assert found.abs().max() <= 2**53 * 40  # type: ignore[operator]


def test_a_hidden_balance_of_nulls_cuts_what_others_read() -> None:
    hidden = {**BALANCE, "floor": 0, "hidden": True, "null_rate": 0.5}
    seen = {"kind": "lookup", "path": "move.amount"}
    claims = table(500, move={"kind": "ref", "table": "moves"}, amount=seen)
    script = module({**bank(hidden), "tables": {**bank(hidden)["tables"], "c": claims}})
    amounts, _ = ledger(moves(bank(None)), floors=0)
    by_key = dict(zip(whole(script, "moves")["id"], map(float, amounts), strict=True))
    found = whole(script, "c")
    assert found["amount"].to_list() == [by_key[key] for key in found["move"]]


def test_two_balances_of_one_change_leave_no_function_over() -> None:
    """The second takes what the first cuts from its whole groups, not by a function of the rows."""
    movements = table(
        {"per": "accounts", "mean": 5},
        account={"kind": "ref", "table": "accounts"},
        at={"kind": "timestamp"},
        amount={"kind": "normal", "mean": 0, "sd": 10},
        balance={"kind": "running", "change": "amount", "start": 5, "floor": 0},
        total={"kind": "running", "change": "amount", "start": 0},
    )
    notes = table(
        {"per": "movements", "chance": 0.5},
        movement={"kind": "ref", "table": "movements"},
        total={"kind": "lookup", "path": "movement.total"},
    )
    tree = spec(accounts=table(50), movements=movements, notes=notes)
    source = compiled(tree).files["generate_data.py"]
    assert "def movements_total_by_account(" in source
    assert "def movements_amount(" not in source
    script = module(tree)
    total_of = dict(whole(script, "movements").select("id", "total").iter_rows())
    noted = whole(script, "notes")
    assert noted["total"].to_list() == [total_of[key] for key in noted["movement"]]


@pytest.mark.parametrize("seed", range(1, 5))
def test_a_ref_to_no_row_shows_no_balance(seed: int) -> None:
    """Also where the first parent, whose row is computed in its place, has no moves."""
    moves = table(
        {"per": "accounts", "chance": 0.5},
        account=ACCOUNT,
        at={"kind": "timestamp"},
        amount={"kind": "poisson", "lam": 3},
        balance={"kind": "running", "change": "amount"},
        number={"kind": "expr", "expr": "row_number()"},
        stage={"kind": "progression", "states": ["a", "b"], "chance": 0.5},
    )
    notes = table(
        5,
        move={"kind": "ref", "table": "moves", "when": "id < 0"},
        balance={"kind": "lookup", "path": "move.balance"},
        number={"kind": "lookup", "path": "move.number"},
        stage={"kind": "lookup", "path": "move.stage"},
    )
    tree = spec(accounts=table(30), moves=moves, notes=notes) | {"seed": seed}
    assert_rows_are_the_same(module(by_pandas(tree)), module(tree), "notes")
    found = whole(module(tree), "notes")
    assert len(found) == 5
    nulls = [column.name for column in found if column.null_count() == 5]
    assert nulls == ["move", "balance", "number", "stage"]
