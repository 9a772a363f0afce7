"""Warnings: what compiles, but makes data that looks made up or drowns its own story.

A rule is a function with a code, made by the decorator `rule`; its docstring is the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ParamSpec

from compiler.diagnostics import Diagnostic, Label
from compiler.plan.lint.columns import (
    aggregate_name,
    equal_weights,
    narrow_key,
    uniform,
)
from compiler.plan.lint.events import idle_events
from compiler.plan.lint.late_rows import late_rows
from compiler.plan.lint.lifecycles import unreachable_state
from compiler.plan.lint.memory import short_of_memory
from compiler.plan.lint.moments import early_moments
from compiler.plan.lint.refs import few_children, flat_ref, unreachable_skew
from compiler.plan.lint.rule import Found, Rule
from compiler.plan.lint.schedule import misfitting_schedule
from compiler.plan.lint.sizes import (
    few_rows_a_day,
    fine_grid,
    no_large_table,
    small_pool,
    thin_category,
)
from compiler.plan.lint.totals import lost_total
from compiler.plan.model import Column, Plan, Table
from compiler.source import Document
from compiler.spec.spec import Spec

P = ParamSpec("P")
Place = tuple[str | int, ...]

OF_SPECS: tuple[Rule[[Plan, Spec]], ...] = (
    no_large_table,
    idle_events,
    misfitting_schedule,
)
OF_TABLES: tuple[Rule[[Plan, Table]], ...] = (few_rows_a_day, late_rows, fine_grid)
OF_COLUMNS: tuple[Rule[[Plan, Table, Column]], ...] = (
    uniform,
    equal_weights,
    flat_ref,
    aggregate_name,
    thin_category,
    few_children,
    narrow_key,
    small_pool,
    early_moments,
    unreachable_skew,
    short_of_memory,
    lost_total,
    unreachable_state,
)


def lint(plan: Plan, spec: Spec, document: Document) -> list[Diagnostic]:
    """All warnings that the spec does not allow."""
    top = set(spec.allow)
    found = warnings(found_by(OF_SPECS, top, plan, spec), document)
    for table in plan.tables:
        place = ("tables", table.name)
        allowed = top | set(spec.tables[table.name].allow)
        found += warnings(found_by(OF_TABLES, allowed, plan, table), document, place)
        for column in table.columns.values():
            spot = (*place, "columns", column.name)
            here = found_by(
                OF_COLUMNS, allowed | set(column.spec.allow), plan, table, column
            )
            found += warnings(here, document, spot)
    return found


def found_by(
    rules: tuple[Rule[P], ...], allow: set[str], *args: P.args, **kwargs: P.kwargs
) -> Iterator[tuple[str, Found]]:
    """What the rules find of which no code is allowed, each with its code."""
    for one in rules:
        if not {"*", one.code} & allow:
            for found in one.check(*args, **kwargs):
                yield one.code, found


def warnings(
    found: Iterator[tuple[str, Found]], document: Document, place: Place = ()
) -> list[Diagnostic]:
    """What was found below a place, as diagnostics; at no place: about the whole spec."""
    where = "" if place else " at the top of the spec"
    return [
        Diagnostic(
            code,
            one.message,
            (Label(document.key((*place, *one.at))),),
            f'{one.help}; or allow = ["{code}"]{where}',
            "warning",
        )
        for code, one in found
    ]
