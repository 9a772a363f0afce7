# /// script
# requires-python = ">=3.11"
# dependencies = ["duckdb>=1.1", "faker>=40,<41", "holidays"]
# ///
"""DuckDB: both tables in SQL written for them, from `range()` and pools of Faker's names."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
from faker import Faker

from benchmarks import shop
from benchmarks.peers.arguments import arguments

COUNT, ORDERS, OUTPUT = arguments()


def chosen(u: str, shares: dict[str, float]) -> str:
    """A category by its share: one draw for all of them."""
    below, total, cases = 0.0, sum(shares.values()), ""
    *first, last = shares
    for name in first:
        below += shares[name]
        cases += f" WHEN {u} < {below / total} THEN '{name}'"
    return f"CASE{cases} ELSE '{last}' END"


def by_tier(values: dict[str, float]) -> str:
    cases = "".join(f" WHEN '{name}' THEN {value}" for name, value in values.items())
    return f"CASE tier{cases} END"


def write(table: str, query: str) -> None:
    place = OUTPUT / f"{table}.parquet"
    database.sql(f"COPY ({query}) TO '{place}' (FORMAT parquet, COMPRESSION zstd)")


Faker.seed(42)
fake = Faker()
today = date.today()
start = today - timedelta(days=shop.DAYS)
slots = [
    day
    for day, volume in enumerate(shop.volumes(today))
    for _ in range(round(volume * 100))
]
database = duckdb.connect()
database.sql("SET preserve_insertion_order = false")
database.execute("SET VARIABLE slots = ?::INTEGER[]", [slots])
for piece, make in (("first", fake.first_name), ("last", fake.last_name)):
    pool = [make() for _ in range(shop.POOL)]
    database.execute(f"SET VARIABLE {piece} = ?::VARCHAR[]", [pool])

database.sql(f"""
    CREATE TABLE people AS
    SELECT id, tier, row_number() OVER (PARTITION BY tier ORDER BY hash(id)) - 1 AS rank
    FROM (SELECT id, {chosen("u", shop.TIERS)} AS tier
          FROM (SELECT range AS id, random() AS u FROM range({COUNT})))
""")
sizes = dict(database.sql("SELECT tier, count(*) FROM people GROUP BY tier").fetchall())


def name_of(piece: str) -> str:
    return f"getvariable('{piece}')[1 + floor(random() * {shop.POOL})::INTEGER]"


write(
    "customers",
    f"""
    SELECT
        format('CUST-{{:05d}}', id + 1) AS customer_id,
        name,
        regexp_replace(lower(name), '[^a-z0-9]+', '.', 'g') || '.' || (id + 1) || '@'
            || {chosen("d", shop.DOMAINS)} AS email,
        tier,
        {chosen("r", shop.REGIONS)} AS region,
        DATE '{today}' - age AS created_at
    FROM (SELECT
        id, tier, {name_of("first")} || ' ' || {name_of("last")} AS name,
        random() AS d, random() AS r, 183 + floor(random() * 547)::INTEGER AS age
        FROM people)
    """,
)
shares = {name: share * shop.WEIGHTS[name] for name, share in shop.TIERS.items()}
means = {name: shop.log_mean(name) for name in shop.TIERS}
sigmas = {name: shop.AMOUNT[name][1] for name in shop.TIERS}
write(
    "orders",
    f"""
    WITH drawn AS (
        SELECT range AS row, {chosen("t", shares)} AS tier, u
        FROM (SELECT range, random() AS t, random() AS u FROM range({ORDERS}))
    ), placed AS (
        SELECT *, floor(u ** {shop.SKEW} * {by_tier(sizes)})::BIGINT AS rank,
            random() AS s, sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) AS z,
            getvariable('slots')[1 + floor(random() * {len(slots)})::INTEGER] AS day,
            floor(random() * 86400)::INTEGER AS second
        FROM drawn
    )
    SELECT
        format('ORD-{{:06d}}', row + 1) AS order_id,
        format('CUST-{{:05d}}', id + 1) AS customer_id,
        TIMESTAMP '{start}' + to_seconds(day * 86400 + second) AS ordered_at,
        {chosen("s", shop.STATUS)} AS status,
        round(exp({by_tier(means)} + {by_tier(sigmas)} * z), 2) AS amount
    FROM placed JOIN people USING (tier, rank)
    """,
)
