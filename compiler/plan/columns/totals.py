"""Parts of a total: where they can add up to it, to the last digit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from compiler.diagnostics import Label, leave_out
from compiler.plan.columns.chain import Key
from compiler.plan.columns.in_order import goes_on
from compiler.plan.columns.sequences import of_parent
from compiler.plan.columns.variants import Resolved
from compiler.plan.expression.nodes import (
    Call,
    IfElse,
    Literal,
    Node,
    Null,
    Read,
    Unary,
)
from compiler.plan.model import Column, Path, Variant
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import (
    Constant,
    Expr,
    Lookup,
    Numeric,
    Running,
    Series,
    Share,
)
from compiler.spec.columns.given import InlineColumn
from compiler.spec.rows import Per
from compiler.spec.types import Data

SELECTING = ("abs", "min", "max", "clip", "coalesce")
"""Functions that give one of their arguments, or its negative."""
WHOLE = ("floor", "ceil")


def check_share(
    scope: Scope,
    columns: Mapping[Key, Column],
    table: str,
    name: str,
    spec: ColumnSpec,
    resolved: Resolved,
) -> None:
    """All rows of a parent are parts of one total, which has no more digits than they have."""
    rows = scope.spec.tables[table].rows
    if not isinstance(spec, Share) or not isinstance(rows, Per):
        return
    place: Place = ("tables", table, "columns", name)
    for key in ("null_rate", "when"):
        if getattr(spec, key):
            message = "a part of a total is never null: the others would not add up"
            label = Label(scope.document.key((*place, key)))
            scope.report("E213", message, (label,), leave_out())
    if goes_on(scope, table):
        message = (
            f"in append mode, each batch adds rows of `{table}` to the same rows of "
            f"`{rows.per}`: their parts cannot add up"
        )
        help = "give `rows` a `mean` in place of `every`, or leave out append mode"
        scope.error("E215", (*place, "kind"), message, help)
    total = resolved.reads.get(spec.of)
    if total is None or not total.type.is_number:
        return
    if not of_parent(scope, columns, table, rows.per, total):
        message = f"`{total.text}` may differ from row to row, and these are parts of one total"
        help = f"a column of `{rows.per}`, over the ref to it"
        scope.error("E207", (*place, "of"), message, help)
        return
    digits = digits_at(columns, total)
    if digits is None or digits > spec.decimals:
        message = f"`{total.text}` may have more decimals than its parts have: {spec.decimals}"
        help = way_out(columns[total.table, total.column], digits, spec.decimals)
        scope.error("E215", (*place, "of"), message, help)


def digits_at(columns: Mapping[Key, Column], path: Path) -> int | None:
    """How many decimals the numbers of a column have; None where it does not round them."""
    column = columns.get((path.table, path.column))
    if column is None or column.type.data in (Data.INTEGER, Data.UNKNOWN):
        return 0
    if column.table is not None:
        return 0  # a key
    if column.cut_by is not None:
        balance = columns[path.table, column.cut_by].spec
        return balance.decimals if isinstance(balance, Running) else None
    return most(digits_of(columns, variant) for variant in column.variants)


def digits_of(columns: Mapping[Key, Column], variant: Variant) -> int | None:
    """The same of a column in one of its cases."""
    spec = variant.spec
    if isinstance(spec, Numeric):
        return 0 if spec.whole else spec.decimals
    if isinstance(spec, Running | Series | Share):
        return spec.decimals
    if isinstance(spec, Constant):
        return decimals_of(spec.value)
    if isinstance(spec, InlineColumn):
        return most(map(decimals_of, spec.cells))
    if isinstance(spec, Lookup):
        return digits_at(columns, variant.paths[spec.path])
    if isinstance(spec, Expr) and variant.expression is not None:
        return digits_in(columns, variant, variant.expression)
    return None


def digits_in(
    columns: Mapping[Key, Column], variant: Variant, node: Node
) -> int | None:
    """The same of an expression. A sum of rounded floats is not rounded itself."""
    if node.type.data is Data.INTEGER:
        return 0

    def most_of(*parts: Node) -> int | None:
        return most(digits_in(columns, variant, part) for part in parts)

    match node:
        case Null():
            return 0
        case Literal(value=value):
            return decimals_of(value)
        case Read(path=path):
            return digits_at(columns, variant.paths[path])
        case Unary(operand=operand):
            return most_of(operand)
        case IfElse(then=then, otherwise=otherwise):
            return most_of(then, otherwise)
        case Call(name="round", args=(_, Literal(value=int(digits)))):
            return max(digits, 0)
        case Call(name=name) if name in WHOLE:
            return 0
        case Call(name=name, args=args) if name in SELECTING:
            return most_of(*args)
    return None


def most(digits: Iterable[int | None]) -> int | None:
    """The most decimals of some numbers; None if some are not rounded."""
    found = 0
    for each in digits:
        if each is None:
            return None
        found = max(found, each)
    return found


def decimals_of(value: object) -> int:
    """The digits behind the point of a number as it is written."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def way_out(total: Column, digits: int | None, decimals: int) -> str:
    """What makes the digits of a total those of its parts."""
    if isinstance(total.spec, Expr):
        if total.by is not None:
            return f'round it in each case: expr = "round(…, {decimals})"'
        return f'round it: expr = "round({total.spec.expr}, {decimals})"'
    if digits is not None and digits <= 9:
        return f"write `decimals = {digits}` here"
    if isinstance(total.spec, Numeric | Series):
        return f"write `decimals = {decimals}` on `{total.name}`"
    return f"use a column that is rounded: round({total.name}, {decimals})"
