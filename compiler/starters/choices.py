"""What a story is put together from: the usual choice each time, or one drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Choices:
    """Chooses among options: without a seed always the first, with one at random.

    Draws use `random.Random.random` alone: unlike `choice` and `sample`, it gives the same numbers
    for a seed on every version of Python.
    """

    def __init__(self, seed: str | None = None) -> None:
        """Without a seed, all choices are the usual ones."""
        self._random = None if seed is None else random.Random(seed)

    def one(self, options: Sequence[T]) -> T:
        """One of the options; the first is the usual one."""
        return options[self._below(len(options))]

    def several(self, options: Sequence[T], number: int) -> list[T]:
        """So many different options; the usual ones are the first, in their order."""
        left = list(options)
        return [left.pop(self._below(len(left))) for _ in range(number)]

    def whole(self, usual: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        drawn = self._below(high - low + 1)
        return usual if self._random is None else low + drawn

    def _below(self, number: int) -> int:
        return 0 if self._random is None else int(self._random.random() * number)
