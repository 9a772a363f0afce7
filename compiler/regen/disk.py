"""Reads the target folder, and never leaves it."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

OURS = ".scaffold"
"""The folder in the target folder with the record of what was written."""


LARGEST = 100_000_000
"""Maximum size of a file to read, in bytes; emitted files are far smaller."""
LONGEST_NAME = 255
"""Maximum length of a file name, in bytes."""


@dataclass(frozen=True)
class Obstacle:
    """Something other than a file (or a folder on its path) at the path of a file."""

    path: Path
    what: str


Found = Mapping[str, bytes | Obstacle | None]
"""What is at each path of a folder."""


def is_inside(path: str) -> bool:
    """Is `path` a plain relative path, with slashes, that cannot leave its folder?"""
    if not path or "\\" in path or "\0" in path:
        return False
    parts = path.split("/")
    if any(len(part.encode("utf-8", "replace")) > LONGEST_NAME for part in parts):
        return False
    if any("\ud800" <= letter <= "\udfff" for letter in path):
        return False
    return not PurePosixPath(path).is_absolute() and not {"", ".", ".."} & set(parts)


def is_target(path: str) -> bool:
    """May a file be emitted to `path`? It must be in the folder, and not in the record."""
    return is_inside(path) and PurePosixPath(path).parts[0] != OURS


def standing(folder: Path, path: str) -> bytes | Obstacle | None:
    """The content of the file at `folder/path`, an obstacle, or None.

    Every symbolic link below the folder is an obstacle: writing through it could change
    files outside of the folder. The folder itself may be a link.
    """
    if not folder.exists():
        return None
    if not folder.is_dir():
        return Obstacle(folder, "a file")
    target = folder / path
    way = [folder / parent for parent in reversed(PurePosixPath(path).parents)]
    for place in [*way[1:], target]:  # way[0] is the folder
        try:
            found = place.lstat()
        except FileNotFoundError:
            return None
        mode = found.st_mode
        expected = stat.S_ISREG if place == target else stat.S_ISDIR
        if not expected(mode):
            return Obstacle(place, _kind(mode))
    if found.st_size > LARGEST:
        return Obstacle(target, f"a file of over {LARGEST // 10**6} MB")
    return target.read_bytes()


def read(folder: Path, paths: Iterable[str]) -> dict[str, bytes | Obstacle | None]:
    """What is at each path of the folder."""
    return {path: standing(folder, path) for path in paths}


def files(found: Found) -> dict[str, bytes]:
    """The contents of those that are files."""
    return {path: file for path, file in found.items() if isinstance(file, bytes)}


def obstacles(found: Found) -> list[Obstacle]:
    """What is neither a file nor missing."""
    return [what for what in found.values() if isinstance(what, Obstacle)]


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a file" if stat.S_ISREG(mode) else "a device or pipe"
