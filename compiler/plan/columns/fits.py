"""Whether what a column reads is of the type that it needs."""

from __future__ import annotations

from compiler.diagnostics import leave_out
from compiler.plan.model import Path
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Key, Position, Ref, Running, Share
from compiler.spec.types import Data, Need


def check_fit(
    scope: Scope, place: Place, key: str, spec: ColumnSpec, path: Path
) -> None:
    """Moments, text and numbers where a column's model needs them; its `needs` say where."""
    if isinstance(spec, Running) and key == "change":
        check_change(scope, place, spec, path)
    type, need = path.type, spec.needs.get(key)
    if need is None:
        return
    if not type.meets(need):
        message = f"`{path.text}` is {type.data.value}, where {need.value} is needed"
        named = "name a column of text, such as one of Faker's `name`"
        help = named if need is Need.TEXT else None
        scope.error("E207", (*place, key), message, help)
    elif type.nullable and not spec.passes_null:
        message = (
            f"`{path.text}` may be null, and `{key}` needs {need.value} in every row"
        )
        scope.error("E213", (*place, key), message, in_every_row(scope, path))


def check_change(scope: Scope, place: Place, spec: Running, change: Path) -> None:
    """What a floor cuts is a number that can be another one, of the floor's own digits."""
    changed = scope.specs[change.table][change.column]
    if spec.floor is None:
        return
    if isinstance(changed, Key | Ref | Position | Running | Share):
        message = f"`{spec.change}` is a {changed.kind}, which cannot be reduced"
        scope.error("E207", (*place, "change"), message, leave_out("`floor`", "floor"))
    elif change.type.data is Data.INTEGER and spec.floor % 1:
        message = f"`{spec.change}` has whole numbers, and {spec.floor:g} is not one"
        scope.error("E104", (*place, "floor"), message, "a whole number")


def in_every_row(scope: Scope, path: Path) -> str:
    """The way out of a value that may be null; for a moment, a hidden column without gaps."""
    if not path.type.is_moment:
        spec = scope.specs[path.table][path.column]
        cause = "a null_rate" if spec.when is None else "a `when`"
        return f"give `{path.column}` a value in every row, without {cause}"
    formula = f"coalesce({path.text}, now())"
    column = f'{{ kind = "expr", expr = "{formula}", hidden = true }}'
    return f"use a column without nulls, such as filled = {column}"
