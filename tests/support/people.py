"""People whose numbers go together, their visits, and what is planned for them."""

from __future__ import annotations

from tests.support import Tree, spec, table


def people(**output: str) -> Tree:
    """Correlated numbers, histograms, constant and counted delays, moments after the end."""
    at: Tree = {"kind": "offset", "of": "at"}
    cases = {"a": {"weights": [1, 2]}, "b": {"weights": [5, 0.5], "max": 40}}
    bins = {"kind": "histogram", "edges": [1, 10, 90], "by": "tier", "cases": cases}
    return spec(
        {"output": output},
        people=table(
            3_000,
            id={"kind": "key"},
            tier={"kind": "choice", "weights": {"a": 1, "b": 2}},
            height={"kind": "normal", "mean": 172, "sd": 9, "null_rate": 0.1},
            weight={"kind": "lognormal", "median": 74, "sigma": 0.2, "decimals": 1}
            | {"correlated": {"height": 0.7}},
            visits={"kind": "poisson", "lam": 3, "correlated": {"weight": -0.5}},
            cost={**bins, "decimals": 2, "correlated": {"visits": 0.9}},
            ends_on={"kind": "date", "start": "+1d", "end": "+6mo"},
        ),
        visits=table(
            {"per": "people", "where": "cost > 5 and weight > 60"},
            person={"kind": "ref", "table": "people"},
            weight={"kind": "lookup", "path": "person.weight"},
            at={"kind": "timestamp"},
            due={**at, "distribution": "constant", "value": "36h"},
            paid={**at, "distribution": "poisson", "lam": 3, "max": "9d"},
            seen={"kind": "timestamp", "end": "+60d", "after": "at"},
        ),
    )
