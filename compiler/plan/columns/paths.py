"""Paths: from a column over references to a column of another table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from compiler.diagnostics import (
    LISTED,
    Help,
    Label,
    Span,
    did_you_mean,
    listing,
    meant_name,
)
from compiler.names import nearest
from compiler.plan.columns.chain import Chain, Slot
from compiler.plan.model import Column, Hop, Path
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import (
    Constant,
    Entered,
    Expr,
    Faker,
    Lifecycle,
    Lookup,
    Ref,
    Tick,
)
from compiler.spec.columns.given import ErrorColumn, InlineColumn
from compiler.spec.columns.moments import Date, Offset
from compiler.spec.columns.moves import MoveMoment
from compiler.spec.types import UNKNOWN

MOST_STEPS = 20
"""Of a path. Each is a call within a call in the script, and Python nests no more than 100."""

ColumnOf = Callable[[str, str], Column]
"""Gives a table's column, resolved. It must exist."""
Kinds = type[ColumnSpec] | tuple[type[ColumnSpec], ...]
MOMENTS: tuple[type[ColumnSpec], ...] = (Date, Offset, Tick, Entered, MoveMoment)
MAYBE_MOMENTS: Kinds = (*MOMENTS, Lookup, Expr, Faker, Constant, InlineColumn)


def fitting(scope: Scope, place: Place) -> Kinds:
    """The kinds of column that may be read at a place: moments, or any."""
    match place:
        case (*_, "order" | "start"):
            return MAYBE_MOMENTS
        case ("tables", str(), "rows", "moves"):
            return Lifecycle
        case (
            "tables",
            str(table),
            "columns",
            str(name),
            *_,
            "after" | "before" | "of",
        ):
            reader = scope.specs[table].get(name)
            if isinstance(reader, Date | Offset):
                return MAYBE_MOMENTS
            if isinstance(reader, Entered):
                return Lifecycle
    return ColumnSpec


class Paths:
    """Follows paths. Columns on the way are resolved as they are met."""

    def __init__(self, scope: Scope, chain: Chain, column_of: ColumnOf) -> None:
        self._scope, self._chain, self._column_of = scope, chain, column_of

    def path(
        self, table: str, text: str, place: Place, part: tuple[int, int] | None = None
    ) -> Path | None:
        """The column at a path; None, and a diagnostic, where there is none.

        `part` is where the path is in the text at its place, in characters.
        """
        place = self._scope.at(place)
        start = part[0] if part else 0
        hops: list[Hop] = []
        steps = text.split(".")
        if len(steps) > MOST_STEPS:
            span = self._scope.document.within(place, start, start + len(text))
            message = f"a path has at most {MOST_STEPS} steps"
            help = "add a lookup for a part of it"
            self._scope.report("E104", message, (Label(span),), help)
            return None
        here = table
        for step in steps[:-1]:
            span = self._scope.document.within(place, start, start + len(step))
            start += len(step) + 1
            hop = self._hop(here, step, span)
            if hop is None:
                return None
            hops.append(hop)
            here = hop.to
        span = self._scope.document.within(place, start, start + len(steps[-1]))
        kinds = fitting(self._scope, place)
        if self._spec(here, steps[-1], span, kinds) is None:
            return None
        type = self._column_of(here, steps[-1]).type
        nullable = any(hop.nullable for hop in hops)
        return Path(text, tuple(hops), here, steps[-1], type.or_null(nullable))

    def _hop(self, table: str, name: str, span: Span) -> Hop | None:
        """The step over a reference; None, and a diagnostic, where the column is none."""
        spec = self._spec(table, name, span, (Ref, Lookup, Expr))
        if isinstance(spec, Ref):
            if spec.table not in self._scope.specs:
                return None  # reported at the ref
            self._column_of(table, name)
            nullable = spec.has_nulls or spec.table == table
            return Hop(table, name, spec.table, nullable)
        if isinstance(spec, Lookup | Expr):
            column = self._column_of(table, name)
            if column.references is not None:
                to = column.references.table
                return Hop(table, name, to, column.type.nullable)
            if column.type is UNKNOWN:
                return None  # what is wrong with it is reported there
        if spec is not None and not isinstance(spec, ErrorColumn):
            self._no_ref(table, name, span)
        return None

    def _no_ref(self, table: str, name: str, span: Span) -> None:
        refs = [f"`{column}`" for column in self._scope.of_kind(table, Ref)]
        message = f"`{table}.{name}` is no ref, so the path ends there"
        help = f"the refs of `{table}`: {', '.join(refs)}" if refs else None
        help = self._plain_names(table, name) or help
        self._scope.report("E203", message, (Label(span),), help)

    def _spec(
        self,
        table: str,
        name: str,
        span: Span,
        kinds: Kinds = ColumnSpec,
    ) -> ColumnSpec | None:
        """The column; None, and a diagnostic with the nearest fitting one, where there is none."""
        scope = self._scope
        columns: Mapping[str, ColumnSpec] = scope.specs[table]
        if name not in columns and not scope.unsure(table):
            near = self._near(table, name, kinds)
            help = self._plain_names(table, name) or near
            message = f"table `{table}` has no column `{name}`"
            scope.report("E202", message, (Label(span),), help)
        return columns.get(name)

    def _near(self, table: str, name: str, kinds: Kinds) -> Help:
        """What a name may mean: a ref, a column of a row that one points at, a column."""
        scope, reader = self._scope, self._chain.last
        asking = reader[1] if reader is not None and reader[0] == table else None
        itself = asking if isinstance(asking, str) else None
        new = scope.now_called(name, table)
        if (
            new is not None
            and new != itself
            and isinstance(scope.specs[table][new], kinds)
        ):
            return meant_name(name, new)
        refs = [one for one in scope.refs_to(table, name) if one != asking]
        if refs:
            return meant_name(name, refs[0])
        targets = self._targets(table, itself)
        for ref, columns in targets.items():
            if isinstance(columns.get(name), kinds):
                return meant_name(name, f"{ref}.{name}")
        known = scope.of_kind(table, kinds)
        if kinds is not MAYBE_MOMENTS:
            return did_you_mean(name, known, without=itself)
        near = nearest(name, known, without=itself)
        if near is not None:
            return meant_name(name, near)
        own = [one for one in scope.of_kind(table, MOMENTS) if one != itself]
        beyond = [
            f"{ref}.{column}"
            for ref, columns in targets.items()
            for column, spec in columns.items()
            if isinstance(spec, MOMENTS)
        ]
        return listing([*own, *beyond])

    def _targets(
        self, table: str, itself: str | None
    ) -> dict[str, Mapping[str, ColumnSpec]]:
        """The columns of the rows that a table's first refs point at."""
        specs = self._scope.specs
        refs = self._scope.of_kind(table, Ref)[:LISTED]
        to = {ref: getattr(specs[table][ref], "table", None) for ref in refs}
        return {
            ref: specs[target]
            for ref, target in to.items()
            if ref != itself and target in specs and target != table
        }

    def _plain_names(self, table: str, name: str) -> str | None:
        """The way out where `rows` name a parent's column over a ref of the table's own."""
        reader = self._chain.last
        if reader is None or reader[1] is not Slot.ROWS:
            return None
        if not isinstance(self._scope.specs.get(reader[0], {}).get(name), Ref):
            return None
        return f"`rows` use the columns of `{table}` by their plain names"
