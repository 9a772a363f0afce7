"""Pieces of Python source that know how tightly they bind, put together with as few parentheses
as can be."""

from __future__ import annotations

import ast
import enum
import math
from dataclasses import dataclass, replace


class Precedence(enum.IntEnum):
    """How tightly a piece binds, loosest first."""

    COMPARISON = 1
    OR = 2
    AND = 3
    SUM = 4
    PRODUCT = 5
    SIGN = 6
    POWER = 7
    ATOM = 8


class Shape(enum.IntEnum):
    """What a piece gives when it runs."""

    SCALAR = 0
    """A plain Python value, never None."""
    ROW = 1
    """A Series of one row, which goes with Series of any length."""
    COLUMN = 2
    """A Series of all rows."""


@dataclass(frozen=True)
class Code:
    """A piece of source."""

    text: str
    binds: Precedence
    shape: Shape
    unfilled: bool = False
    """A condition that gives null where it should give false."""
    whole: Code | None = None
    """The same before what is undefined in it became null."""
    small: int = 0
    """Unless 0: of a narrower dtype than 64 bits, and this the largest literal it compares with."""

    def within(self, least: Precedence) -> str:
        """The text, in parentheses if it binds less tightly."""
        return self.text if self.binds >= least else f"({self.text})"


_BINDS = {
    "**": Precedence.POWER,
    "*": Precedence.PRODUCT,
    "/": Precedence.PRODUCT,
    "//": Precedence.PRODUCT,
    "%": Precedence.PRODUCT,
    "+": Precedence.SUM,
    "-": Precedence.SUM,
    "&": Precedence.AND,
    "|": Precedence.OR,
}

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""What a comparison is the other way round."""


def literal(value: int | float | bool | str) -> Code:
    """A value written out."""
    text = repr(value)
    return Code(
        text, Precedence.SIGN if text.startswith("-") else Precedence.ATOM, Shape.SCALAR
    )


def source(text: str, shape: Shape) -> Code:
    """Source that somebody else wrote."""
    match ast.parse(text, mode="eval").body:
        case (
            ast.Name() | ast.Attribute() | ast.Call() | ast.Subscript() | ast.Constant()
        ):
            binds = Precedence.ATOM
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            binds = Precedence.SUM
        case ast.BinOp(op=ast.Mult() | ast.Div() | ast.FloorDiv() | ast.Mod()):
            binds = Precedence.PRODUCT
        case ast.BinOp(op=ast.BitAnd()):
            binds = Precedence.AND
        case ast.BinOp(op=ast.BitOr()):
            binds = Precedence.OR
        case ast.Compare(ops=[_]):
            binds = Precedence.COMPARISON
        case ast.UnaryOp(op=ast.USub() | ast.Invert()):
            binds = Precedence.SIGN
        case _:
            return Code(f"({text})", Precedence.ATOM, shape)
    return Code(text, binds, shape)


def binary(op: str, left: Code, right: Code) -> Code:
    """`left op right`, of arithmetic or of logic."""
    binds = _BINDS[op]
    shape = max(left.shape, right.shape)
    if op == "**":
        text = f"{left.within(Precedence.ATOM)} ** {right.within(Precedence.SIGN)}"
    else:
        text = f"{left.within(binds)} {op} {right.within(Precedence(binds + 1))}"
    return Code(text, binds, shape)


def quotient(left: Code, right: Code) -> Code:
    """A quotient; by one number through a helper, where polars' own is not the nearest float."""
    if by_one_number(left, right):
        return call("divided", left, right)
    return binary("/", left, right)


def by_one_number(left: Code, right: Code) -> bool:
    """Whether a column is divided by a number; by powers of two polars is exact, too."""
    try:
        exact = abs(math.frexp(float(right.text))[0]) == 0.5
    except ValueError:
        exact = False
    return right.shape < left.shape and not exact


def comparison(op: str, left: Code, right: Code) -> Code:
    """`left op right`, never chained."""
    text = f"{left.within(Precedence.OR)} {op} {right.within(Precedence.OR)}"
    return Code(text, Precedence.COMPARISON, max(left.shape, right.shape))


def sign(op: str, operand: Code) -> Code:
    """`-x`, `~x`."""
    return Code(
        f"{op}{operand.within(Precedence.SIGN)}", Precedence.SIGN, operand.shape
    )


def call(name: str, *args: Code) -> Code:
    """`name(a, b)`, of a helper, which gives a Series."""
    shape = max(Shape.ROW, *(arg.shape for arg in args))
    return Code(
        f"{name}({', '.join(arg.text for arg in args)})", Precedence.ATOM, shape
    )


def finite(code: Code) -> Code:
    """A piece with null for what is undefined or too large for a float."""
    return replace(call("finite", code), whole=code)


def method(target: Code, name: str, *args: str) -> Code:
    """`target.name(a, b)`; the name may have dots."""
    text = f"{target.within(Precedence.ATOM)}.{name}({', '.join(args)})"
    return Code(text, Precedence.ATOM, target.shape)


def attribute(target: Code, name: str) -> Code:
    """`target.name`."""
    return Code(
        f"{target.within(Precedence.ATOM)}.{name}", Precedence.ATOM, target.shape
    )


def marked(code: Code, unfilled: bool) -> Code:
    """A condition that may give null where it should give false."""
    return replace(code, unfilled=unfilled)
