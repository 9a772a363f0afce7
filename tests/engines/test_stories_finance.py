"""specs/finance.toml tells its story: each claim is a query, and a number that comes out."""

from __future__ import annotations

import pytest

from tests.support.stories import (
    Story,
    assert_in_order,
    assert_keys_are_unique,
    assert_no_orphans,
    assert_past,
    told,
)

BOOKED = "transactions JOIN accounts USING (account_id)"


@pytest.fixture(scope="module")
def finance(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return told("finance", tmp_path_factory.mktemp("finance"))


# ------------------------------------------------------------------- the data are whole


def test_keys_are_unique_and_no_ref_is_an_orphan(finance: Story) -> None:
    assert_keys_are_unique(finance)
    assert_no_orphans(finance)


def test_nothing_comes_before_what_it_follows(finance: Story) -> None:
    assert_in_order(
        finance,
        (BOOKED, "opened_on", "posted_at"),
        (
            "payments JOIN transactions USING (transaction_id)",
            "posted_at",
            "settled_at",
        ),
        (
            "fraud_flags JOIN transactions USING (transaction_id)",
            "posted_at",
            "flagged_at",
        ),
    )
    moments = ("payments.settled_at", "fraud_flags.flagged_at")
    assert_past(finance, "transactions.posted_at", *moments)


def test_accounts_are_as_busy_as_their_product(finance: Story) -> None:
    each = finance.by("""
        SELECT product, count(transaction_id) / count(DISTINCT accounts.account_id)
        FROM accounts LEFT JOIN transactions USING (account_id) GROUP BY 1""")
    wanted = {"current": 40, "savings": 8, "business": 90}
    assert each == pytest.approx(wanted, rel=0.03)


# -------------------------------------------------------------------------- the balances


def test_every_balance_is_the_opening_balance_and_all_amounts_since_to_the_cent(
    finance: Story,
) -> None:
    sql = f"""
        SELECT count(*), count(*) FILTER (balance::DECIMAL(18, 2) <> replayed) FROM (
            SELECT balance, opening_balance::DECIMAL(18, 2) + sum(amount::DECIMAL(18, 2))
                OVER (PARTITION BY account_id ORDER BY posted_at, transaction_id) AS replayed
            FROM {BOOKED})"""
    ((rows, wrong),) = finance.rows(sql)
    assert rows > 70_000
    assert wrong == 0
    halves = """SELECT count(*) FROM transactions
        WHERE amount <> round(amount, 2) OR balance <> round(balance, 2)"""
    assert finance.value(halves) == 0


def test_no_account_is_ever_overdrawn(finance: Story) -> None:
    assert finance.value("SELECT min(balance) FROM transactions") == 0
    assert finance.value("SELECT min(opening_balance) FROM accounts") > 0


def test_what_an_empty_account_cannot_pay_is_declined_and_nothing_else(
    finance: Story,
) -> None:
    sql = """SELECT status, min(abs(amount)), max(abs(amount)), max(balance), count(*)
        FROM transactions GROUP BY 1"""
    found = {status: values for status, *values in finance.rows(sql)}
    assert found.keys() == {"declined", "posted"}
    assert found["declined"][:3] == [0, 0, 0]
    assert found["posted"][0] > 0
    share = found["declined"][3] / (found["declined"][3] + found["posted"][3])
    assert 0.01 < share < 0.05


def test_money_comes_in_as_wages_and_deposits_and_goes_out_as_all_else(
    finance: Story,
) -> None:
    flows = finance.rows(
        "SELECT type, min(amount), max(amount) FROM transactions GROUP BY 1"
    )
    incoming = {type for type, least, _ in flows if least > 0}
    outgoing = {type for type, _, most in flows if most <= 0}
    assert incoming == {"wage", "deposit"}
    assert outgoing == {"card", "transfer", "withdrawal", "rent"}
    types = finance.by(
        """SELECT product, list_sort(list(DISTINCT type)) FROM transactions
        JOIN accounts USING (account_id) WHERE NOT is_fraud GROUP BY 1"""
    )
    assert types == {
        "current": ["card", "rent", "transfer", "wage", "withdrawal"],
        "savings": ["deposit", "transfer"],
        "business": ["card", "deposit", "transfer"],
    }


def test_a_wage_is_the_same_each_time_and_the_rent_three_tenths_of_it(
    finance: Story,
) -> None:
    sql = """
        SELECT max(wages), median(wage), avg((abs(rent - 0.3 * wage) < 0.006)::INT) FROM (
            SELECT count(DISTINCT amount) FILTER (type = 'wage') AS wages,
                   max(amount) FILTER (type = 'wage') AS wage,
                   -min(amount) FILTER (type = 'rent') AS rent
            FROM transactions GROUP BY account_id
            HAVING wages > 0 AND rent > 0)"""
    ((wages, wage, as_due),) = finance.rows(sql)
    assert wages == 1
    assert wage == pytest.approx(2_400, rel=0.05)
    assert as_due > 0.95, "but where an account had less left"


def test_amounts_follow_a_power_law(finance: Story) -> None:
    """The exponent by Hill's estimate, and the tail: ten times the sum is 25 times as rare."""
    sql = f"""
        SELECT 1 / avg(ln(-amount / 9)), avg((amount < -90)::INT), min(-amount)
        FROM {BOOKED} WHERE type = 'card' AND product = 'current' AND NOT is_fraud
          AND balance > 0"""
    ((exponent, tail, least),) = finance.rows(sql)
    assert exponent == pytest.approx(1.4, abs=0.05)
    assert tail == pytest.approx(10**-1.4, abs=0.004)
    assert least == 9


# ------------------------------------------------------------------------------ payments


def test_each_card_transaction_that_was_posted_is_one_payment_of_that_sum(
    finance: Story,
) -> None:
    sql = """
        SELECT count(*), count(payment_id), count(DISTINCT payment_id),
               count(*) FILTER (payments.amount <> -transactions.amount)
        FROM transactions LEFT JOIN payments USING (transaction_id)
        WHERE type = 'card' AND status = 'posted'"""
    ((cards, paid, apart, wrong),) = finance.rows(sql)
    assert cards == paid == apart == finance.value("SELECT count(*) FROM payments")
    assert wrong == 0


def test_a_fifth_of_the_merchants_has_seven_tenths_of_the_payments(
    finance: Story,
) -> None:
    sql = """
        SELECT sum(payments) FILTER (place <= 160) / sum(payments)
        FROM (SELECT count(payment_id) AS payments,
                     row_number() OVER (ORDER BY count(payment_id) DESC) AS place
              FROM merchants LEFT JOIN payments USING (merchant_id) GROUP BY merchant_id)"""
    assert finance.value(sql) == pytest.approx(0.70, abs=0.03)


# --------------------------------------------------------------------------------- fraud


def test_one_transaction_in_150_is_fraud(finance: Story) -> None:
    share = finance.value("SELECT avg(is_fraud::INT) FROM transactions")
    assert 1 / share == pytest.approx(150, rel=0.1)


def test_fraud_comes_at_odd_hours(finance: Story) -> None:
    """A quarter of it from midnight to six, when there is little else."""
    night = finance.by("""SELECT is_fraud, avg((hour(posted_at) < 6)::INT)
        FROM transactions GROUP BY 1""")
    assert night[True] == pytest.approx(0.25, abs=0.05)
    assert night[False] < 0.09
    rate = finance.by(
        "SELECT hour(posted_at) < 6, avg(is_fraud::INT) FROM transactions GROUP BY 1"
    )
    assert rate[True] > 3 * rate[False]


def test_fraud_is_made_abroad(finance: Story) -> None:
    abroad = finance.by(
        f"""SELECT is_fraud, avg((transactions.country <> accounts.country)::INT)
        FROM {BOOKED} GROUP BY 1"""
    )
    assert abroad[True] == pytest.approx(0.75, abs=0.06)
    assert abroad[False] == pytest.approx(0.03, abs=0.003)


def test_fraud_is_large(finance: Story) -> None:
    medians = finance.by("""SELECT is_fraud, median(-amount) FROM transactions
        WHERE type IN ('card', 'transfer') AND status = 'posted' GROUP BY 1""")
    assert medians[True] > 15 * medians[False]
    assert medians[True] == pytest.approx(220 * 2 ** (1 / 1.4), rel=0.1)


def test_nine_of_ten_frauds_are_flagged_and_one_in_500_of_the_rest(
    finance: Story,
) -> None:
    flagged = finance.by("""
        SELECT is_fraud, count(flag_id) / count(*)
        FROM transactions LEFT JOIN fraud_flags USING (transaction_id) GROUP BY 1""")
    assert flagged[True] == pytest.approx(0.90, abs=0.03)
    assert flagged[False] == pytest.approx(0.002, abs=0.0005)
    wrong = """SELECT count(*) FROM fraud_flags JOIN transactions USING (transaction_id)
        WHERE confirmed <> is_fraud"""
    assert finance.value(wrong) == 0
