"""A hotel with a value of each kind to check."""

from __future__ import annotations

from tests.support import Tree, spec, table

ODD = "it's {x} \\n $y"
"""A category that SQL, or what makes SQL, could take for something else."""


def hotel(top: Tree | None = None, /) -> Tree:
    """Guests, their stays, reviews of some, sensors in the rooms."""
    offset = {"kind": "offset", "distribution": "uniform"}
    price = {"kind": "lognormal", "sigma": 1, "decimals": 2, "by": "guest.tier"}
    guests = table(
        80,
        id={"kind": "key", "format": "G-{:03d}"},
        tier={"kind": "choice", "weights": {"Free": 2, "Pro": 2, ODD: 1}},
        city={"kind": "faker", "provider": "city", "null_rate": 0.2},
        born={"kind": "date", "start": "-60y", "end": "-20y", "hidden": True},
        joined={"kind": "date", "start": "-2y", "end": "-6mo"},
        score={"kind": "uniform", "low": 0.123, "high": 0.877, "decimals": 1},
        vip={"kind": "bool", "chance": 0.3},
    )
    stays = table(
        {"per": "guests", "mean": 3, "min": 1, "max": 6},
        id={"kind": "key"},
        guest={"kind": "ref", "table": "guests"},
        tier={"kind": "lookup", "path": "guest.tier"},
        city={"kind": "lookup", "path": "guest.city"},
        check_in={"kind": "date"},
        next_day={
            **offset,
            "of": "check_in",
            "low": "1d",
            "high": "3d",
            "hidden": True,
        },
        check_out={"kind": "date", "after": "next_day", "end": "2030-01-01"},
        grown={"kind": "date", "after": "guest.born"},
        nights={"kind": "poisson", "lam": 3, "min": 1, "max": 9},
        price={
            **price,
            "cases": {
                "Free": {"median": 9, "min": 5},
                "Pro": {"median": 99, "min": 50, "max": 900},
            },
            "otherwise": {"median": 999, "min": 500, "max": 4_000},
        },
        paid={
            "kind": "timestamp",
            "end": "2030-01-01",
            "by": "guest.vip",
            "cases": {
                "true": {"after": "check_out"},
                "false": {"before": "check_out", "start": "-2y"},
            },
        },
        change={"kind": "normal", "mean": 1, "sd": 9, "decimals": 2},
        balance={"kind": "running", "change": "change", "start": 10, "floor": 5},
        stage={"kind": "progression", "states": ["new", "known"], "chance": 0.3},
        state={
            "kind": "choice",
            "by": "stage",
            "cases": {"new": {"values": ["a", "b"]}, "known": {"values": ["b", "c"]}},
        },
    )
    reviews = table(
        {"per": "stays", "where": f"nights > 2 and tier != {ODD!r} and not guest.vip"},
        id={"kind": "key"},
        stay={"kind": "ref", "table": "stays"},
        stars={"kind": "triangular", "left": 0, "mode": 5, "right": 6, "integer": True},
    )
    reviews["columns"]["stars"] |= {"min": 1, "max": 5}
    calls = table(
        {"per": "stays", "chance": 0.5},
        id={"kind": "key"},
        stay={"kind": "ref", "table": "stays"},
    )
    readings = table(
        {"per": "guests", "every": "30d"},
        guest={"kind": "ref", "table": "guests"},
        at={"kind": "tick"},
        heat={"kind": "series", "base": 20, "noise": 9, "min": 10.26, "max": 30},
    )
    readings["columns"]["heat"]["decimals"] = 1
    tables = {"guests": guests, "stays": stays, "reviews": reviews, "calls": calls}
    return spec(top, **tables, readings=readings)
