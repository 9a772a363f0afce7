"""CHECK constraints that a spec can follow: lists of values, bounds, and which comes first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler.sources.drafts import TableDraft
from compiler.sources.model import Order
from compiler.sources.quiet import quiet_sqlglot

if TYPE_CHECKING:
    from sqlglot import exp


def apply_check(table: TableDraft, check: exp.Expr, column: str = "") -> None:
    """Sets what a condition allows; what it does not understand, it leaves out.

    Every part of a conjunction holds by itself. `column` is the one that a check without a
    column's name is about.
    """
    from sqlglot import exp

    for part in conjunction(check):
        found = allowed_values(part)
        if found:
            name, values = found
            table.change(name or column, values=values)
            continue
        if isinstance(part, exp.Between):
            between = column_name(part.this)
            low, high = number(part.args["low"]), number(part.args["high"])
            if between:
                table.limit(between, minimum=low, maximum=high)
            continue
        apply_comparison(table, part)


def apply_comparison(table: TableDraft, part: exp.Expr) -> None:
    """Sets a bound such as `amount >= 0`, or `0 <= amount`; or which of two columns is less."""
    from sqlglot import exp

    if not isinstance(part, (exp.GT, exp.GTE, exp.LT, exp.LTE)):
        return
    left, right = part.left, part.right
    is_strict = isinstance(part, (exp.GT, exp.LT))
    is_greater = isinstance(part, (exp.GT, exp.GTE))
    name, bound = column_name(left), number(right)
    other = column_name(right)
    if name is not None and other is not None:
        earlier, later = (other, name) if is_greater else (name, other)
        table.orders.append(Order(earlier, later, is_strict))
        return
    if name is None or bound is None:
        name, bound, is_greater = column_name(right), number(left), not is_greater
    if name is None or bound is None:
        return
    if is_greater:
        table.limit(name, minimum=bound, is_strict=is_strict)
    else:
        table.limit(name, maximum=bound, is_strict=is_strict)


def conjunction(check: exp.Expr) -> Iterator[exp.Expr]:
    """The parts that must all be true; `x IS NULL OR …` is about the values that there are."""
    from sqlglot import exp

    check = plain(check)
    if isinstance(check, exp.And):
        yield from conjunction(check.left)
        yield from conjunction(check.right)
    elif isinstance(check, exp.Or) and is_null_test(check.left):
        yield from conjunction(check.right)
    elif isinstance(check, exp.Or) and is_null_test(check.right):
        yield from conjunction(check.left)
    else:
        yield check


def is_null_test(part: exp.Expr) -> bool:
    from sqlglot import exp

    part = plain(part)
    return isinstance(part, exp.Is) and isinstance(part.expression, exp.Null)


def allowed_values(part: exp.Expr) -> tuple[str, tuple[str, ...]] | None:
    """The column and values of `x IN ('a')`, `x = ANY (ARRAY['a'])` or `x = 'a' OR x = 'b'`."""
    from sqlglot import exp

    if isinstance(part, exp.In):
        return with_name(part.this, [literal(one) for one in part.expressions])
    if isinstance(part, exp.EQ):
        right = part.right
        if isinstance(right, exp.Any):
            array = right.find(exp.Array)
            values = [literal(one) for one in array.expressions] if array else []
            return with_name(part.left, values)
        value = literal(right)
        is_text = isinstance(plain(right), exp.Literal) and plain(right).is_string
        return with_name(part.left, [value]) if is_text else None
    if isinstance(part, exp.Or):
        sides = [allowed_values(plain(side)) for side in (part.left, part.right)]
        if sides[0] and sides[1] and sides[0][0] == sides[1][0]:
            return sides[0][0], (*sides[0][1], *sides[1][1])
    return None


def with_name(
    column: exp.Expr, values: list[str | None]
) -> tuple[str, tuple[str, ...]] | None:
    name = column_name(column)
    known = tuple(value for value in values if value is not None)
    return (name, known) if name and values and len(known) == len(values) else None


def plain(part: exp.Expr) -> exp.Expr:
    """The expression without parentheses, casts and collations around it."""
    from sqlglot import exp

    while isinstance(part, (exp.Paren, exp.Cast, exp.Collate)):
        part = part.this
    return part


def column_name(part: exp.Expr) -> str | None:
    """The name of a column; None for anything else, such as `length(x)`."""
    from sqlglot import exp

    part = plain(part)
    return part.name if isinstance(part, (exp.Column, exp.Identifier)) else None


def literal(part: exp.Expr) -> str | None:
    """The text of a literal; None for anything else."""
    from sqlglot import exp

    part = plain(part)
    if isinstance(part, exp.National):
        return str(part.this)
    if isinstance(part, exp.Neg) and isinstance(part.this, exp.Literal):
        return f"-{part.this.name}"
    return part.name if isinstance(part, exp.Literal) else None


def number(part: exp.Expr) -> float | None:
    """The number of a literal; None for anything else, such as a date."""
    text = literal(part)
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None


def apply_check_text(table: TableDraft, text: str, dialect: str) -> None:
    """Sets what a condition allows that is given as text; one that is no SQL, nothing."""
    import sqlglot

    with quiet_sqlglot():
        try:
            check = sqlglot.parse_one(text, read=dialect)
        except sqlglot.errors.SqlglotError:
            return
    apply_check(table, check)


def apply_checks_of_table(table: TableDraft, sql: str, dialect: str) -> None:
    """Sets what the checks of a CREATE TABLE allow; one that cannot be parsed, nothing."""
    import sqlglot
    from sqlglot import exp

    with quiet_sqlglot():
        try:
            statement = sqlglot.parse_one(sql, read=dialect)
        except sqlglot.errors.SqlglotError:
            return
    for check in statement.find_all(exp.CheckColumnConstraint):
        apply_check(table, check.this)
