"""A hotel in which other columns than refs hold keys."""

from __future__ import annotations

from typing import Any

from tests.support import Tree, spec, table


def lookup(path: str, **options: Any) -> Tree:
    return {"kind": "lookup", "path": path, **options}


def hotel(key: Tree | None = None, **bad_data: Any) -> Tree:
    """Guests, bookings, bills: keys are held over one hop and several, by each kind that can."""
    paths = {"true": {"path": "booking.guest"}, "false": {"path": "booking.payer"}}
    return spec(
        {"bad_data": bad_data} if bad_data else {},
        guests=table(
            300,
            id=key or {"kind": "key", "format": "G-{:04d}"},
            stars={"kind": "poisson", "lam": 4},
            friend={"kind": "ref", "table": "guests"},
        ),
        bookings=table(
            2_000,
            guest={"kind": "ref", "table": "guests"},
            payer={"kind": "ref", "table": "guests", "null_rate": 0.3},
            friend=lookup("guest.friend"),
            seen=lookup("payer", null_rate=0.2),
        ),
        bills=table(
            {"per": "bookings", "mean": 1.5, "max": 4},
            booking={"kind": "ref", "table": "bookings"},
            company={"kind": "bool", "chance": 0.3},
            far=lookup("booking.guest"),
            further=lookup("booking.friend"),
            same={"kind": "expr", "expr": " booking.guest "},
            plain={"kind": "expr", "expr": "far"},
            by_case={"kind": "lookup", "by": "company", "cases": paths},
            gaps=lookup("booking.seen", null_rate=0.1),
            key=lookup("booking.guest.id"),
            own=lookup("booking.id"),
            text={"kind": "template", "text": "{far}"},
            no_key=lookup("booking.guest.stars"),
        ),
    )
