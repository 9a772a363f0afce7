"""The weights of a day's hours as constants."""

from __future__ import annotations

from compiler.emit.code.code import Code
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import number
from compiler.spec.columns.hours import HOURS
from compiler.spec.columns.moments import Date, Timestamp
from compiler.spec.zones import UTC


def hours_of(spec: Date) -> list[float] | None:
    """The weights of a day's hours; None where all are alike."""
    if not isinstance(spec, Timestamp) or spec.hours == "flat":
        return None
    if isinstance(spec.hours, list):
        return spec.hours
    return list(HOURS[spec.hours])


def named_constant(name: str) -> str:
    """The name of the constant of hours that the language has a name for."""
    return f"{name.upper()}_HOURS"


def hours_constant(
    name: str, hours: tuple[float, ...], what: str, clock: str = UTC
) -> Constant:
    """The constant in two lines, the morning's and the afternoon's."""
    morning, afternoon = (
        ", ".join(map(str, map(number, half))) for half in (hours[:12], hours[12:])
    )
    numbers = Code(f"(\n    {morning},\n    {afternoon},\n)  # fmt: skip")
    return Constant(name, numbers, f"{what}, from midnight on, {clock}")
