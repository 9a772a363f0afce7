"""What parts need before they measure: folders, scripts of specs, counts of what was written."""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import BUILD, ROOT, Tree, run

SHOP = ROOT / "benchmarks" / "shop.toml"


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is deleted with all in it."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="data-") as name:
        yield Path(name)


def shop_spec(customers: int, folder: Path) -> Path:
    """The spec of the shop with so many customers, and ten times as many orders."""
    text = SHOP.read_text("utf-8")
    for rows, wanted in (("5_000", customers), ("50_000", 10 * customers)):
        assert text.count(f"rows = {rows}\n") == 1
        text = text.replace(f"rows = {rows}\n", f"rows = {wanted} \n")
    spec = folder / "shop.toml"
    spec.write_text(text, encoding="utf-8")
    return spec


def emitted(spec: Path, engine: str, folder: Path) -> Path:
    """The script of a spec, written by a process of its own."""
    script = folder / engine / "generate_data.py"
    run([sys.executable, "-m", "benchmarks.emitted", spec, engine, script])
    return script


def counted(output: Path) -> Tree:
    """Rows, cells and bytes of what a program wrote."""
    command = [sys.executable, "-m", "benchmarks.counting", output]
    tables: Tree = json.loads(run(command).output)
    return {
        what: sum(each[what] for each in tables.values())
        for what in ("rows", "cells", "bytes")
    }
