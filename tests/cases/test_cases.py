"""Golden diagnostics: a folder a case, a spec and the text that compiling it prints.

`UPDATE_GOLDEN=1 pytest tests/cases` rewrites every expected.txt; look at the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from compiler.cli.compiling import compiled_from
from compiler.codes import CODES
from compiler.diagnostics import Diagnostic
from compiler.pipeline import plan_spec
from compiler.render import to_text
from tests.support.cases import HERE, folders, specs

UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))
ON_CI = bool(os.environ.get("CI"))


by_folder = pytest.mark.parametrize("spec", specs, ids=lambda spec: spec.parent.name)


def told(spec: Path) -> list[Diagnostic]:
    """What compiling a spec says, run in its folder so that paths are relative."""
    before = Path.cwd()
    os.chdir(spec.parent)
    try:
        return compiled_from(spec.name, plan_spec).diagnostics
    finally:
        os.chdir(before)


def printed(spec: Path) -> str:
    text = spec.read_bytes().decode("utf-8", "replace")
    diagnostics = told(spec)
    unreadable = [one.code for one in diagnostics] == ["E002"]
    sources = {} if unreadable else {spec.name: text}
    return to_text(diagnostics, sources, color=False)


@by_folder
def test_a_spec_prints_what_is_expected(spec: Path) -> None:
    expected = spec.with_name("expected.txt")
    actual = printed(spec)
    if UPDATE:
        assert not ON_CI, "on CI golden files are compared, never rewritten"
        expected.write_text(actual, "utf-8")
    assert actual == expected.read_text("utf-8")


def specs_text(folder: Path) -> str:
    """The text of a case's spec."""
    texts = (spec.read_text("utf-8", "replace") for spec in folder.glob("spec.*"))
    return next(texts, "")


def test_every_folder_is_a_case() -> None:
    """One spec, one expected text, nothing left over from a case that was renamed."""
    for folder in HERE.iterdir():
        names = (
            sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
        )
        named = re.findall(r'(?:data|file) = "([^"]+)"', specs_text(folder))
        names = [name for name in names if name not in named]
        if folder.is_dir() and folder.name not in ("__pycache__", "regen"):
            assert names in (
                ["expected.txt", "spec.json"],
                ["expected.txt", "spec.toml"],
            ), folder.name


def test_every_code_that_compiling_can_give_has_a_case() -> None:
    texts = [folder.joinpath("expected.txt").read_text("utf-8") for folder in folders]
    shown = {code for text in texts for code in re.findall(r"\[([EW]\d{3})\]: ", text)}
    # E7 is of what `scaffold new --from` reads.
    from_disk = {code for code in CODES if code.startswith(("E003", "E5", "E6", "E7"))}
    assert shown == set(CODES) - from_disk


@pytest.mark.parametrize("code", [code for code in CODES if code.startswith("W")])
def test_every_warning_has_a_twin_that_allows_it(code: str) -> None:
    folder = HERE / f"{code.lower()}_allowed"
    assert code in folder.joinpath("spec.toml").read_text("utf-8")
    assert folder.joinpath("expected.txt").read_text("utf-8") == ""


@by_folder
def test_every_place_of_a_diagnostic_lies_within_the_file(spec: Path) -> None:
    text = spec.read_bytes().decode("utf-8", "replace")
    lines = text.split("\n")
    for diagnostic in told(spec):
        assert diagnostic.labels
        for label in diagnostic.labels:
            span = label.span
            assert span.path == spec.name
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert 1 <= span.line <= span.end_line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1


def test_ten_mistakes_of_different_stages_are_told_at_once_each_with_its_line() -> None:
    found = told(HERE / "ten_mistakes" / "spec.toml")
    assert len(found) == 10
    assert len({one.code for one in found}) == 10
    assert len({one.labels[0].span.line for one in found}) == 10
