"""A spec in append mode with a grid of time, and what hangs on it, that several tests run."""

from __future__ import annotations

from tests.support import Tree, spec, table

BATCHES = 4


def plant(**output: str) -> Tree:
    """Machines of which a batch adds some, their sensors, readings, and alarms in them."""
    machines = table(6, age={"kind": "exponential", "scale": 3})
    return spec(
        {
            "output": {"mode": "append", **output},
            "window": {"end": "2026-06-30", "days": 5},
        },
        machines={**machines, "batch_rows": 2},
        sensors=table(
            {"per": "machines", "mean": 1.5, "min": 1, "max": 3},
            machine={"kind": "ref", "table": "machines"},
            base={"kind": "normal", "mean": 50, "sd": 5},
        ),
        readings=table(
            {"per": "sensors", "every": "90m"},
            sensor={"kind": "ref", "table": "sensors"},
            read_at={"kind": "tick"},
            value={"kind": "series", "base": "sensor.base", "trend": 1, "noise": 2},
            old={"kind": "expr", "expr": "hours_between(read_at, now())"},
        ),
        alarms=table(
            {"per": "readings", "where": "value > sensor.base + 3"},
            reading={"kind": "ref", "table": "readings"},
            value={"kind": "lookup", "path": "reading.value"},
            sent={
                "kind": "offset",
                "of": "reading.read_at",
                "distribution": "exponential",
                "scale": "6h",
                "until_now": True,
            },
        ),
    )
