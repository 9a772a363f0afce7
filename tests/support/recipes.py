"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the compiler."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.goldens import ROOT

BLOCK = re.compile(r"`([\w./]+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
"""A code block, after a sentence that ends in the name of its file."""


def recipe(title: str) -> dict[str, str]:
    """The files of the recipe below a heading: their texts by path."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    assert section, f"no heading {title}"
    return dict(BLOCK.findall(section))


def copied(folder: Path) -> Path:
    """A copy of the project, as far as compiling and testing a column need it."""
    ignored = shutil.ignore_patterns("__pycache__")
    for part in ("compiler", "templates", "tests/support"):
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    for file in ("docs/language.md", "tests/unit/emit/test_kinds.py"):
        (folder / file).parent.mkdir(parents=True)
        shutil.copy(ROOT / file, folder / file)
    return folder


def follow(files: dict[str, str], folder: Path) -> None:
    """Writes a recipe's files; a row of a page goes below the table's other rows."""
    for name, text in files.items():
        path = folder / name
        if path.suffix == ".md":
            page = path.read_text("utf-8")
            kinds = re.search(r"\| kind \| parameters \| notes \|\n(\|.*\n)+", page)
            assert kinds is not None
            path.write_text(page.replace(kinds[0], kinds[0] + text), "utf-8")
        else:
            assert not path.exists(), f"{name} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def run_in(folder: Path, *command: str, fails: bool = False) -> str:
    """Runs Python with the copy's own compiler, and expects success or failure.

    Returns the output; of a command that fails, its messages as well.
    """
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    both = done.stdout + done.stderr
    assert (done.returncode != 0) == fails, both
    return both if fails else done.stdout
