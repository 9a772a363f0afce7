"""The code of columns that depend on their own row alone."""

from __future__ import annotations

from tests.support.kinds import (
    AT,
    CASE,
    GRID,
    LOCALES,
    NORMAL,
    PARENT,
    PERIOD,
    SOME,
    TIER,
    WEIGHTS,
    Case,
    by_tier,
    one,
    per,
)
from tests.support.specs import spec, table

BY_LOCALE = table(9, tier=TIER, name={"kind": "faker", "provider": "name"})
BY_LOCALE["locale"] = {"by": "tier", "cases": {"a": "de_DE", "b": "ja_JP"}}

CASES: dict[str, list[Case]] = {
    "bool": [
        one(
            {"x": {"kind": "bool", "chance": 0.2}},
            "THINGS_X = 0.2  # probability",
            "pl.Series(random('things.x', row) < THINGS_X)",
        ),
        one(
            by_tier("bool", {"chance": 0.1}, {"chance": 0.2}),
            "# probability by tier\nTHINGS_X = {'a': 0.1, 'b': 0.2}",
            f"probability = case_value({CASE}, THINGS_X)",
            "probability > random('things.x', row)",
        ),
    ],
    "children": [
        per(
            SOME,
            "lines",
            "# rows of lines per row of shops: Poisson, truncated\n"
            "LINES_ROWS = {'mean': 2.5, 'minimum': 0, 'maximum': 8}",
            "truncated_poisson(random('shops.lines rows', row), **LINES_ROWS)",
            table_="shops",
        ),
        per(
            {"chance": 0.5},
            "lines",
            "# probability of a row of lines per row of shops\nLINES_ROWS = 0.5",
            "random('shops.lines rows', row) < LINES_ROWS",
            table_="shops",
        ),
    ],
    "choice": [
        one(
            {"x": {"kind": "choice", "type": "number", "values": [2, 1.5]}},
            "THINGS_X = {2: 1, 1.5: 1 / 2}",
            "typed_choice(random('things.x', row), THINGS_X, pl.Float64)",
        ),
        one(
            {"x": {"kind": "choice", "type": "date", "weights": {"2026-01-02": 3}}},
            "THINGS_X = {date(2026, 1, 2): 3}",
            "typed_choice(random('things.x', row), THINGS_X, 'datetime64[s]')",
            engine="pandas",
        ),
        one(
            {"x": {"kind": "choice", "values": ["p", "q", "r"]}},
            "THINGS_X = {'p': 1, 'q': 1 / 2, 'r': 1 / 3}",
            "choice(random('things.x', row), THINGS_X)",
        ),
        one(
            by_tier("choice", {"weights": WEIGHTS}, {"values": ["c"]}),
            "# things.x by tier\nTHINGS_X = {'a': {'a': 3, 'b': 1}, 'b': {'c': 1}}",
            f"choice_by_case(random('things.x', row), {CASE}, THINGS_X)",
        ),
    ],
    "constant": [
        one(
            {"x": {"kind": "constant", "value": "EUR"}},
            "pl.repeat('EUR', len(row), dtype=pl.String, eager=True)",
        ),
        one(
            {"x": {"kind": "constant", "value": 3}},
            "pd.Series(3, index=range(len(row)), dtype='int64')",
            engine="pandas",
        ),
        one(
            by_tier("constant", {"value": "y"}, {"value": "z"}),
            "# things.x by tier\nTHINGS_X = {'a': 'y', 'b': 'z'}",
            f"case_value({CASE}, THINGS_X)",
        ),
        one(
            by_tier("constant", {"value": 1}, {"value": 2}),
            "pl.repeat(1, len(row), dtype=pl.Int64, eager=True)",
            "pl.repeat(2, len(row), dtype=pl.Int64, eager=True)",
        ),
    ],
    "derived": [
        Case(
            spec(shops={"data": [{"n": 1}, {"n": 2}]}),
            "shops",
            "n",
            ("SHOPS['n'].gather(row)",),
        ),
        Case(
            spec(shops={"data": [{"n": 1}, {"n": 2}]}),
            "shops",
            "n",
            ("gather(SHOPS['n'], row)",),
            "pandas",
        ),
        Case(
            spec(
                shops=table(5, size=TIER),
                sales=table(
                    9,
                    shop={**PARENT, "skew": False},
                    size={"kind": "lookup", "path": "shop.size"},
                ),
            ),
            "sales",
            "size",
            (
                "shop_row = uniform_row(random('sales.shop', row), ROWS['shops'])",
                "shops_size(shop_row)",
            ),
        ),
    ],
    "expr": [
        one(
            {"n": NORMAL, "x": {"kind": "expr", "expr": "n * (2 + n) > 4"}},
            "n = pl.Series(normal(random('things.n', row), **THINGS_N))",
            "n * (2 + n) > 4",
        ),
        one(
            {"x": {"kind": "expr", "expr": "1 + 2"}},
            "pl.repeat(1 + 2, len(row), dtype=pl.Int64, eager=True)",
        ),
        one(
            {"at": AT, "x": {"kind": "expr", "expr": "month_end(at + days(2))"}},
            f"add_length(timestamp(random('things.at', row), {PERIOD}), 2 * DAY)"
            ".dt.date().dt.month_end()",
        ),
        per(
            SOME,
            "since",
            f"day = timestamp(random('lines.day', row), {PERIOD})",
            "shop_row = row // LINES_STRIDE",
            "by_time = time_order(day, shop_row)",
            "(day - previous_value(day, by_time)).dt.total_seconds(fractional=True)"
            " / 86_400",
        ),
    ],
    "faker": [
        one(
            {"x": {"kind": "faker", "provider": "city"}},
            "THINGS_X_POOL = 2_000  # distinct texts of Faker's city, at most",
            "faker_texts(random('things.x', row), 'city', THINGS_X_POOL)",
        ),
        one(
            {"x": {"kind": "faker", "provider": "random_int", "args": {"max": 9}}},
            "THINGS_X_POOL = 2_000  # distinct values of Faker's random_int, at most",
            "faker_texts(random('things.x', row), 'random_int', THINGS_X_POOL, max=9)"
            ".cast(pl.Int64)",
        ),
        one(
            {"x": {"kind": "faker", "provider": "name", "pool": 50}},
            "THINGS_X_POOL = 50  # distinct texts of Faker's name, at most",
            "place = (random('things.x', row) * THINGS_X_POOL).astype(np.int64)",
            "first_name = faker_texts(random('things.x/first_name', place), 'first_name')",
            "last_name = faker_texts(random('things.x/last_name', place), 'last_name')",
            "first_name + ' ' + last_name",
        ),
        one(
            {"x": {"kind": "faker", "provider": "name"}},
            "THINGS_X = {'en_US': '{first_name} {last_name}', "
            "'ja_JP': '{last_name} {first_name}'}",
            "THINGS_X_POOL = 2_000  # distinct texts of each part of Faker's name, at most",
            'locale = choice(random("things.row\'s locale", row), LOCALES)',
            "faker_patterns('things.x', row, locale, THINGS_X, THINGS_X_POOL)",
            **LOCALES,
        ),
    ],
    "key": [
        one({"x": {"kind": "key"}}, "pl.Series(row + 1)"),
        one({"x": {"kind": "key", "start": 0}}, "pd.Series(row)", engine="pandas"),
        one(
            {"x": {"kind": "key", "format": "T-{:05d}X"}},
            "format_key(row + 1, 'T-', width=5, suffix='X')",
        ),
        one({"x": {"kind": "key", "uuid": True}}, "uuid_keys('things.x', row)"),
        per(SOME, "n", "pl.Series(row % LINES_STRIDE + 1)"),
        per(GRID, "at", "at = tick(row, LINES_EVERY)", "at"),
    ],
    "locale": [
        Case(
            spec(LOCALES, things=table(9, name={"kind": "faker", "provider": "name"})),
            "things",
            "row's locale",
            ('choice(random("things.row\'s locale", row), LOCALES)',),
        ),
        Case(
            spec(things=BY_LOCALE),
            "things",
            "row's locale",
            (
                "THINGS_LOCALE = {'a': 'de_DE', 'b': 'ja_JP'}",
                f"case_value({CASE}, THINGS_LOCALE)",
            ),
        ),
    ],
}
