"""Names to columns: every path followed, every column's type found, cycles shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from compiler.diagnostics import Label, Span, did_you_mean, meant_name
from compiler.plan.cases import cases_of
from compiler.plan.expression import Node, parse, reads
from compiler.plan.expression.sizes import bounded
from compiler.plan.fits import check_fit
from compiler.plan.locales import ROW_LOCALE, locale_of
from compiler.plan.model import Column, Hop, Path, Variant
from compiler.plan.providers import faked_type
from compiler.plan.references import reference_of
from compiler.plan.scope import Place, Scope
from compiler.plan.sequences import (
    check_balance,
    check_sequence,
    cut_by,
    ordered,
)
from compiler.plan.targets import check_ref, check_row_kinds
from compiler.spec.columns import ByCase, Expr, Faker, Lookup, Ref, Series
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns.given import ErrorColumn
from compiler.spec.columns.texts import Template
from compiler.spec.rows import Per
from compiler.spec.types import UNKNOWN, Type, unify

ROWS = ""
"""Stands in a column's place for what tells how many rows a `per` table has."""
MOST_STEPS = 20
"""Of a path. Each is a call within a call in the script, and Python nests no more than 100."""
DEEPEST = 300
"""So many columns, each of which reads the next one, are followed."""
SHOWN = 12
"""So many columns of a loop are named."""


class Resolver:
    """Resolves the columns of a scope, each once, those that it reads first."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.columns: dict[tuple[str, str], Column] = {}
        """In the order of resolution: each after those that it reads."""
        self._open: dict[tuple[str, str], Place] = {}
        self._circles: set[frozenset[tuple[str, str]]] = set()

    def column(self, table: str, name: str) -> Column:
        """The column, resolved. It must exist."""
        key = (table, name)
        if key not in self.columns:
            if key in self._open:
                return self._cycle(key)
            self._open[key] = ("tables", table, "columns", name)
            if len(self._open) > DEEPEST:
                return self._too_deep(key)
            spec, place = self.scope.specs[table][name], self._open[key]
            check_sequence(self.scope, table, name, spec)
            column = self._resolve(table, name, ordered(self.scope, table, spec), place)
            column = replace(column, cut_by=cut_by(self, table, column))
            if not any(key in circle for circle in self._circles):
                check_balance(self, table, column)
            check_row_kinds(self.scope, table, name, spec)
            if isinstance(spec, Ref):
                column = check_ref(self, table, column)
            column = replace(column, references=reference_of(self, table, column))
            del self._open[key]
            self.columns[key] = column
        return self.columns[key]

    def touch(self, table: str, path: str, by: str) -> None:
        """Resolves what a path leads over, as far as it leads; a circle goes over column `by`."""
        key = (table, by)
        if fresh := key not in self._open:
            self._open[key] = ("tables", table, "columns", by)
        for step in path.split("."):
            spec = self.scope.specs[table].get(step)
            if spec is None:
                break
            references = self.column(table, step).references
            if references is None:
                break
            table = references.table
        if fresh:
            del self._open[key]

    def children(self, table: str, below: tuple[str, ...] = ()) -> Column | None:
        """How many children each parent of a `per` table's rows has: a column of the parent.

        None where no column says it (a grid, or no `per` table), or where the parent is unknown.
        """
        per = self.scope.spec.tables[table].rows
        if not isinstance(per, Per) or per.per not in self.scope.specs:
            return None
        if per.per in (table, *below):
            return None  # tables hang on each other's rows, which is told elsewhere
        self.children(per.per, (table, *below))
        spec, key = per.column, (table, ROWS)
        if spec is None:
            return None
        if key in self._open:
            return self._cycle(key)
        if key not in self.columns:
            self._open[key] = ("tables", table, "rows")
            column = self._resolve(
                per.per, f"{table} rows", spec, ("tables", table, "rows")
            )
            del self._open[key]
            if per.where is not None and not column.type.is_boolean:
                message = f"`where` is {column.type.data.value}, not true or false"
                self.scope.error("E207", ("tables", table, "rows", "where"), message)
            self.columns[key] = column
        return self.columns[key]

    def locale(self, table: str) -> Column:
        """What gives each row of a table its locale."""
        key = (table, ROW_LOCALE)
        if key in self._open:
            return self._cycle(key)
        if key not in self.columns:
            self._open[key] = ("tables", table, "locale")
            spec = locale_of(self.scope.spec, table)
            column = self._resolve(table, ROW_LOCALE, spec, self._open[key])
            del self._open[key]
            self.columns[key] = column
        return self.columns[key]

    def _cycle(self, key: tuple[str, str]) -> Column:
        """Tells of a loop once, and hands out a stand-in to go on with."""
        keys = list(self._open)
        loop = keys[keys.index(key) :]
        called = {ROWS: "the rows of {}", ROW_LOCALE: "the locale of {}"}
        shown = [
            called.get(name, f"{{}}.{name}").format(table)
            for table, name in [*loop, key]
        ]
        labels = tuple(
            Label(self.scope.document.key(self._open[step]), f"reads {then}")
            for step, then in zip(loop, shown[1:], strict=True)
        )
        if len(shown) > SHOWN:
            shown = [*shown[: SHOWN - 1], "…", shown[-1]]
            labels = labels[: SHOWN - 1]
        message = f"columns depend on each other in a circle: {' → '.join(shown)}"
        help = "let one of them depend on something else"
        if frozenset(loop) not in self._circles:
            self.scope.say("E204", message, labels, help)
        self._circles.add(frozenset(loop))
        return Column(key[1], ErrorColumn(), UNKNOWN, ())

    def _too_deep(self, key: tuple[str, str]) -> Column:
        """Reports a long row of columns once; what it ends in is a stand-in."""
        first, place = next(iter(self._open.items()))
        message = (
            f"`{'.'.join(first)}` depends on a chain of more than {DEEPEST} columns"
        )
        label = (Label(self.scope.document.key(place)),)
        self.scope.say("E204", message, label, "use one of the last of them directly")
        del self._open[key]
        self.columns[key] = Column(key[1], ErrorColumn(), UNKNOWN, ())
        return self.columns[key]

    def _resolve(self, table: str, name: str, spec: ColumnSpec, place: Place) -> Column:
        by = None
        if isinstance(spec, ByCase) and spec.by is not None:
            by = self.path(table, spec.by, (*place, "by"))
        variants, types = [], []
        for case, key, variant in cases_of(self.scope, place, spec, by):
            spot = (*place, *key)
            resolved, type = self._variant(table, spot, variant)
            variants.append(Variant(case, variant, resolved.paths, resolved.expression))
            types.append(type)
        one = unify(types)
        if one is None:
            words = " and ".join(dict.fromkeys(each.data.value for each in types))
            message, help = f"its cases give {words}", "a column has one type"
            if place[-1] == "rows":
                message = "some cases give a number of rows, others a chance of one"
                help = "the same in all: a chance of 0.2 is mean = 0.2, max = 1"
            self.scope.error("E207", place, message, help)
        type = UNKNOWN if one is None else one
        if len(variants) == 1:  # the one case holds every row
            by, variants = None, [replace(variants[0], case=None)]
        return Column(
            name=name,
            spec=spec,
            type=type.or_null(spec.null_rate > 0),
            variants=tuple(variants),
            by=by,
        )

    def _variant(
        self, table: str, place: Place, spec: ColumnSpec
    ) -> tuple[Variant, Type]:
        paths: dict[str, Path] = {}
        types: dict[str, Type] = {}
        for key, text in spec.paths().items():
            spot = (*place, key.partition(":")[0])
            part = None
            if isinstance(spec, Template):
                start = spec.text.find(text)
                part = (start, start + len(text))
            path = self.path(table, text, spot, part)
            types[text] = path.type if path else UNKNOWN
            if path:
                paths[text] = path
                check_fit(self.scope, place, key, spec, path)
        if isinstance(spec, Faker):
            locale = self.locale(table).type
            if len(locale.values) > 1:
                paths[ROW_LOCALE] = Path(ROW_LOCALE, (), table, ROW_LOCALE, locale)
            return Variant(None, spec, paths), faked_type(spec, locale.values)
        if isinstance(spec, Expr):
            key = "where" if place[-1] == "rows" else "expr"
            node, paths = self._expression(table, (*place, key), spec.expr)
            type = replace(node.type, largest=bounded(node)) if node else UNKNOWN
            return Variant(None, spec, paths, node), type
        if isinstance(spec, Series) and spec.shift is not None:
            spot = (*place, "shift", "when")
            node, more = self._expression(table, spot, spec.shift.when)
            if node is not None and not node.type.is_boolean:
                message = f"`when` is {node.type.data.value}, not true or false"
                self.scope.error("E207", spot, message)
            return Variant(None, spec, paths | more, node), spec.gives(
                types.__getitem__
            )
        return Variant(None, spec, paths), spec.gives(lambda text: types[text])

    def _expression(
        self, table: str, spot: Place, text: str
    ) -> tuple[Node | None, dict[str, Path]]:
        paths: dict[str, Path] = {}

        def resolve(name: str, start: int, end: int) -> Type | None:
            path = self.path(table, name, spot, (start, end))
            if path:
                paths[name] = path
            return path.type if path else None

        node, problems = parse(text, resolve, self.scope.events)
        for problem in problems:
            span = self.scope.document.within(
                self.scope.at(spot), problem.start, problem.end
            )
            self.scope.say(problem.code, problem.message, (Label(span),), problem.help)
        kept = set(reads(node)) if node else set()
        return node, {name: path for name, path in paths.items() if name in kept}

    def path(
        self, table: str, text: str, place: Place, part: tuple[int, int] | None = None
    ) -> Path | None:
        """The column at a path; None, and a diagnostic, where there is none."""
        place = self.scope.at(place)
        start = part[0] if part else 0
        hops: list[Hop] = []
        steps = text.split(".")
        if len(steps) > MOST_STEPS:
            span = self.scope.document.within(place, start, start + len(text))
            message = f"a path has at most {MOST_STEPS} steps"
            help = "add a lookup for a part of it"
            self.scope.say("E104", message, (Label(span),), help)
            return None
        here = table
        for step in steps[:-1]:
            span = self.scope.document.within(place, start, start + len(step))
            start += len(step) + 1
            hop = self._hop(here, step, span)
            if hop is None:
                return None
            hops.append(hop)
            here = hop.to
        span = self.scope.document.within(place, start, start + len(steps[-1]))
        if self._spec(here, steps[-1], span) is None:
            return None
        type = self.column(here, steps[-1]).type
        nullable = any(hop.nullable for hop in hops)
        return Path(text, tuple(hops), here, steps[-1], type.or_null(nullable))

    def _hop(self, table: str, name: str, span: Span) -> Hop | None:
        """The step over a reference; None, and a diagnostic, where the column is none."""
        spec = self._spec(table, name, span, (Ref, Lookup, Expr))
        if isinstance(spec, Ref):
            if spec.table not in self.scope.specs:
                return None  # reported at the ref
            self.column(table, name)
            nullable = spec.null_rate > 0 or spec.table == table
            return Hop(table, name, spec.table, nullable)
        if isinstance(spec, Lookup | Expr):
            column = self.column(table, name)
            if column.references is not None:
                to = column.references.table
                return Hop(table, name, to, column.type.nullable)
            if column.type is UNKNOWN:
                return None  # what is wrong with it is reported there
        if spec is not None and spec.kind != "broken":
            self._no_ref(table, name, span)
        return None

    def _no_ref(self, table: str, name: str, span: Span) -> None:
        refs = [f"`{column}`" for column in self.scope.of_kind(table, Ref)]
        message = f"`{table}.{name}` is no ref, so the path ends there"
        help = f"the refs of `{table}`: {', '.join(refs)}" if refs else None
        help = self._plain_names(table, name) or help
        self.scope.say("E203", message, (Label(span),), help)

    def _spec(
        self,
        table: str,
        name: str,
        span: Span,
        fitting: type[ColumnSpec] | tuple[type[ColumnSpec], ...] = ColumnSpec,
    ) -> ColumnSpec | None:
        """The column; None, and a diagnostic with the nearest fitting one, where there is none."""
        columns: Mapping[str, ColumnSpec] = self.scope.specs[table]
        if name not in columns and not self.scope.unsure(table):
            of, column = next(reversed(self._open), ("", ""))
            asking = column if of == table else None
            refs = [one for one in self.scope.refs_to(table, name) if one != asking]
            known = self.scope.of_kind(table, fitting)
            near = did_you_mean(name, known, without=asking)
            near = meant_name(name, refs[0]) if refs else near
            help = self._plain_names(table, name) or near
            message = f"table `{table}` has no column `{name}`"
            self.scope.say("E202", message, (Label(span),), help)
        return columns.get(name)

    def _plain_names(self, table: str, name: str) -> str | None:
        """The way out where `rows` name a parent's column over a ref of the table's own."""
        asking, what = next(reversed(self._open), ("", ""))
        if what or not isinstance(self.scope.specs.get(asking, {}).get(name), Ref):
            return None
        return f"`rows` use the columns of `{table}` by their plain names"
