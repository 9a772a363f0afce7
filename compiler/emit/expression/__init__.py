"""Typed expressions as Python source over an engine's Series."""

from __future__ import annotations

from collections.abc import Callable

from compiler.emit.expression.code import Code
from compiler.emit.expression.pandas import PandasPrinter
from compiler.emit.expression.printer import Printer
from compiler.plan.model import Plan
from compiler.spec.types import Type

__all__ = ["PandasPrinter", "Printer", "printer_of"]


def printer_of(
    plan: Plan,
    read: Callable[[str], str],
    moment: Callable[[str, Type], Code],
    during: Callable[[str, str], str],
    rows: str,
) -> Printer:
    """The printer of the plan's engine; see there for the words, `rows` is for pandas."""
    if plan.output.engine == "pandas":
        return PandasPrinter(read, moment, during, rows)
    return Printer(read, moment, during)
