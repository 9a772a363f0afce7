"""Paths: from a column over references to a column of another table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from compiler.diagnostics import Label, Span, did_you_mean, meant_name
from compiler.plan.columns.chain import Chain, Slot
from compiler.plan.model import Column, Hop, Path
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Expr, Lookup, Ref
from compiler.spec.columns.given import ErrorColumn
from compiler.spec.types import UNKNOWN

MOST_STEPS = 20
"""Of a path. Each is a call within a call in the script, and Python nests no more than 100."""

ColumnOf = Callable[[str, str], Column]
"""Gives a table's column, resolved. It must exist."""


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
        if self._spec(here, steps[-1], span) is None:
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
            nullable = spec.null_rate > 0 or spec.table == table
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
        fitting: type[ColumnSpec] | tuple[type[ColumnSpec], ...] = ColumnSpec,
    ) -> ColumnSpec | None:
        """The column; None, and a diagnostic with the nearest fitting one, where there is none."""
        scope = self._scope
        columns: Mapping[str, ColumnSpec] = scope.specs[table]
        if name not in columns and not scope.unsure(table):
            reader = self._chain.last
            own = reader is not None and reader[0] == table
            asking = reader[1] if own and reader is not None else None
            refs = [one for one in scope.refs_to(table, name) if one != asking]
            known = scope.of_kind(table, fitting)
            itself = asking if isinstance(asking, str) else None
            near = did_you_mean(name, known, without=itself)
            near = meant_name(name, refs[0]) if refs else near
            help = self._plain_names(table, name) or near
            message = f"table `{table}` has no column `{name}`"
            scope.report("E202", message, (Label(span),), help)
        return columns.get(name)

    def _plain_names(self, table: str, name: str) -> str | None:
        """The way out where `rows` name a parent's column over a ref of the table's own."""
        reader = self._chain.last
        if reader is None or reader[1] is not Slot.ROWS:
            return None
        if not isinstance(self._scope.specs.get(reader[0], {}).get(name), Ref):
            return None
        return f"`rows` use the columns of `{table}` by their plain names"
