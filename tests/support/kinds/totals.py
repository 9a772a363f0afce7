"""The code of parts of a total."""

from __future__ import annotations

from tests.support.kinds import NORMAL, PARENT, SOME, TIER, Case
from tests.support.specs import spec, table

PARTS = spec(
    shops=table(
        5,
        total={**NORMAL, "decimals": 2},
        points={"kind": "poisson", "lam": 30, "null_rate": 0.1},
    ),
    lines=table(
        {"per": "shops", **SOME},
        shop=PARENT,
        tier=TIER,
        part={"kind": "share", "of": "shop.total", "evenness": 2},
        points={
            **{"kind": "share", "of": "shop.points", "decimals": 0, "by": "tier"},
            **{"cases": {"a": {"evenness": 9}}, "otherwise": {}},
        },
    ),
)
"""Lines that divide two numbers of their shop."""

CASES: dict[str, list[Case]] = {
    "totals": [
        Case(
            PARTS,
            "lines",
            "part",
            (
                "LINES_PART = 2  # evenness of the parts, by Dirichlet",
                "shop_row = row // LINES_STRIDE",
                "parts_of(shops_total(shop_row), shop_row, random('lines.part', row), "
                "LINES_PART, decimals=2)",
            ),
        ),
        Case(
            PARTS,
            "lines",
            "points",
            (
                "LINES_POINTS = {'a': 9, 'otherwise': 1}",
                "shop_row = row // LINES_STRIDE",
                "evenness = case_value(choice(random('lines.tier', row), "
                "LINES_TIER), LINES_POINTS).to_numpy()",
                "total = shops_points(shop_row)",
                "null_where(parts_of(total, shop_row, random('lines.points', row), "
                "evenness, decimals=0), total.is_null().to_numpy())",
            ),
        ),
    ],
}
