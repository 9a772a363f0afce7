"""The journal of a build, `.scaffold/writing.json`: what it is writing right now.

A build that is killed leaves its journal. From it the next build knows which files on disk
are new but not in the lock yet, and which temporary files are left.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compiler.regen.decide import digest
from compiler.regen.disk import OURS, is_inside

JOURNAL = f"{OURS}/writing.json"


@dataclass(frozen=True)
class Journal:
    """The processes that wrote, and the new hash of each file, or None for no file.

    There are several if the build after a killed build was killed, too.
    """

    processes: tuple[int, ...] = ()
    hashes: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)

    def leftovers(self) -> list[str]:
        """Temporary files of processes that no longer run."""
        return [
            beside(path, process, suffix)
            for process in self.processes
            if not is_running(process)
            for path in self.hashes
            for suffix in ("old", "new")
        ]


def is_running(process: int) -> bool:
    if os.name == "nt":
        return True  # Windows has no signal to test for a process
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def beside(path: str, process: int, suffix: str) -> str:
    """A temporary name that no other file and no other process has."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}.{name}.{process}.{suffix}"


def to_bytes(
    before: Journal, changes: Mapping[str, bytes | None], merged: Collection[str] = ()
) -> bytes:
    """The text of a journal of these changes, by path, and of earlier ones.

    Merged texts have no hash there: they hold edits, so no later build may replace them.
    """
    hashes = {path: list(known) for path, known in before.hashes.items()}
    for path, after in changes.items():
        known = hashes.setdefault(path, [])
        if path not in merged:
            known.append(None if after is None else digest(after))
    processes = [*before.processes, os.getpid()]
    return json.dumps({"processes": processes, "files": hashes}, indent=2).encode()


def from_bytes(content: object) -> Journal:
    """The journal; an empty one if there is none, or if it is invalid."""
    if not isinstance(content, bytes):
        return Journal()
    try:
        journal: Any = json.loads(content.decode())
        processes = tuple(journal["processes"])
        hashes = {path: tuple(known) for path, known in journal["files"].items()}
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return Journal()
    sound = all(type(process) is int for process in processes) and all(
        is_inside(path) and all(isinstance(one, str | None) for one in known)
        for path, known in hashes.items()
    )
    return Journal(processes, hashes) if sound else Journal()


def known(
    base: Mapping[str, str], journal: Journal, disk: Mapping[str, bytes | None]
) -> dict[str, str]:
    """The record, updated by what a killed build has already done."""
    known = dict(base)
    for path, hashes in journal.hashes.items():
        content = disk.get(path)
        if path in disk and content is None and None in hashes:
            known.pop(path, None)
        if content is not None and digest(content) in hashes:
            known[path] = digest(content)
    return known


def remove_leftovers(folder: Path, journal: Journal) -> None:
    for path in journal.leftovers():
        (folder / path).unlink(missing_ok=True)
    # The journal's own temporary files: its process may be in no journal.
    for file in (folder / OURS).glob(f".{Path(JOURNAL).name}.*.*"):
        process = file.name.split(".")[-2]
        if process.isdecimal() and not is_running(int(process)):
            file.unlink(missing_ok=True)
