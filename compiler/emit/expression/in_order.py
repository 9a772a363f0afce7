"""Functions along a parent's rows in order of time, as Python source."""

from __future__ import annotations

from compiler.emit.code.code import call as plain_call
from compiler.emit.expression.printed import Printed, Shape, finite, of
from compiler.emit.expression.printer import Printer, Prints
from compiler.plan.expression import Call
from compiler.plan.expression.sizes import overflows

HELPERS = {
    "lag": "previous_value",
    "lead": "next_value",
    "first": "first_value",
    "last": "last_value",
    "cumsum": "running_sum",
    "row_number": "row_numbers",
}


def _along(printer: Printer, node: Call) -> Printed:
    """A helper's call: the values of all rows, if it takes some, and the rows in order."""
    rows = plain_call("len", printer.rows)
    values = [printer.spread(printer.text_series(arg), rows) for arg in node.args]
    code = plain_call(HELPERS[node.name], *values, printer.by_time())
    code = of(code, Shape.COLUMN)
    return finite(code) if overflows(node) else code


PRINTERS: dict[str, Prints] = dict.fromkeys(HELPERS, _along)
