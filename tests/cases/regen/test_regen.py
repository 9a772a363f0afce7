"""Builds over files that people edited: a folder a case, and what the commands print.

`case.toml` tells what happens after a first build of shop.toml: `spec` is how its author changed
the spec, `edit`, `write` and `remove` how people changed the files, `commands` what is run then.
expected.txt has what these print, the edits that are left, and what `check` finds.
`UPDATE_GOLDEN=1 pytest tests/cases` rewrites every expected.txt; look at the difference.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from compiler.cli import main
from tests.support.goldens import accepting

HERE = Path(__file__).parent
SPEC = (HERE / "shop.toml").read_text("utf-8")
CASES = sorted(folder for folder in HERE.iterdir() if (folder / "case.toml").exists())
FOLDER = Path("generated/shop")
COLUMNS = "200"


def run(command: str) -> str:
    """What a command prints, without the plan, and how it ends."""
    done = CliRunner().invoke(main, command.split(), catch_exceptions=False)
    lines = (done.stderr + done.stdout).splitlines()
    plan = [n for n, line in enumerate(lines) if line.startswith("  About ")]
    shown = lines[plan[-1] + 1 :] if plan else lines
    text = "\n".join(shown).strip()
    code = f"\nexit {done.exit_code}" if done.exit_code else ""
    return f"$ scaffold {command}\n{text}{code}\n"


def changed(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, f"there is no {old}"
        text = text.replace(old, new)
    return text


def edited(case: dict[str, Any]) -> None:
    """Changes the files as people did."""
    for path, text in case.get("write", {}).items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_text(text, "utf-8", newline="")
    for path, changes in case.get("edit", {}).items():
        text = changed((FOLDER / path).read_text("utf-8"), changes)
        ends = case.get("line_ends", "\n")
        (FOLDER / path).write_text(text, "utf-8", newline=ends)
    for path in case.get("remove", ()):
        target = FOLDER / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_build_over_edited_files(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", COLUMNS)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    case = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    spec = tmp_path / "shop.toml"
    spec.write_text(SPEC, "utf-8")
    if case.get("built", True):
        for command in case.get("first", ["shop.toml"]):
            run(command)
    spec.write_text(changed(SPEC, case.get("spec", {})), "utf-8")
    edited(case)
    commands = [*case.get("commands", ["shop.toml"]), "diff", "check"]
    actual = "\n".join(map(run, commands))
    expected = folder / "expected.txt"
    if accepting():
        expected.write_text(actual, "utf-8")
    assert actual == expected.read_text("utf-8")
    if "line_ends" in case:
        script = (FOLDER / "generate_data.py").read_bytes()
        assert script.count(b"\r\n") == script.count(b"\n") > 0


def test_every_folder_is_a_case() -> None:
    for folder in HERE.iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            names = sorted(file.name for file in folder.iterdir())
            assert names == ["case.toml", "expected.txt"], folder.name
