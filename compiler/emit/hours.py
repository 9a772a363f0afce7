"""The named shapes of a day: the weight of each hour, and the constant that holds them."""

from __future__ import annotations

from compiler.emit.python import number

HOURS = {
    "business": (
        *(0, 0, 0, 0, 0, 0, 1, 4, 10, 14, 14, 12),
        *(9, 12, 14, 13, 11, 7, 3, 1, 0, 0, 0, 0),
    ),
    "evening": (
        *(2, 1, 0.5, 0.3, 0.2, 0.3, 1, 2, 2, 2, 3, 3),
        *(4, 4, 3, 3, 4, 6, 9, 12, 14, 13, 9, 5),
    ),
}
"""From midnight on."""


def constant_of(name: str) -> str:
    return f"{name.upper()}_HOURS"


def lines_of(constant: str, hours: tuple[float, ...], said: str) -> str:
    """The constant in two lines, the morning's and the afternoon's."""
    morning, afternoon = (
        ", ".join(map(number, half)) for half in (hours[:12], hours[12:])
    )
    numbers = f"(\n    {morning},\n    {afternoon},\n)  # fmt: skip"
    return f"# {said}, from midnight on, UTC\n{constant} = {numbers}"
