"""Count what was written: python -m benchmarks.counting FOLDER prints rows and cells, as JSON.

Each folder in it, or each file, is a table of Parquet files.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl


def count(folder: Path) -> dict[str, dict[str, int]]:
    """Rows, cells and bytes of each table."""
    found: dict[str, dict[str, int]] = {}
    for place in sorted(folder.iterdir()):
        files = [place] if place.is_file() else sorted(place.rglob("*.parquet"))
        files = [file for file in files if file.suffix == ".parquet"]
        if files:
            frame = pl.scan_parquet(files)
            rows = int(frame.select(pl.len()).collect().item())
            found[place.stem] = {
                "rows": rows,
                "cells": rows * len(frame.collect_schema()),
                "bytes": sum(file.stat().st_size for file in files),
            }
    return found


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
