"""Parts of the language that this version does not compile yet: refused, never ignored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]

LATER_KEYS = ("job",)
LATER_VALUES = {"engine": ("pandas",)}
"""Of `[output]`."""


def later_parts(tree: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """The place of each such part, and what to call it."""
    yield from (((key,), f"`{key}`") for key in LATER_KEYS if key in tree)
    output = tree.get("output")
    if isinstance(output, dict):
        for key, values in LATER_VALUES.items():
            if output.get(key) in values:
                yield ("output", key), f'{key} = "{output[key]}"'
