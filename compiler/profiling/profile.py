"""A source as a draft: what its tables depend on, and what their columns are drawn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from compiler.profiling.conditional_nulls import add_conditions
from compiler.profiling.correlations import add_correlations
from compiler.profiling.draft import Draft, DraftColumn, DraftTable, Settings
from compiler.profiling.model import Options, Ref, Relations, TableRelations
from compiler.profiling.moments import Moments
from compiler.profiling.moments import describe as describe_moments
from compiler.profiling.names import renamed
from compiler.profiling.null_words import without_null_words
from compiler.profiling.privacy import discreet_key, is_personal, without_letters
from compiler.profiling.relations import relations_of
from compiler.profiling.schema_moments import order_moments
from compiler.profiling.schema_only import add_nulls, rows_of, targets, with_children
from compiler.profiling.small_tables import SmallTables
from compiler.profiling.tables import Tables
from compiler.profiling.texts import describe as describe_text
from compiler.profiling.texts import (
    key_settings,
    locale_of,
    locales_in,
)
from compiler.profiling.untyped import with_types
from compiler.profiling.values import Views
from compiler.profiling.values import describe as describe_value
from compiler.sources.model import Formula, Source, SourceColumn, SourceTable
from compiler.spec import words
from compiler.spec.types import Data

BOUNDED = ("normal", "lognormal", "exponential", "gamma", "poisson")
"""Distributions whose tails may go beyond what was declared."""
SMALL = 0.001
"""Shares of nulls below this are left out."""


def silent(step: str) -> None:
    """For callers that show no progress."""


def draft_of(
    source: Source,
    name: str,
    options: Options,
    report: Callable[[str], None] = silent,
) -> Draft:
    """A spec of a source, each guess with its reason; `report` gets each step in words."""
    source = with_types(without_null_words(renamed(source)))
    tables = Tables(source)
    report("looking for keys and refs")
    relations = relations_of(tables, options)
    report("looking at dates and times")
    moments = describe_moments(tables, relations, options)
    relations = {
        each: (
            found
            if tables.count(source.table(each))
            else with_children(source.table(each), found)
        )
        for each, found in relations.items()
    }
    profile = Profile(tables, relations, options, moments)
    drafts = {}
    for each in relations:
        report(f"looking at the columns of {each}")
        drafts[each] = profile.table(source.table(each))
    by_name = {one.name: one for one in source.tables}
    read = order_moments(drafts, by_name, relations, targets(relations))
    for table in source.tables:
        if tables.count(table):
            add_conditions(tables, table, drafts[table.name])
            add_correlations(tables, table, drafts[table.name])
        else:
            own = {moment for name, moment in read if name == table.name}
            add_nulls(table, drafts[table.name], own)
    count = words.count(str(len(relations)), "table")
    draft = Draft(
        name,
        f"Data like that of {count}. Say here what its story is.",
        tables=[*drafts.values()],
    )
    if moments.window:
        draft.settings["window"] = dict(moments.window)
        draft.setting_comments["window"] = list(moments.window_comments)
    draft.calendars = dict(moments.calendars)
    draft.calendar_comments = dict(moments.calendar_comments)
    draft.comments = list(source.notes)
    return draft


class Profile:
    """All that was found in a source, to draft its tables from."""

    def __init__(
        self, tables: Tables, relations: Relations, options: Options, moments: Moments
    ) -> None:
        self.tables, self.relations = tables, relations
        self.options, self.moments = options, moments
        self.small = SmallTables(tables, relations, options)
        self.views = Views(tables, relations, options)

    def table(self, table: SourceTable) -> DraftTable:
        """A table with its rows, its keys and its columns."""
        found = self.relations[table.name]
        settings, comments = self.rows_of(table, found)
        data = self.small.data_of(table)
        if data:
            settings, comments = {"data": data}, ["each of its keys is a category"]
        if table.description:
            settings = {"description": table.description, **settings}
        if found.key is not None:
            comments.append(f"key: {found.key.reason}")
            if len(found.key.columns) > 1 or found.ref(found.key.columns[0]):
                settings["primary_key"] = [*found.key.columns]
        locale, reasons = locale_of(self.tables, table, self.relations, self.options)
        settings |= locale
        comments += reasons
        given = set(data[0]) if data else set()
        columns = [
            column
            for each in table.columns
            if each.name not in given
            for column in self.columns(table, each, found, locales_in(locale))
        ]
        return DraftTable(table.name, settings, columns, comments)

    def rows_of(
        self, table: SourceTable, found: TableRelations
    ) -> tuple[Settings, list[str]]:
        """`rows`, and what they rest on."""
        if found.children is not None:
            ref = found.ref(found.children.ref)
            assert ref is not None, "children have a ref to their parent"
            rows = {"per": ref.table, **found.children.settings}
            return {"rows": rows}, [found.children.reason]
        if table.scan is None:
            first = rows_of(table, self.relations)
            return {"rows": first}, ["no data: a number of rows to begin with"]
        return {"rows": max(self.tables.count(table), 1)}, []

    def columns(
        self,
        table: SourceTable,
        column: SourceColumn,
        found: TableRelations,
        locales: list[str],
    ) -> Iterator[DraftColumn]:
        """A column, after hidden ones that only it reads."""
        for draft in self.drafts(table, column, found, locales):
            if draft.name == column.name:
                if column.description:
                    draft.settings.setdefault("description", column.description)
                add_bounds(draft.settings, column)
                if column.remark:
                    draft.comments.append(column.remark)
            yield draft

    def drafts(
        self,
        table: SourceTable,
        column: SourceColumn,
        found: TableRelations,
        locales: list[str],
    ) -> list[DraftColumn]:
        name = column.name
        if ref := found.ref(name):
            return [self.ref(table, ref, found)]
        if found.key is not None and found.key.columns == (name,):
            draft = key_settings(self.tables, table, name)
            rows = self.tables.count(table)
            return [discreet_key(draft, table.name, rows, self.options)]
        if found.children is not None and found.children.position == name:
            reason = "1, 2, 3 … in each row of the parent"
            return [DraftColumn(name, {"kind": "position"}, [reason])]
        if lookup := next((one for one in found.lookups if one.column == name), None):
            settings = {"kind": "lookup", "path": lookup.path}
            return [DraftColumn(name, settings, [lookup.reason])]
        if column.formula is not None and not self.tables.count(table):
            return [generated(column, column.formula)]
        if name in self.moments.columns.get(table.name, {}):
            return self.moment(table, name)
        if column.data is Data.UNKNOWN and not column.declared:
            column = replace(column, data=Data.TEXT)  # a key's name, but of no table
        if column.data is Data.UNKNOWN:
            reason = f"its type, {column.declared}, has no counterpart here"
            constant: Settings = {"kind": "constant", "value": "", "hidden": True}
            return [DraftColumn(name, constant, [reason])]
        personal = is_personal(self.tables, table, column)
        value = None if personal else describe_value(self.views, table, column)
        if value is not None:
            return [value]
        texts = describe_text(
            self.tables, table, column, self.relations, self.options, locales
        )
        return texts if self.options.names_values else [*map(without_letters, texts)]

    def moment(self, table: SourceTable, name: str) -> list[DraftColumn]:
        """A date or timestamp, after the hidden columns that the source does not have."""
        drafts = self.moments.columns[table.name]
        own = {column.name for column in table.columns}
        dates = [
            one.name
            for one in table.columns
            if one.data in (Data.DATE, Data.TIMESTAMP) and one.name in drafts
        ]
        hidden = [one for one in drafts if one not in own] if name == dates[0] else []
        return [drafts[one] for one in (*hidden, name)]

    def ref(self, table: SourceTable, ref: Ref, found: TableRelations) -> DraftColumn:
        """A ref, as skewed and weighted as its rows are; that to the parent has no options."""
        settings: Settings = {"kind": "ref", "table": ref.table}
        is_parent = found.children is not None and found.children.ref == ref.column
        if is_parent:
            return DraftColumn(ref.column, settings, [ref.reason])
        comments = [ref.reason]
        if weights := self.small.weights_of(table, ref):
            settings |= {"skew": False, "weights": weights}
            comments.append("each of the few targets has its own share of the rows")
            return self.with_nulls(ref, DraftColumn(ref.column, settings, comments))
        if not self.tables.count(table):
            comments.append("no data: as skewed as refs are by default")
            distinct = {"distinct": True} if is_key_of_children(ref, found) else {}
            return DraftColumn(ref.column, settings | distinct, comments)
        settings["skew"] = False if ref.skew is None else round(ref.skew, 3)
        if is_key_of_children(ref, found):
            settings["distinct"] = True
        if ref.weights:
            settings["weights"] = {
                column: dict(weights) for column, weights in ref.weights.items()
            }
        if ref.skew is None and not ref.weights:
            settings["allow"] = ["W403"]
            comments.append("its rows are spread over the targets as chance has it")
        if ref.is_unique:
            comments.append("no two rows point at the same one, which is not kept here")
        return self.with_nulls(ref, DraftColumn(ref.column, settings, comments))

    def with_nulls(self, ref: Ref, draft: DraftColumn) -> DraftColumn:
        if ref.null_share >= SMALL:
            draft.settings["null_rate"] = round(ref.null_share, 4)
        return draft


def generated(column: SourceColumn, formula: Formula) -> DraftColumn:
    """A generated column, by its declared formula."""
    kind, key = ("template", "text") if formula.is_template else ("expr", "expr")
    settings: Settings = {"kind": kind, key: formula.written}
    return DraftColumn(column.name, settings, ["declared: it is generated so"])


def add_bounds(settings: Settings, column: SourceColumn) -> None:
    """Truncates a distribution to what was declared of the column, where that is narrower."""
    if settings.get("kind") not in BOUNDED:
        return
    if column.minimum is not None:
        settings["min"] = max(settings.get("min", column.minimum), column.minimum)
    if column.maximum is not None:
        settings["max"] = min(settings.get("max", column.maximum), column.maximum)


def is_key_of_children(ref: Ref, found: TableRelations) -> bool:
    """Whether a ref makes a row unique among those of its parent."""
    if found.key is None or found.children is None:
        return False
    return {*found.key.columns} == {found.children.ref, ref.column}
