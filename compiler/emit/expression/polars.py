"""A typed expression as Python source over polars Series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from compiler.emit.engines.dialect import POLARS, Dialect
from compiler.emit.expression.functions import PRINTERS, Prints
from compiler.emit.expression.printer import Printer


class PolarsPrinter(Printer):
    """The printer with polars' functions."""

    dialect: ClassVar[Dialect] = POLARS
    functions: ClassVar[Mapping[str, Prints]] = PRINTERS
