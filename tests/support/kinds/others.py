"""The code of columns of numbers, moments, texts of others, references, sequences."""

from __future__ import annotations

from tests.support.kinds import (
    APPEND,
    AT,
    CASE,
    GRID,
    NORMAL,
    PERIOD,
    SOME,
    TIER,
    WEIGHTS,
    Case,
    by_tier,
    one,
    per,
    ref,
    text,
)
from tests.support.specs import spec, table

DAY = "timestamp(random('lines.day', row), timeline(START, END, default_calendar))"
NUMBER = "number_text(pl.Series(normal(random('things.n', row), **THINGS_N)))"
SKEW = "SALES_SHOP_SKEW = 0.8  # share of sales that the busiest 20 % of shops get"
DUE = {"kind": "offset", "of": "day"}
WEIGHED = (
    "# relative number of sales for each row of shops, by its size\n"
    "SALES_SHOP_WEIGHTS = {'a': 3, 'b': 1}"
)
BY_SIZE = "[(shops_size, SALES_SHOP_WEIGHTS)]"

CASES: dict[str, list[Case]] = {
    "moment": [
        one(
            {"x": {"kind": "date"}},
            f"timestamp(random('things.x', row), {PERIOD}).dt.date()",
        ),
        one(
            {"x": {"kind": "date"}},
            f"days_of(timestamp(random('things.x', row), {PERIOD}))",
            engine="pandas",
        ),
        one(
            {"x": {**AT, "start": "-9d", "hours": "evening"}},
            "THINGS_X = timedelta(days=-9)",
            "timestamp(random('things.x', row), timeline(THINGS_X, END, None, EVENING_HOURS))",
        ),
        one(
            {"x": {**AT, "start": "+1d", "end": "+2mo"}},
            "THINGS_X = (timedelta(days=1), 2 * MONTH)  # start and end",
            "timestamp(random('things.x', row), timeline(*THINGS_X))",
        ),
        one(
            {"x": {**AT, "hours": "evening"}},
            "period = timeline(START, END, default_calendar, EVENING_HOURS, "
            "zone=DEFAULT_TIMEZONE)",
            "timestamp(random('things.x', row), period)",
            calendars={"default": {"timezone": "Europe/Berlin"}},
        ),
        one(
            {"sent": AT, "x": {**AT, "after": "sent"}},
            f"timestamp(random('things.x', row), {PERIOD}, "
            f"after=timestamp(random('things.sent', row), {PERIOD}))",
        ),
        one(
            {"x": AT},
            "batch = batch_of('things', row)",
            "timestamp_by_group(random('things.x', row), batch, "
            "lambda n: timeline(*window(n), default_calendar))",
            **APPEND,
        ),
    ],
    "quantiles": [
        one(
            {"x": {"kind": "quantiles", "shares": [0, 0.5, 1], "values": [2, 20, 400]}},
            "# the share of the rows below each value\n"
            "THINGS_X = {'shares': (0, 0.5, 1), 'values': (2, 20, 400)}",
            "pl.Series(quantiles(random('things.x', row), **THINGS_X))",
        ),
        one(
            by_tier(
                "quantiles",
                {"shares": [0, 1], "values": [1, 9]},
                {"shares": [0, 0.5, 1], "values": [1, 2, 3]},
            ),
            "# the share of the rows below each value, by tier\n"
            "THINGS_X: dict[str, dict[str, Any]] = "
            "{'a': {'shares': (0, 1), 'values': (1, 9)}, "
            "'b': {'shares': (0, 0.5, 1), 'values': (1, 2, 3)}}",
            f"pl.Series(quantile_by_case(random('things.x', row), {CASE}, "
            "THINGS_X, quantiles))",
        ),
        one(
            {"x": {"kind": "histogram", "edges": [0, 10, 50], "weights": [3, 1]}},
            "# relative number of rows between each edge and the next\n"
            "THINGS_X = {'edges': (0, 10, 50), 'weights': (3, 1)}",
            "pl.Series(histogram(random('things.x', row), **THINGS_X))",
        ),
    ],
    "numeric": [
        one(
            {"n": NORMAL, "x": {**NORMAL, "correlated": {"n": 0.7}}},
            "THINGS_X = {'mean': 4, 'sd': 1}  # normal",
            "x_draw = correlated(random('things.x', row), THINGS_X_CORRELATED, "
            "n=random('things.n', row))",
            "pl.Series(normal(x_draw, **THINGS_X))",
        ),
        one(
            {"x": NORMAL},
            "THINGS_X = {'mean': 4, 'sd': 1}  # normal",
            "pl.Series(normal(random('things.x', row), **THINGS_X))",
        ),
        one(
            {"x": {**NORMAL, "min": 2, "integer": True}},
            "THINGS_X = {'mean': 4, 'sd': 1, 'minimum': 2 - 0.5}"
            "  # normal, truncated, rounded",
            "pl.Series(truncated(random('things.x', row), normal, **THINGS_X)"
            ".round().astype(np.int64))",
        ),
        one(
            {"x": {"kind": "uniform", "low": 0, "high": 9, "max": 5, "decimals": 2}},
            "THINGS_X = {'low': 0, 'high': 5}  # uniform",
            "pd.Series(uniform(random('things.x', row), **THINGS_X).round(2))",
            engine="pandas",
        ),
        one(
            {"x": {"kind": "poisson", "lam": 3}},
            "THINGS_X = {'lam': 3}  # Poisson",
            "pl.Series(poisson(random('things.x', row), **THINGS_X))",
        ),
        one(
            {"x": {"kind": "lognormal", "mean": 9, "sigma": 1}},
            "THINGS_X = {'mean': 9, 'sigma': 1}  # log-normal",
            "pl.Series(lognormal_mean(random('things.x', row), **THINGS_X))",
        ),
        one(
            {"x": {"kind": "lognormal", "mu": 0, "sigma": 1}},
            "THINGS_X = {'median': 1, 'sigma': 1}  # log-normal",
            "pl.Series(lognormal(random('things.x', row), **THINGS_X))",
        ),
        one(
            by_tier("lognormal", {"mean": 9}, {"median": 5}, sigma=1),
            "# log-normal, by tier\n"
            "THINGS_X: dict[str, dict[str, float]] = {'a': {'mean': 9, 'sigma': 1}, "
            "'b': {'mean': 8.2436063535, 'sigma': 1}}",
            "pl.Series(lognormal_mean(random('things.x', row), **case_parameters("
            "choice(random('things.tier', row), THINGS_TIER), THINGS_X)))",
        ),
    ],
    "offset": [
        one(
            {
                "day": AT,
                "x": {
                    **{"kind": "offset", "of": "day", "distribution": "exponential"},
                    **{"scale": "3h", "max": "2d", "until_now": True},
                },
            },
            "# seconds after day: exponential, truncated\n"
            "THINGS_X = {'scale': 3 * HOUR, 'maximum': 2 * DAY}",
            "delay = truncated(random('things.x', row), exponential, **THINGS_X)",
            f"null_after_end(add_seconds(timestamp(random('things.day', row), {PERIOD}), "
            "delay))",
        ),
        one(
            {"day": AT, "x": {**DUE, "distribution": "constant", "value": "36h"}},
            "THINGS_X = 1.5 * DAY  # seconds after day",
            "delay = np.full(len(row), THINGS_X)",
            f"add_seconds(timestamp(random('things.day', row), {PERIOD}), delay)",
        ),
        one(
            {
                "day": AT,
                "x": {**DUE, "distribution": "poisson", "lam": 3, "max": "9d"},
            },
            "# seconds after day: Poisson, truncated\n"
            "THINGS_X = {'lam': 3, 'unit': DAY, 'maximum': 9 * DAY}",
            "delay = truncated(random('things.x', row), poisson_units, **THINGS_X)",
            f"add_seconds(timestamp(random('things.day', row), {PERIOD}), delay)",
        ),
    ],
    "ref": [
        ref("uniform_row(random('sales.shop', row), ROWS['shops'])", skew=False),
        ref(
            SKEW,
            "skewed_row(random('sales.shop', row), ROWS['shops'], SALES_SHOP_SKEW, "
            "ROWS['sales'] * (1 - SALES_SHOP_NULLS), 'sales.shop')",
            null_rate=0.1,
        ),
        ref(
            SKEW,
            "batch = batch_of('sales', row)",
            "skewed_row_in_batch(random('sales.shop', row), batch, 'shops', "
            "SALES_SHOP_SKEW, ROWS['sales'], 'sales.shop')",
            top=APPEND,
        ),
        ref(
            WEIGHED,
            SKEW,
            f"weighted_row('sales.shop', row, all_rows('shops'), {BY_SIZE}, "
            "SALES_SHOP_SKEW, ROWS['sales'])",
            weights={"size": WEIGHTS},
        ),
        Case(
            spec(
                things=table(9, boss={"kind": "ref", "table": "things", "skew": False})
            ),
            "things",
            "boss",
            ("earlier_row(random('things.boss', row), row, 0)",),
        ),
        per(SOME, "shop", "row // LINES_STRIDE"),
    ],
    "sequences": [
        per(
            GRID,
            "reading",
            "LINES_READING = {'base': 5, 'noise': 1}",
            "# Waves: lengths in seconds; peaks count from 1970-01-01 UTC, so that of a "
            "day's wave it\n# is the hour.\nLINES_READING_CYCLES = "
            "({'period': DAY, 'amplitude': 2, 'peak': 12 * HOUR},)",
            "moment = tick(row, LINES_EVERY)",
            "reading(random('lines.reading', row), moment, LINES_READING_CYCLES, "
            "**LINES_READING).clip(0, None).round(1)",
        ),
        per(
            SOME,
            "balance",
            "LINES_BALANCE = {'floor': 0}",
            "shop_row = row // LINES_STRIDE",
            "running_balance(pl.Series(normal(random('lines.change', row), "
            f"**LINES_CHANGE)), {DAY}, shop_row, decimals=2, **LINES_BALANCE)",
        ),
        per(
            SOME,
            "state",
            "LINES_STATE_STATES = ('new', 'done')",
            "LINES_STATE = 0.4  # probability of the next state, per row",
            "shop_row = row // LINES_STRIDE",
            "moves = random('lines.state', row) < LINES_STATE",
            f"progression(moves, {DAY}, shop_row, LINES_STATE_STATES)",
        ),
    ],
    "text": [
        one(
            text("{tier|upper} no. {n}"),
            "choice(random('things.tier', row), THINGS_TIER).cast(pl.String)"
            f".str.to_uppercase() + ' no. ' + {NUMBER}",
        ),
        one(
            text("{tier|slug}!"),
            "slug(choice(random('things.tier', row), THINGS_TIER)) + '!'",
            engine="pandas",
        ),
        one(text("all"), "pl.repeat('all', len(row), dtype=pl.String, eager=True)"),
        one(
            {
                "tier": TIER,
                "x": {"kind": "email", "of": "tier", "domains": {"a.org": 1}},
            },
            "THINGS_X_DOMAINS = {'a.org': 1}",
            "domain = choice(random('things.x/domain', row), THINGS_X_DOMAINS)",
            "email(choice(random('things.tier', row), THINGS_TIER).cast(pl.String), "
            "row + 1, domain)",
        ),
    ],
}
