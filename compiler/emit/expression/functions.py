"""The language's functions as Python source."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from compiler.emit.code import literals as values
from compiler.emit.code.code import call as plain_call
from compiler.emit.expression import casts, in_order, in_time
from compiler.emit.expression.nodes import clips
from compiler.emit.expression.printed import (
    Printed,
    Shape,
    attribute,
    binary,
    call,
    finite,
    literal,
    marked,
    method,
    of,
)
from compiler.emit.expression.printer import Printer, Prints
from compiler.plan.expression import Call, Literal
from compiler.plan.expression.fold import constant
from compiler.plan.expression.sizes import overflows
from compiler.spec.types import INTEGER, TIMESTAMP, Data

NONE, TRUE = of(values.literal(None), Shape.SCALAR), literal(True)


def _series(name: str, *, after: str = "") -> Prints:
    """A method of Series, and perhaps one more for what it leaves undefined."""

    def prints(printer: Printer, node: Call) -> Printed:
        code = method(printer.series(node.args[0]), name)
        return method(code, after, NONE) if after else code

    return prints


def _text(name: str) -> Prints:
    return lambda printer, node: method(printer.text_series(node.args[0]), name)


def _part(name: str, largest: int) -> Prints:
    """A part of a moment."""

    def prints(printer: Printer, node: Call) -> Printed:
        moment = printer.value(node.args[0])
        if moment.shape is Shape.SCALAR:
            return attribute(moment, name)
        return replace(method(moment, f"dt.{name}"), small=largest)

    return prints


def _weekday(printer: Printer, node: Call) -> Printed:
    moment = printer.value(node.args[0])
    if moment.shape is Shape.SCALAR:
        return method(moment, "weekday")
    # Monday is 1 to polars.
    weekday = binary("-", method(moment, "dt.weekday"), literal(1))
    return replace(weekday, small=127)


def _len(printer: Printer, node: Call) -> Printed:
    return replace(_text("str.len_chars")(printer, node), small=2**32 - 1)


def _log(printer: Printer, node: Call) -> Printed:
    return finite(method(printer.series(node.args[0]), "log"))


def _exp(printer: Printer, node: Call) -> Printed:
    code = method(printer.series(node.args[0]), "exp")
    return finite(code) if overflows(node) else code


def _slug(printer: Printer, node: Call) -> Printed:
    return call("slug", printer.text_series(node.args[0]))


def _between(seconds: str) -> Prints:
    """The time from one moment to another, in units of so many seconds."""

    def prints(printer: Printer, node: Call) -> Printed:
        one, other = node.args
        earlier = printer.beside(printer.value(one), one, other)
        later = printer.beside(printer.value(other), other, one)
        span = binary("-", later, earlier)
        if span.shape is Shape.SCALAR:
            span = method(span, "total_seconds")
        elif all(arg.type.data is Data.DATE for arg in node.args):
            span = method(span, "dt.total_seconds")
        else:
            span = method(span, "dt.total_seconds", fractional=TRUE)
        return binary("/", span, Printed(seconds))

    return prints


def _round(printer: Printer, node: Call) -> Printed:
    if len(node.args) == 1:
        return _to_whole("round")(printer, node)
    number, decimals = node.args
    code = printer.as_number(number, printer.series(number))
    return method(code, "round", printer.value(decimals))


def _to_whole(name: str) -> Prints:
    """A number as a whole one, the nearest or one beside it."""

    def prints(printer: Printer, node: Call) -> Printed:
        code = printer.series(node.args[0])
        if node.args[0].type.data is Data.INTEGER:
            return code
        return printer.cast(method(code, name), INTEGER)

    return prints


def _extreme(helper: str, bound: str) -> Prints:
    """`min` and `max`: with a fixed number, a cut at that bound."""

    def prints(printer: Printer, node: Call) -> Printed:
        codes = [printer.value(arg) for arg in node.args]
        if len(codes) == 2:
            for here, there in ((0, 1), (1, 0)):
                limit = codes[there].shape is Shape.SCALAR < codes[here].shape
                if limit and clips(node.args[here], node.args[there]):
                    return method(codes[here], "clip", **{bound: codes[there]})
        return call(helper, *codes)

    return prints


def _clip(printer: Printer, node: Call) -> Printed:
    number, *bounds = node.args
    code = printer.series(number)
    low, high = (printer.value(bound) for bound in bounds)
    if all(clips(number, bound) and constant(bound) is not None for bound in bounds):
        return method(code, "clip", low, high)
    # Where the low bound lies above the high one, the low one holds.
    for bound, limit, helper, keyword in (
        (bounds[1], high, "smallest", "upper_bound"),
        (bounds[0], low, "largest", "lower_bound"),
    ):
        if (
            clips(number, bound)
            and not bound.type.nullable
            and limit.shape <= code.shape
        ):
            code = method(code, "clip", **{keyword: limit})
        else:
            code = call(helper, code, limit)
    return code


def _coalesce(printer: Printer, node: Call) -> Printed:
    """Each where those before it are null."""
    code = printer.alike(node.type, node.args[0])
    for before, arg in pairwise(node.args):
        if not before.type.nullable:
            break
        other = printer.alike(node.type, arg)
        if code.shape < other.shape:
            code = printer.spread(code, plain_call("len", other))
        shape = max(code.shape, other.shape)
        code = of(method(code, printer.fill, other), shape)
    return code


def _is_null(printer: Printer, node: Call) -> Printed:
    arg = node.args[0]
    return method(printer.as_series(printer.filled(arg), arg), "is_null")


def _during(printer: Printer, node: Call) -> Printed:
    event, moment = node.args
    assert isinstance(event, Literal)
    code = printer.series(moment)
    has_time = moment.type.data is not Data.DATE
    if not has_time:
        code = printer.cast(code, TIMESTAMP)
    inside = printer.during(str(event.value), code, has_time)
    return marked(of(inside, code.shape), moment.type.nullable)


PRINTERS: dict[str, Prints] = {
    "abs": _series("abs"),
    "min": _extreme("smallest", "upper_bound"),
    "max": _extreme("largest", "lower_bound"),
    "round": _round,
    "floor": _to_whole("floor"),
    "ceil": _to_whole("ceil"),
    "log": _log,
    "exp": _exp,
    "sqrt": _series("sqrt", after="fill_nan"),
    "sin": _series("sin"),
    "cos": _series("cos"),
    "clip": _clip,
    "lower": _text("str.to_lowercase"),
    "upper": _text("str.to_uppercase"),
    "slug": _slug,
    "len": _len,
    "year": _part("year", 9999),
    "month": _part("month", 127),
    "day": _part("day", 127),
    "hour": _part("hour", 127),
    "weekday": _weekday,
    "days_between": _between("86_400"),
    "hours_between": _between("3_600"),
    "coalesce": _coalesce,
    "is_null": _is_null,
    "during": _during,
    **in_time.PRINTERS,
    **in_order.PRINTERS,
    **casts.PRINTERS,
}
"""How each function is printed (`now` is no call by then, but a moment)."""
