"""What the README beside a script tells of its tables."""

from __future__ import annotations

from compiler.emit.bundle.pages import diagram, plan_page
from compiler.plan.model import Plan
from compiler.show import as_data
from tests.support import compiled, spec, table


def shop() -> Plan:
    """Lines hold their order's key, and their customer's by a lookup of a ref."""
    plan = compiled(
        spec(
            customers=table(10),
            orders=table(20, buyer={"kind": "ref", "table": "customers"}),
            lines=table(
                {"per": "orders", "mean": 2},
                order={"kind": "ref", "table": "orders"},
                customer={"kind": "lookup", "path": "order.buyer", "null_rate": 0.5},
                size={"kind": "poisson", "lam": 2},
                n={"kind": "position"},
            )
            | {"primary_key": ["order", "n"]},
        )
    ).plan
    assert plan is not None
    return plan


def test_the_diagram_has_a_line_for_each_reference() -> None:
    lines = [line.strip() for line in diagram(shop()).split("\n")]
    assert [line for line in lines if "--" in line] == [
        '"customers" ||--o{ "orders" : "buyer"',
        '"orders" ||--o{ "lines" : "order"',
        '"customers" |o--o{ "lines" : "customer"',
    ]
    assert "integer id PK" in lines  # as --check and catalogs have it
    assert {"integer order FK", "integer customer FK", "integer size"} <= set(lines)


def test_tables_and_json_name_what_a_reference_points_at() -> None:
    plan = shop()
    page = plan_page(plan, plan.tables)
    assert "| `customer` | → customers |" in page
    assert "| `size` | integer |" in page
    (lines,) = (one for one in as_data(plan)["tables"] if one["name"] == "lines")
    pointed = {one["name"]: one["points_at"] for one in lines["columns"]}
    assert pointed == {
        "id": None,
        "order": "orders",
        "customer": "customers",
        "size": None,
        "n": None,
    }
