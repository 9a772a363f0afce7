"""A column of numbers, categories or booleans, described."""

from __future__ import annotations

import re

from compiler.profiling.draft import DraftColumn
from compiler.profiling.values.categories import describe_boolean, describe_text
from compiler.profiling.values.expressions import describe_expression
from compiler.profiling.values.guess import allowed, guessed
from compiler.profiling.values.nulls import add_nulls
from compiler.profiling.values.numbers import describe_number
from compiler.profiling.values.view import NUMBERS, TableView, Views
from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.columns.decimals import MOST_DECIMALS, MOST_DIGITS
from compiler.spec.types import Data, Decimal

DECLARED = re.compile(
    r"(?:decimal|numeric|number)\w*\((?:precision=)?(\d+), *(?:scale=)?(\d+)\)", re.I
)
"""A declared decimal, as SQL and polars write it."""
INEXACT = ("poisson", "series", "choice", "bool", "lookup")
"""Kinds that take no decimal type."""
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
        return in_decimals(guessed(column, view.options.names_values), column)
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
    return add_nulls(view, column, in_decimals(draft, column) or draft)


def in_decimals(draft: DraftColumn | None, column: SourceColumn) -> DraftColumn | None:
    """The column with the type of a declared decimal, whose digits it then has."""
    found = DECLARED.search(column.declared)
    settings = {} if draft is None else draft.settings
    if draft is None or found is None or column.data is not Data.NUMBER:
        return draft
    digits, scale = int(found[1]), int(found[2])
    has_room = digits <= MOST_DIGITS and 0 < scale <= MOST_DECIMALS
    exact = settings["kind"] not in INEXACT and not settings.get("integer")
    if has_room and exact and settings.get("decimals", 0) <= scale:
        settings.pop("decimals", None)
        settings["type"] = str(Decimal(digits, scale))
    return draft


def drawn(view: TableView, column: SourceColumn) -> DraftColumn | None:
    """The kind and parameters of a column of a table with rows, nulls apart."""
    if column.data is Data.TEXT:
        return describe_text(view, column)
    if column.data is Data.BOOLEAN:
        return describe_boolean(view, column) or guessed(column)
    return describe_expression(view, column) or describe_number(view, column)
