"""A typed expression as Python source: operators, comparisons, logic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, ClassVar

from compiler.emit.code.code import Code, listed
from compiler.emit.code.code import call as plain_call
from compiler.emit.engines.dialect import Dialect
from compiler.emit.expression.nodes import is_category, is_number, shows_its_sum
from compiler.emit.expression.printed import (
    MIRRORED,
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
    sign,
)
from compiler.plan.expression import (
    Binary,
    Call,
    Compare,
    IfElse,
    Literal,
    Logic,
    Moment,
    Node,
    Not,
    Null,
    Read,
    Unary,
    reads,
)
from compiler.plan.expression.fold import constant
from compiler.plan.expression.operators import is_one_of, may_be_undefined
from compiler.plan.expression.sizes import overflows
from compiler.spec.types import INTEGER, NUMBER, TEXT, Data, Type


class Printer:
    """Goes down a tree. What it gives for a node has the node's type; `value` the very dtype.

    `read(path)` gives the code of a column as a Series. `moment(text, type)` gives that of a
    `datetime.date`, or of a `datetime.datetime` in UTC, or of a Series of them.
    `during(event, timestamps)` gives that of booleans for a Series of timestamps. `rows` is the
    code of the rows' numbers.
    """

    dialect: ClassVar[Dialect]
    functions: ClassVar[Mapping[str, Callable[[Any, Call], Printed]]]
    """How each function is printed."""
    fill: ClassVar[str] = "fill_null"
    not_null: ClassVar[str] = "is_not_null"

    def __init__(
        self,
        read: Callable[[str], Code],
        moment: Callable[[str, Type], Printed],
        during: Callable[[str, Code], Code],
        rows: Code,
    ) -> None:
        self.read = read
        self.moment = moment
        self.during = during
        self.rows = rows

    def whole(self, node: Node) -> Printed:
        """The expression's value.

        A Series of all rows where it reads a column; else (see `is_scalar`) one Python value,
        None for null. Besides the engine's module it needs only the helpers that it calls.
        """
        code = self.value(node)
        columns = reads(node)
        if not columns:
            row = code.shape is Shape.ROW
            return replace(method(code, "item"), shape=Shape.SCALAR) if row else code
        # Only what is decided beforehand (`a if true else b`) loses its columns.
        rows = plain_call("len", self.read(columns[0]))
        return self.spread(self.as_series(code, node), rows)

    def spread(self, code: Printed, rows: Code) -> Printed:
        """A Series of one row as one of all rows."""
        row = code.shape is Shape.ROW
        return method(code, "new_from_index", literal(0), rows) if row else code

    def as_series(self, code: Printed, node: Node) -> Printed:
        """At least a Series of one row."""
        if code.shape is not Shape.SCALAR:
            return code
        return of(self.dialect.as_series(listed([code])), Shape.ROW)

    def series(self, node: Node) -> Printed:
        return self.as_series(self.value(node), node)

    def text_series(self, node: Node) -> Printed:
        return self.as_series(self.text(node), node)

    def beside(self, code: Printed, node: Node, other: Node) -> Printed:
        """A moment so that it goes with the other: a timestamp beside no date but a Series."""
        day = node.type.data is Data.DATE and other.type.data is Data.TIMESTAMP
        return self.as_series(code, node) if day else code

    def value(self, node: Node) -> Printed:
        """A node with its own nulls, and integers that have room."""
        return self.widened(self.filled(node))

    def filled(self, node: Node) -> Printed:
        """A node with its own nulls."""
        return self.without_null(self.code(node))

    def widened(self, code: Printed) -> Printed:
        """Integers as Int64: what polars gives for an hour has room for 127."""
        return self.cast(code, INTEGER) if code.small else code

    def cast(self, code: Printed, type: Type) -> Printed:
        return of(self.dialect.cast(code, type), code.shape)

    def without_null(self, code: Printed) -> Printed:
        """A condition that gives false rather than null."""
        return method(code, self.fill, literal(False)) if code.unfilled else code

    def text(self, node: Node) -> Printed:
        """A node as plain text where it is a category."""
        code = self.value(node)
        return self.cast(code, TEXT) if is_category(node) else code

    def condition(self, node: Node) -> Printed:
        """A condition in a place where null is as good as false."""
        code = self.code(node)
        return marked(code, code.unfilled or node.type.nullable)

    def code(self, node: Node) -> Printed:
        """A node as polars gives it: unfilled conditions, small integers."""
        known = constant(node)
        if known is not None and not shows_its_sum(node):
            whole = isinstance(known, int) and node.type.data is Data.NUMBER
            return literal(float(known) if whole else known)
        match node:
            case Read(path=path):
                return of(self.read(path), Shape.COLUMN)
            case Moment(text=text, type=type):
                return self.moment(text, type)
            case Null():
                return self.null(node)
            case Unary(operand=operand):
                return sign("-", self.value(operand))
            case Binary():
                return self._arithmetic(node)
            case Compare():
                return self._comparison(node)
            case Logic():
                return self._logic(node)
            case Not(operand=operand):
                return self._negation(operand)
            case IfElse():
                return self._if_else(node)
            case Call(name=name):
                return self.functions[name](self, node)
            case Literal(value=value):
                return literal(value)

    def _arithmetic(self, node: Binary) -> Printed:
        op = node.op
        if node.type.data is Data.TEXT:
            return binary(op, self.text(node.left), self.text(node.right))
        left, right = self.value(node.left), self.value(node.right)
        if op == "**" and node.type.data is Data.NUMBER:
            left = self.as_number(node.left, left)
        if node.type.nullable:
            left = (
                self.as_series(left, node.left) if right.shape is Shape.SCALAR else left
            )
        return self.operation(node, left, right)

    def operation(self, node: Binary, left: Printed, right: Printed) -> Printed:
        """Arithmetic of numbers."""
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

    def unguarded(self, node: Binary, *sides: Printed) -> tuple[Printed, ...]:
        """The sides of a sum or product, of which what is undefined becomes null in the end."""
        once = overflows(node) and node.op in ("+", "-", "*")
        return tuple(side.whole if once and side.whole else side for side in sides)

    def as_number(self, node: Node, code: Printed) -> Printed:
        """An integer as a number, to the dtype."""
        if node.type.data is not Data.INTEGER:
            return code
        if code.shape is not Shape.SCALAR:
            return self.cast(code, NUMBER.or_null(node.type.nullable))
        known = constant(node)
        if isinstance(known, int):
            return literal(float(known))
        return of(plain_call("float", code), Shape.SCALAR)

    def _comparison(self, node: Compare) -> Printed:
        for side, other in ((node.left, node.right), (node.right, node.left)):
            known = constant(other)
            if isinstance(known, bool):
                code = self.filled(side)
                same = known == (node.op == "==")
                return marked(code if same else sign("~", code), side.type.nullable)
        left, right = self.sides(node)
        op: str = node.op
        if left.shape is Shape.SCALAR < right.shape:
            left, right, op = right, left, MIRRORED.get(op, op)
        left = self.as_series(left, node.left)
        return self.compared(node, op, left, right)

    def compared(
        self, node: Compare, op: str, left: Printed, right: Printed
    ) -> Printed:
        nullable = node.left.type.nullable or node.right.type.nullable
        return marked(comparison(op, left, right), nullable)

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

    def _negation(self, operand: Node) -> Printed:
        if isinstance(operand, Call) and operand.name == "is_null":
            return method(self.series(operand.args[0]), self.not_null)
        return sign("~", self.without_null(self.condition(operand)))

    def _logic(self, node: Logic) -> Printed:
        if node.op == "or" and is_one_of(node.parts):
            return self._one_of(node.parts)
        # What is known beforehand does not decide: else the whole were known.
        parts = [self.condition(part) for part in node.parts if constant(part) is None]
        op = "&" if node.op == "and" else "|"
        code = reduce(lambda left, right: binary(op, left, right), parts)
        # Filling at the end gives the same as filling each: null and false differ in no result.
        return marked(code, any(part.unfilled for part in parts))

    def _one_of(self, parts: Sequence[Node]) -> Printed:
        """`x == 1 or x == 2` as `x.is_in([1, 2])`."""
        equals = [part for part in parts if isinstance(part, Compare)]
        values = [
            part.right.value for part in equals if isinstance(part.right, Literal)
        ]
        return self.is_in(equals[0].left, values)

    def is_in(self, operand: Node, values: list[int | float | str]) -> Printed:
        code = self.as_series(self.filled(operand), operand)
        if any(isinstance(value, float) for value in values) or is_number(operand):
            # polars looks for numbers among numbers only.
            code = self.as_number(operand, code)
            values = [float(value) for value in values]
        elif not all(
            isinstance(value, str) or 0 <= value <= code.small for value in values
        ):
            code = self.widened(code)
        is_in = method(code, "is_in", listed(map(literal, values)))
        return marked(is_in, operand.type.nullable)

    def _if_else(self, node: IfElse) -> Printed:
        decided = constant(node.condition)
        if decided is not None:
            branch = node.then if decided else node.otherwise
            return self.alike(node.type, branch)
        condition = self.condition(node.condition)
        return call(
            "if_else", condition, self.text(node.then), self.text(node.otherwise)
        )

    def null(self, node: Null) -> Printed:
        """No value: of the dtype of what it is combined with."""
        return Printed("None")

    def alike(self, wanted: Type, node: Node) -> Printed:
        """A node in the dtype of the if/else or coalesce that it is part of."""
        code = self.text(node)
        return self.as_number(node, code) if wanted.data is Data.NUMBER else code
