"""The language's functions as Python source over pandas Series: those that differ."""

from __future__ import annotations

from dataclasses import replace

from compiler.emit.code import code as plain
from compiler.emit.code.literals import number as number_literal
from compiler.emit.expression import casts, functions, in_time
from compiler.emit.expression.nodes import clips
from compiler.emit.expression.printed import (
    Printed,
    Shape,
    attribute,
    binary,
    call,
    finite,
    literal,
    method,
    of,
)
from compiler.emit.expression.printer import Printer, Prints
from compiler.plan.expression import Call, Literal
from compiler.plan.expression.fold import constant
from compiler.plan.expression.sizes import bounded, overflows
from compiler.spec.types import MAXIMUM, Data

LARGEST_INT32 = 2**31 - 1


def numpy(name: str, code: Printed) -> Printed:
    """A function of numpy's for each number."""
    return of(plain.call(f"np.{name}", code), code.shape)


def _to_whole(name: str) -> Prints:
    def prints(printer: Printer, node: Call) -> Printed:
        number = node.args[0]
        code = printer.series(number)
        if number.type.data is Data.INTEGER:
            return code
        rounded = method(code, "round") if name == "round" else numpy(name, code)
        return printer.cast(rounded, node.type)

    return prints


def _round(printer: Printer, node: Call) -> Printed:
    if len(node.args) == 1:
        return _to_whole("round")(printer, node)
    number, decimals = node.args
    code = printer.as_number(number, printer.series(number))
    digits = printer.value(decimals)
    if bounded(number) * 10.0 ** int(digits.text) > MAXIMUM:
        return call("rounded", code, digits)
    return method(code, "round", digits)


def _helper(name: str) -> Prints:
    return lambda printer, node: call(name, printer.series(node.args[0]))


def _exp(printer: Printer, node: Call) -> Printed:
    code = call("exp", printer.series(node.args[0]))
    return finite(code) if overflows(node) else code


def _numpy(name: str) -> Prints:
    return lambda printer, node: numpy(name, printer.series(node.args[0]))


def _text(name: str) -> Prints:
    return lambda printer, node: method(printer.series(node.args[0]), name)


def _part(name: str) -> Prints:
    """A part of a moment: 32 bits, or a float where there are nulls."""

    def prints(printer: Printer, node: Call) -> Printed:
        moment = printer.value(node.args[0])
        if moment.shape is Shape.SCALAR:
            return functions.PRINTERS[name](printer, node)
        part = attribute(
            moment, "dt.day_of_week" if name == "weekday" else f"dt.{name}"
        )
        if node.type.nullable:
            return printer.cast(part, node.type)
        return replace(part, small=LARGEST_INT32)

    return prints


def _between(seconds: int) -> Prints:
    """The time from one moment to another, in units of so many seconds."""
    unit = of(number_literal(seconds), Shape.SCALAR)
    # As polars divides: whole hours and days are whole, the last digit of others may differ.
    inverse = binary("/", literal(1), unit)

    def prints(printer: Printer, node: Call) -> Printed:
        one, other = node.args
        earlier = printer.beside(printer.value(one), one, other)
        later = printer.beside(printer.value(other), other, one)
        span = binary("-", later, earlier)
        if span.shape is Shape.SCALAR:
            return binary("/", method(span, "total_seconds"), unit)
        span = method(span, "dt.total_seconds")
        span = printer.cast(span, node.type) if node.type.nullable else span
        return binary("*", span, inverse)

    return prints


def _extreme(helper: str, bound: str) -> Prints:
    """`min` and `max`: with a fixed number, a cut at that bound."""

    def prints(printer: Printer, node: Call) -> Printed:
        codes = [printer.value(arg) for arg in node.args]
        first = max(range(len(codes)), key=lambda n: codes[n].shape)
        if len(codes) == 2:
            limit, here, there = (
                codes[1 - first],
                node.args[first],
                node.args[1 - first],
            )
            if limit.shape is Shape.SCALAR and clips(here, there):
                cut = printer.as_series(codes[first], here)
                return method(cut, "clip", **{bound: limit})
        series = printer.as_series(codes.pop(first), node.args[first])
        return call(helper, series, *codes)

    return prints


def _clip(printer: Printer, node: Call) -> Printed:
    number, *bounds = node.args
    code = printer.series(number)
    low, high = (printer.value(bound) for bound in bounds)
    if all(clips(number, each) and constant(each) is not None for each in bounds):
        return method(code, "clip", low, high)
    # Where the low bound lies above the high one, the low one holds.
    for bound, limit, helper, keyword in (
        (bounds[1], high, "smallest", "upper"),
        (bounds[0], low, "largest", "lower"),
    ):
        if clips(number, bound) and not bound.type.nullable:
            code = method(code, "clip", **{keyword: limit})
        else:
            code = call(helper, code, limit)
    return code


def _is_null(printer: Printer, node: Call) -> Printed:
    arg = node.args[0]
    return method(printer.as_series(printer.filled(arg), arg), "isna")


def _during(printer: Printer, node: Call) -> Printed:
    event, moment = node.args
    assert isinstance(event, Literal)
    code = printer.series(moment)
    has_time = moment.type.data is not Data.DATE
    return of(printer.during(str(event.value), code, has_time), code.shape)


PRINTERS: dict[str, Prints] = functions.PRINTERS | {
    "min": _extreme("smallest", "upper"),
    "max": _extreme("largest", "lower"),
    "round": _round,
    "floor": _to_whole("floor"),
    "ceil": _to_whole("ceil"),
    "log": _helper("log"),
    "exp": _exp,
    "sqrt": _helper("sqrt"),
    "sin": _numpy("sin"),
    "cos": _numpy("cos"),
    "clip": _clip,
    "lower": _text("str.lower"),
    "upper": _text("str.upper"),
    "len": _text("str.len"),
    **{name: _part(name) for name in ("year", "month", "day", "hour", "weekday")},
    "days_between": _between(86_400),
    "hours_between": _between(3_600),
    "is_null": _is_null,
    "during": _during,
    **in_time.IN_PANDAS,
    **casts.IN_PANDAS,
}
