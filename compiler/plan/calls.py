"""How many calls within calls Python allows: more for chains of columns, as ever for Faker."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

DEEP = 20_000
"""A column reads another one, which reads the next (`columns.chain.DEEPEST`)."""
ORDINARY = 1_000
"""What Python begins with. A provider of Faker may call itself as often as an argument asks for."""


@contextmanager
def calls_within_calls(limit: int) -> Iterator[None]:
    """Another limit for a while."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(limit)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
