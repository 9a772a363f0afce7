"""How a folder differs from the record of what was written to it: quick, by hashes alone."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from compiler.regen import lock
from compiler.regen.decide import digest, has_markers
from compiler.regen.disk import OURS, Obstacle, read
from compiler.regen.lock import Lock


class State(enum.Enum):
    """How a file or a folder differs. The value is shown to the user."""

    CONFLICTED = "conflicted"
    """Holds the markers of a conflict."""
    BROKEN = "broken"
    """An edited script that is not valid, or that uses names which it does not define."""
    EDITED = "edited"
    MISSING = "missing"
    """Was written, and is not there: a file, or a whole folder."""
    STALE = "stale"
    """A build of the spec would write other files."""
    ORPHANED = "orphaned"
    """There is no spec any more."""
    INVALID = "invalid"
    """The spec, or the record, has errors."""


@dataclass(frozen=True)
class Status:
    """What a folder was made from, and the files that differ from what was written."""

    lock: Lock
    files: Mapping[str, State]


def status_of(folder: Path) -> Status | None:
    """The state of a folder's files; None for one that no build wrote.

    Raises `UnreadableLock`, or an `OSError` where a file cannot be read.
    """
    record = read(folder, [lock.LOCK])[lock.LOCK]
    if not isinstance(record, bytes):
        return None
    known = lock.from_bytes(record)
    found = read(folder, known.files)
    states = {path: state(found[path], hash) for path, hash in known.files.items()}
    return Status(known, {path: each for path, each in states.items() if each})


def state(found: bytes | Obstacle | None, recorded: str) -> State | None:
    """How a file differs from its record, if it does."""
    if found is None:
        return State.MISSING
    if isinstance(found, Obstacle):
        return State.INVALID
    if digest(found) == recorded:
        return None
    return State.CONFLICTED if has_markers(found) else State.EDITED


def folders_in(folder: Path) -> list[Path]:
    """The folder itself, or those in it, that builds wrote to."""
    if (folder / OURS).is_dir():
        return [folder]
    return sorted(each.parent for each in folder.glob(f"*/{OURS}") if each.is_dir())
