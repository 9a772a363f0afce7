"""Columns that point at rows of their own table: a manager, the post that is answered."""

from __future__ import annotations

import numpy as np

from compiler.profiling.relations import naming
from compiler.profiling.relations.rows import Rows
from compiler.profiling.relations.words import KEY_WORDS, SELF_ROLES
from compiler.sources.model import SourceTable

MOST_ROWS = 2_000_000
"""A larger table is not followed from row to row."""
DOUBLINGS = 25
"""Steps of a chain are doubled so often: 2^25 steps, more than any hierarchy has."""


def has_role(column: str) -> bool:
    """Whether the name is that of a role in the same table, such as `manager_id`."""
    own = naming.words(column)
    is_ref = own[-1] in KEY_WORDS or own[-1] in ("to", "by")
    return is_ref and bool(set(own) & SELF_ROLES)


def is_hierarchy(rows: Rows, table: SourceTable, column: str, key: str) -> bool:
    """Whether all chains of the column come to an end: they hardly do in numbers by chance.

    A copy of the key points at its own row, so it is none.
    """
    import polars as pl

    if rows.count(table) > MOST_ROWS:
        return False
    cells = rows.scan(table).select(column, key).collect()
    places = pl.DataFrame({"key": cells[key], "place": np.arange(cells.height)})
    joined = cells.select(pl.col(column).alias("key")).join(
        places, on="key", how="left", maintain_order="left"
    )
    # One place more, the end: it points at itself.
    end = cells.height
    step = np.append(joined["place"].fill_null(end).to_numpy(), end)
    for _ in range(DOUBLINGS):
        if (step == end).all():
            return True
        step = step[step]
    return bool((step == end).all())
