"""Values of YAML and JSON files, which may have any shape: what does not fit counts as missing."""

from __future__ import annotations

from datetime import date
from typing import Any

Tree = dict[str, Any]


def mapping(value: object) -> Tree:
    """The value if it is an object, else an empty one."""
    if not isinstance(value, dict):
        return {}
    return {str(key): one for key, one in value.items()}


def sequence(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def mappings(value: object) -> list[Tree]:
    """The objects of a list."""
    return [mapping(one) for one in sequence(value) if isinstance(one, dict)]


def text(value: object) -> str:
    """A text without spaces around it; a number as it is written; else nothing."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value).strip()


def texts(value: object) -> tuple[str, ...]:
    """The values of a list as texts; booleans as YAML has them."""
    return tuple(
        str(one).lower() if isinstance(one, bool) else str(one)
        for one in sequence(value)
        if isinstance(one, (str, int, float, date))
    )


def number(value: object) -> float | None:
    """A number, or nothing."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value)
