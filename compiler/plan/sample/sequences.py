"""Columns computed over a parent's rows in order of time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from compiler.plan.sample.values import Array, Rows


def in_steps(parent: Rows, order: Array) -> Iterator[Rows]:
    """The first rows of all parents in the order of time, then the second ones, and so on."""
    sorted_rows = np.lexsort((order, parent))
    groups = parent[sorted_rows]
    starts = np.flatnonzero(np.append(True, groups[1:] != groups[:-1]))
    lengths = np.diff(np.append(starts, len(groups)))
    for step in range(int(lengths.max(initial=0))):
        yield sorted_rows[starts[lengths > step] + step]


def balances(
    parent: Rows, order: Array, change: Array, start: Array, floor: Array
) -> tuple[Array, Array]:
    """Each row's balance, and its change as the floor leaves it."""
    balance, booked = np.zeros(len(parent)), np.array(change, float)
    now = np.zeros(int(parent.max(initial=0)) + 1)
    for n, rows in enumerate(in_steps(parent, order)):
        before = now[parent[rows]]
        if n == 0:
            before = np.maximum(start[rows], floor[rows])
        after = np.maximum(before + booked[rows], floor[rows])
        booked[rows] = after - before
        balance[rows] = now[parent[rows]] = after
    return balance, booked


def states(parent: Rows, order: Array, moves: Array, last: int) -> Array:
    """The place of each row's state, where it moves on at some rows."""
    state = np.zeros(len(parent), np.int64)
    now = np.zeros(int(parent.max(initial=0)) + 1, np.int64)
    for n, rows in enumerate(in_steps(parent, order)):
        if n:
            now[parent[rows]] += moves[rows]
        state[rows] = np.minimum(now[parent[rows]], last)
    return state
