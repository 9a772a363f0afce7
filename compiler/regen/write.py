"""Changing several files on disk: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from compiler.regen import journal
from compiler.regen.disk import standing
from compiler.regen.journal import JOURNAL


@dataclass(frozen=True)
class Change:
    """One file's content before and after; None: there is no such file."""

    path: str
    before: bytes | None
    after: bytes | None


class ChangedMeanwhile(Exception):
    """A file is no longer as it was when the changes were decided on."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.file = file


@dataclass(frozen=True)
class _Staged:
    """A change made ready beside its target, so that only renames are left to do."""

    target: Path
    old: Path | None
    new: Path | None


def apply(works: Sequence[tuple[Path, Sequence[Change]]]) -> None:
    """Make the changes in each folder, in their order, and all of them or none.

    Everything that needs space is written first, beside its target and so on the same
    file system; then each file is swapped by a rename. On any error (raised again) what
    was swapped is swapped back and nothing else remains. Should the process be killed
    between two renames, each file is still whole, either old or new, and the journal
    tells the next build which are new.
    """
    # Without changes there still is the journal to remove that a killed build left behind.
    works = [work for work in works if work[1] or (work[0] / JOURNAL).is_file()]
    with ExitStack() as undo:
        journals = [_note(folder, changes, undo) for folder, changes in works]
        staged = [
            (folder, _stage(folder, change, undo))
            for folder, changes in works
            for change in changes
        ]
        for _, one in staged:
            _swap(one, undo)
        undo.pop_all()
    for folder, one in staged:
        if one.old is not None:
            _remove(one.old)
        if one.new is None:
            _remove_empty_parents(folder, one.target)
    for one in journals:
        _remove(one.target)
        if one.old is not None:
            _remove(one.old)


def _note(folder: Path, changes: Sequence[Change], undo: ExitStack) -> _Staged:
    """The journal of the changes, and of those that a build left behind half made."""
    before = standing(folder, JOURNAL)
    content = journal.to_bytes(
        journal.from_bytes(before),
        {change.path: change.after for change in changes},
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


# What cleans up must not fail on its own: the error that led here is the one to tell.


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
