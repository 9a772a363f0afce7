"""What is found of our own domains, once for all tests."""

from __future__ import annotations

import functools
import json
import tomllib
from datetime import date, datetime
from typing import Any

from compiler.profiling.model import Options
from compiler.profiling.moments import Moments, describe
from tests.support.drafted import SPECS, domain
from tests.support.specs import Tree


@functools.cache
def described(name: str) -> Moments:
    return describe(*domain(name), Options())


def settings(name: str, table: str, column: str) -> dict[str, Any]:
    return described(name).columns[table][column].settings


def days(length: str) -> float:
    """A length of a spec in days."""
    units = {"s": 1 / 86_400, "m": 1 / 1_440, "h": 1 / 24, "d": 1}
    return float(length[:-1]) * units[length[-1]]


def with_drafts(name: str) -> str:
    """The spec of a domain with the drafts in place of its own moments, as JSON."""
    tree: Tree = tomllib.loads((SPECS / f"{name}.toml").read_text(encoding="utf-8"))
    found = described(name)
    tree["window"], tree["calendars"] = found.window, found.calendars
    for table, columns in found.columns.items():
        for column, draft in columns.items():
            tree["tables"][table]["columns"][column] = draft.settings
    # These ask for events by name, which data do not have.
    for table in tree["tables"].values():
        for column in table.get("columns", {}).values():
            for event in ("sale", "incident"):
                if "expr" in column:
                    column["expr"] = column["expr"].replace(f"'{event}',", "'event_1',")
    return json.dumps(tree, default=iso)


def iso(value: object) -> str:
    assert isinstance(value, date | datetime)
    return value.isoformat()
