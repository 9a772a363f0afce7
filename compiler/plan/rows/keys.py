"""Whether what a table declares to identify its rows does so, whatever is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Set

from compiler.diagnostics import Help, Hint, Label, Remove, Write, leave_out
from compiler.plan.columns.references import path_alone
from compiler.plan.columns.resolver import Resolver
from compiler.plan.columns.targets import key_of
from compiler.plan.expression import Call
from compiler.plan.model import Column, Hop
from compiler.plan.rows.distinct import choices_of
from compiler.plan.rows.layout import Rows
from compiler.plan.rows.unique import can_be_unique, is_unique
from compiler.plan.scope import Place
from compiler.spec.columns import Email, Key, Position, Ref, Tick
from compiler.spec.columns.given import ErrorColumn, InlineColumn
from compiler.spec.rows import Per
from compiler.spec.types import Data

Route = tuple[str, ...]
"""A column seen from a table: the refs on the way, and its name."""


def check_keys(resolver: Resolver, rows: Mapping[str, Rows]) -> None:
    """What a table declares to identify its rows is never null, and cannot repeat."""
    keys = Keys(resolver, rows)
    for table, spec in resolver.scope.spec.tables.items():
        check_key(keys, table, ("primary_key",), spec.primary_key)
        for n, names in enumerate(spec.unique):
            check_key(keys, table, ("unique", n), names)


def check_key(keys: Keys, table: str, at: Place, names: list[str]) -> None:
    """One of these, at its place in the table."""
    scope, is_primary = keys.scope, at == ("primary_key",)
    named = [scope.specs[table].get(name) for name in names]
    broken = any(one is None or isinstance(one, ErrorColumn) for one in named)
    if not named or broken or not keys.is_laid_out(table):
        return
    if is_primary and all(isinstance(one, InlineColumn) for one in named):
        return  # their rows are compared one by one
    types = [keys.columns[table, name].type for name in names]
    if any(type.data is Data.UNKNOWN for type in types):
        return  # what is wrong with a column is reported there
    place: Place = ("tables", table, *at)
    if nullable := [n for n, type in enumerate(types) if type.nullable]:
        for n in nullable:
            part = "part of a primary key" if is_primary else "declared to be unique"
            message = f"`{names[n]}` may be null, and is {part}"
            way_out = "use another column, or give this one a value in every row"
            scope.error("E213", (*place, n), message, way_out)
    elif not keys.tell_apart(table, keys.routes(table, names)):
        listed = " and ".join(f"`{name}`" for name in names)
        what = "the primary key can repeat" if is_primary else "they are not unique"
        message = f"rows of `{table}` may have the same {listed}: {what}"
        help = keys.way_out(table, names, is_primary)
        leaves = isinstance(help, Hint) and isinstance(help.edit, Remove)
        span = scope.document.key(place) if leaves else scope.document.value(place)
        scope.report("E219", message, (Label(span),), help)


class Keys:
    """What is known of the values of a spec's columns together."""

    def __init__(self, resolver: Resolver, rows: Mapping[str, Rows]) -> None:
        self.scope, self.columns = resolver.scope, resolver.columns
        self.resolver, self.rows = resolver, rows

    def is_laid_out(self, table: str) -> bool:
        """Whether nothing is wrong with a table's rows, nor with those that they depend on."""
        rows = self.rows.get(table)
        if rows is None or self.scope.unsure(table):
            return False
        if isinstance(self.scope.spec.tables[table].rows, Per):
            return rows.children is not None and self.is_laid_out(rows.children.parent)
        return True

    def routes(self, table: str, names: list[str]) -> frozenset[Route]:
        """All that one knows of a row by some of its columns."""
        found = [self._known_by(table, name, frozenset()) for name in names]
        return frozenset(route for routes in found for route in routes)

    def _known_by(
        self, table: str, name: str, open: frozenset[tuple[str, str]]
    ) -> Set[Route]:
        """A column, and what it is a copy of: the key of the row that a ref points at, too."""
        column = self.columns.get((table, name))
        if column is None or column.type.nullable or (table, name) in open:
            return set()
        routes: set[Route] = {(name,)}
        path = path_alone(column.variants[0]) if len(column.variants) == 1 else None
        if column.table is not None:
            to, last = column.table, key_of(self.scope, column.table)
            hops: Route = (name,)
        elif path is not None:
            to, last = path.table, path.column
            hops = tuple(step for hop in path.hops for step in self._steps(hop))
        else:
            return routes
        assert last is not None, "a ref points at a table with a key"
        behind = self._known_by(to, last, open | {(table, name)})
        return routes | {(*hops, *route) for route in behind}

    def _steps(self, hop: Hop) -> Route:
        """The refs that a hop leads over: for a lookup of a ref, those of its path."""
        column = self.columns[hop.table, hop.column]
        if column.references is None or len(column.references.routes) != 1:
            return (hop.column,)
        (route,) = column.references.routes
        if route == (hop,) or column.table is not None:
            return (hop.column,)
        return tuple(step for each in route for step in self._steps(each))

    def tell_apart(self, table: str, known: Set[Route]) -> bool:
        """Whether no two rows of a table agree in all of this."""
        own = [self.columns[table, route[0]] for route in known if len(route) == 1]
        if any(isinstance(one.spec, Key | Email) or is_unique(one.spec) for one in own):
            return True
        cells = [one.spec.cells for one in own if isinstance(one.spec, InlineColumn)]
        if cells and len(set(zip(*cells, strict=True))) == len(cells[0]):
            return True
        children = self.rows[table].children
        if children is None:
            return False
        if not self._tells_target(table, children.ref, known):
            return False
        if children.most == 1 or any(
            isinstance(one.spec, Position | Tick) or numbers_rows(one) for one in own
        ):
            return True
        return any(
            self._tells_target(table, name, known)
            for name, spec in self.scope.specs[table].items()
            if isinstance(spec, Ref) and spec.distinct
        )

    def _tells_target(self, table: str, ref: str, known: Set[Route]) -> bool:
        """Whether all this identifies the row that a ref points at."""
        target = self.columns[table, ref].table
        behind = {route[1:] for route in known if route[0] == ref} - {()}
        return target is not None and bool(behind) and self.tell_apart(target, behind)

    def way_out(self, table: str, names: list[str], is_primary: bool) -> Help:
        """What makes columns identify a row."""
        columns = self.scope.specs[table]
        for name, spec in columns.items():
            if is_primary and isinstance(spec, Key):
                return leave_out(f"`primary_key`: `{name}` is the table's key")
        children = self.rows[table].children

        def tells_parent(names: list[str]) -> bool:
            assert children is not None
            return self._tells_target(table, children.ref, self.routes(table, names))

        by_parent = children is not None and tells_parent([children.ref])
        if not by_parent:
            for name in names:
                if can_be_unique(self.resolver, self.rows, table, name):
                    return f"write `unique = true` on `{name}`: then no two rows have the same"
        if children is None or not by_parent:
            key = free(columns, "id", "key", "row_id")
            if not is_primary:
                return "leave them out, or list columns that identify a row"
            return f'use a key instead of `primary_key`: {key} = {{ kind = "key" }}'
        has_parent = tells_parent(names)
        for name in names if has_parent else ():
            if self._can_be_distinct(table, self.columns[table, name]):
                never = f"two rows of one `{children.parent}` never point at the same"
                return f"write `distinct = true` on `{name}`: then {never}"
        kind = "position" if children.every is None else "tick"
        found = [name for name, spec in columns.items() if spec.kind == kind]
        name = found[0] if found else free(columns, "line", "position", "number")
        wanted = [*([] if has_parent else [children.ref]), *names, name]
        listed = ", ".join(f'"{one}"' for one in dict.fromkeys(wanted))
        write = f"write primary_key = [{listed}]" if is_primary else f"write [{listed}]"
        if found:
            return Hint(write, Write(f"[{listed}]"))
        return f'{write}, with {name} = {{ kind = "{kind}" }}'

    def _can_be_distinct(self, table: str, column: Column) -> bool:
        """Whether `distinct` on a column would compile."""
        if column.table in (None, table) or column.parent:
            return False
        children = self.rows[table].children
        choices = choices_of(self.resolver, self.rows, column)
        return choices is None or children is None or children.most <= choices


def numbers_rows(column: Column) -> bool:
    """Whether a column numbers the rows of each parent by an expression."""
    nodes = [variant.expression for variant in column.variants]
    return all(isinstance(one, Call) and one.name == "row_number" for one in nodes)


def free(columns: Mapping[str, object], *names: str) -> str:
    """A name that no column has yet."""
    return next((name for name in names if name not in columns), f"{names[0]}_")
