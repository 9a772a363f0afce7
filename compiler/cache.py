"""Results of slow steps, kept in the user's cache folder; no result differs because of it.

What does not work is left out without a word: a folder that cannot be written, a damaged file,
another process that holds the file for too long. Then each step is done again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

NAME = "scaffold/results-1.sqlite"
"""The number is that of the layout of the file."""
LARGEST = 64_000_000
"""Maximum size of the file in bytes; the older half of it is removed then."""
PATIENCE = 0.5
"""Seconds to wait for another process that writes."""
HASH = hashlib.sha256
HASH_SIZE = HASH().digest_size


def folder() -> Path | None:
    """The user's folder for caches; None where there is none."""
    given = os.environ.get("XDG_CACHE_HOME")
    if given and Path(given).is_absolute():
        return Path(given)
    local = os.environ.get("LOCALAPPDATA")
    if sys.platform == "win32":
        return Path(local) if local else None
    try:
        home = Path.home()
    except RuntimeError:  # a user without a home
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def made(
    kind: str, inputs: Iterable[str], make: Callable[[str], bytes]
) -> dict[str, bytes]:
    """What `make` makes of each input, as far as possible from the cache.

    `kind` names the step, and the version of all that decides its results.
    """
    wanted = dict.fromkeys(inputs)
    found = load(kind, wanted)
    fresh = {each: make(each) for each in wanted if each not in found}
    store(kind, fresh)
    return {**found, **fresh}


def load(kind: str, inputs: Iterable[str]) -> dict[str, bytes]:
    """The results for these inputs that the cache has."""
    found: dict[str, bytes] = {}

    def read(entries: sqlite3.Connection) -> None:
        for each in inputs:
            query, key = "SELECT value FROM entries WHERE key = ?", _key(kind, each)
            for (value,) in entries.execute(query, (key,)):
                if isinstance(value, bytes):
                    result = value[HASH_SIZE:]
                    if value[:HASH_SIZE] == _digest(key, result):
                        found[each] = result

    _use(read, create=False)
    return found


def store(kind: str, results: Mapping[str, bytes]) -> None:
    """Keeps the results for these inputs."""
    if not results:
        return
    keyed = {_key(kind, each): result for each, result in results.items()}
    rows = [(key, _digest(key, result) + result) for key, result in keyed.items()]

    def write(entries: sqlite3.Connection) -> None:
        entries.execute("PRAGMA synchronous = OFF")  # a damaged file is noticed
        entries.execute("BEGIN IMMEDIATE")
        entries.execute(
            "CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB)"
        )
        if _size(entries) > LARGEST:
            middle = "(SELECT (min(rowid) + max(rowid)) / 2 FROM entries)"
            entries.execute(f"DELETE FROM entries WHERE rowid <= {middle}")
        entries.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?)", rows)
        entries.execute("COMMIT")

    _use(write, create=True)


def _use(work: Callable[[sqlite3.Connection], None], create: bool) -> None:
    """Works on the file of the cache, if there is one that works."""
    base = folder()
    path = base / NAME if base else None
    if path is None or not (create or path.exists()):
        return
    try:
        import sqlite3
    except ImportError:  # a Python that was built without it
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        with contextlib.closing(opened):
            work(opened)
    except (OSError, sqlite3.OperationalError):  # no access, a full disk, in use
        return
    except sqlite3.DatabaseError:  # it is damaged
        with contextlib.suppress(OSError):
            path.unlink()


def _size(entries: sqlite3.Connection) -> int:
    """The bytes of the file that are in use."""
    names = ("page_count", "freelist_count", "page_size")
    pages, free, size = (
        entries.execute(f"PRAGMA {name}").fetchone()[0] for name in names
    )
    return int((pages - free) * size)


def _key(kind: str, text: str) -> bytes:
    return HASH(f"{kind}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _digest(key: bytes, result: bytes) -> bytes:
    return HASH(key + result).digest()
