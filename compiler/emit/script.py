"""The script: its sections rendered, linked, formatted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from compiler.emit.checks.registry import Checks, checks_of
from compiler.emit.checks.schema import Entry, class_lines, options_of
from compiler.emit.code.code import call, function, name, names_of
from compiler.emit.code.layout import formatted
from compiler.emit.code.literals import literal
from compiler.emit.configuration import configuration_of, data_of
from compiler.emit.engines.comments import column_comments, table_comments
from compiler.emit.engines.dialect import dialect_of
from compiler.emit.engines.records import engine_code, writer_of
from compiler.emit.engines.spark import (
    needs_of_workers,
    separator_of,
)
from compiler.emit.engines.tags import pii_tags
from compiler.emit.header import header_of
from compiler.emit.kinds import constant_endings
from compiler.emit.library.imports import dependencies, grouped_imports
from compiler.emit.library.link import (
    Linked,
    closure,
    link,
)
from compiler.emit.library.sections import NOTES, SECTIONS
from compiler.emit.library.variants import variants_of
from compiler.emit.names import ScriptNames
from compiler.emit.naming import script_names
from compiler.emit.parts import Configuration, Part, Tables
from compiler.emit.rows.batches import grids_of, paces_of
from compiler.emit.streams import fault_streams, streams_note
from compiler.emit.tables.context import TableContext
from compiler.emit.tables.cross_row import CrossRowFunctions
from compiler.emit.tables.sections import section_of
from compiler.emit.templates import environment
from compiler.emit.time.calendars import CalendarFunction
from compiler.plan.model import Plan


@dataclass(frozen=True)
class Script:
    """A script, and what it is made of."""

    text: str
    dependencies: tuple[str, ...]
    """The packages to install."""
    helpers: tuple[str, ...]
    """The names of the library's functions that it has."""


def script(plan: Plan) -> Script:
    """The text of `generate_data.py`, and what it needs."""
    names = script_names(plan, constant_endings())
    checks = checks_of(plan, names)
    tables = tables_of(plan, names)
    configuration = configuration_of(plan, names, tables)
    by_calendar = bool({"MONTH", "YEAR"} & (configuration.names | tables.names))
    schema = schema_of(plan, checks, tables, names)
    variants = variants_of(plan, by_calendar)
    used = configuration.names | tables.names | schema.names
    needs = closure(used, variants)
    shown = described(plan, checks)
    engine = engine_of(plan, configuration, by_calendar, needs, shown)
    library = link(used | engine.names, variants)
    parts = {"configuration": configuration, "schema": schema, "engine": engine}
    return assembled(plan, parts, tables, library, shown)


def tables_of(plan: Plan, names: ScriptNames) -> Tables:
    """The sections of the tables, and the calendars that they use."""
    cross_row, frame = CrossRowFunctions(plan), dialect_of(plan).frame
    contexts = [TableContext(plan, table, cross_row, names) for table in plan.tables]
    sections = [section_of(context) for context in contexts]
    # With a line more, each section is formatted by itself.
    written = {section.title: section.text(frame) for section in sections}
    texts = {title: text + "\n" for title, text in written.items() if text}
    paces = paces_of(plan, names) if plan.appends else {}
    used = [section.names for section in sections]
    found = frozenset().union(*used, names_of(*paces.values()))
    calendars = [CalendarFunction(shape, names) for shape in plan.calendars]
    calendars = [each for each in calendars if each.name in found]
    found = found.union(*(each.names_used for each in calendars))
    return Tables(sections, texts, calendars, paces, found)


def schema_of(plan: Plan, checks: Checks, tables: Tables, names: ScriptNames) -> Part:
    """The TABLES of the script: what builds each, what it holds, what is verified."""
    entries = entries_of(plan, checks, tables, names)
    lines = [*class_lines(entries, dialect_of(plan).frame, checks.typed_values), "", ""]
    note = "" if plan.appends else "  # to END, which --as-of sets"
    lines += [f"WINDOW = START, timedelta(0){note}"] if checks.uses_window else []
    lines += ["TABLES = {", *(entry.line for entry in entries), "}"]
    if hidden := [table.name for table in plan.tables if table.hidden]:
        note = "  # computed for the others, and not written"
        lines.append(f"HIDDEN = {literal(hidden).text}{note}")
    return Part.of("\n".join(lines))


def entries_of(
    plan: Plan, checks: Checks, tables: Tables, names: ScriptNames
) -> list[Entry]:
    """The entries of TABLES."""
    entries = []
    grids = grids_of(plan) if plan.appends else {}
    for section in tables.sections:
        table = section.table
        if table.hidden:
            continue
        root = table.name if table.name in grids else section.root
        per_row = max(1, round(table.rows / plan.table(section.root).rows))
        options = {} if per_row == 1 else {"per_row": literal(per_row)}
        options |= dict(options_of(table, checks))
        if section.faults:
            options["faults"] = name(section.faults)
        builder = names.builder(table.name)
        entries.append(Entry(table.name, builder, root, options))
    if (
        plan.bad_data
    ):  # its rows are blocks of the others', its builder is in the library
        builder = function("block", call("bad_data", name("block")))
        block = {"per_row": name("BLOCK")}
        entries.append(Entry("_bad_data", builder, "_bad_data", block))
    return entries


def engine_of(
    plan: Plan,
    configuration: Configuration,
    by_calendar: bool,
    needs: set[str],
    shown: Mapping[str, object],
) -> Part:
    """What writes the tables and checks them, and the main function."""
    text = (
        environment()
        .get_template("script/engine.py.j2")
        .render(
            plan=plan,
            d=dialect_of(plan),
            code=engine_code(plan),
            writer=writer_of(plan),
            configuration=configuration,
            fixed=[table.name for table in plan.tables if table.data],
            grids=grids_of(plan),
            daily=plan.output.batch >= timedelta(days=1),
            by_calendar=by_calendar,
            keeps="MEMO" in needs,
            **shown,
        )
    )
    return Part.of(text)


def described(plan: Plan, checks: Checks) -> dict[str, object]:
    """What the writers and checks of every engine need of the tables."""
    return {
        "checks": checks,
        "comments": column_comments(plan),
        "descriptions": table_comments(plan),
        "tags": pii_tags(plan) if plan.output.has_tags else {},
        "between": separator_of(plan),
    }


def assembled(
    plan: Plan,
    parts: Mapping[str, Part],
    tables: Tables,
    library: Linked,
    shown: Mapping[str, object],
) -> Script:
    """All parts in one file, formatted."""
    needed = dependencies(library.imports)
    packages = sorted([*needed, *engine_code(plan).packages])
    source = (
        environment()
        .get_template("script/script.py.j2")
        .render(
            header=header_of(plan),
            plan=plan,
            dependencies=packages,
            needs=needs_of_workers(needed),
            imports=grouped_imports(library.imports),
            **{part: found.text for part, found in parts.items()},
            has_children=any(table.children for table in plan.tables),
            linked=library,
            sections=SECTIONS,
            notes=NOTES,
            calendars=[each.text for each in tables.calendars],
            paces=tables.paces,
            tables=tables.texts,
            streams_note=streams_note(plan),
            fault_streams=fault_streams(plan),
            **shown,
        )
    )
    texts = [text for texts in library.helpers.values() for text in texts]
    texts += library.read_first
    data = [data_of(table) for table in plan.tables if table.data]
    text = formatted(source, texts, data)
    return Script(text, tuple(packages), tuple(library.names))
