"""What refs point at, and kinds that only some tables can hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from compiler.diagnostics import (
    Help,
    Hint,
    Label,
    Write,
    did_you_mean,
    leave_out,
    meant_name,
)
from compiler.names import nearest
from compiler.plan.cases import check_names, unnamed
from compiler.plan.model import Column, Path, Variant
from compiler.plan.scope import Place, Scope
from compiler.source.edits import BARE
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Key, Position, Ref
from compiler.spec.columns.given import ErrorColumn, InlineColumn
from compiler.spec.columns.keys import NO_COLUMN
from compiler.spec.rows import Per
from compiler.spec.time import shown
from compiler.spec.types import Data, Type

if TYPE_CHECKING:
    from compiler.plan.resolve import Resolver


def key_of(scope: Scope, table: str) -> str | None:
    """The column that a ref to the table holds; None where rows have no name.

    The `key` column; else the one column of `primary_key`; else the first column of given data,
    where its values are all different.
    """
    columns = scope.specs[table]
    if keys := scope.of_kind(table, Key):
        return keys[0]
    primary = scope.spec.tables[table].primary_key
    if len(primary) == 1 and primary[0] in columns:
        return primary[0]
    for name, spec in columns.items():
        if isinstance(spec, InlineColumn) and len(set(spec.cells)) == len(spec.cells):
            return name
        break
    return None


def check_row_kinds(scope: Scope, table: str, name: str, spec: ColumnSpec) -> None:
    """A `position` stands in a `per` table; a table has one `key`."""
    place = ("tables", table, "columns", name)
    rows = scope.spec.tables[table].rows
    if isinstance(spec, Position) and not (
        isinstance(rows, Per) or scope.unsure(table)
    ):
        message = (
            "a `position` counts within a parent, and this table has no `per` rows"
        )
        scope.error("E207", (*place, "kind"), message)
    if isinstance(spec, Key | Position) and spec.null_rate:
        message = f"a {spec.kind} is never null"
        scope.error("E213", (*place, "null_rate"), message, leave_out("null_rate"))
    keys = scope.of_kind(table, Key)
    if isinstance(spec, Key) and keys[0] != name:
        first = Label(scope.document.key((*place[:-1], keys[0])), "the first one")
        labels = (Label(scope.document.key(place)), first)
        scope.say("E113", f"table `{table}` has two key columns", labels)


def check_ref(resolver: Resolver, table: str, column: Column) -> Column:
    """A ref with its target found: its type is that of the target's key."""
    scope = resolver.scope
    spec = column.spec
    assert isinstance(spec, Ref)
    place: Place = ("tables", table, "columns", column.name)
    if spec.table not in scope.specs:
        help = did_you_mean(spec.table, list(scope.specs))
        scope.error(
            "E201", (*place, "table"), f"there is no table `{spec.table}`", help
        )
        return column
    key = key_of(scope, spec.table)
    broken = scope.of_kind(spec.table, ErrorColumn)
    if key is None and (broken or scope.unsure(spec.table)):
        return column
    if key is None:
        message = f"table `{spec.table}` has no key, which a ref needs"
        help = 'give it a column of kind "key", or a primary_key of one column'
        name, first = next(iter(scope.specs[spec.table].items()), ("", None))
        if isinstance(first, InlineColumn):
            again = shown(repeated(first.cells))
            message += (
                f": `{name}`, the first of its `data`, has {again} more than once"
            )
            help = "put a column without repeats first, or name one as its primary_key"
        scope.error("E212", (*place, "table"), message, help)
        return column
    rows = scope.spec.tables[table].rows
    parent = isinstance(rows, Per) and rows.per == spec.table
    own = spec.table == table
    type = resolver.column(spec.table, key).type
    if not parent:
        resolver.children(spec.table)  # which rows there are must not depend on the ref
    weighted = tuple(
        path
        for variant in column.variants
        if isinstance(variant.spec, Ref)
        for path in weights_of(
            resolver, (*place, *place_of(column, variant)), variant.spec
        )
    )
    return replace(
        column,
        type=type.or_null(spec.null_rate > 0 or own),
        table=spec.table,
        weighted=weighted,
        parent=parent,
    )


def repeated(cells: Sequence[object]) -> object:
    """The first value that is there a second time."""
    return next(cell for n, cell in enumerate(cells) if cell in cells[:n])


def place_of(column: Column, variant: Variant) -> Place:
    """Where the keys of a variant are, below its column."""
    if column.by is None:
        return ()
    return ("cases", variant.case.name) if variant.case else ("otherwise",)


def weights_of(resolver: Resolver, spot: Place, spec: Ref) -> list[Path]:
    """The target's columns that weigh it, each value of which has a weight."""
    scope = resolver.scope
    paths = []
    for weighed, weights in spec.weights.items():
        if weighed == NO_COLUMN:
            place = scope.at((*spot, "weights"))
            check_no_column(resolver, place, spec.table, list(weights))
            continue
        place = scope.at((*spot, "weights", weighed))
        label = (Label(scope.document.key(place)),)
        if weighed not in scope.specs[spec.table]:
            help = help_for_weighed(scope, spec.table, weighed)
            scope.say(
                "E202", f"table `{spec.table}` has no column `{weighed}`", label, help
            )
            continue
        type = resolver.column(spec.table, weighed).type
        if type.data is not Data.UNKNOWN:
            values = values_of(type)
            if not values:
                message = f"`{weighed}` is {type.data.value} with any value: it cannot weight a ref"
                scope.say("E207", message, label, "use a choice, a bool or inline data")
                continue
            if type.nullable:
                scope.say(
                    "E213",
                    f"`{weighed}` may be null, which has no weight",
                    label,
                    "use another column, or give this one a value in every row",
                )
            check_names(scope, place, weighed, list(weights), values)
            absent = unnamed(list(weights), values)
            if absent:
                message = f"no weight for {', '.join(absent)}"
                help = "every value needs one; 0 means never"
                scope.say("E205", message, label, help)
        paths.append(Path(weighed, (), spec.table, weighed, type))
    return paths


def help_for_weighed(scope: Scope, table: str, weighed: str) -> Help:
    """The way out of weights that name no column of the target."""
    first, *rest = weighed.split(".")
    if rest and leads_somewhere(scope, table, [first, *rest]):
        return f"use a column of `{table}`: add a `lookup` of that path there"
    columns = list(scope.specs[table])
    for part in reversed(rest):
        near = part if part in columns else nearest(part, columns)
        if near is not None:
            return meant_name(weighed, near)
    return did_you_mean(weighed, columns)


def leads_somewhere(scope: Scope, table: str, path: Sequence[str]) -> bool:
    """Whether the parts of a path are refs of one table after another, and a column."""
    *hops, last = path
    for name in hops:
        spec = scope.specs[table].get(name)
        if not isinstance(spec, Ref) or spec.table not in scope.specs:
            return False
        table = spec.table
    return last in scope.specs[table]


def values_of(type: Type) -> tuple[str, ...]:
    """The values that weights can name."""
    return ("true", "false") if type.is_boolean else type.values


def check_no_column(
    resolver: Resolver, place: Place, target: str, names: list[str]
) -> None:
    """Weights of values alone: one error, with the column of the target that has them."""
    scope = resolver.scope
    label = Label(scope.document.value(place))
    message = f"`weights` of a ref need a column of `{target}`"
    columns = [resolver.column(target, column) for column in scope.specs[target]]
    found = {
        column.name: values_of(column.type)
        for column in columns
        if column.type.data is not Data.UNKNOWN
        and set(names) & set(values_of(column.type))
    }
    help: Help = "name it: weights = { column = { value = 1 } }"
    if found:
        name = max(found, key=lambda one: len(set(names) & set(found[one])))
        missing = [value for value in found[name] if value not in names]
        help = with_column(scope, label, name, missing)
    scope.say("E103", message, (label,), help)


def with_column(scope: Scope, label: Label, column: str, missing: list[str]) -> Help:
    """The weights below their column; of values that have none yet a weight is to be written."""
    weights = scope.document.at(label.span)
    as_json = scope.document.path.lower().endswith(".json")
    sign = ":" if as_json else " ="

    def key(name: str) -> str:
        bare = BARE.fullmatch(name) and not as_json
        return name if bare else json.dumps(name, ensure_ascii=False)

    more = "".join(f", {key(value)}{sign} …" for value in missing)
    inner = weights[:-1].rstrip() + more + " }" if missing else weights
    text = f"{{ {key(column)}{sign} {inner} }}"
    help = f"name it: weights{sign} {text}"
    return help if missing else Hint(help, Write(text))
