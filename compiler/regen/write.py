"""Changing several files on disk: all of them, or none."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from compiler.regen import journal
from compiler.regen.disk import standing
from compiler.regen.journal import JOURNAL

ANYONE_WRITES = 0o222
"""The bits of a file's mode that let someone write it."""


@dataclass(frozen=True)
class Change:
    """One file's content before and after; None: there is no such file."""

    path: str
    before: bytes | None
    after: bytes | None
    is_merged: bool = False
    """Whether what is in it afterwards is partly the user's."""


class ChangedMeanwhile(Exception):
    """A file has changed since the decision."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.file = file


@dataclass(frozen=True)
class _Staged:
    """A prepared change: the new text is in a temporary file, and only a rename is left."""

    target: Path
    old: Path | None
    new: Path | None


def apply(folder: Path, changes: Sequence[Change]) -> None:
    """Make the changes in a folder, in order: all of them or none.

    First everything is written to temporary files in the folder of each target, so on the
    same file system. Then each file is replaced by a rename. On any error (raised again)
    the renames are undone and temporary files removed. If the process is killed between
    two renames, each file is complete, old or new, and the journal shows the next build
    which are new.
    """
    if not changes and not (folder / JOURNAL).is_file():
        return  # without changes, the journal of a killed build still has to be removed
    with ExitStack() as undo:
        note = _note(folder, changes, undo)
        staged = [_stage(folder, change, undo) for change in changes]
        for one in staged:
            _swap(one, undo)
        undo.pop_all()
    for one in staged:
        if one.old is not None:
            _remove(one.old)
        if one.new is None:
            _remove_empty_parents(folder, one.target)
    _remove(note.target)
    if note.old is not None:
        _remove(note.old)


def _note(folder: Path, changes: Sequence[Change], undo: ExitStack) -> _Staged:
    """The journal of these changes and of those of killed builds."""
    before = standing(folder, JOURNAL)
    content = journal.to_bytes(
        journal.from_bytes(before),
        {change.path: change.after for change in changes},
        [change.path for change in changes if change.is_merged],
    )
    file = before if isinstance(before, bytes) else None
    staged = _stage(folder, Change(JOURNAL, file, content), undo)
    _swap(staged, undo)
    return staged


def _stage(folder: Path, change: Change, undo: ExitStack) -> _Staged:
    if standing(folder, change.path) != change.before:
        raise ChangedMeanwhile(folder / change.path)
    target = folder / change.path
    old = new = None
    if change.before is not None:
        if not target.stat().st_mode & ANYONE_WRITES:  # a rename would not mind
            raise PermissionError(errno.EACCES, "it is read-only", str(target))
        old = _beside(target, "old")
        undo.callback(_remove, old)
        shutil.copy2(target, old)
    if change.after is not None:
        _make_parents(target, undo)
        new = _beside(target, "new")
        undo.callback(_remove, new)
        new.write_bytes(change.after)
        if old is not None:
            shutil.copymode(old, new)
    return _Staged(target, old, new)


def _swap(staged: _Staged, undo: ExitStack) -> None:
    if staged.old is not None:
        undo.callback(_restore, staged.old, staged.target)
    if staged.new is None:
        staged.target.unlink()
        return
    os.replace(staged.new, staged.target)
    if staged.old is None:
        undo.callback(_remove, staged.target)


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(journal.beside(target.name, os.getpid(), suffix))


def _make_parents(target: Path, undo: ExitStack) -> None:
    missing = [parent for parent in target.parents if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir()
        undo.callback(_remove_folder, parent)


def _remove_empty_parents(folder: Path, target: Path) -> None:
    for parent in target.parents:
        if parent == folder or not _remove_folder(parent):
            return


# Cleaning up must not fail: the original error is the one to report.


def _restore(old: Path, target: Path) -> None:
    with contextlib.suppress(OSError):
        os.replace(old, target)


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()


def _remove_folder(folder: Path) -> bool:
    """Remove a folder if it is empty."""
    with contextlib.suppress(OSError):
        folder.rmdir()
        return True
    return False
