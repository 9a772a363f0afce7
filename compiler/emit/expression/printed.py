"""Code of an expression: beside its text, what it gives when it runs."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass, replace

from compiler.emit.code import code as plain
from compiler.emit.code.code import Code, Precedence


class Shape(enum.IntEnum):
    """What a piece gives when it runs."""

    SCALAR = 0
    """A plain Python value, never None."""
    ROW = 1
    """A Series of one row, which goes with Series of any length."""
    COLUMN = 2
    """A Series of all rows."""


@dataclass(frozen=True)
class Printed(Code):
    """A piece of source of an expression."""

    shape: Shape = Shape.SCALAR
    unfilled: bool = False
    """A condition that gives null where it should give false."""
    whole: Printed | None = None
    """The piece before what is undefined in it became null."""
    small: int = 0
    """Unless 0: of a narrower dtype than 64 bits, and this the largest literal it compares with."""


MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""What a comparison is the other way round."""


def of(code: Code, shape: Shape) -> Printed:
    """Code that gives something of a shape."""
    return Printed(code.text, code.precedence, code.names, shape=shape)


def literal(value: int | float | bool | str) -> Printed:
    """A value written out as Python shows it."""
    text = repr(value)
    negative = text.startswith("-")
    return Printed(text, Precedence.SIGN if negative else Precedence.ATOM)


def binary(op: str, left: Printed, right: Printed) -> Printed:
    """`left op right`, of arithmetic or of logic."""
    return of(plain.binary(op, left, right), max(left.shape, right.shape))


def quotient(left: Printed, right: Printed) -> Printed:
    """A quotient; by one number through a helper, where polars' own is not the nearest float."""
    if by_one_number(left, right):
        return call("divided", left, right)
    return binary("/", left, right)


def by_one_number(left: Printed, right: Printed) -> bool:
    """Whether a column is divided by a number; by powers of two polars is exact, too."""
    try:
        exact = abs(math.frexp(float(right.text))[0]) == 0.5
    except ValueError:
        exact = False
    return right.shape < left.shape and not exact


def comparison(op: str, left: Printed, right: Printed) -> Printed:
    """`left op right`, never chained."""
    return of(plain.comparison(op, left, right), max(left.shape, right.shape))


def sign(op: str, operand: Printed) -> Printed:
    """`-x`, `~x`."""
    return of(plain.sign(op, operand), operand.shape)


def call(name: str, *args: Printed) -> Printed:
    """`name(a, b)`, of a helper, which gives a Series."""
    shape = max(Shape.ROW, *(arg.shape for arg in args))
    return of(plain.call(name, *args), shape)


def finite(code: Printed) -> Printed:
    """A piece with null for what is undefined or too large for a float."""
    return replace(call("finite", code), whole=code)


def method(target: Printed, name: str, *args: Code, **keywords: Code) -> Printed:
    """`target.name(a, b)`; the name may have dots."""
    return of(plain.method(target, name, *args, **keywords), target.shape)


def attribute(target: Printed, name: str) -> Printed:
    """`target.name`."""
    return of(plain.attribute(target, name), target.shape)


def marked(code: Printed, unfilled: bool) -> Printed:
    """A condition that may give null where it should give false."""
    return replace(code, unfilled=unfilled)
