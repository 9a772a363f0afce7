"""What only a Spark script has: how files are written, what workers need."""

from __future__ import annotations

import re
from collections.abc import Iterable

from compiler.plan.model import Plan

OPTIONS: dict[str, dict[str, str]] = {
    "csv": {
        "header": "true",
        "escape": '"',
        "multiLine": "true",
        "ignoreLeadingWhiteSpace": "false",
        "ignoreTrailingWhiteSpace": "false",
        "timestampFormat": "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "timeZone": "UTC",
    },
    "json": {
        "timestampFormat": "yyyy-MM-dd'T'HH:mm:ss'+00:00'",
        "timeZone": "UTC",
    },
}
"""By format: what makes the text of files that of the other engines (JSON: how it is read)."""
NOT_OF_WORKERS = ("pyarrow", "rich")


def separator_of(plan: Plan) -> str:
    """What parts the names in those of constraints: no two of a schema may be the same.

    With `__`, the column `b__c` of `a` and the column `c` of `a__b` would have one name.
    """
    columns = (column.name for table in plan.tables for column in table.written)
    names = [*(table.name for table in plan.written), *columns]
    longest = max(len(run) for name in names for run in re.findall("_*", name))
    return "_" * max(2, longest + 1)


def options_of(plan: Plan) -> dict[str, str]:
    """The options of Spark's writer and reader for the plan's format."""
    if plan.output.format == "parquet":
        return {"compression": plan.output.codec}
    options = dict(OPTIONS.get(plan.output.format, {}))
    if plan.output.own_delimiter:
        options["sep"] = plan.output.own_delimiter
    if plan.output.is_zipped:
        options["compression"] = plan.output.codec
    return options


def needs_of_workers(dependencies: Iterable[str]) -> list[str]:
    """The packages that a worker imports, of those that the script needs."""
    return [one for one in dependencies if not one.startswith(NOT_OF_WORKERS)]
