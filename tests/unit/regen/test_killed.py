"""A build that is killed at any moment: files are whole, and the next build repairs it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from compiler.regen.journal import JOURNAL, beside
from compiler.regen.lock import LOCK
from compiler.regen.planning import plan_write

if sys.platform == "win32":
    pytest.skip("Windows cannot fork", allow_module_level=True)

SCRIPT, README, JOB, STALE, GONE = "a.py", "README.md", "b/job.yml", "c/stale", "gone"
FIRST = {SCRIPT: "one\n", README: "r\n", JOB: "one\n", STALE: "s\n", GONE: "g\n"}
SECOND = {SCRIPT: "two\n", README: "r\n", JOB: "two\n", "new/file": "n\n", GONE: "g\n"}
THIRD = {SCRIPT: "three\n", README: "r\n", "d/job.yml": "three\n", GONE: "g\n"}
EDITED = "edited by hand\n"


def written(folder: Path, fresh: dict[str, str]) -> None:
    assert plan_write(folder, fresh, force=False).commit() == ()


def files_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".scaffold" not in path.parts
    }


def all_names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def states(
    start: Path, fresh: dict[str, str], after: bool, last: int | None = None
) -> list[Path]:
    """What a build leaves that is killed before, or after, each of its changes of the disk.

    A process builds over a copy of the start, and copies the disk at each change until the last
    one asked for: that is what a kill leaves. Behind these stands what it leaves that ends well.
    """
    folder, copies = (start.parent / name for name in ("generated", f"{start.name}s"))
    copies.mkdir()
    shutil.copytree(start, folder)
    child = os.fork()
    if child == 0:
        calls = 0

        def keep(owner: object, name: str) -> None:
            real = getattr(owner, name)

            def call(*args: object, **options: object) -> object:
                nonlocal calls
                step, calls = calls, calls + 1
                if not after:
                    shutil.copytree(folder, copies / str(step))
                result = real(*args, **options)
                if after:
                    shutil.copytree(folder, copies / str(step))
                if step == last:
                    os._exit(0)
                return result

            setattr(owner, name, call)

        for owner, name in (
            *((Path, "write_bytes"), (Path, "mkdir"), (Path, "unlink")),
            *((Path, "rmdir"), (shutil, "copy2"), (os, "replace")),
        ):
            keep(owner, name)
        failed = plan_write(folder, fresh, force=False).commit()
        os._exit(1 if failed else 0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    left = sorted(copies.iterdir(), key=lambda copy: int(copy.name))
    return [*left, folder.rename(copies / "whole")]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("built_before", [False, True])
def test_killed_at_any_change_of_the_disk(
    tmp_path: Path, built_before: bool, after: bool
) -> None:
    start = tmp_path / "start"
    kept: dict[str, str] = {}
    if built_before:
        written(start, FIRST)
        (start / README).write_text(EDITED)
        (start / GONE).unlink()
        (start / "mine.txt").write_text("mine\n")
        kept = {README: EDITED, "mine.txt": "mine\n"}
    else:
        start.mkdir()
    allowed = {path: {text} for path, text in kept.items()}
    for texts in (FIRST if built_before else {}, SECOND):
        for path, text in texts.items():
            if path not in kept and not (built_before and path == GONE):
                allowed.setdefault(path, set()).add(text)
    folder = tmp_path / "generated"
    left = states(start, SECOND, after)
    for step, state in enumerate(left):
        for fresh in (SECOND, THIRD, FIRST):
            shutil.copytree(state, folder)
            found = files_of(folder)
            whole = {path: text for path, text in found.items() if path in allowed}
            assert all(text in allowed[path] for path, text in whole.items())
            assert kept.items() <= found.items()

            written(folder, fresh)
            expected = {**fresh, **kept}
            if built_before:
                del expected[GONE]  # stays deleted
            assert files_of(folder) == expected, f"killed at {step}"
            names = all_names(folder)
            assert not [name for name in names if name.endswith((".old", ".new"))]
            assert JOURNAL not in names
            assert plan_write(folder, fresh, force=False).changes == ()
            shutil.rmtree(folder)
    assert len(left) > 3 * len(SECOND)


def test_killed_twice(tmp_path: Path) -> None:
    """What the first of two builds had written is ours after the second was killed, too."""
    written(tmp_path / "start", FIRST)
    folder = tmp_path / "generated"
    for first in states(tmp_path / "start", SECOND, after=True)[:40:3]:
        for second in states(first, THIRD, after=False, last=11)[:12:2]:
            second.rename(folder)
            written(folder, THIRD)
            assert files_of(folder) == THIRD
            shutil.rmtree(folder)


def test_a_merge_that_was_killed_loses_no_edit(tmp_path: Path) -> None:
    """Whatever is built next: the edit is in the file, and so is the new text.

    Only between two renames, a build may take a line that was just merged for an edit.
    """
    lines = ["first", "a", "b", "c", "last"]

    def text(first: str, last: str) -> str:
        return "\n".join([first, *lines[1:-1], last, ""])

    start = tmp_path / "start"
    written(start, {README: text("first", "last"), JOB: "one\n"})
    (start / README).write_text(text("first", "mine"))
    merged_at = set()
    folder = tmp_path / "generated"
    fresh = {README: text("second", "last"), JOB: "two\n"}
    *killed, whole = states(start, fresh, after=True)
    for step, state in enumerate([*killed, whole]):
        for first in ("second", "third", "first"):
            shutil.copytree(state, folder)
            found = (folder / README).read_text()
            assert found in (text("first", "mine"), text("second", "mine"))
            if state in killed and found == text("second", "mine"):
                merged_at.add(step)
            newer = {README: text(first, "last"), JOB: "two\n"}
            if plan_write(folder, newer, force=False).commit():
                # Its copy was still of the text before: the same build first mends that.
                assert (folder / README).read_text() == found == text("second", "mine")
                written(folder, fresh)
                written(folder, newer)
            merged = (folder / README).read_text()
            allowed = {text(first, "mine")} | ({found} if first == "first" else set())
            assert merged in allowed, step
            assert JOURNAL not in all_names(folder)
            again = {README: text(first, "last") + "end\n", JOB: "two\n"}
            written(folder, again)
            assert (folder / README).read_text() == merged + "end\n", step
            shutil.rmtree(folder)
    assert len(merged_at) > 3


def test_an_edit_after_a_build_was_killed_is_an_edit(tmp_path: Path) -> None:
    written(tmp_path / "start", FIRST)
    *killed, _ = states(tmp_path / "start", SECOND, after=True)
    for state in killed:
        folder = state.rename(tmp_path / "generated")
        (folder / SCRIPT).write_text(EDITED)
        failed = plan_write(folder, THIRD, force=False).commit()
        assert [one.code for one in failed] == ["E501"]
        assert (folder / SCRIPT).read_text() == EDITED
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"processes": 1, "files": {}}',
        b'{"processes": ["1"], "files": {}}',
        b'{"processes": [1], "files": {"../outside": [null]}}',
        b'{"processes": [1], "files": {"\\ud800": [null]}}',
        b'{"processes": [1], "files": {"a.py": [7]}}',
        b'{"processes": [1], "files": {"a.py": 7}}',
        b'{"processes": [1], "files": {".scaffold/lock.json": [null]}}',
        b'{"processes": [%s], "files": {"a.py": [null]}}' % (b"9" * 40),
    ],
)
def test_a_damaged_journal_does_no_harm(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "generated"
    written(folder, FIRST)
    (tmp_path / ".outside.1.old").write_text("theirs\n")
    (folder / JOURNAL).write_bytes(content)
    written(folder, SECOND)
    assert not (folder / JOURNAL).exists()
    assert (tmp_path / ".outside.1.old").exists()


def test_files_of_a_build_that_is_still_at_work_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "generated"
    written(folder, FIRST)
    journal = {"processes": [os.getppid()], "files": {SCRIPT: [None]}}
    (folder / JOURNAL).write_text(json.dumps(journal))
    theirs = folder / beside(SCRIPT, os.getppid(), "new")
    theirs.write_text("not yet in place\n")
    written(folder, SECOND)
    assert theirs.exists()


def test_a_lock_with_half_a_character_is_a_diagnostic(tmp_path: Path) -> None:
    folder = tmp_path / "generated"
    written(folder, FIRST)
    for name in ("\\ud800", "x" * 300, "a/\\udfff/b"):
        lock = f'{{"files": {{"{name}": "{"0" * 64}"}}}}'
        (folder / LOCK).write_text(lock)
        failed = plan_write(folder, FIRST, force=False).commit()
        assert [one.code for one in failed] == ["E502"]
        assert "scaffold adopt" in str(failed[0].help)
        written_anew = plan_write(folder, FIRST, force=True)
        assert written_anew.commit() == ()


@pytest.mark.parametrize("place", [LOCK, ".scaffold/pristine/a.py", SCRIPT, JOURNAL])
def test_a_file_of_a_terabyte_or_a_pipe_is_not_read(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "generated"
    written(folder, FIRST)
    file = folder / place
    file.unlink(missing_ok=True)
    with file.open("wb") as large:
        large.truncate(10**12)  # a hole: it takes no space
    failed = plan_write(folder, SECOND, force=True).commit()
    assert [one.code for one in failed] == ["E502"]
    assert "over 100 MB" in failed[0].message
    file.unlink()
    os.mkfifo(file)
    failed = plan_write(folder, SECOND, force=True).commit()
    assert [one.code for one in failed] == ["E502"]
    assert "a device or pipe" in failed[0].message


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"\x00" * 10, None])
@pytest.mark.parametrize("path", [SCRIPT, JOB])
def test_damaged_pristine_copies_are_repaired(
    tmp_path: Path, path: str, content: bytes | None
) -> None:
    folder = tmp_path / "generated"
    written(folder, FIRST)
    copy = folder / ".scaffold/pristine" / path
    copy.unlink() if content is None else copy.write_bytes(content)
    written(folder, FIRST)
    assert copy.read_text() == FIRST[path]
