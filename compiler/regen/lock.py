"""The record of what was written: `.scaffold/lock.json`, with pristine copies in its folder.

Only the lock decides what counts as edited. The copies are the base text of a merge; a copy
without the recorded hash (such as one that a formatter changed) is not used.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compiler.engines import ENGINES, FORMATS
from compiler.regen.decide import digest, has_markers, unix
from compiler.regen.disk import OURS, is_target, standing

LOCK = f"{OURS}/lock.json"
HASH = re.compile("[0-9a-f]{64}")
KNOWN: dict[str, Collection[str]] = {"engine": ENGINES, "format": FORMATS}
"""The options of which the values are known."""


@dataclass(frozen=True)
class Origin:
    """The spec that a folder was made from."""

    spec: str
    """Its path, as seen from the folder."""
    hash: str
    """Of its text, and of all else that decides what is emitted."""
    options: Mapping[str, str] = field(default_factory=dict)
    """The options of the build that decide it, too, by name; paths as seen from the folder."""


@dataclass(frozen=True)
class Lock:
    """What was written to a folder, and from what."""

    files: Mapping[str, str] = field(default_factory=dict)
    """The hash of each file (see `digest`), by path."""
    origin: Origin | None = None
    """None in a record of a build from before origins were recorded."""


class UnreadableLock(Exception):
    """The lock is damaged. The text describes the problem."""


def pristine(path: str) -> str:
    """The path of the copy of what was last written to `path`."""
    return f"{OURS}/pristine/{path}"


def to_text(lock: Lock) -> str:
    """The lock's text: an entry a line, sorted and without times, so equal records are equal."""
    origin = lock.origin
    known: dict[str, object] = {}
    if origin is not None:
        known = {"spec": origin.spec, "hash": origin.hash}
        known |= {"options": dict(sorted(origin.options.items()))}
    record = {**known, "files": dict(sorted(lock.files.items()))}
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def from_bytes(content: bytes) -> Lock:
    """The record, or `UnreadableLock`."""
    if has_markers(content):
        raise UnreadableLock("it holds the markers of a conflict")
    try:
        lock: Any = json.loads(content.decode())
    except (ValueError, RecursionError):
        raise UnreadableLock("it is no JSON") from None
    files = lock.get("files") if isinstance(lock, dict) else None
    if not isinstance(files, dict):
        raise UnreadableLock("it has no files")
    for path, recorded in files.items():
        # A manipulated lock must not cause files of others to be removed.
        if not is_target(path):
            raise UnreadableLock(f"it names {path!r}, which is not in the folder")
        if not isinstance(recorded, str) or not HASH.fullmatch(recorded):
            raise UnreadableLock(f"the hash of {path!r} is none")
    return Lock(files, origin_in(lock))


def origin_in(lock: Mapping[str, Any]) -> Origin | None:
    """The spec that the record names, if it names one."""
    spec, hash, options = (lock.get(key) for key in ("spec", "hash", "options"))
    if not (isinstance(spec, str) and isinstance(hash, str)) or "\0" in spec:
        return None
    if not isinstance(options, dict):
        raise UnreadableLock("its options are not in {…}")
    for name, value in options.items():
        known = KNOWN.get(name)
        if not isinstance(value, str) or (known is not None and value not in known):
            raise UnreadableLock(f"its option {name} is {value!r}")
    return Origin(spec, hash, options)


def ours_of(content: bytes) -> bytes:
    """A text with the lines of our side of each conflict that git left in it."""
    kept, ours = [], True
    for line in content.splitlines(keepends=True):
        if line.startswith((b"<<<<<<< ", b">>>>>>> ")):
            ours = True
        elif line.startswith((b"||||||| ", b"=======")):
            ours = False
        elif ours:
            kept.append(line)
    return b"".join(kept)


def base_text(folder: Path, path: str, recorded: str) -> str | None:
    """What was last written to `path`, if the copy of it is still intact."""
    content = standing(folder, pristine(path))
    if isinstance(content, bytes) and digest(content) == recorded:
        with contextlib.suppress(UnicodeDecodeError):
            return unix(content).decode()
    return None
