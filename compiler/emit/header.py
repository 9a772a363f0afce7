"""The script's docstring: the story, the tables and their rows, how to run it."""

from __future__ import annotations

import textwrap
from pathlib import PurePosixPath

from compiler.emit.code.comments import WIDTH, in_docstring, joined
from compiler.escape import printable
from compiler.plan.assumptions import describe_bad_data
from compiler.plan.model import Plan, Table
from compiler.spec.columns.children import Children, OneChild

REVISION = 7
"""Raised only when the emitted text changes for an unchanged spec."""


def header_of(plan: Plan) -> str:
    """The text between the docstring's quotes."""
    bad_data = describe_bad_data(plan)
    parts = [
        f"Generate synthetic data for {plan.name}.",
        filled(printable(plan.description)),
        "Tables, in the order they are built:\n\n" + tables_of(plan),
        filled(bad_data),
        filled(
            "Every cell is a pure function of (SEED, table, column, row): any row can be computed "
            "anywhere, alone, and comes out the same; a new column changes no other."
        ),
        run_of(plan),
        filled(
            f"Emitted by scaffold from {source_of(plan)} (template revision {REVISION}). "
            "Edit this file freely: a later `scaffold` does not overwrite what you changed."
        ),
    ]
    return in_docstring_lines("\n\n".join(part for part in parts if part))


def source_of(plan: Plan) -> str:
    """The spec's path; its name alone where the path would tell of a machine."""
    path = plan.source
    outside = PurePosixPath(path).is_absolute() or ".." in path or ":" in path
    return PurePosixPath(path).name if outside else path


def in_docstring_lines(text: str) -> str:
    return "\n".join(in_docstring(line) for line in text.split("\n"))


def filled(text: str) -> str:
    return textwrap.fill(text, WIDTH)


def tables_of(plan: Plan) -> str:
    """Each table with its rows."""
    width = max(len(table.name) for table in plan.tables)
    sizes = max(len(table.size) for table in plan.tables)
    lines = []
    for table in plan.tables:
        start = f"    {table.name:<{width}}  {table.size:>{sizes}}  "
        text = joined(table.description, said_of_rows(plan, table))
        lines.append(
            textwrap.fill(
                start + text, WIDTH, subsequent_indent=" " * len(start)
            ).rstrip()
        )
    return "\n".join(lines)


def said_of_rows(plan: Plan, table: Table) -> str:
    """What tells how many rows a table has; the numbers themselves stand in the configuration."""
    children = table.children
    if children and children.column and isinstance(children.column.spec, Children):
        return f"some for each of {children.parent}"
    if children and children.column and isinstance(children.column.spec, OneChild):
        return f"one for a part of {children.parent}"
    return plan.assumptions[table.name].rows


def run_of(plan: Plan) -> str:
    if plan.engine.distributed:
        return (
            "How to run it (client and workers want the same Python, to the minor version):\n\n"
            "    python generate_data.py                  # in a Databricks job, or by Connect\n"
            "    python generate_data.py --target local   # by a Spark of your own\n"
            "    SPARK_REMOTE=sc://host:15002 python generate_data.py --output /tmp/data\n"
            "    python generate_data.py --check          # proves what such a run wrote"
            + (
                "\n    python generate_data.py --batch 1        # the next batch"
                if plan.appends
                else ""
            )
        )
    proof = "\n    python generate_data.py --check     # proves what such a run wrote"
    if plan.appends:
        return (
            "How to run it:\n\n"
            "    uv run generate_data.py             # or: pip install what is listed above, then\n"
            "    python generate_data.py             # the first load, batch 0\n"
            "    python generate_data.py --batch 1   # the next one; again, and it is the same"
            + proof
        )
    if plan.end is not None:
        return (
            "How to run it:\n\n"
            "    uv run generate_data.py             # or: pip install what is listed above, then\n"
            "    python generate_data.py --scale 10 --output /tmp/data" + proof
        )
    return (
        "How to run it:\n\n"
        "    uv run generate_data.py             # or: pip install what is listed above, then\n"
        "    python generate_data.py             # today's data\n"
        "    python generate_data.py --as-of 2026-06-30 --scale 10 --output /tmp/data"
        + proof
    )
