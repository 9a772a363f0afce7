"""What was found out about Faker before: to import and to try it takes its time."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from compiler import cache, installed

DECODED: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(("NoneType", "bool", "int", "float", "str"), lambda value: value),
    "Decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}
"""The types of the values of a cell, and how each is made of what the cache holds."""


@functools.cache
def recalled(step: str, argument: str, find: Callable[[str], str]) -> str:
    """What a step finds out of an argument, as far as possible from the cache."""
    found = cache.made(kind_of(step), [argument], lambda each: find(each).encode())
    return found[argument].decode()


def recalled_cells(
    step: str, arguments: Sequence[str], find: Callable[[], list[object]]
) -> list[object]:
    """Values that a step finds. Those that no cell can hold are found again every time."""
    kind, key = kind_of(step), repr(arguments)
    known = cache.load(kind, [key])
    if known:
        return [DECODED[name](text) for name, text in json.loads(known[key])]
    values = find()
    names = [type(value).__name__ for value in values]
    if all(name in DECODED for name in names):
        texts = [
            str(value) if isinstance(value, Decimal | date) else value
            for value in values
        ]
        pairs = json.dumps([*zip(names, texts, strict=True)])
        cache.store(kind, {key: pairs.encode()})
    return values


def kind_of(step: str) -> str:
    return f"faker {step} {installed.state()}"
