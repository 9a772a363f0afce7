"""A typed expression as Python source over polars Series.

What reads no column is a plain value, or a Series of one row, which polars combines with any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from compiler.emit.code.code import Code, listed
from compiler.emit.code.code import call as plain_call
from compiler.emit.engines.dialect import POLARS, Dialect
from compiler.emit.expression.functions import PRINTERS
from compiler.emit.expression.nodes import is_category, is_number
from compiler.emit.expression.printed import (
    Printed,
    Shape,
    binary,
    by_one_number,
    call,
    comparison,
    finite,
    literal,
    marked,
    method,
    of,
    quotient,
)
from compiler.emit.expression.printer import Printer, Prints
from compiler.plan.expression import Binary, Compare, Node, Null, reads
from compiler.plan.expression.fold import constant
from compiler.plan.expression.operators import may_be_undefined
from compiler.plan.expression.sizes import overflows
from compiler.spec.types import TEXT, Data


class PolarsPrinter(Printer):
    """Prints what differs in polars."""

    fill: ClassVar[str] = "fill_null"
    not_null: ClassVar[str] = "is_not_null"
    dialect: ClassVar[Dialect] = POLARS
    functions: ClassVar[Mapping[str, Prints]] = PRINTERS

    def whole(self, node: Node) -> Printed:
        code = self.value(node)
        columns = reads(node)
        if not columns:
            row = code.shape is Shape.ROW
            return replace(method(code, "item"), shape=Shape.SCALAR) if row else code
        # Only what is decided beforehand (`a if true else b`) loses its columns.
        rows = plain_call("len", self.read(columns[0]))
        return self.spread(self.as_series(code, node), rows)

    def spread(self, code: Printed, rows: Code) -> Printed:
        row = code.shape is Shape.ROW
        return method(code, "new_from_index", literal(0), rows) if row else code

    def as_series(self, code: Printed, node: Node) -> Printed:
        if code.shape is not Shape.SCALAR:
            return code
        return of(self.dialect.as_series(listed([code])), Shape.ROW)

    def beside(self, code: Printed, node: Node, other: Node) -> Printed:
        """A moment so that it goes with the other: a timestamp beside no date but a Series."""
        day = node.type.data is Data.DATE and other.type.data is Data.TIMESTAMP
        return self.as_series(code, node) if day else code

    def text(self, node: Node) -> Printed:
        code = self.value(node)
        return self.cast(code, TEXT) if is_category(node) else code

    def null(self, node: Null) -> Printed:
        return Printed("None")

    def operation(self, node: Binary, left: Printed, right: Printed) -> Printed:
        op, number = node.op, is_number(node)
        left, right = self.unguarded(node, left, right)
        if op == "/":
            code = quotient(left, right)
        elif op == "//" and left.shape is not right.shape and number:
            # Of `number // series` polars makes no whole numbers.
            code = method(quotient(left, right), "floor")
        elif op == "%" and number and by_one_number(left, right):
            code = call("remainder", left, right)
        else:
            code = binary(op, left, right)
        leaves_none = may_be_undefined(op, node.left, node.right) or overflows(node)
        leaves_none = leaves_none and code.shape is not Shape.SCALAR  # which is known
        # Of integers polars makes null by itself what is divided by zero.
        return finite(code) if number and leaves_none else code

    def sides(self, node: Compare) -> tuple[Printed, Printed]:
        left, right = node.left, node.right
        categories = [side.type for side in (left, right) if is_category(side)]
        # Categories have the order of the spec, not the alphabet's; for equality they compare with
        # text as they are, but not with categories of other values.
        alike = (
            node.op in ("==", "!=") and len({each.values for each in categories}) == 1
        )
        if categories and not alike:
            return self.text(left), self.text(right)
        one = self.beside(self.filled(left), left, right)
        two = self.beside(self.filled(right), right, left)
        return self.comparable(one, right, two), self.comparable(two, left, one)

    def comparable(self, code: Printed, other: Node, printed: Printed) -> Printed:
        """A small integer as it is, where it compares well with the other side."""
        known = constant(other)
        fits = isinstance(known, int) and 0 <= known <= code.small
        series = printed.shape is not Shape.SCALAR
        fits = fits or series or isinstance(known, float)
        return code if fits else self.widened(code)

    def compared(
        self, node: Compare, op: str, left: Printed, right: Printed
    ) -> Printed:
        nullable = node.left.type.nullable or node.right.type.nullable
        return marked(comparison(op, left, right), nullable)

    def is_in(self, node: Node, values: list[int | float | str]) -> Printed:
        code = self.as_series(self.filled(node), node)
        if any(isinstance(value, float) for value in values) or is_number(node):
            # polars looks for numbers among numbers only.
            code = self.as_number(node, code)
            values = [float(value) for value in values]
        elif not all(
            isinstance(value, str) or 0 <= value <= code.small for value in values
        ):
            code = self.widened(code)
        is_in = method(code, "is_in", listed(map(literal, values)))
        return marked(is_in, node.type.nullable)
