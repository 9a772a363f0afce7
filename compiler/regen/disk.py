"""Reading what stands in the target folder, without ever leaving it."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

OURS = ".scaffold"
"""The folder, inside the target folder, that holds the record of what was written."""


LARGEST = 100_000_000
"""Bytes of a file that is read: all that is emitted is far smaller."""
LONGEST_NAME = 255
"""Bytes of a file's name."""


@dataclass(frozen=True)
class Obstacle:
    """Something other than a file, where a file or the way to one should be."""

    path: Path
    what: str


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
    """May an emitted file stand at `path`? Inside the folder, and not in our record."""
    return is_inside(path) and PurePosixPath(path).parts[0] != OURS


def standing(folder: Path, path: str) -> bytes | Obstacle | None:
    """What stands at `folder/path`: a file's content, something in the way, or nothing.

    A symbolic link below the folder is in the way wherever it leads: what is written
    through one could land outside of the folder. The folder itself may be a link.
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


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a file" if stat.S_ISREG(mode) else "a device or pipe"
