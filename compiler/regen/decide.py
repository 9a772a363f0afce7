"""Decides what happens to each file, from base, disk and fresh.

base is what was written last time, disk what is there now, fresh what the compiler emits
now. Of base only the hashes are needed.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

CONFLICT = (b"<<<<<<<", b"=======", b">>>>>>>")
"""How the lines around the two sides of a conflict begin, here and in git."""


class Action(enum.Enum):
    """What happens to one file. The value is shown to the user."""

    CREATE = "create"
    UNCHANGED = "unchanged"
    UPDATE = "update"
    OVERWRITE = "overwrite"
    """Forced: the file on disk is lost, even if it was edited or is someone else's."""
    KEEP = "keep your edits"
    """Edited, and the new text is the same as last time: nothing to do."""
    MERGE = "merge"
    """Edited, and the new text differs from last time: both changes are in the result."""
    CONFLICT = "merge, with conflicts"
    """Edited as well; lines that both changed are in the file with markers, or it is broken."""
    DELETED = "deleted by you"
    """Stays deleted."""
    REMOVE = "remove"
    """Written before, no longer emitted, not edited."""
    LEAVE = "no longer emitted"
    """Written before, no longer emitted, but edited: it stays."""
    EDITED = "edited"
    """Edited, and the new text differs from last time: refused, unless the two can be merged."""
    FOREIGN = "not ours"
    """Refused: Scaffold did not write this file."""
    MARKED = "holds conflict markers"
    """Refused: a conflict in it is not settled yet."""


WRITES = frozenset(
    {Action.CREATE, Action.UPDATE, Action.OVERWRITE, Action.MERGE, Action.CONFLICT}
)
# After these the fresh text is on disk, alone or with edits, so later builds compare with it. After
# the others the old record stays, so a kept or deleted file is recognised when it is restored.
RECORDS = WRITES | {Action.UNCHANGED}


@dataclass(frozen=True)
class Decision:
    """What happens to the file at `path` (relative, with slashes)."""

    path: str
    action: Action


def decide(
    base: Mapping[str, str],
    disk: Mapping[str, bytes],
    fresh: Mapping[str, str],
    *,
    force: bool,
    restore: bool = False,
) -> list[Decision]:
    """Decide for every file: first the fresh ones in their order, then those no longer emitted.

    `base` holds the recorded hashes (see `digest`), `disk` the existing files, at least
    those that `base` and `fresh` name. With `force` every fresh file is written, with
    `restore` every one that was deleted.
    """
    decisions = [
        Decision(path, _emitted(base.get(path), disk.get(path), text, force, restore))
        for path, text in fresh.items()
    ]
    for path in sorted(base.keys() - fresh.keys()):
        if path in disk:
            edited = digest(disk[path]) != base[path]
            # Even with force: no new text needs this path.
            decisions.append(Decision(path, Action.LEAVE if edited else Action.REMOVE))
    return decisions


def _emitted(
    base: str | None, disk: bytes | None, text: str, force: bool, restore: bool
) -> Action:
    fresh = digest(text.encode())
    if disk is None:
        deleted = base is not None and not (force or restore)
        return Action.DELETED if deleted else Action.CREATE
    present = digest(disk)
    if present == fresh:
        return Action.UNCHANGED
    if present == base:
        return Action.UPDATE
    if force:
        return Action.OVERWRITE
    if base is None:
        return Action.FOREIGN
    if has_markers(disk):
        return Action.MARKED
    return Action.KEEP if base == fresh else Action.EDITED


def has_markers(content: bytes) -> bool:
    """Whether a text holds a conflict that is not settled."""
    lines = iter(content.splitlines())
    for mark in CONFLICT:
        if not any(line == mark or line.startswith(mark + b" ") for line in lines):
            return False
    return True


def digest(content: bytes) -> str:
    """The sha256 of a text, the same for both line endings.

    Git may check files out with CRLF, which is no edit.
    """
    return hashlib.sha256(unix(content)).hexdigest()


def unix(content: bytes) -> bytes:
    """A text with line feeds only."""
    return content.replace(b"\r\n", b"\n")
