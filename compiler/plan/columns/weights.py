"""The weights of refs: by which columns of the target, and whether each value has one."""

from __future__ import annotations

import json
from collections.abc import Sequence

from compiler.diagnostics import Help, Hint, Label, Write, did_you_mean, meant_name
from compiler.names import nearest
from compiler.plan.columns.cases import check_names, unnamed
from compiler.plan.columns.paths import ColumnOf
from compiler.plan.model import Path, Variant
from compiler.plan.scope import Place, Scope
from compiler.source.edits import BARE
from compiler.spec.columns import Ref
from compiler.spec.columns.keys import NO_COLUMN
from compiler.spec.types import Data, Type


def weighed_by(
    scope: Scope, column_of: ColumnOf, place: Place, variants: Sequence[Variant]
) -> tuple[Path, ...]:
    """The target's columns that weigh a ref, in each of its cases."""
    return tuple(
        path
        for variant in variants
        if isinstance(variant.spec, Ref)
        for path in weights_of(scope, column_of, (*place, *variant.keys), variant.spec)
    )


def weights_of(scope: Scope, column_of: ColumnOf, spot: Place, spec: Ref) -> list[Path]:
    """The target's columns that weigh it, each value of which has a weight."""
    paths = []
    for weighed, weights in spec.weights.items():
        if weighed == NO_COLUMN:
            place = scope.at((*spot, "weights"))
            check_no_column(scope, column_of, place, spec.table, list(weights))
            continue
        place = scope.at((*spot, "weights", weighed))
        label = (Label(scope.document.key(place)),)
        if weighed not in scope.specs[spec.table]:
            help = help_for_weighed(scope, spec.table, weighed)
            scope.report(
                "E202", f"table `{spec.table}` has no column `{weighed}`", label, help
            )
            continue
        type = column_of(spec.table, weighed).type
        if type.data is not Data.UNKNOWN:
            values = values_of(type)
            if not values:
                message = f"`{weighed}` is {type.data.value} with any value: it cannot weight a ref"
                scope.report(
                    "E207", message, label, "use a choice, a bool or inline data"
                )
                continue
            if type.nullable:
                scope.report(
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
                scope.report("E205", message, label, help)
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
    new = scope.now_called(weighed, table)
    return meant_name(weighed, new) if new else did_you_mean(weighed, columns)


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
    scope: Scope, column_of: ColumnOf, place: Place, target: str, names: list[str]
) -> None:
    """Weights of values alone: one error, with the column of the target that has them."""
    label = Label(scope.document.value(place))
    message = f"`weights` of a ref need a column of `{target}`"
    columns = [column_of(target, column) for column in scope.specs[target]]
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
    scope.report("E103", message, (label,), help)


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
