"""Parts of the language that this version does not compile yet: refused, never ignored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]

LATER_KEYS: dict[str, tuple[str, ...]] = {
    "": ("job",),
    "output": ("catalog", "schema", "volume", "create_catalog"),
}
LATER_VALUES = {"engine": ("spark", "pandas")}


def later_parts(tree: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """The place of each such part, and what to call it."""
    yield from keys_of(tree, (), "")
    output = tree.get("output")
    yield from keys_of(output, ("output",), "output")
    if isinstance(output, dict):
        for key, values in LATER_VALUES.items():
            if output.get(key) in values:
                yield ("output", key), f'{key} = "{output[key]}"'


def keys_of(node: object, place: Place, where: str) -> Iterator[tuple[Place, str]]:
    if isinstance(node, dict):
        for key in LATER_KEYS[where]:
            if key in node:
                yield (*place, key), f"`{key}`"
