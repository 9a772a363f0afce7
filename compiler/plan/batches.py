"""Append mode: what each batch adds to a table, and what a spec of batches cannot have."""

from __future__ import annotations

from compiler.diagnostics import Label
from compiler.plan.model import Growth
from compiler.plan.periods import window_end, window_start
from compiler.plan.scope import Place, Scope
from compiler.spec.columns.moments import Date
from compiler.spec.time import When

COLUMN = "batch"
"""What files and Delta tables are parted by: readers see it as a column."""


def check_batches(scope: Scope) -> None:
    """A fixed end, from which batches count on; no column that is named like theirs."""
    if scope.spec.output.mode != "append":
        return
    window = scope.document.tree.get("window")
    declared = isinstance(window, dict) and "end" in window  # if wrong, so is that
    if window_end(scope.spec.window) is None and not declared:
        message = "batches count from the window's end, which is not fixed"
        help = "write it in [window], such as end = 2026-06-30"
        scope.error("E102", ("output", "mode"), message, help)
    for name, table in scope.spec.tables.items():
        if COLUMN in scope.specs[name]:
            place: Place = ("tables", name, "columns", COLUMN)
            given = scope.spec.tables[name].data and COLUMN not in table.columns
            spot = ("tables", name, "data", 0, COLUMN) if given else place
            message = "append mode adds its own column `batch`"
            label = (Label(scope.document.key(spot)),)
            scope.report("E113", message, label, "give this column another name")


def growth_of(scope: Scope, name: str) -> Growth:
    """What each batch adds to a table: what the spec states, else what its moments make of it."""
    table, window = scope.spec.tables[name], scope.spec.window
    if scope.spec.output.mode != "append" or not isinstance(table.rows, int):
        return Growth()
    if table.batch_rows is not None:
        return Growth(table.batch_rows)
    moments = [
        spec
        for spec in scope.specs[name].values()
        if isinstance(spec, Date) and spec.start is None and spec.end is None
    ]
    end = window_end(window)
    if not moments or end is None:
        return Growth()
    length = When().on(end) - window_start(window).on(end)
    rows = round(table.rows * (scope.spec.output.batch / length))
    return Growth(max(rows, 1), moments[0])
