"""A typed expression as Python source: what the printers of all engines share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, ClassVar, TypeAlias

from compiler.emit.code.code import Code, name
from compiler.emit.code.code import call as plain_call
from compiler.emit.engines.dialect import Dialect
from compiler.emit.expression.nodes import shows_its_sum
from compiler.emit.expression.printed import (
    MIRRORED,
    Printed,
    Shape,
    binary,
    call,
    literal,
    marked,
    method,
    of,
    sign,
)
from compiler.plan.expression import (
    Binary,
    Call,
    Compare,
    IfElse,
    Length,
    Literal,
    Logic,
    Moment,
    Node,
    Not,
    Null,
    Read,
    Unary,
)
from compiler.plan.expression.fold import constant
from compiler.plan.expression.operators import is_one_of
from compiler.plan.expression.sizes import overflows
from compiler.spec.types import INTEGER, NUMBER, Data, Type


class Printer(ABC):
    """Goes down a tree. What it gives for a node has the node's type; `value` the very dtype.

    `read(path)` gives the code of a column as a Series. `moment(text, type)` gives that of a
    `datetime.date`, or of a `datetime.datetime` in UTC, or of a Series of them.
    `during(event, timestamps, has_time)` gives that of booleans for a Series of timestamps, or of
    the midnights of days. `rows` is the code of the rows' numbers, `by_time()`
    that of the rows of each parent in order of time.
    """

    dialect: ClassVar[Dialect]
    functions: ClassVar[Mapping[str, Callable[[Any, Call], Printed]]]
    """How each function is printed."""
    fill: ClassVar[str]
    not_null: ClassVar[str]

    def __init__(
        self,
        read: Callable[[str], Code],
        moment: Callable[[str, Type], Printed],
        during: Callable[[str, Code, bool], Code],
        rows: Code,
        by_time: Callable[[], Code],
    ) -> None:
        self.read = read
        self.moment = moment
        self.during = during
        self.rows = rows
        self.by_time = by_time

    @abstractmethod
    def whole(self, node: Node) -> Printed:
        """The expression's value.

        A Series of all rows where it reads a column; else (see `is_scalar`) one Python value,
        None for null. Besides the engine's module it needs only the helpers that it calls.
        """

    @abstractmethod
    def spread(self, code: Printed, rows: Code) -> Printed:
        """A Series of one row as one of all rows."""

    @abstractmethod
    def as_series(self, code: Printed, node: Node) -> Printed:
        """At least a Series of one row."""

    def series(self, node: Node) -> Printed:
        return self.as_series(self.value(node), node)

    def text_series(self, node: Node) -> Printed:
        return self.as_series(self.text(node), node)

    @abstractmethod
    def beside(self, code: Printed, node: Node, other: Node) -> Printed:
        """A moment so that it goes with the other."""

    def value(self, node: Node) -> Printed:
        """A node with its own nulls, and integers that have room."""
        return self.widened(self.filled(node))

    def filled(self, node: Node) -> Printed:
        """A node with its own nulls."""
        return self.without_null(self.code(node))

    def widened(self, code: Printed) -> Printed:
        """Integers of 64 bits: what an engine gives for an hour may have room for 127."""
        return self.cast(code, INTEGER) if code.small else code

    def cast(self, code: Printed, type: Type) -> Printed:
        return of(self.dialect.cast(code, type), code.shape)

    def without_null(self, code: Printed) -> Printed:
        """A condition that gives false rather than null."""
        return method(code, self.fill, literal(False)) if code.unfilled else code

    @abstractmethod
    def text(self, node: Node) -> Printed:
        """A node as plain text where it is a category."""

    def condition(self, node: Node) -> Printed:
        """A condition in a place where null is as good as false."""
        code = self.code(node)
        return marked(code, code.unfilled or node.type.nullable)

    def code(self, node: Node) -> Printed:  # noqa: PLR0912 - a case a node
        """A node as the engine gives it: unfilled conditions, small integers."""
        if isinstance(node, Literal) and node.unit:
            return of(name(node.unit), Shape.SCALAR)
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
            case Call(name=called):
                return self.functions[called](self, node)
            case Length():
                raise TypeError("a length is no part of a complete tree")
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

    @abstractmethod
    def operation(self, node: Binary, left: Printed, right: Printed) -> Printed:
        """Arithmetic of numbers."""

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

    @abstractmethod
    def compared(
        self, node: Compare, op: str, left: Printed, right: Printed
    ) -> Printed:
        """The two sides of a comparison, compared."""

    @abstractmethod
    def sides(self, node: Compare) -> tuple[Printed, Printed]:
        """The two sides of a comparison, so that they compare."""

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

    @abstractmethod
    def is_in(self, node: Node, values: list[int | float | str]) -> Printed:
        """Whether a node has one of some values."""

    def _if_else(self, node: IfElse) -> Printed:
        decided = constant(node.condition)
        if decided is not None:
            branch = node.then if decided else node.otherwise
            return self.alike(node.type, branch)
        condition = self.condition(node.condition)
        return call(
            "if_else", condition, self.text(node.then), self.text(node.otherwise)
        )

    @abstractmethod
    def null(self, node: Null) -> Printed:
        """No value: of the dtype of what it is combined with."""

    def alike(self, wanted: Type, node: Node) -> Printed:
        """A node in the dtype of the if/else or coalesce that it is part of."""
        code = self.text(node)
        return self.as_number(node, code) if wanted.data is Data.NUMBER else code


Prints: TypeAlias = Callable[[Printer, Call], Printed]
"""How a function is printed."""
