"""Whether what a column reads is of the type that it needs."""

from __future__ import annotations

from compiler.diagnostics import leave_out
from compiler.plan.model import Path
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Running, Series
from compiler.spec.columns.moments import Date, Offset
from compiler.spec.columns.texts import Email
from compiler.spec.types import Data


def check_fit(
    scope: Scope, place: Place, key: str, spec: ColumnSpec, path: Path
) -> None:
    """Moments where moments are read, text where text is, numbers where numbers are."""
    type = path.type
    if isinstance(spec, Running) and key == "change":
        check_change(scope, place, spec, path)
    if isinstance(spec, Date | Offset) or key == "order":
        fits, wanted = type.is_moment, "a date or a timestamp"
    elif isinstance(spec, Email):
        fits, wanted = type.is_text, "text"
    elif isinstance(spec, Series | Running):
        fits, wanted = type.is_number, "a number"
    else:
        return
    if not fits:
        message = f"`{path.text}` is {type.data.value}, where {wanted} is needed"
        named = f"name a column of {wanted}, such as one of Faker's `name`"
        help = named if isinstance(spec, Email) else None
        scope.error("E207", (*place, key), message, help)
    elif type.nullable and not isinstance(spec, Email | Offset):
        message = f"`{path.text}` may be null, and `{key}` needs {wanted} in every row"
        scope.error("E213", (*place, key), message, in_every_row(path))


def check_change(scope: Scope, place: Place, spec: Running, change: Path) -> None:
    """What a floor cuts is a number that can be another one, of the floor's own digits."""
    kind = scope.specs[change.table][change.column].kind
    if spec.floor is None:
        return
    if kind in ("key", "ref", "position", "running"):
        message = f"`{spec.change}` is a {kind}, which cannot be reduced"
        scope.error("E207", (*place, "change"), message, leave_out("`floor`", "floor"))
    elif change.type.data is Data.INTEGER and spec.floor % 1:
        message = f"`{spec.change}` has whole numbers, and {spec.floor:g} is not one"
        scope.error("E104", (*place, "floor"), message, "a whole number")


def in_every_row(path: Path) -> str:
    """The way out of a value that may be null; for a moment, a hidden column without gaps."""
    if not path.type.is_moment:
        return f"give `{path.column}` a value in every row, without a null_rate"
    formula = f"coalesce({path.text}, now())"
    column = f'{{ kind = "expr", expr = "{formula}", hidden = true }}'
    return f"use a column without nulls, such as filled = {column}"
