"""What becomes of each file: a pure decision from base, disk and fresh.

base is what was written last time, disk what stands there now, fresh what the compiler
emits now. Of base only the hashes are needed.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass


class Action(enum.Enum):
    """What happens to one file. The value is the word to show."""

    CREATE = "create"
    UNCHANGED = "unchanged"
    UPDATE = "update"
    OVERWRITE = "overwrite"
    """Forced: what stands there is lost, be it edited or not ours."""
    KEEP = "keep your edits"
    """Edited, and the compiler emits what it emitted before: nothing to do."""
    DELETED = "deleted by you"
    """Stays deleted."""
    REMOVE = "remove"
    """Written earlier, no longer emitted, never edited."""
    LEAVE = "no longer emitted"
    """Written earlier, no longer emitted, but edited: it stays."""
    EDITED = "edited"
    """Refused: edited, and the compiler now emits something else."""
    FOREIGN = "not ours"
    """Refused: a file stands there that was never written by us."""


WRITES = frozenset({Action.CREATE, Action.UPDATE, Action.OVERWRITE})
# After these the disk holds the fresh text, so it is what a later run compares with.
# After the others the earlier record stands: a file that was kept or deleted is still
# recognised once it comes back as it was.
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
) -> list[Decision]:
    """Decide for every file: first the fresh ones in their order, then what is stale.

    `base` holds the recorded hashes (see `digest`); `disk` the files that stand there,
    at least those that `base` and `fresh` name. With `force` every fresh file is to
    stand on disk as emitted, whatever stands there.
    """
    decisions = [
        Decision(path, _emitted(base.get(path), disk.get(path), text, force))
        for path, text in fresh.items()
    ]
    for path in sorted(base.keys() - fresh.keys()):
        if path in disk:
            edited = digest(disk[path]) != base[path]
            # Not even by force: no text of ours wants the place.
            decisions.append(Decision(path, Action.LEAVE if edited else Action.REMOVE))
    return decisions


def _emitted(base: str | None, disk: bytes | None, text: str, force: bool) -> Action:
    fresh = digest(text.encode())
    if disk is None:
        deleted = base is not None and not force
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
    return Action.KEEP if base == fresh else Action.EDITED


def digest(content: bytes) -> str:
    """The sha256 of a text, the same with either line ending.

    For git may check files out with CRLF, and no one edited them then.
    """
    return hashlib.sha256(unix(content)).hexdigest()


def unix(content: bytes) -> bytes:
    """The same text with line feeds alone."""
    return content.replace(b"\r\n", b"\n")
