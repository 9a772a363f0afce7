"""On disk: all or nothing, never through a link, never over an edit."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.regen.decide import Action, digest
from compiler.regen.lock import LOCK, base_text, from_bytes, pristine
from compiler.regen.planning import Writing, plan_write

SCRIPT = "generate_data.py"
JOB = "resources/job.yml"
FIRST = {SCRIPT: "print(1)\n", JOB: "name: é\n"}
SECOND = {SCRIPT: "print(2)\n", JOB: "name: è\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "generated" / "ecom"


def write(folder: Path, fresh: dict[str, str], *, force: bool = False) -> Writing:
    """Write and expect that it is done."""
    writing = plan_write(folder, fresh, force=force)
    assert writing.diagnostics == ()
    assert writing.commit() == ()
    return writing


def refuse(folder: Path, fresh: dict[str, str], *, force: bool = False) -> list[str]:
    """Write, expect that it is refused and nothing changes, and give the codes."""
    before = tree(folder)
    writing = plan_write(folder, fresh, force=force)
    diagnostics = writing.commit()
    assert tree(folder) == before
    assert diagnostics
    assert all(diagnostic.help for diagnostic in diagnostics)
    return [diagnostic.code for diagnostic in diagnostics]


def tree(folder: Path) -> dict[str, bytes | str]:
    """Everything below the folder's parent: files, links and empty folders."""
    return {
        str(path): (
            f"-> {path.readlink()}"
            if path.is_symlink()
            else path.read_bytes() if path.is_file() else "folder"
        )
        for path in folder.parent.rglob("*")
    }


def actions(writing: Writing) -> dict[str, Action]:
    return {decision.path: decision.action for decision in writing.decisions}


# ------------------------------------------------------------------- what is written


def test_first_build_writes_the_files_their_copies_and_a_lock(folder: Path) -> None:
    write(folder, FIRST)
    for path, text in FIRST.items():
        assert (folder / path).read_bytes() == text.encode()
        assert (folder / pristine(path)).read_bytes() == text.encode()
        assert base_text(folder, path, digest(text.encode())) == text
    assert (folder / LOCK).read_text() == json.dumps(
        {"files": {path: digest(FIRST[path].encode()) for path in sorted(FIRST)}},
        indent=2,
    ) + "\n"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 2 * len(FIRST) + 2, "no temporary file stays"


def test_planning_changes_nothing(folder: Path) -> None:
    plan_write(folder, FIRST, force=True)
    assert not folder.parent.exists()


def test_a_second_build_of_the_same_writes_nothing(folder: Path) -> None:
    write(folder, FIRST)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert write(folder, FIRST).changes == ()
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_files_get_the_usual_permissions_and_keep_those_they_were_given(
    folder: Path,
) -> None:
    write(folder, FIRST)
    usual = folder.parent / "usual"
    usual.touch()
    assert (folder / SCRIPT).stat().st_mode == usual.stat().st_mode
    (folder / SCRIPT).chmod(0o750)
    write(folder, SECOND)
    assert stat.S_IMODE((folder / SCRIPT).stat().st_mode) == 0o750


def test_a_relative_folder_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("generated/ecom"), FIRST)
    assert (tmp_path / "generated/ecom" / SCRIPT).exists()


# ------------------------------------------------------------------- what is kept


def test_an_edit_is_kept_while_the_emitted_text_stays(folder: Path) -> None:
    write(folder, FIRST)
    (folder / SCRIPT).write_text("print('mine')\n")
    writing = write(folder, FIRST | {JOB: SECOND[JOB]})
    assert actions(writing) == {SCRIPT: Action.KEEP, JOB: Action.UPDATE}
    assert (folder / SCRIPT).read_text() == "print('mine')\n"
    assert refuse(folder, SECOND) == ["E501"]


def test_an_edit_refuses_the_whole_build_until_forced(folder: Path) -> None:
    write(folder, FIRST)
    (folder / SCRIPT).write_text("print('mine')\n")
    assert refuse(folder, SECOND) == ["E501"]
    assert (folder / JOB).read_text() == FIRST[JOB]
    writing = write(folder, SECOND, force=True)
    assert actions(writing) == {SCRIPT: Action.OVERWRITE, JOB: Action.UPDATE}
    assert (folder / SCRIPT).read_text() == SECOND[SCRIPT]


def test_a_file_that_was_never_ours_is_refused_unless_it_is_the_same(
    folder: Path,
) -> None:
    folder.mkdir(parents=True)
    (folder / SCRIPT).write_text("theirs\n")
    assert refuse(folder, FIRST) == ["E502"]
    (folder / SCRIPT).write_text(FIRST[SCRIPT])
    assert actions(write(folder, FIRST))[SCRIPT] is Action.UNCHANGED
    assert SCRIPT in from_bytes((folder / LOCK).read_bytes()).files


def test_all_refusals_are_told_at_once(folder: Path) -> None:
    write(folder, {SCRIPT: "1\n"})
    (folder / SCRIPT).write_text("mine\n")
    (folder / JOB).mkdir(parents=True)
    (folder / "README.md").write_text("theirs\n")
    fresh = {SCRIPT: "2\n", JOB: "job\n", "README.md": "ours\n"}
    assert sorted(refuse(folder, fresh)) == ["E501", "E502", "E502"]


def test_a_deleted_file_stays_deleted_until_forced(folder: Path) -> None:
    write(folder, FIRST)
    (folder / SCRIPT).unlink()
    assert actions(write(folder, SECOND))[SCRIPT] is Action.DELETED
    assert not (folder / SCRIPT).exists()
    # Brought back as it was, it is known as unedited and follows the spec again.
    (folder / SCRIPT).write_text(FIRST[SCRIPT])
    assert actions(write(folder, SECOND))[SCRIPT] is Action.UPDATE
    (folder / SCRIPT).unlink()
    write(folder, SECOND, force=True)
    assert (folder / SCRIPT).read_text() == SECOND[SCRIPT]


def test_a_stale_file_goes_with_its_copy_and_its_emptied_folder(folder: Path) -> None:
    write(folder, FIRST)
    write(folder, {SCRIPT: FIRST[SCRIPT]})
    assert not (folder / JOB).parent.exists()
    assert not (folder / pristine(JOB)).parent.exists()
    assert list(from_bytes((folder / LOCK).read_bytes()).files) == [SCRIPT]


def test_a_stale_file_that_was_edited_stays_and_is_still_known_later(
    folder: Path,
) -> None:
    write(folder, FIRST)
    (folder / JOB).write_text("mine\n")
    for force in (False, True):
        writing = write(folder, {SCRIPT: FIRST[SCRIPT]}, force=force)
        assert actions(writing)[JOB] is Action.LEAVE
    assert actions(write(folder, FIRST))[JOB] is Action.KEEP
    assert (folder / JOB).read_text() == "mine\n"


def test_windows_line_endings_are_no_edit(folder: Path) -> None:
    write(folder, FIRST)
    for path in [file for file in folder.rglob("*") if file.is_file()]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert write(folder, FIRST).changes == ()
    write(folder, SECOND)
    ends = SECOND[SCRIPT].replace("\n", "\r\n")
    assert (folder / SCRIPT).read_bytes() == ends.encode()


def test_a_changed_pristine_copy_is_no_base_text_and_is_repaired(folder: Path) -> None:
    write(folder, FIRST)
    recorded = digest(FIRST[SCRIPT].encode())
    (folder / pristine(SCRIPT)).write_text("formatted otherwise\n")
    assert base_text(folder, SCRIPT, recorded) is None
    write(folder, FIRST)
    assert base_text(folder, SCRIPT, recorded) == FIRST[SCRIPT]


# ------------------------------------------------------------------- the record


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"spec": "shop.toml"}',
        b'{"files": []}',
        b'{"files": {"a": 1}}',
        b'{"files": {"a": "12"}}',
        b'{"files": {"../outside": "%s"}}' % (b"0" * 64),
        b'{"files": {"/etc/passwd": "%s"}}' % (b"0" * 64),
        b'{"files": {".scaffold/lock.json": "%s"}}' % (b"0" * 64),
        b'<<<<<<< HEAD\n{"files": {}}\n=======\n{"files": {}}\n>>>>>>> other\n',
    ],
)
def test_a_damaged_lock_is_refused_until_forced(folder: Path, content: bytes) -> None:
    write(folder, FIRST)
    (folder / LOCK).write_bytes(content)
    assert refuse(folder, FIRST) == ["E502"]
    write(folder, FIRST, force=True)
    assert write(folder, FIRST).changes == ()


def test_a_lock_cannot_make_us_remove_a_file_outside(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.parent.mkdir(parents=True)
    outside.write_text("theirs\n")
    write(folder, FIRST)
    files = {"../outside": digest(b"theirs\n")}
    (folder / LOCK).write_text(json.dumps({"files": files}))
    assert refuse(folder, FIRST) == ["E502"]
    write(folder, FIRST, force=True)
    assert outside.exists()


# ------------------------------------------------------------------- staying inside


@pytest.mark.parametrize(
    "path",
    ["../a", "/a", "a/../../b", "", "a//b", "./a", "a\\b", ".scaffold/lock.json"],
)
def test_an_emitted_path_that_leaves_the_folder_is_a_bug_of_ours(
    folder: Path, path: str
) -> None:
    with pytest.raises(ValueError, match="leave the folder"):
        plan_write(folder, {path: "text"}, force=True)
    assert not folder.exists()


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("link", [SCRIPT, "resources", ".scaffold", LOCK])
def test_nothing_is_written_through_a_symbolic_link(
    folder: Path, link: str, force: bool
) -> None:
    outside = folder.parent / "outside"
    outside.mkdir(parents=True)
    (folder / link).parent.mkdir(parents=True)
    (folder / link).symlink_to(outside, target_is_directory=True)
    assert set(refuse(folder, FIRST, force=force)) == {"E502"}
    assert not list(outside.iterdir())


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "ecom").symlink_to("elsewhere", target_is_directory=True)
    write(tmp_path / "ecom", FIRST)
    assert (tmp_path / "elsewhere" / SCRIPT).exists()


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_or_file_in_the_way_is_refused(folder: Path, force: bool) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file")
    assert refuse(folder, FIRST, force=force) == ["E502"]
    folder.unlink()
    (folder / SCRIPT / "inner").mkdir(parents=True)
    (folder / "resources").write_text("a file")
    assert refuse(folder, FIRST, force=force) == ["E502", "E502"]


def test_what_took_a_stale_files_place_is_left_alone(folder: Path) -> None:
    write(folder, FIRST)
    (folder / JOB).unlink()
    (folder / JOB).mkdir()
    write(folder, {SCRIPT: FIRST[SCRIPT]})
    assert (folder / JOB).is_dir()


# ------------------------------------------------------------------- all or nothing


@pytest.mark.parametrize("built_before", [False, True])
def test_a_failure_at_any_step_leaves_everything_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, built_before: bool
) -> None:
    """Let the first, second, … change to the disk fail until one build comes through."""
    folder.parent.mkdir()
    if built_before:
        write(folder, FIRST | {"stale/file": "stale\n"})
    failures = 0
    while True:
        before = tree(folder)
        with monkeypatch.context() as patch:
            fail_at(patch, failures)
            diagnostics = plan_write(folder, SECOND, force=False).commit()
        if not diagnostics:
            break
        assert [diagnostic.code for diagnostic in diagnostics] == ["E503"]
        assert "No space left" in diagnostics[0].message
        assert tree(folder) == before
        failures += 1
    assert failures >= 3 * (len(SECOND) + 1), "every file is written and swapped"
    assert (folder / SCRIPT).read_text() == SECOND[SCRIPT]
    assert write(folder, SECOND).changes == ()


def fail_at(patch: pytest.MonkeyPatch, step: int) -> None:
    """Let one call that changes the disk fail: the one after `step` others."""
    calls = 0

    def failing(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def call(*args: object, **kwargs: object) -> object:
            nonlocal calls
            calls += 1
            if calls == step + 1:
                raise OSError(28, "No space left on device")
            return real(*args, **kwargs)

        patch.setattr(owner, name, call)

    failing(Path, "write_bytes")
    failing(Path, "mkdir")
    failing(shutil, "copy2")
    failing(os, "replace")


def test_a_half_written_file_is_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:3])
        raise OSError(28, "No space left on device")

    folder.parent.mkdir()
    monkeypatch.setattr(Path, "write_bytes", half)
    assert refuse(folder, FIRST) == ["E503"]


def test_an_interrupt_rolls_back_and_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, FIRST)
    before = tree(folder)
    writing = plan_write(folder, SECOND, force=False)

    def interrupted(old: Path, new: Path) -> None:
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.commit()
    assert tree(folder) == before


def test_a_folder_that_may_not_be_written_is_told(folder: Path) -> None:
    write(folder, FIRST)
    (folder / "resources").chmod(0o500)
    if os.access(folder / "resources", os.W_OK):
        pytest.skip("this user may write anywhere")
    try:
        assert refuse(folder, SECOND) == ["E503"]
    finally:
        (folder / "resources").chmod(0o700)


@pytest.mark.parametrize("path", [SCRIPT, LOCK, pristine(JOB)])
def test_a_read_only_file_is_not_replaced(folder: Path, path: str) -> None:
    write(folder, FIRST)
    (folder / path).chmod(0o444)
    assert refuse(folder, SECOND) == ["E503"]
    assert refuse(folder, SECOND, force=True) == ["E503"]
    (folder / path).chmod(0o644)
    write(folder, SECOND)


def test_an_edit_between_planning_and_writing_is_not_lost(folder: Path) -> None:
    write(folder, FIRST)
    writing = plan_write(folder, SECOND, force=True)
    (folder / JOB).write_text("saved just now\n")
    before = tree(folder)
    assert [diagnostic.code for diagnostic in writing.commit()] == ["E501"]
    assert tree(folder) == before


def test_a_build_that_was_killed_half_way_is_finished_by_the_next(
    folder: Path,
) -> None:
    write(folder, FIRST)
    (folder / SCRIPT).write_text(SECOND[SCRIPT])  # swapped, but the lock was not
    write(folder, SECOND)
    assert write(folder, SECOND).changes == ()


# ------------------------------------------------------------------- in general

paths = st.sampled_from(["a.py", "b/c.yml", "b/d.md"])
contents = st.sampled_from(["", "one\n", "two\n", "three\n"])
trees = st.dictionaries(paths, contents)


@settings(max_examples=60, deadline=None)
@given(first=trees, edits=trees, deleted=st.sets(paths), second=trees)
def test_whatever_is_edited_survives_any_build_without_force(
    first: dict[str, str],
    edits: dict[str, str],
    deleted: set[str],
    second: dict[str, str],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "ecom"
        write(folder, first)
        for path in deleted:
            (folder / path).unlink(missing_ok=True)
        for path, text in edits.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text)
        plan_write(folder, second, force=False).commit()
        for path, text in edits.items():
            if text != first.get(path):
                assert (folder / path).read_text() == text
        for path in (deleted & first.keys()) - edits.keys():
            assert not (folder / path).exists()

        write(folder, second, force=True)
        for path, text in second.items():
            assert (folder / path).read_text() == text
        assert write(folder, second).changes == ()
