"""Functions of moments, lengths and the calendar as Python source."""

from __future__ import annotations

from dataclasses import replace

from compiler.emit.expression.printed import (
    Printed,
    attribute,
    binary,
    call,
    literal,
    method,
    of,
)
from compiler.emit.expression.printer import Printer, Prints
from compiler.plan.expression import Call, Literal, Node
from compiler.spec.types import Data

TRUNCATED = {
    "minute": "1m",
    "hour": "1h",
    "day": "1d",
    "week": "1w",
    "month": "1mo",
    "quarter": "1q",
    "year": "1y",
}
"""What Polars calls the units of `trunc`."""
UTC, NONE = literal("UTC"), Printed("None")


def text_of(node: Node) -> str:
    """An argument that is a text in quotes."""
    assert isinstance(node, Literal) and isinstance(node.value, str)
    return node.value


def helper(name: str) -> Prints:
    """A helper that takes the moment as a Series, and the other arguments as they are."""

    def prints(printer: Printer, node: Call) -> Printed:
        moment, *others = node.args
        return call(name, printer.series(moment), *map(printer.value, others))

    return prints


def days(printer: Printer, node: Node) -> Printed:
    """The days of moments."""
    code = printer.series(node)
    if node.type.data is Data.DATE:
        return code
    return of(printer.dialect.days(code), code.shape)


def date(printer: Printer, node: Call) -> Printed:
    return days(printer, node.args[0])


def timestamp(printer: Printer, node: Call) -> Printed:
    code = printer.series(node.args[0])
    return of(printer.dialect.midnights(code), code.shape)


def seconds_between(printer: Printer, node: Call) -> Printed:
    one, other = node.args
    earlier = printer.beside(printer.series(one), one, other)
    later = printer.beside(printer.series(other), other, one)
    return method(binary("-", later, earlier), "dt.total_seconds")


def _month_edge(name: str) -> Prints:
    return lambda printer, node: method(days(printer, node.args[0]), f"dt.{name}")


def _calendar_part(name: str) -> Prints:
    def prints(printer: Printer, node: Call) -> Printed:
        return replace(method(printer.series(node.args[0]), f"dt.{name}"), small=127)

    return prints


def _trunc(printer: Printer, node: Call) -> Printed:
    unit = literal(TRUNCATED[text_of(node.args[1])])
    return method(printer.series(node.args[0]), "dt.truncate", unit)


def _local(printer: Printer, node: Call) -> Printed:
    there = method(
        printer.series(node.args[0]),
        "dt.convert_time_zone",
        literal(text_of(node.args[1])),
    )
    return method(there, "dt.replace_time_zone", UTC)


PRINTERS: dict[str, Prints] = {
    "later": helper("add_length"),
    "months_later": helper("months_later"),
    "seconds_between": seconds_between,
    "date": date,
    "timestamp": timestamp,
    "quarter": _calendar_part("quarter"),
    "days_in_month": _calendar_part("days_in_month"),
    "month_start": _month_edge("month_start"),
    "month_end": _month_edge("month_end"),
    "trunc": _trunc,
    "local": _local,
    "is_holiday": helper("is_holiday"),
}


def _pandas_part(name: str) -> Prints:
    """32 bits, or a float where there are nulls."""

    def prints(printer: Printer, node: Call) -> Printed:
        part = attribute(printer.series(node.args[0]), f"dt.{name}")
        if node.type.nullable:
            return printer.cast(part, node.type)
        return replace(part, small=2**31 - 1)

    return prints


def _pandas_local(printer: Printer, node: Call) -> Printed:
    zone = call("ZoneInfo", literal(text_of(node.args[1])))
    there = method(printer.series(node.args[0]), "dt.tz_convert", zone)
    return method(method(there, "dt.tz_localize", NONE), "dt.tz_localize", UTC)


def _pandas_seconds_between(printer: Printer, node: Call) -> Printed:
    return printer.cast(seconds_between(printer, node), node.type)


IN_PANDAS: dict[str, Prints] = {
    "seconds_between": _pandas_seconds_between,
    "quarter": _pandas_part("quarter"),
    "days_in_month": _pandas_part("days_in_month"),
    "month_start": helper("month_start"),
    "month_end": helper("month_end"),
    "trunc": helper("trunc"),
    "local": _pandas_local,
}
