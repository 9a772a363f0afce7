"""The script: its sections rendered, linked, formatted."""

from __future__ import annotations

from datetime import timedelta

from compiler.emit.batches import batch_rows_of, grids_of, paces_of, variants_of
from compiler.emit.calendars import (
    CalendarView,
    calendar_function,
    calendar_lines,
    events_used,
)
from compiler.emit.check_code import table_code
from compiler.emit.checks import Checks, checks_of
from compiler.emit.columns import constants_of
from compiler.emit.comments import column_comments, table_comments
from compiler.emit.dialect import dialect_of
from compiler.emit.header import header_of
from compiler.emit.link import dependencies, grouped_imports, link, names_in
from compiler.emit.names import Names, script_names
from compiler.emit.python import comment, literal, noted, step
from compiler.emit.shared import Shared
from compiler.emit.spark import (
    BESIDE_SPARK,
    needs_of_workers,
    options_of,
    separator_of,
)
from compiler.emit.style import Rows, formatted, place_of
from compiler.emit.tables import Section, section_of
from compiler.emit.tags import pii_tags
from compiler.emit.templates import environment
from compiler.plan.model import Plan, Table
from compiler.plan.periods import window_start
from compiler.spec.columns import Expr, Offset
from compiler.spec.locales import RowLocale

KEEPERS = ("kept", "weighted_rows", "earlier_rows", "earlier_arrivals", "next_row")
"""The helpers that keep arrays from one block to the next."""


def script(plan: Plan) -> str:
    """The text of `generate_data.py`."""
    names, shared = script_names(plan), Shared(plan)
    sections = [section_of(plan, table, shared, names) for table in plan.tables]
    render = environment().get_template
    tables = {
        section.title: render("script/table.py.j2").render(
            section=section, d=dialect_of(plan)
        )
        for section in sections
    }
    checks = checks_of(plan, names)
    registered = registry(plan, sections, checks)
    if plan.bad_data:
        title = "TABLE _bad_data: every fault of the other tables"
        bad_data = render("script/bad_data.py.j2")
        tables[title] = bad_data.render(
            plan=plan, sections=registered, d=dialect_of(plan)
        )
    paces = paces_of(plan, names) if plan.appends else {}
    code = "\n".join([*tables.values(), *paces.values()])
    views = [CalendarView(shape, names) for shape in plan.calendars]
    views = [view for view in views if view.function in code]
    calendars = [calendar_function(view) for view in views]
    data = [data_of(table) for table in plan.tables if table.data]
    blocks = [table_lines(plan, table, names, code) for table in plan.tables]
    code = "\n".join([code, *calendars])
    blocks += [events_used(plan, names, code), *map(calendar_lines, views)]
    spark = plan.output.engine == "spark"
    configured = render("script/configuration.py.j2")
    configuration = configured.render(
        plan=plan,
        options=options_of(plan) if spark else {},
        start=window_start(plan.window),
        blocks=["\n".join(lines) for lines in blocks if lines],
        rows={
            table.name: table.rows
            for table in plan.tables
            if table.children is None and not table.data
        },
        fixed=[table.name for table in plan.tables if table.data],
        open_ended=any(
            isinstance(variant.spec, Offset) and not variant.spec.until_now
            for table in plan.tables
            for column in table.columns.values()
            for variant in column.variants
        ),
        faker="faked(" in code,
        locales=any(
            isinstance(column.spec, RowLocale) and column.spec.everywhere
            for table in plan.tables
            for column in table.columns.values()
        ),
        batch_rows=batch_rows_of(plan),
        grids=grids_of(plan),
        paces=paces,
    )
    by_calendar = any(
        names_in(one) & {"MONTH", "YEAR"} for one in (configuration, code)
    )
    fixed = [table.name for table in plan.tables if table.data]
    told = {
        "checks": checks,
        "comments": column_comments(plan),
        "descriptions": table_comments(plan),
        "tags": pii_tags(plan) if plan.output.has_tags else {},
        "between": separator_of(plan),
    }
    engine = render("script/engine.py.j2").render(
        plan=plan,
        d=dialect_of(plan),
        sections=registered,
        fixed=fixed,
        grids=grids_of(plan),
        daily=plan.output.batch >= timedelta(days=1),
        **told,
        by_calendar=by_calendar,
        keeps=any(f"{name}(" in code for name in KEEPERS),
    )
    cells = "\n".join(cell for rows in data for row in rows for cell in row)
    linked = link([configuration, cells, code, engine], variants_of(plan, by_calendar))
    needed = dependencies(linked.imports)
    source = render("script/script.py.j2").render(
        header=header_of(plan),
        plan=plan,
        dependencies=sorted([*needed, *BESIDE_SPARK]) if spark else needed,
        needs=needs_of_workers(needed),
        **told,
        imports=grouped_imports(linked.imports),
        configuration=configuration,
        linked=linked,
        calendars=calendars,
        paces=paces,
        tables=tables,
        engine=engine,
    )
    texts = [text for texts in linked.helpers.values() for text in texts]
    return formatted(source, texts, data)


def registry(
    plan: Plan, sections: list[Section], checks: Checks
) -> list[dict[str, object]]:
    """The TABLES of the script: what builds each, and what it holds."""
    entries = []
    grids = grids_of(plan) if plan.appends else {}
    for section in sections:
        table = section.table
        each = section.root if table.name not in grids else table.name
        per_row = max(1, round(table.rows / plan.table(section.root).rows))
        entries.append(
            {
                "name": table.name,
                "root": each,
                "per_row": per_row,
                "faults": section.faults,
                "code": table_code(table, section.builder, each, per_row, checks),
            }
        )
    return entries


def table_lines(plan: Plan, table: Table, names: Names, code: str) -> list[str]:
    """The constants of a table."""
    lines = []
    if table.children is not None:
        lines += children_lines(plan, table, names)
    if table.data:
        given = {name: table.columns[name].type.data for name in table.data[0]}
        dialect, constant = dialect_of(plan), names["data", table.name]
        number = [each.name for each in plan.tables if each.data].index(table.name)
        lines.append(f"{constant} = {dialect.given(place_of(number), given)}")
        lines.append(f"ROWS[{literal(table.name)}] = {dialect.height(constant)}")
    for column in table.columns.values():
        if names["constant", table.name, column.name] not in code:
            continue
        lines += constants_of(plan, table, column, names)
    return lines


def data_of(table: Table) -> Rows:
    """The cells of the rows that are written out."""
    return [[literal(row[name]) for name in table.data[0]] for row in table.data]


def children_lines(plan: Plan, table: Table, names: Names) -> list[str]:
    """The constants of a `per` table's rows."""
    children = table.children
    assert children is not None
    if children.every is not None:
        said = f"{table.name}: a row for each of {children.parent}, all over the window"
        return [
            comment(said),
            f"{names['every', table.name]} = {step(children.every)}",
        ]
    if children.column is None or isinstance(children.column.spec, Expr):
        return []
    parent = plan.table(children.parent)
    lines = constants_of(plan, parent, children.column, names)
    if children.single:
        return lines
    rows = names["constant", parent.name, children.column.name]
    most = f'int({rows}["most"])'
    if children.column.by is not None:
        most = f'max(int(case["most"]) for case in {rows}.values())'
    line = f"{names['stride', table.name]} = {most}"
    return [
        *lines,
        noted(line, f"row numbers for one of {parent.name}: keys and draws hang on it"),
    ]
