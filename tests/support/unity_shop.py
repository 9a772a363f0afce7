"""A shop in Unity Catalog."""

from __future__ import annotations

from tests.support import Script, Tree, inside, spec, table
from tests.support.unity import Unity, installed

QUOTED = r"it's a \ 'quoted' ${text}"


def shop(**output: object) -> Tree:
    customers = table(
        10,
        customer_id={"kind": "key"},
        name={"kind": "choice", "values": ["Ann", "Bob"]},
        note={"kind": "constant", "value": "x", "description": QUOTED},
    )
    orders = table(
        10, order_id={"kind": "key"}, buyer={"kind": "ref", "table": "customers"}
    )
    lines = table(
        {"per": "orders", "mean": 2},
        id={"kind": "key"},
        order={"kind": "ref", "table": "orders"},
        customer={"kind": "lookup", "path": "order.buyer"},
    )
    customers["description"] = QUOTED
    if output.get("mode") == "append":
        customers["batch_rows"] = orders["batch_rows"] = 2
    top = {
        "output": {
            "engine": "spark",
            "format": "delta",
            "schema": "main.shop",
            **output,
        }
    }
    return spec(top, customers=customers, orders=orders, lines=lines)


def run(script: Script, unity: Unity, *options: str) -> list[str]:
    """The statements of a run."""
    start = len(unity.statements)
    inside(installed(script, unity), ["--target", "serverless", *options])
    return unity.statements[start:]


def changes(statements: list[str]) -> list[str]:
    return [each for each in statements if not each.startswith("SHOW")]
