"""The values of an expression over sampled rows, by walking its typed nodes."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

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
from compiler.plan.expression.fold import slug
from compiler.plan.sample import casts, in_order, in_time
from compiler.plan.sample.casts import Apply, each_text
from compiler.plan.sample.in_order import TimeOrder
from compiler.plan.sample.in_time import months
from compiler.plan.sample.moments import DAY, HOUR, Times
from compiler.plan.sample.values import Array, CannotSample, Values, cells
from compiler.spec.calendar import Event
from compiler.spec.time import parse_moment
from compiler.spec.types import Data
from compiler.spec.zones import UTC

ARITHMETIC: dict[str, Apply] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.true_divide,
    "//": lambda a, b: np.floor(a / b),
    "%": np.mod,
    "**": lambda a, b: np.power(np.asarray(a, float), b),
}
COMPARISONS: dict[str, Apply] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def day_of_month(moment: Array) -> Array:
    days = moment.astype("datetime64[s]").astype("datetime64[D]")
    since_first: Array = (days - days.astype("datetime64[M]")).astype(np.int64)
    return since_first + 1


FUNCTIONS: dict[str, Apply] = {
    "abs": np.abs,
    "min": lambda *parts: reduce(np.minimum, parts),
    "max": lambda *parts: reduce(np.maximum, parts),
    "clip": np.clip,
    "round": lambda x, digits=None: (
        np.rint(x) if digits is None else np.round(x, int(digits[0]))
    ),
    "floor": np.floor,
    "ceil": np.ceil,
    "log": np.log,
    "exp": np.exp,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "lower": each_text(str.lower),
    "upper": each_text(str.upper),
    "slug": each_text(slug),
    "len": each_text(len),
    "year": lambda moment: months(moment) // 12 + 1970,
    "month": lambda moment: months(moment) % 12 + 1,
    "day": day_of_month,
    "hour": lambda moment: moment // HOUR % 24,
    "weekday": lambda moment: (moment // DAY + 3) % 7,
    "days_between": lambda a, b: (b - a) / DAY,
    "hours_between": lambda a, b: (b - a) / HOUR,
    **in_time.FUNCTIONS,
    **casts.FUNCTIONS,
}


@dataclass(frozen=True)
class Evaluator:
    """What an expression of one column depends on."""

    size: int
    """So many rows."""
    read: Callable[[str], Values]
    """The values at a path."""
    times: Times
    events: Mapping[str, Event]
    zones: Mapping[str, tuple[str, ...]]
    """In which the days of each event count."""
    time_order: Callable[[], TimeOrder]
    """The rows of each parent in order of time."""

    def values(self, node: Node) -> Values:  # noqa: PLR0912 - a case a node
        """The value of a node in each row."""
        match node:
            case Null():
                nothing = self.same("" if node.type.data is Data.TEXT else 0)
                return nothing.nulled(~nothing.null)
            case Literal(value=value):
                return self.same(value)
            case Moment(text=text):
                return self.moment(node, text)
            case Read(path=path):
                return self.read(path)
            case Unary(operand=operand):
                return self.applied(np.negative, (operand,))
            case Binary(left=left, right=right) if node.type.data is Data.TEXT:
                return self.applied(np.char.add, (left, right))
            case Binary(op=op, left=left, right=right):
                return self.applied(ARITHMETIC[op], (left, right))
            case Compare(op=op, left=left, right=right):
                compared = self.applied(COMPARISONS[op], (left, right))
                return Values.of(compared.holds)
            case Logic(op=op, parts=parts):
                join = np.logical_and if op == "and" else np.logical_or
                return Values.of(
                    reduce(join, [self.values(one).holds for one in parts])
                )
            case Not(operand=operand):
                return Values.of(~self.values(operand).holds)
            case IfElse(condition=condition, then=then, otherwise=otherwise):
                where = self.values(condition).holds
                return self.values(then).over(where, self.values(otherwise))
            case Call():
                return self.called(node)
            case Length():
                raise CannotSample("no expression is a length")

    def called(self, node: Call) -> Values:
        match node:
            case Call(name="coalesce", args=args):
                found = [self.values(arg) for arg in args]
                return reduce(lambda one, then: one.over(~one.null, then), found)
            case Call(name="str", args=(arg,)) if arg.type.data is Data.INTEGER:
                whole = self.values(arg)
                return Values(whole.data.astype(np.int64).astype(str), whole.null)
            case Call(name="is_null", args=args):
                return Values.of(self.values(args[0]).null)
            case Call(name="during", args=(Literal(value=event), moment)):
                return self.during(str(event), moment)
            case Call(name=name, args=args) if name in in_order.FUNCTIONS:
                function = in_order.FUNCTIONS[name]
                return function(self.time_order(), *map(self.values, args))
            case _:
                return self.applied(FUNCTIONS[node.name], node.args)

    def same(self, value: object) -> Values:
        return Values.of(cells([value]).repeat(self.size))

    def moment(self, node: Node, text: str) -> Values:
        when = self.times.seconds(parse_moment(text))
        return self.same(when // DAY * DAY if node.type.data is Data.DATE else when)

    def during(self, name: str, moment: Node) -> Values:
        found = self.values(moment)
        has_time = moment.type.data is not Data.DATE
        zone = self.zones[name][0] if has_time else UTC
        ends = self.events[name].period
        first, last = (self.times.seconds(when, zone) for when in ends)
        return Values.of(((found.data >= first) & (found.data < last)) & ~found.null)

    def applied(self, function: Apply, operands: tuple[Node, ...]) -> Values:
        """A function of each row's values; null where one of them is, or it has none."""
        parts = [self.values(operand) for operand in operands]
        null = reduce(np.logical_or, [part.null for part in parts])
        try:
            with np.errstate(all="ignore"):
                data = function(*(part.data for part in parts))
        except (TypeError, ValueError, OverflowError) as error:
            raise CannotSample(str(error)) from error
        if data.dtype.kind == "f":
            undefined = ~np.isfinite(data)
            return Values(np.where(undefined, 0.0, data), null | undefined)
        return Values(data, null)
