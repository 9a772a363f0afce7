"""What is installed: the templates, the versions of packages, the state of the compiler itself."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).parent
PACKAGES = (
    *("black", "faker", "holidays", "jinja2", "numpy"),
    *("pydantic", "scipy", "tzdata"),
)
"""Packages that decide what is planned and emitted."""


@functools.cache
def templates() -> Path:
    """The templates: inside the package when installed, beside it in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


@functools.cache
def version_of(package: str) -> str:
    """The version of a package, without importing it; "" where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


@functools.cache
def state() -> str:
    """A hash of what decides what a spec compiles to: our own files, Python, packages.

    Of files only the time and size are read. So it differs between machines, and belongs in
    caches alone.
    """
    files = {place for folder in (PACKAGE, templates()) for place in _files(folder)}
    packages = [version_of(package) for package in PACKAGES]
    parts = (sys.version, packages, sorted(files))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """The path, time and size of each file below a folder, without Python's own caches."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(Path(entry.path))
            else:
                found = entry.stat()
                yield entry.path, found.st_mtime_ns, found.st_size
