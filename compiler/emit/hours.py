"""The named shapes of a day as constants."""

from __future__ import annotations

from compiler.emit.python import number


def constant_of(name: str) -> str:
    return f"{name.upper()}_HOURS"


def lines_of(constant: str, hours: tuple[float, ...], said: str) -> str:
    """The constant in two lines, the morning's and the afternoon's."""
    morning, afternoon = (
        ", ".join(map(number, half)) for half in (hours[:12], hours[12:])
    )
    numbers = f"(\n    {morning},\n    {afternoon},\n)  # fmt: skip"
    return f"# {said}, from midnight on, UTC\n{constant} = {numbers}"
