"""Files that are compared with committed ones: their differences, and how they are accepted."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
HINT = "if this is meant: make golden, and look at git diff"


def accepting() -> bool:
    """Whether what is emitted now becomes the golden files (UPDATE_GOLDEN, refused on CI)."""
    update = bool(os.environ.get("UPDATE_GOLDEN"))
    assert not (update and os.environ.get("CI")), "golden files are not rewritten on CI"
    return update


def files_in(folder: Path) -> dict[str, str]:
    """The texts of a folder by path, without the record of what was written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".scaffold" not in path.relative_to(folder).parts
    }


def difference(old: Mapping[str, str], new: Mapping[str, str], place: str) -> str:
    """A unified diff of two folders, file by file; empty where they are the same."""
    lines: list[str] = []
    for name in sorted(old.keys() | new.keys()):
        texts = [each.get(name, "").splitlines(keepends=True) for each in (old, new)]
        titles = [
            f"{place}/{name}{'' if name in each else ' (absent)'}"
            for each in (old, new)
        ]
        found = list(difflib.unified_diff(texts[0], texts[1], titles[0], titles[1]))
        if not found and old.get(name) != new.get(name):
            found = [f"{name}: there or not, but empty\n"]
        lines += found
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)
