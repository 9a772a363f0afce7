"""Names to columns: each column once and complete, after those that it reads."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from compiler.plan.columns.chain import Chain, Key, Slot, stand_in
from compiler.plan.columns.correlations import check_correlated
from compiler.plan.columns.in_order import check_in_order
from compiler.plan.columns.lifecycles import check_lifecycle_reader, with_lifecycle
from compiler.plan.columns.paths import Paths
from compiler.plan.columns.references import reference_of_ref, reference_read
from compiler.plan.columns.sequences import (
    balance_of,
    check_balance,
    check_sequence,
    ordered,
)
from compiler.plan.columns.targets import Target, check_row_kinds, target_of
from compiler.plan.columns.totals import check_share
from compiler.plan.columns.variants import Variants
from compiler.plan.columns.weights import weighed_by
from compiler.plan.libraries.locales import locale_of
from compiler.plan.model import Column, Path, Reference
from compiler.plan.renames import stream_of
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Ref
from compiler.spec.locales import ROW_LOCALE
from compiler.spec.rows import Per
from compiler.spec.types import Type


class Resolver:
    """Resolves the columns of a scope, each once, those that it reads first."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.columns: dict[Key, Column] = {}
        """In the order of resolution: each after those that it reads."""
        self.order: defaultdict[str, list[str]] = defaultdict(list)
        """The names of each table's columns, in that order."""
        self._chain = Chain(scope)
        self._paths = Paths(scope, self._chain, self.column)
        self._variants = Variants(scope, self._paths, self.locale)

    def column(self, table: str, name: str) -> Column:
        """The column, resolved. It must exist."""
        key, place = (table, name), ("tables", table, "columns", name)
        if key in self.columns:
            return self.columns[key]
        if key in self._chain:
            return self._chain.circle(key)
        deep = self._chain.is_too_deep
        with self._chain.with_next(key, place):
            if deep:
                self._chain.too_deep()
                column = stand_in(key)
            else:
                column = self._column(table, name, place)
        return self._keep(key, column)

    def _keep(self, key: Key, column: Column) -> Column:
        self.columns[key] = column
        self.order[key[0]].append(column.name)
        return column

    def children(self, table: str, below: tuple[str, ...] = ()) -> Column | None:
        """How many children each parent of a `per` table's rows has: a column of the parent.

        None where no column holds it (a grid, or no `per` table), or where the parent is unknown.
        """
        per = self.scope.spec.tables[table].rows
        if not isinstance(per, Per) or per.per not in self.scope.specs:
            return None
        if per.per in (table, *below):
            return (
                None  # tables depend on each other's rows, which is reported elsewhere
            )
        self.children(per.per, (table, *below))
        spec, key = per.column, (table, Slot.ROWS)
        if spec is None:
            return None
        if key in self._chain:
            return self._chain.circle(key)
        if key not in self.columns:
            place: Place = ("tables", table, "rows")
            with self._chain.with_next(key, place):
                found = self._variants.resolved(per.per, spec, place)
            if per.where is not None and not found.type.is_boolean:
                message = f"`where` is {found.type.data.value}, not true or false"
                self.scope.error("E207", (*place, "where"), message)
            check_lifecycle_reader(self.scope, table, spec, found, place)
            column = Column(
                name=f"{table} rows",
                stream=f"{stream_of(table, self.scope.spec.tables[table])} rows",
                spec=spec,
                type=found.type,
                variants=found.variants,
                by=found.by,
            )
            self._keep(key, column)
        return self.columns[key]

    def locale(self, table: str) -> Column:
        """What gives each row of a table its locale."""
        key = (table, Slot.LOCALE)
        if key in self._chain:
            return self._chain.circle(key)
        if key not in self.columns:
            place, spec = ("tables", table, "locale"), locale_of(self.scope.spec, table)
            with self._chain.with_next(key, place):
                found = self._variants.resolved(table, spec, place)
            column = Column(
                name=ROW_LOCALE,
                stream=ROW_LOCALE,
                spec=spec,
                type=found.type,
                variants=found.variants,
                by=found.by,
            )
            self._keep(key, column)
        return self.columns[key]

    def _column(self, table: str, name: str, place: Place) -> Column:
        """A column of all its parts: its cases, what it points at, the key that it holds."""
        scope = self.scope
        declared = scope.specs[table][name]
        check_sequence(scope, table, name, declared)
        spec = ordered(scope, table, declared)
        found = self._variants.resolved(table, spec, place)
        check_lifecycle_reader(scope, table, spec, found, place)
        found = with_lifecycle(scope, self.columns, spec, found)
        check_correlated(scope, self.column, table, name, place)
        check_in_order(scope, table, name, spec, found.variants)
        balance = balance_of(scope, table, name, found.type)
        if balance is not None:
            for path in balance.goes_by:
                self._touch(table, path, by=balance.name)
        if not self._chain.is_in_circle((table, name)):
            check_balance(scope, self.columns, table, name, spec, found)
            check_share(scope, self.columns, table, name, spec, found)
        check_row_kinds(scope, table, name, declared)
        # What a balance cuts may have other values.
        type = found.type if balance is None else replace(found.type, values=())
        weighed: tuple[Path, ...] = ()
        target = target_of(scope, table, name, spec) if isinstance(spec, Ref) else None
        if target is not None:
            type = self._type_of_ref(table, target, spec.has_nulls)
            if not target.is_parent:
                # Which rows there are must not depend on the ref.
                self.children(target.table)
            weighed = weighed_by(scope, self.column, place, found.variants)
            held: Reference | None = reference_of_ref(table, name, target, type)
        else:
            held = reference_read(scope, self.columns, found.variants)
        return Column(
            name=name,
            stream=stream_of(name, spec),
            spec=spec,
            type=type,
            variants=found.variants,
            by=found.by,
            when=found.when,
            table=target.table if target else None,
            references=held,
            weighted=weighed,
            parent=target is not None and target.is_parent,
            cut_by=balance.name if balance else None,
        )

    def _type_of_ref(self, table: str, target: Target, has_nulls: bool) -> Type:
        """The type of the target's key. A table's first rows have no earlier ones to point at."""
        type = self.column(target.table, target.key).type
        return type.or_null(has_nulls or target.table == table)

    def _touch(self, table: str, path: str, by: str) -> None:
        """Resolves what a path leads over, as far as it leads; a circle goes over column `by`."""
        key = (table, by)
        if key in self._chain:
            self._follow(table, path)
            return
        with self._chain.with_next(key, ("tables", table, "columns", by)):
            self._follow(table, path)

    def _follow(self, table: str, path: str) -> None:
        """Resolves the columns of a path, up to one that is missing or no reference."""
        for step in path.split("."):
            if step not in self.scope.specs[table]:
                return
            references = self.column(table, step).references
            if references is None:
                return
            table = references.table
