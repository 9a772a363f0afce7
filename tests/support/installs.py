"""Programs that tests install at first use, in a cache that all workers share."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def cache() -> Path:
    """The folder of the cache, which may not exist yet."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "scaffold-tests"


def installed(name: str, install: Callable[[Path], None]) -> Path:
    """The folder `name` of the cache; `install` fills it where there is none.

    It fills a folder of its own, which is renamed when it is complete. So of several workers
    that install at once all find a whole folder, that of the first, and none writes to a program
    that another runs. What `install` raises leaves nothing behind.
    """
    folder = cache() / name
    if folder.exists():
        return folder
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=cache()) as scratch:
        complete = Path(scratch) / name
        complete.mkdir()
        install(complete)
        try:
            complete.rename(folder)
        except OSError:  # another worker was first
            if not folder.exists():
                raise
    return folder
