"""What each peer's program takes: python -m benchmarks.peers.NAME CUSTOMERS ORDERS OUTPUT."""

from __future__ import annotations

import sys
from pathlib import Path


def arguments() -> tuple[int, int, Path]:
    """The numbers of customers and of orders, and the folder to write to, which is made."""
    _, customers, orders, output = sys.argv
    Path(output).mkdir(parents=True, exist_ok=True)
    return int(customers), int(orders), Path(output)
