"""A plan in Markdown, for a pull request: all tables in short, then each, and the warnings."""

from __future__ import annotations

from datetime import date

from compiler.diagnostics import Diagnostic
from compiler.emit.bundle.pages import plan_page
from compiler.escape.markdown import as_code, as_markdown
from compiler.plan.model import Plan
from compiler.plan.volume import daily_volume
from compiler.show.sparkline import drawn
from compiler.show.words import describe_features, joints_of, summary_line


def to_markdown(plan: Plan, warnings: list[Diagnostic], today: date) -> str:
    """The plan of a spec; of a window that is not fixed, the calendars are those of today."""
    parts = [f"## {as_markdown(plan.name)}", as_markdown(plan.description)]
    parts += [
        as_markdown(summary_line(plan)),
        overview(plan),
        plan_page(plan, plan.tables),
    ]
    for used in plan.calendars:
        if lines := drawn(daily_volume(plan, used.calendar, today)):
            parts.append("\n".join(["```", used.name, *lines, "```"]))
    parts.append(as_markdown(describe_features(plan)) + ".")
    if warnings:
        listed = [
            f"- {as_code(one.code)} {as_markdown(one.message)}{help_of(one)}"
            for one in warnings
        ]
        parts.append("\n".join(["### Warnings", "", *listed]))
    return "\n\n".join(parts) + "\n"


def overview(plan: Plan) -> str:
    """A row for each table."""
    lines = ["| table | rows | key and refs |", "|---|---|---|"]
    lines += [
        f"| {as_code(table.name)} | {as_markdown(table.size)} | {as_markdown(joints_of(table))} |"
        for table in plan.tables
    ]
    return "\n".join(lines)


def help_of(warning: Diagnostic) -> str:
    return f" ({as_markdown(warning.help)})" if warning.help else ""
