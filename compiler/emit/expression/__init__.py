"""Typed expressions as Python source over polars Series."""

from compiler.emit.expression.printer import to_code

__all__ = ["to_code"]
