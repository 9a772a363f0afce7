"""Orders by UTC and by the clocks of Berlin, with all that a calendar can have."""

from __future__ import annotations

from tests.support.specs import Tree, spec, table

BERLIN = "Europe/Berlin"
OFFICE: Tree = {"weekdays": [1, 1, 1, 1, 1, 0, 0], "timezone": BERLIN}


def two_shops(*, zoned: bool = True) -> Tree:
    """Orders by UTC, deliveries and calls by the clocks of Berlin (or by UTC, too)."""
    at = {"kind": "timestamp", "calendar": "office", "hours": "business"}
    columns: Tree = {
        "ordered_at": {"kind": "timestamp", "hours": "evening"},
        "seen_at": {"kind": "timestamp", "start": "-90d", "end": "-9d"},
        "sent_at": {**at, "after": "ordered_at"},
        "called_at": {**at, "before": "sent_at"},
        "tier": {"kind": "choice", "weights": {"a": 3, "b": 1}},
        "paid_at": {
            "kind": "timestamp",
            "by": "tier",
            "cases": {"a": {"calendar": "office"}, "b": {"hours": "evening"}},
        },
        "late": {"kind": "expr", "expr": "during('sale', sent_at)"},
    }
    sale = {"name": "sale", "start": "2026-03-28", "end": "2026-04-01", "factor": 2}
    office = {**OFFICE, "noise": 0.2, "growth": 0.5, "events": [sale]}
    office |= {"holidays": ["DE-BY", "US"], "holiday": 0}
    office |= {} if zoned else {"timezone": "UTC"}
    top: Tree = {
        "calendars": {"office": office},
        "window": {"start": "2026-03-02", "end": "2026-11-16"},
    }
    return spec(top, orders=table(20_000, **columns))
