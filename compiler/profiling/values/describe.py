"""A column of numbers, categories or booleans, described."""

from __future__ import annotations

from compiler.profiling.draft import DraftColumn
from compiler.profiling.values.categories import describe_boolean, describe_text
from compiler.profiling.values.expressions import describe_expression
from compiler.profiling.values.guess import allowed, guessed
from compiler.profiling.values.nulls import add_nulls
from compiler.profiling.values.numbers import describe_number
from compiler.profiling.values.view import NUMBERS, TableView, Views
from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.types import Data

HANDLED = (Data.BOOLEAN, Data.TEXT, *NUMBERS)


def describe(
    views: Views, table: SourceTable, column: SourceColumn
) -> DraftColumn | None:
    """What a column is drawn from; None for texts that are no category, and for other types.

    `views` is shared by all columns of a source: it reads and joins each table once. Keys, refs,
    lookups and positions are described elsewhere.
    """
    if column.data not in HANDLED:
        return None
    import numpy as np

    view = views.of(table.name)
    if not view.rows:
        return guessed(column, view.options.names_values)
    with np.errstate(all="ignore"):  # what overflows fits nothing, and is dropped
        draft = drawn(view, column)
    if draft is None:
        return None
    if "W404" not in draft.settings.get("allow", []) and (more := allowed(column.name)):
        draft.settings["allow"] = [*draft.settings.get("allow", []), *more["allow"]]
    if column.name in view.sentinels:
        draft.comments.append(
            "a number that people write for none, far off all others, counts as null"
        )
    return add_nulls(view, column, draft)


def drawn(view: TableView, column: SourceColumn) -> DraftColumn | None:
    """The kind and parameters of a column of a table with rows, nulls apart."""
    if column.data is Data.TEXT:
        return describe_text(view, column)
    if column.data is Data.BOOLEAN:
        return describe_boolean(view, column) or guessed(column)
    return describe_expression(view, column) or describe_number(view, column)
