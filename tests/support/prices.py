"""Prices over time, and meters that are read: columns along a parent's rows in order of time."""

from __future__ import annotations

from tests.support.specs import Tree, spec, table


def expr(text: str, **keys: object) -> Tree:
    return {"kind": "expr", "expr": text, **keys}


def prices(**output: object) -> Tree:
    """The history of 500 products, some of whose versions start on the same day."""
    versions = table(
        {"per": "products", "mean": 4, "min": 1, "max": 12},
        product={"kind": "ref", "table": "products"},
        valid_from={"kind": "date", "end": "-1d"},
        tier={"kind": "choice", "weights": {"plain": 3, "vip": 1, "none": 1}},
        label={"kind": "faker", "provider": "word"},
        amount={"kind": "lognormal", "median": 20, "sigma": 1, "null_rate": 0.2},
        units={"kind": "poisson", "lam": 4},
        valid_to=expr("lead(valid_from)"),
        is_current=expr("is_null(lead(valid_from))"),
        number=expr("row_number()"),
        before=expr("lag(amount)"),
        two_before=expr("lag(lag(label))"),
        first_tier=expr("first(tier)"),
        last_label=expr("last(label)"),
        units_so_far=expr("cumsum(units)"),
        total=expr("cumsum(amount)"),
        was_vip=expr("lag(tier == 'vip')"),
        changed=expr("lag(tier) != tier"),
        waited=expr("days_between(lag(valid_from), valid_from)"),
        is_long=expr("valid_from - lag(valid_from) > days(20)"),
        rank=expr("cumsum(2)"),
    )
    return spec({"output": output}, products=table(500), prices=versions)


def meters(**output: object) -> Tree:
    """Meters that are read every three hours, and alarms at some readings."""
    readings = table(
        {"per": "meters", "every": "3h"},
        meter={"kind": "ref", "table": "meters"},
        at={"kind": "tick"},
        value={"kind": "normal", "mean": 9, "sd": 2, "decimals": 2},
        before=expr("lag(value)"),
        start=expr("first(value)"),
        used=expr("cumsum(value)"),
        gap=expr("hours_between(lag(at), at)"),
        number=expr("row_number()"),
    )
    alarms = table(
        {"per": "readings", "where": "number % 7 == 0"},
        reading={"kind": "ref", "table": "readings"},
        number={"kind": "lookup", "path": "reading.number"},
    )
    few = {**table(12), **({"batch_rows": 2} if output.get("mode") == "append" else {})}
    window = {"window": {"end": "2026-06-30", "days": 4}, "name": "meters"}
    return spec(
        {**window, "output": output}, meters=few, readings=readings, alarms=alarms
    )
