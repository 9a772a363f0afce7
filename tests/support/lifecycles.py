"""Orders and subscriptions whose states move on in time, with logs of their moves."""

from __future__ import annotations

from typing import Any

from tests.support import Tree, spec, table

EXPONENTIAL: Tree = {"distribution": "exponential", "scale": "2h"}
GAMMA: Tree = {"distribution": "gamma", "shape": 2, "scale": "14h"}
LOGNORMAL: Tree = {"distribution": "lognormal", "median": "3d", "sigma": 0.4}
LOST: Tree = {"distribution": "constant", "value": "20d"}
BACK: Tree = {"distribution": "lognormal", "median": "9d", "sigma": 0.5}

STATES: Tree = {
    "placed": {"to": {"paid": 0.92, "cancelled": 0.08}, "after": EXPONENTIAL},
    "paid": {"to": {"shipped": 1}, "after": GAMMA},
    "shipped": {
        "to": {
            "delivered": {"weight": 0.97, "after": LOGNORMAL},
            "lost": {"weight": 0.03, "after": LOST},
        }
    },
    "delivered": {"to": {"returned": 0.06}, "after": BACK},
}
NAMES = ["placed", "paid", "shipped", "delivered", "cancelled", "lost", "returned"]
STATUS: Tree = {"kind": "lifecycle", "start": "ordered_at", "states": STATES}


def entered(state: str, of: str = "status", **keys: Any) -> Tree:
    return {"kind": "entered", "of": of, "state": state, **keys}


def log(parent: str, ref: str, of: str = "status", **columns: Tree) -> Tree:
    """A log of the moves of a lifecycle."""
    made = table(
        {"per": parent, "moves": of},
        **{ref: {"kind": "ref", "table": parent}},
        step={"kind": "position"},
        at={"kind": "tick"},
        state={"kind": "state"},
        **columns,
    )
    del made["columns"]["id"]
    return {**made, "primary_key": [ref, "step"]}


def orders(rows: int = 4_000, top: Tree | None = None, **start: Any) -> Tree:
    """Orders with the moments of all their states, and the log."""
    moments = {f"{name}_at": entered(name) for name in NAMES}
    return spec(
        top,
        orders=table(
            rows, ordered_at={"kind": "timestamp", **start}, status=STATUS, **moments
        ),
        events=log("orders", "order"),
    )


def subscriptions(**output: str) -> Tree:
    """Lifecycles by case, with cycles, of dates that may be null or still to come."""
    trial: Tree = {
        "trial": {
            "to": {"active": 0.9},
            "after": {"distribution": "uniform", "low": "1d", "high": "9d"},
        },
        "active": {
            "to": {"pau{s}e'd": 0.5, "ended": 0.4},
            "after": {"distribution": "poisson", "lam": 5, "unit": "1d"},
        },
        "pau{s}e'd": {
            "to": {"active": 1},
            "after": {"distribution": "normal", "mean": "5d", "sd": "4d", "max": "9d"},
        },
    }
    power = {"distribution": "pareto", "a": 0.5, "scale": "1h"}
    free: Tree = {"active": {"to": {"ended": 0.3}, "after": power}}
    by: Tree = {"by": "customer.tier", "cases": {"Pro": {"states": trial, "max": 7}}}
    by["otherwise"] = {"states": free}
    first: Tree = {"kind": "choice", "weights": {"Pro": 2, "Free": 5, "None": 1}}
    return spec(
        {"output": output},
        customers=table(200, tier=first),
        subs=table(
            2_000,
            customer={"kind": "ref", "table": "customers"},
            began={"kind": "date", "end": "+20d", "null_rate": 0.1},
            status={"kind": "lifecycle", "start": "began", **by, "null_rate": 0.02},
            first_active=entered("active"),
            trial_on=entered("trial", null_rate=0.1, hidden=True),
            hidden={
                **{"kind": "lifecycle", "start": "customer_since", "hidden": True},
                "states": {"new": {"to": {"old": 1}, "after": LOST}},
            },
            customer_since={"kind": "timestamp"},
            old_at=entered("old", "hidden"),
        ),
        moves=log(
            "subs",
            "sub",
            sum={"kind": "running", "change": "step"},
            late={"kind": "expr", "expr": "state == 'ended' and is_weekend(at)"},
            trial_on={"kind": "lookup", "path": "sub.trial_on"},
        ),
        notes=table(
            {"per": "subs", "where": "status == 'active'"},
            sub={"kind": "ref", "table": "subs"},
            was={"kind": "lookup", "path": "sub.status"},
        ),
    )
