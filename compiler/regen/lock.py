"""The record of what was written: `.scaffold/lock.json`, with pristine copies in its folder.

Only the lock decides what counts as edited. The copies are the base text of a merge; a copy
without the recorded hash (such as one that a formatter changed) is not used.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from compiler.regen.decide import digest, unix
from compiler.regen.disk import OURS, is_target, standing

LOCK = f"{OURS}/lock.json"
VERSION = 1


class UnreadableLock(Exception):
    """The lock is damaged, or newer than this program. The text describes the problem."""

    def __init__(self, problem: str, *, newer: bool = False) -> None:
        super().__init__(problem)
        self.newer = newer


def pristine(path: str) -> str:
    """The path of the copy of what was last written to `path`."""
    return f"{OURS}/pristine/{path}"


def to_text(hashes: Mapping[str, str]) -> str:
    """The lock's text: sorted and without times, so equal records have equal bytes."""
    lock = {"version": VERSION, "files": dict(sorted(hashes.items()))}
    return json.dumps(lock, indent=2, ensure_ascii=False) + "\n"


def from_bytes(content: bytes) -> dict[str, str]:
    """The recorded hash of every file, or `UnreadableLock`."""
    try:
        lock: Any = json.loads(content.decode())
    except (ValueError, RecursionError):
        raise UnreadableLock("it is no JSON") from None
    version = lock.get("version") if isinstance(lock, dict) else None
    if type(version) is not int or version < 1:
        raise UnreadableLock("it has no version")
    if version > VERSION:
        raise UnreadableLock(
            f"it has version {version}, and this scaffold knows {VERSION}", newer=True
        )
    files = lock.get("files")
    if not isinstance(files, dict):
        raise UnreadableLock("it has no files")
    for path, recorded in files.items():
        # A manipulated lock must not cause files of others to be removed.
        if not is_target(path):
            raise UnreadableLock(f"it names {path!r}, which is not in the folder")
        if not isinstance(recorded, str) or not re.fullmatch("[0-9a-f]{64}", recorded):
            raise UnreadableLock(f"the hash of {path!r} is none")
    return files


def base_text(folder: Path, path: str, recorded: str) -> str | None:
    """What was last written to `path`, if the copy of it is still intact."""
    content = standing(folder, pristine(path))
    if isinstance(content, bytes) and digest(content) == recorded:
        with contextlib.suppress(UnicodeDecodeError):
            return unix(content).decode()
    return None
