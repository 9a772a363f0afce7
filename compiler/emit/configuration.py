"""The configuration of a script: what its owner edits."""

from __future__ import annotations

from compiler.emit.code.code import Code, names_of
from compiler.emit.code.comments import comment
from compiler.emit.code.constants import Constant
from compiler.emit.code.layout import FEW_ROWS, Rows, place_of
from compiler.emit.code.literals import literal, step
from compiler.emit.engines.dialect import dialect_of
from compiler.emit.engines.spark import options_of
from compiler.emit.names import ScriptNames
from compiler.emit.parts import Configuration, Tables
from compiler.emit.rows.batches import batch_rows_of, grids_of
from compiler.emit.tables.values import constants_of
from compiler.emit.templates import environment
from compiler.emit.time.calendars import calendar_constants, events_used
from compiler.plan.model import Plan, Table
from compiler.plan.periods import window_start
from compiler.spec.columns import Expr, Offset
from compiler.spec.columns.moments import Date
from compiler.spec.locales import RowLocale
from compiler.symbols import names_in


def configuration_of(plan: Plan, names: ScriptNames, tables: Tables) -> Configuration:
    """What its owner edits: sizes, dates, rates, paths."""
    used = tables.names
    blocks: list[list[Constant | str]] = []
    shares: list[str] = []
    for table in plan.tables:
        if lines := table_constants(plan, table, names, used):
            blocks.append([comment(table.name), *lines])
            shares += [each.name for each in lines if each.is_share]
    blocks.append([*events_used(plan, names, used)])
    large = [table for table in plan.tables if len(table.data) > FEW_ROWS]
    shares += ["FAULT_RATES"] if plan.bad_data else []
    events = [names.event(each).text for each in plan.events]
    blocks += [[*calendar_constants(each, used)] for each in tables.calendars]
    for table in large:  # after all that people look for
        title = f"{table.name}: the rows that are given"
        blocks.append([comment(title), *data_constants(plan, table, names)])
    columns = [column for table in plan.tables for column in table.columns.values()]
    text = (
        environment()
        .get_template("script/configuration.py.j2")
        .render(
            plan=plan,
            options=options_of(plan) if plan.engine.distributed else {},
            start=window_start(plan.window),
            blocks=["\n".join(map(str, lines)) for lines in blocks if lines],
            rows={
                table.name: table.rows
                for table in plan.tables
                if table.children is None and not table.data
            },
            fixed=[table.name for table in plan.tables if table.data],
            open_ended=any(
                isinstance(variant.spec, Offset) and not variant.spec.until_now
                for column in columns
                for variant in column.variants
            ),
            ahead=any(
                isinstance(spec, Date)
                and spec.end is not None
                and spec.end.is_after_end
                for column in columns
                for spec in (variant.spec for variant in column.variants)
            ),
            faker=bool({"faker_texts", "unique_texts"} & used),
            locales=any(
                isinstance(column.spec, RowLocale) and column.spec.everywhere
                for column in columns
            ),
            batch_rows=batch_rows_of(plan),
            grids=grids_of(plan),
            paces=tables.paces,
        )
    )
    cells = [cell for table in plan.tables for row in data_of(table) for cell in row]
    return Configuration(
        text,
        names_of(*cells).union(names_in(text)),
        shares=tuple(shares),
        events=tuple(each for each in events if each in used),
    )


def table_constants(
    plan: Plan, table: Table, names: ScriptNames, used: frozenset[str]
) -> list[Constant]:
    """The constants of a table: those that its code uses."""
    lines: list[Constant] = []
    if table.children is not None:
        lines += children_constants(plan, table, names)
    if 0 < len(table.data) <= FEW_ROWS:
        lines += data_constants(plan, table, names)
    for column in table.columns.values():
        mine = constants_of(plan, table, column, names)
        if any(constant.name in used for constant in mine):
            lines += mine
    return lines


def data_constants(plan: Plan, table: Table, names: ScriptNames) -> list[Constant]:
    """The rows that are given, and how many these are."""
    given = {each: table.columns[each].type.data for each in table.data[0]}
    dialect, data = dialect_of(plan), names.data(table.name)
    number = [each.name for each in plan.tables if each.data].index(table.name)
    frame = dialect.given(Code(place_of(number)), given)
    rows = f"ROWS[{literal(table.name).text}]"
    return [Constant(data.text, frame), Constant(rows, dialect.height(data))]


def data_of(table: Table) -> Rows:
    """The cells of the rows that are written out."""
    return [[literal(row[name]) for name in table.data[0]] for row in table.data]


def children_constants(plan: Plan, table: Table, names: ScriptNames) -> list[Constant]:
    """What the configuration holds of the rows of a `per` table."""
    children = table.children
    assert children is not None
    if children.every is not None:
        reason = f"time between two rows of the same row of {children.parent}"
        return [Constant(names.every(table.name).text, step(children.every), reason)]
    if children.column is None or isinstance(children.column.spec, Expr):
        return []
    parent = plan.table(children.parent)
    return constants_of(plan, parent, children.column, names)
