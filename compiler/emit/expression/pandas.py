"""A typed expression as Python source over pandas Series.

It gives the same values as on polars, to the bit. Where nulls may be, Series have a dtype that
knows them (Int64, Float64, boolean, a StringDtype), or hold moments, whose null equals nothing and
is no larger or smaller. A Series of one row would be aligned with others, so there is none: what
is the same in all rows is a plain value, or a Series of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from compiler.emit.code.code import Code, listed
from compiler.emit.engines.dialect import PANDAS, Dialect
from compiler.emit.expression.pandas_functions import PRINTERS, numpy
from compiler.emit.expression.printed import (
    Printed,
    Shape,
    binary,
    call,
    comparison,
    finite,
    literal,
    marked,
    method,
    of,
)
from compiler.emit.expression.printer import Printer, Prints
from compiler.plan.expression import (
    Binary,
    Compare,
    Node,
    Null,
    reads,
)
from compiler.plan.expression.fold import constant
from compiler.plan.expression.operators import may_be_undefined
from compiler.plan.expression.sizes import overflows
from compiler.spec.types import Data

SAME_POWERS = (0.5, 1, 2)
"""The exponents of which numpy gives the same bits as C. To pandas, null to the power of 0 is 1."""


class PandasPrinter(Printer):
    """Prints what differs in pandas."""

    fill: ClassVar[str] = "fillna"
    not_null: ClassVar[str] = "notna"
    dialect: ClassVar[Dialect] = PANDAS
    functions: ClassVar[Mapping[str, Prints]] = PRINTERS

    def whole(self, node: Node) -> Printed:
        code = self.value(node)
        return self.as_series(code, node) if reads(node) else code

    def as_series(self, code: Printed, node: Node) -> Printed:
        if code.shape is not Shape.SCALAR:
            return code
        return of(self.dialect.repeated(code, self.rows, node.type.data), Shape.ROW)

    def null(self, node: Null) -> Printed:
        """No value in all rows: of `None` alone pandas would make objects."""
        return of(PANDAS.nulls(self.rows, node.type), Shape.COLUMN)

    def beside(self, code: Printed, node: Node, other: Node) -> Printed:
        """A moment so that it goes with the other: days have no time zone."""
        if not (node.type.data is Data.DATE and other.type.data is Data.TIMESTAMP):
            return code
        name = "tz_localize" if code.shape is Shape.SCALAR else "dt.tz_localize"
        return method(code, name, literal("UTC"))

    def spread(self, code: Printed, rows: Code) -> Printed:
        return code

    def text(self, node: Node) -> Printed:
        code = self.value(node)
        known = constant(node)
        # Such a text loses its end where pandas joins it with a Series.
        cut = isinstance(known, str) and known.endswith("\0")
        return self.as_series(code, node) if cut else code

    def sides(self, node: Compare) -> tuple[Printed, Printed]:
        left, right = node.left, node.right
        one = self.beside(self.filled(left), left, right)
        return one, self.beside(self.filled(right), right, left)

    def compared(
        self, node: Compare, op: str, left: Printed, right: Printed
    ) -> Printed:
        code = comparison(op, left, right)
        nullable = [side for side in (node.left, node.right) if side.type.nullable]
        if not node.left.type.is_moment:
            return marked(code, bool(nullable))
        if op == "!=":  # which also holds where there is no moment
            for side in nullable:
                present = method(self.series(side), self.not_null)
                code = binary("&", code, present)
        return code

    def is_in(self, node: Node, values: list[int | float | str]) -> Printed:
        code = self.as_series(self.filled(node), node)
        return method(code, "isin", listed(map(literal, values)))

    def operation(self, node: Binary, left: Printed, right: Printed) -> Printed:
        op = node.op
        number = node.type.data is Data.NUMBER
        left, right = self.unguarded(node, left, right)
        undefined = may_be_undefined(op, node.left, node.right)
        if left.shape is right.shape is Shape.SCALAR:
            return binary(op, left, right)
        if undefined and (op in ("/", "//") or not number):
            right = self.as_series(right, node.right)
        if not number:
            return binary(op, left, call("nonzero", right) if undefined else right)
        if op == "//":
            code = numpy("floor", binary("/", left, right))
        elif op == "%":
            code = call("remainder", left, right)
        elif op == "**" and constant(node.right) not in SAME_POWERS:
            code = call("power", left, right)
        else:
            code = binary(op, left, right)
        return finite(code) if undefined or overflows(node) else code
