"""Tables in an order in which parents come before their children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from compiler.profiling.model import Ref


def in_order(names: Sequence[str], refs: Mapping[str, Sequence[Ref]]) -> list[str]:
    """Parents before children, otherwise as they were.

    A cycle is broken at the table with the fewest refs into tables that are not placed yet.
    """
    left, found = list(names), list[str]()
    while left:

        def waits(name: str) -> int:
            parents = {ref.table for ref in refs[name]} - {name}
            return len(parents & set(left))

        following = min(left, key=waits)
        found.append(following)
        left.remove(following)
    return found


def with_cycles(
    order: Sequence[str], refs: Mapping[str, Sequence[Ref]]
) -> dict[str, list[Ref]]:
    """The refs, those that close a cycle with a word of it in the reason."""
    place = {name: number for number, name in enumerate(order)}

    def marked(name: str, ref: Ref) -> Ref:
        if place[ref.table] <= place[name]:
            return ref
        return replace(ref, reason=f"{ref.reason}; it closes a cycle of refs")

    return {name: [marked(name, ref) for ref in refs[name]] for name in order}
