"""What a build is about to write, kept until it is written: `.scaffold/writing.json`.

A build that was killed half way leaves it behind. The next one knows by it which of the files
on disk are ours though the lock does not name them yet, and which others were left over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compiler.regen.decide import digest
from compiler.regen.disk import OURS, is_inside

JOURNAL = f"{OURS}/writing.json"


@dataclass(frozen=True)
class Journal:
    """The processes that wrote, and what each file was to be: a hash, or None for no file.

    Several, where the build after one that was killed was killed too.
    """

    processes: tuple[int, ...] = ()
    hashes: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)

    def leftovers(self) -> list[str]:
        """Files that processes had beside their targets, but for those still at work."""
        return [
            beside(path, process, suffix)
            for process in self.processes
            if not is_running(process)
            for path in self.hashes
            for suffix in ("old", "new")
        ]


def is_running(process: int) -> bool:
    if os.name == "nt":
        return True  # there is no signal there that only asks
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def beside(path: str, process: int, suffix: str) -> str:
    """A name that no other file has, nor another run at the same time."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}.{name}.{process}.{suffix}"


def to_bytes(before: Journal, changes: Mapping[str, bytes | None]) -> bytes:
    """The text of a journal of these changes, by path, and of those before."""
    hashes = {path: list(known) for path, known in before.hashes.items()}
    for path, after in changes.items():
        hashes.setdefault(path, []).append(None if after is None else digest(after))
    processes = [*before.processes, os.getpid()]
    return json.dumps({"processes": processes, "files": hashes}, indent=2).encode()


def from_bytes(content: object) -> Journal:
    """The journal; an empty one where there is none, or one that makes no sense."""
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
    """The record, with what a build that was killed has already done."""
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
    # Of the journal itself, whose own process no journal may name.
    for file in (folder / OURS).glob(f".{Path(JOURNAL).name}.*.*"):
        process = file.name.split(".")[-2]
        if process.isdecimal() and not is_running(int(process)):
            file.unlink(missing_ok=True)
