"""Scaffold: a compiler from a data spec to a program that generates the data."""

__version__ = "0.1.0"

REVISION = 15
"""Raised only when the emitted text changes for an unchanged spec."""
