"""Typed expressions as Python source over an engine's Series."""

from __future__ import annotations

from collections.abc import Callable

from compiler.emit.code.code import Code
from compiler.emit.expression.pandas import PandasPrinter
from compiler.emit.expression.polars import PolarsPrinter
from compiler.emit.expression.printed import Printed
from compiler.emit.expression.printer import Printer
from compiler.plan.model import Plan
from compiler.spec.types import Type

PRINTERS: dict[str, type[Printer]] = {"polars": PolarsPrinter, "pandas": PandasPrinter}
"""By the library of frames."""

__all__ = ["PandasPrinter", "PolarsPrinter", "Printer", "printer_of"]


def printer_of(
    plan: Plan,
    read: Callable[[str], Code],
    moment: Callable[[str, Type], Printed],
    during: Callable[[str, Code, bool], Code],
    rows: Code,
    by_time: Callable[[], Code],
) -> Printer:
    """The printer of the plan's engine; see there for the arguments."""
    return PRINTERS[plan.engine.frames](read, moment, during, rows, by_time)
