"""The cases: a folder each, with a spec and the text that compiling it prints."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parents[1] / "cases"
specs = sorted(HERE.glob("*/spec.*"))
folders = [spec.parent for spec in specs]
