"""Specs that several tests run."""

from __future__ import annotations

from tests.support import Script, Tree, module, spec, table

TIERS: Tree = {"Free": 0.6, "Pro": 0.3, "Top": 0.1}


def small() -> Tree:
    return spec(
        shops=table(300, name={"kind": "faker", "provider": "company", "pool": 40}),
        sales=table(
            1_000,
            shop={"kind": "ref", "table": "shops", "null_rate": 0.1},
            at={"kind": "timestamp"},
            day={"kind": "date", "null_rate": 0.1},
            amount={"kind": "lognormal", "mean": 40, "sigma": 1, "null_rate": 0.1},
            count={"kind": "poisson", "lam": 3, "null_rate": 0.1},
            kind={
                "kind": "choice",
                "weights": {'a "b", c': 1, "": 1, "d\ne": 1, "é": 1},
            },
            gift={"kind": "bool", "chance": 0.5, "null_rate": 0.1},
        ),
    )


def in_blocks() -> Script:
    """A script that writes several files a table."""
    script = module(small())
    script.BLOCK = 64
    return script


def everything() -> Tree:
    """A spec with every kind of column and of table."""
    customers = table(
        700,
        key={"kind": "key", "format": "C-{:05d}"},
        name={"kind": "faker", "provider": "name", "pool": 90},
        mail={"kind": "email", "of": "name"},
        home={"kind": "faker", "provider": "city", "pool": 60, "null_rate": 0.1},
        tier={"kind": "choice", "weights": TIERS},
        vip={"kind": "bool", "chance": 0.2},
        score={"kind": "beta", "a": 2, "b": 3},
        since={"kind": "date", "start": "-2y", "end": "-180d"},
        friend={"kind": "ref", "table": "customers"},
    )
    products = {
        "data": [
            {"sku": f"P{n}", "price": n / 4, "new": n % 3 == 0} for n in range(12)
        ],
        "columns": {"stock": {"kind": "poisson", "lam": 40}},
    }
    orders = table(
        2_000,
        id={"kind": "key", "uuid": True},
        customer={
            "kind": "ref",
            "table": "customers",
            "weights": {"tier": {"Top": 5, "Pro": 2, "Free": 1}},
        },
        gift={"kind": "ref", "table": "customers", "null_rate": 0.8},
        at={"kind": "timestamp", "after": "customer.since", "hours": "business"},
        sent={
            "kind": "offset",
            "of": "at",
            "distribution": "exponential",
            "scale": "9d",
            "until_now": True,
        },
        amount={
            "kind": "lognormal",
            "sigma": 1,
            "decimals": 2,
            "by": "customer.tier",
            "cases": {
                "Free": {"mean": 20},
                "Pro": {"mean": 80},
                "Top": {"mean": 300, "max": 900},
            },
        },
        base={"kind": "normal", "mean": 5, "sd": 2, "min": 0, "hidden": True},
        fee={"kind": "expr", "expr": "round(base * 2, 2) if customer.vip else 0.0"},
        most={"kind": "expr", "expr": "amount if customer.vip else None"},
        seen={"kind": "expr", "expr": "null if customer.vip else sent"},
        text={
            "kind": "template",
            "text": "{customer.name|slug}/{customer.friend.tier}",
        },
        currency={"kind": "constant", "value": "EUR"},
        far={"kind": "lookup", "path": "customer.friend.home"},
    )
    lines = table(
        {"per": "orders", "mean": 2.5, "min": 0, "max": 8},
        order={"kind": "ref", "table": "orders"},
        n={"kind": "position"},
        product={
            "kind": "ref",
            "table": "products",
            "weights": {"new": {"true": 3, "false": 1}},
        },
        count={"kind": "poisson", "lam": 1, "min": 1},
        gift={"kind": "ref", "table": "products", "distinct": True, "null_rate": 0.1},
    )
    notes = table(
        {"per": "lines", "mean": 0.5, "max": 4},
        line={"kind": "ref", "table": "lines"},
        reader={
            "kind": "ref",
            "table": "customers",
            "distinct": True,
            "weights": {"tier": {"Top": 5, "Pro": 2, "Free": 0}},
        },
        stars={"kind": "triangular", "left": 1, "mode": 5, "right": 5, "integer": True},
    )
    returns = table(
        500,
        line={"kind": "ref", "table": "lines"},
        w={"kind": "gamma", "shape": 2, "scale": 1},
        place={"kind": "faker", "provider": "city", "pool": 30},
    )
    customers["locale"] = {"en_US": 0.6, "es_ES": 0.3, "ja_JP": 0.1}
    returns["locale"] = {
        "by": "line.order.customer.tier",
        "cases": {"Pro": "de_DE", "Top": "ja_JP"},
        "otherwise": "en_US",
    }
    return spec(
        {"calendars": {"default": {"weekend": 0.6, "noise": 0.1}}},
        customers=customers,
        products=products,
        orders=orders,
        lines=lines,
        notes=notes,
        returns=returns,
        **in_time(),
    )


def in_time() -> Tree:
    """Tables of rows by case, expression, chance and grid, with all that goes along in time."""
    payments = table(
        {
            "per": "customers",
            "by": "tier",
            "cases": {"Free": {"mean": 2}, "Pro": {"mean": 5, "max": 9}},
            "otherwise": {"mean": 7, "min": 4, "max": 9},
        },
        owner={"kind": "ref", "table": "customers"},
        paid_at={"kind": "timestamp", "after": "owner.since"},
        sum={"kind": "normal", "mean": 1, "sd": 30, "decimals": 2},
        left={
            "kind": "running",
            "change": "sum",
            "start": "owner.score",
            "by": "owner.vip",
            "cases": {"true": {"floor": -9}, "false": {"floor": 0}},
        },
        stage={"kind": "progression", "states": ["new", "old"], "chance": 0.3},
        net={"kind": "expr", "expr": "sum * 2 if stage == 'old' else left"},
    )
    alerts = table(
        {"per": "payments", "where": "left < 5 and owner.vip"},
        payment={"kind": "ref", "table": "payments"},
        left={"kind": "lookup", "path": "payment.left"},
        stage={"kind": "lookup", "path": "payment.stage"},
    )
    calls = table(
        {"per": "alerts", "chance": 0.5},
        alert={"kind": "ref", "table": "alerts"},
        sum={"kind": "lookup", "path": "alert.payment.sum"},
    )
    states = ["ok", "worn", "out"]
    readings = table(
        {"per": "customers", "every": "30d"},
        owner={"kind": "ref", "table": "customers"},
        tick={"kind": "tick"},
        heat={
            "kind": "series",
            "base": "owner.score",
            "trend": 0.1,
            "cycles": [{"period": "90d", "amplitude": 2}],
            "noise": 0.5,
            "shift": {"when": "weekday(tick) > 3", "by": 4},
        },
        wear={"kind": "progression", "states": states, "chance": 0.2},
    )
    claims = table(
        400,
        payment={"kind": "ref", "table": "payments"},
        reading={"kind": "ref", "table": "readings"},
        stage={"kind": "lookup", "path": "payment.stage"},
        sum={"kind": "lookup", "path": "payment.sum"},
        wear={"kind": "lookup", "path": "reading.wear"},
        heat={"kind": "lookup", "path": "reading.heat"},
    )
    return {
        "payments": payments,
        "alerts": alerts,
        "calls": calls,
        "readings": readings,
        "claims": claims,
    }
