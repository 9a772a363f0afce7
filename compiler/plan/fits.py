"""Whether what a column reads is of the type that it needs."""

from __future__ import annotations

from compiler.plan.model import Path
from compiler.plan.scope import Place, Scope
from compiler.plan.sequences import check_change
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Running, Series
from compiler.spec.columns.moments import Date, Offset
from compiler.spec.columns.texts import Email


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


def in_every_row(path: Path) -> str:
    """The way out of a value that may be null; for a moment, a hidden column without gaps."""
    if not path.type.is_moment:
        return f"give `{path.column}` a value in every row, without a null_rate"
    formula = f"coalesce({path.text}, now())"
    column = f'{{ kind = "expr", expr = "{formula}", hidden = true }}'
    return f"use a column without nulls, such as filled = {column}"
