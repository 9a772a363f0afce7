"""An edited file and its new text become one, or nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.regen.decide import Action, digest
from compiler.regen.lock import LOCK, from_bytes, pristine
from compiler.regen.planning import Writing, plan_write
from compiler.render import to_text

SCRIPT = "generate_data.py"
BASE = """import math

RATE = 0.5
SIZE = 10


def first() -> float:
    return RATE


def last() -> int:
    return SIZE
"""
OURS = BASE.replace("RATE = 0.5", "RATE = 0.7  # mine")
FRESH = BASE.replace("SIZE = 10", "SIZE = 10\nNEW = math.pi").replace(
    "-> int", "-> float"
)
BOTH = FRESH.replace("RATE = 0.5", "RATE = 0.7  # mine")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a script as it was emitted."""
    assert plan_write(tmp_path, {SCRIPT: BASE}, force=False).commit() == ()
    return tmp_path


def built(folder: Path, fresh: str, path: str = SCRIPT) -> Writing:
    writing = plan_write(folder, {path: fresh}, force=False)
    assert writing.commit() == ()
    return writing


def refused(folder: Path, fresh: str, path: str = SCRIPT, code: str = "E501") -> str:
    """What is printed, because nothing is written; the folder stays as it is."""
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    writing = plan_write(folder, {path: fresh})
    (diagnostic,) = writing.commit()
    after = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert after == before
    assert diagnostic.code == code
    assert diagnostic.help
    return to_text([diagnostic], writing.sources, color=False)


def test_both_changes_are_in_the_file_and_the_record_is_of_the_new_text(
    folder: Path,
) -> None:
    (folder / SCRIPT).write_text(OURS)
    (decision,) = built(folder, FRESH).decisions
    assert decision.action is Action.MERGE
    assert (folder / SCRIPT).read_text() == BOTH
    assert (folder / pristine(SCRIPT)).read_text() == FRESH
    assert from_bytes((folder / LOCK).read_bytes()).files == {
        SCRIPT: digest(FRESH.encode())
    }


def test_the_next_build_keeps_the_edits_and_merges_again(folder: Path) -> None:
    (folder / SCRIPT).write_text(OURS)
    built(folder, FRESH)
    (decision,) = built(folder, FRESH).decisions
    assert decision.action is Action.KEEP
    newer = FRESH.replace("math.pi", "math.e")
    built(folder, newer)
    assert (folder / SCRIPT).read_text() == BOTH.replace("math.pi", "math.e")


def test_an_edit_that_the_spec_makes_as_well_is_no_edit_any_more(folder: Path) -> None:
    (folder / SCRIPT).write_text(OURS)
    built(folder, OURS.replace("SIZE = 10", "SIZE = 20"))
    (decision,) = built(folder, OURS.replace("SIZE = 10", "SIZE = 30")).decisions
    assert decision.action is Action.UPDATE


def test_line_ends_stay_as_the_edited_file_has_them(folder: Path) -> None:
    (folder / SCRIPT).write_bytes(OURS.replace("\n", "\r\n").encode())
    built(folder, FRESH)
    assert (folder / SCRIPT).read_bytes() == BOTH.replace("\n", "\r\n").encode()


def test_lines_that_both_changed_are_named(folder: Path) -> None:
    (folder / SCRIPT).write_text(OURS)
    why = refused(folder, BASE.replace("RATE = 0.5", "RATE = 0.9"))
    assert "3 | RATE = 0.7  # mine" in why
    assert "the new text has `RATE = 0.9`" in why


@pytest.mark.parametrize(
    ("ours", "fresh", "reason"),
    [
        (
            BASE.replace("return SIZE", "return SIZE + OLD").replace(
                "RATE = 0.5", "RATE = OLD = 0.5"
            ),
            BASE.replace("RATE = 0.5\n", "").replace("return RATE", "return 0.5"),
            "3 | RATE = OLD = 0.5",
        ),
        (
            BASE + "\n\ndef helper() -> int:\n    return SIZE\n",
            BASE.replace("def first", "def helper() -> None: ...\n\n\ndef first"),
            "the new text has `def helper() -> None: ...`",
        ),
        (
            BASE.replace("return SIZE", "return SIZE + int(RATE)"),
            BASE.replace("RATE = 0.5\n", "").replace("return RATE", "return 0.5"),
            "RATE is not defined",
        ),
        (
            BASE.replace("return SIZE", "return (SIZE"),
            BASE.replace("RATE = 0.5", "RATE = 0.9"),
            "",
        ),
    ],
)
def test_what_would_be_broken_is_not_written(
    folder: Path, ours: str, fresh: str, reason: str
) -> None:
    (folder / SCRIPT).write_text(ours)
    if reason:
        assert reason in refused(folder, fresh)
    else:  # it was broken before: that is the user's, and no reason to stop
        built(folder, fresh)
        assert "return (SIZE" in (folder / SCRIPT).read_text()


def test_json_stays_json(tmp_path: Path) -> None:
    base = '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}\n'
    assert plan_write(tmp_path, {"job.json": base}, force=False).commit() == ()
    (tmp_path / "job.json").write_text(base.replace("3\n", '3,\n  "mine": 0\n'))
    built(tmp_path, base.replace('"a": 1', '"a": 9'), "job.json")
    assert '"mine": 0' in (tmp_path / "job.json").read_text()
    (tmp_path / "job.json").write_text(base.replace(',\n  "c": 3', ""))
    assert "line" in refused(
        tmp_path, base.replace("3\n}", '3,\n  "d": 4\n}'), "job.json"
    )


def test_markers_of_a_conflict_are_refused(folder: Path) -> None:
    text = f"<<<<<<< mine\n{OURS}=======\n{BASE}>>>>>>> theirs\n"
    (folder / SCRIPT).write_text(text)
    assert "markers of a conflict" in refused(folder, FRESH, code="E504")


def test_without_the_copy_of_what_was_written_nothing_is_merged(folder: Path) -> None:
    (folder / SCRIPT).write_text(OURS)
    (folder / pristine(SCRIPT)).write_text("changed by a formatter")
    assert "the copy of what was written last" in refused(folder, FRESH)


def test_what_is_no_text_is_not_merged(folder: Path) -> None:
    (folder / SCRIPT).write_bytes(b"\xff\xfe")
    assert "UTF-8" in refused(folder, FRESH)
