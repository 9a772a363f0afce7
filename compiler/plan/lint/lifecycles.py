"""States of lifecycles that no row gets to."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.names import nearest
from compiler.plan.lint.rule import Found, rule
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Lifecycle


@rule("W419")
def unreachable_state(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """A state that nothing leads to has no rows, most often since a name is misspelled."""
    for variant in column.variants:
        spec = variant.spec
        if not isinstance(spec, Lifecycle):
            continue
        shares = spec.reached()
        ends = [name for name in spec.names if name not in spec.states]
        for name in spec.states:
            if not shares[name]:
                near = nearest(name, ends)
                message = f"no row of `{column.name}` is ever `{name}`"
                help = f"let another state lead `to` `{name}`"
                if near:
                    help = f"`{near}` is named by another state: give both one name"
                yield Found(message, help, (*variant.keys, "states", name))
