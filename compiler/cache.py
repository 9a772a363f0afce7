"""Results of slow steps, kept in the user's cache folder; no result differs because of it.

What does not work is left out without a word: a folder that cannot be written, a damaged file,
another process that holds the file for too long. Then each step is done again.
"""

from __future__ import annotations

import atexit
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
MANY = 50
"""So many results are written at once."""
_WAITING: dict[Path, dict[bytes, bytes]] = {}
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
    path = _path()
    if path is None:
        return {}
    keys = {each: _key(kind, each) for each in inputs}
    waiting = _WAITING.get(path, {})
    found = {each: waiting[key] for each, key in keys.items() if key in waiting}

    def read(entries: sqlite3.Connection) -> None:
        query = "SELECT value FROM entries WHERE key = ?"
        for each in keys.keys() - found.keys():
            for (value,) in entries.execute(query, (keys[each],)):
                if isinstance(value, bytes):
                    result = value[HASH_SIZE:]
                    if value[:HASH_SIZE] == _digest(keys[each], result):
                        found[each] = result

    if len(found) < len(keys) and path.exists():
        _use(path, read)
    return found


def store(kind: str, results: Mapping[str, bytes]) -> None:
    """Keeps the results for these inputs: in the file once there are several, or at the end."""
    path = _path()
    if path is None:
        return
    if not _WAITING:
        atexit.register(flush)
    waiting = _WAITING.setdefault(path, {})
    waiting |= {_key(kind, each): result for each, result in results.items()}
    if len(waiting) >= MANY:
        flush()


def flush() -> None:
    """Writes all results to their files that are not there yet."""
    for path, results in _WAITING.items():
        if results:
            _write(path, results)
            results.clear()


def _write(path: Path, results: Mapping[bytes, bytes]) -> None:
    rows = [(key, _digest(key, result) + result) for key, result in results.items()]

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

    _use(path, write)


def _path() -> Path | None:
    base = folder()
    return base / NAME if base else None


def _use(path: Path, work: Callable[[sqlite3.Connection], None]) -> None:
    """Works on the file of the cache, if that can be."""
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
