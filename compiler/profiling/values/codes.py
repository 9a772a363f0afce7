"""Whole numbers that name things, such as the codes of HTTP."""

from __future__ import annotations

from compiler.profiling.draft import Settings
from compiler.profiling.values.categories import rounded
from compiler.profiling.values.sample import Sample


def are_codes(numbers: dict[float, float], sample: Sample) -> bool:
    """Whether numbers are codes: whole, and not one after the other, as grades and counts are."""
    several = 1 < len(numbers) <= max(numbers) - min(numbers)
    return sample.is_integer and several


def choice_of(numbers: dict[float, float]) -> Settings:
    """Numbers with their weights, the most frequent first."""
    shares = sorted(numbers.items(), key=lambda pair: -pair[1])
    return {"weights": {str(int(number)): rounded(share) for number, share in shares}}
