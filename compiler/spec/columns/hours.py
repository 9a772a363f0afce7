"""The named shapes of a day: the weight of each hour, from midnight on."""

from __future__ import annotations

HOURS: dict[str, tuple[float, ...]] = {
    "business": (
        *(0, 0, 0, 0, 0, 0, 1, 4, 10, 14, 14, 12),
        *(9, 12, 14, 13, 11, 7, 3, 1, 0, 0, 0, 0),
    ),
    "evening": (
        *(2, 1, 0.5, 0.3, 0.2, 0.3, 1, 2, 2, 2, 3, 3),
        *(4, 4, 3, 3, 4, 6, 9, 12, 14, 13, 9, 5),
    ),
}
