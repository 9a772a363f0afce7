"""Parts of the language that this version does not compile yet: refused, never ignored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LATER_KEYS = ("job",)


def later_parts(tree: dict[str, Any]) -> Iterator[str]:
    """The top-level keys of such parts."""
    yield from (key for key in LATER_KEYS if key in tree)
