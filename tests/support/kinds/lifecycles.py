"""The code of lifecycles, of the moments of their states, of logs of their moves."""

from __future__ import annotations

from tests.support.kinds import AT, TIER, Case, one
from tests.support.specs import Tree, spec, table

HOURS: Tree = {"distribution": "exponential", "scale": "2h"}
FIXED: Tree = {"distribution": "constant", "value": "3d"}
STATES: Tree = {
    "new": {
        "to": {"paid": 0.9, "lost": {"weight": 0.1, "after": FIXED}},
        "after": HOURS,
    }
}
STATUS: Tree = {"kind": "lifecycle", "start": "day", "states": STATES}
CASES_OF: Tree = {"a": {"states": STATES}, "b": {"states": STATES, "max": 1}}
PAID: Tree = {"kind": "entered", "of": "status", "state": "paid"}
LOG: Tree = {
    "thing": {"kind": "ref", "table": "things"},
    "at": {"kind": "tick"},
    "state": {"kind": "state"},
}


def of_log(column: str, line: str, start: Tree) -> Case:
    """A column of the log of a lifecycle."""
    log = {"rows": {"per": "things", "moves": "status"}, "columns": LOG}
    tree = spec(things=table(9, day=start, status=STATUS), log=log)
    return Case(tree, "log", column, (line,))


CASES: dict[str, list[Case]] = {
    "lifecycle": [
        one(
            {"day": AT, "status": STATUS},
            "# things.status, by state: the share of the rows that moves to each other one\n"
            "THINGS_STATUS: dict[str, dict[str, float]] = {'new': {'paid': 0.9, 'lost': 0.1}}",
            "# seconds that rows stay in a state, or before one of its moves\n"
            "THINGS_STATUS_AFTER: dict[str, dict[str, float]] = "
            "{'new': {'scale': 2 * HOUR}, 'new to lost': {'value': 3 * DAY}}",
            "THINGS_STATUS_MOVES = 1  # the most moves of a row",
            "last_state(things_status_moves(row), THINGS_STATUS)",
        ),
        one(
            {
                "day": AT,
                "tier": TIER,
                "status": {
                    **{"kind": "lifecycle", "start": "day", "by": "tier"},
                    "cases": CASES_OF,
                },
                "paid_at": PAID,
            },
            "first_entered(things_status_moves(row), 'paid', *THINGS_STATUS.values())",
        ),
        one(
            {"day": {"kind": "date"}, "status": STATUS, "paid_on": PAID},
            "first_entered(things_status_moves(row), 'paid', THINGS_STATUS).dt.date()",
        ),
        of_log("at", "utc_moments(log_move(row)[1])", AT),
        of_log(
            "at",
            "utc_moments(log_move(row)[1]).dt.date()",
            {"kind": "date"},
        ),
        of_log(
            "state",
            "as_categories(log_move(row)[0], lifecycle_states(THINGS_STATUS))",
            AT,
        ),
    ]
}
