"""Casts as Python source."""

from __future__ import annotations

from compiler.emit.expression.printed import (
    Printed,
    call,
    finite,
    literal,
    method,
    of,
)
from compiler.emit.expression.printer import Printer, Prints
from compiler.plan.expression import Call
from compiler.plan.expression.sizes import bounded
from compiler.spec.types import INTEGER, Data


def _int(printer: Printer, node: Call) -> Printed:
    arg = node.args[0]
    if arg.type.data is Data.TEXT:
        return call("parse_int", printer.text_series(arg))
    code = printer.series(arg)
    if bounded(arg) >= INTEGER.largest and arg.type.data is Data.NUMBER:
        dtype = printer.dialect.dtypes[Data.INTEGER]
        return method(code, "cast", dtype, strict=literal(False))
    return printer.cast(code, node.type)


def _float(printer: Printer, node: Call) -> Printed:
    arg = node.args[0]
    if arg.type.data is Data.TEXT:
        return finite(call("parse_float", printer.text_series(arg)))
    return printer.cast(printer.series(arg), node.type)


def _str(printer: Printer, node: Call) -> Printed:
    arg = node.args[0]
    code = printer.series(arg)
    return of(printer.dialect.as_text(code, arg.type), code.shape)


PRINTERS: dict[str, Prints] = {"int": _int, "float": _float, "str": _str}


def _pandas_int(printer: Printer, node: Call) -> Printed:
    arg = node.args[0]
    if arg.type.data is Data.TEXT:
        return call("parse_int", printer.text_series(arg))
    code = printer.series(arg)
    if arg.type.data is Data.NUMBER:
        if bounded(arg) >= INTEGER.largest:
            return call("whole_numbers", code)
        code = call("np.trunc", code)
    return printer.cast(code, node.type)


IN_PANDAS: dict[str, Prints] = {"int": _pandas_int}
