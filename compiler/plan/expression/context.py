"""What the checks of a function need, and the sorts of arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from compiler.diagnostics import Help
from compiler.plan.expression.moments import MOMENTS
from compiler.plan.expression.nodes import Call, Node, Span
from compiler.plan.expression.operators import NUMBERS
from compiler.plan.expression.problems import Problems
from compiler.plan.expression.signatures import SIGNATURES
from compiler.spec.calendar import Calendar
from compiler.spec.types import Data, Type

Sort = tuple[str, tuple[Data, ...]]
NUMERIC: Sort = ("a number", NUMBERS)
TEXTUAL: Sort = ("text", (Data.TEXT,))
TEMPORAL: Sort = ("a moment", MOMENTS)
CLOCKED: Sort = ("a timestamp", (Data.TIMESTAMP,))
IN_UNITS = "divide it by a unit, such as `hours(1)`: that is a number"


@dataclass(frozen=True)
class Context:
    """What a function's checks need besides its arguments."""

    name: str
    span: Span
    problems: Problems
    calendars: Mapping[str, Calendar] = field(default_factory=dict)

    def call(self, args: tuple[Node, ...], type: Type) -> Node:
        return Call(self.name, args, type=type, span=self.span)

    def refuse(self, arg: Node, message: str, help: Help = None) -> Node:
        """Notes that an argument is none of those that the function takes."""
        return self.problems.refuse("E304", arg.span, message, help)

    @property
    def usage(self) -> str:
        return f"write `{SIGNATURES[self.name]}`"

    def expect(self, arg: Node, sort: Sort) -> bool:
        """Whether an argument is of a sort; notes a problem unless it is (or is unknown)."""
        words, datas = sort
        if arg.type.data is Data.UNKNOWN:
            return False
        if arg.type.data in datas:
            return True
        message = f"`{self.name}` takes {words}, and this is {arg.type.data.value}"
        advice = None
        if sort is CLOCKED and arg.type.data is Data.DATE:
            advice = "a date has no hour: make it a `timestamp` column"
        if arg.type.data is Data.LENGTH:
            advice = IN_UNITS
        self.problems.refuse("E305", arg.span, message, advice)
        return False
