"""Dates and timestamps of tables without rows: guesses by name and type."""

from __future__ import annotations

import re

from compiler.profiling.draft import DraftColumn, Settings
from compiler.sources.model import SourceColumn
from compiler.spec.columns.personal import is_birth
from compiler.spec.types import Data

EARLIER = re.compile(
    r".*(created|signed|joined|registered|hired|opened|installed|since|start(ed)?|valid_from)"
    r"(_(on|date))?"
)
"""Names of dates that lie before most events of a row."""


def guessed(column: SourceColumn) -> DraftColumn:
    """The column by its name and type alone."""
    name = column.name
    is_date = column.data is Data.DATE
    settings: Settings = {"kind": "date" if is_date else "timestamp"}
    if is_birth(name):
        settings |= {"start": "-80y", "end": "-18y"}
    elif is_date and EARLIER.fullmatch(name):
        settings |= {"start": "-3y", "end": "now"}
    elif not is_date:
        settings["hours"] = "business"
    return DraftColumn(name, settings, ["no data: a guess by name and type"])
