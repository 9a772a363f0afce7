"""Reads a spec from the disk: a regular file of limited size."""

from __future__ import annotations

import os
import stat
from pathlib import Path

LARGEST = 5_000_000
"""Maximum size of a spec in bytes, about fifty times that of the largest known specs."""


class Unreadable(Exception):
    """Why a file cannot be read; `code` is the code of the diagnostic."""

    def __init__(self, reason: str, code: str = "E002") -> None:
        super().__init__(reason)
        self.code = code


def read_text(path: str) -> str:
    """The text of a file; raises `Unreadable`.

    Pipes and devices are refused before they are opened, since reading them may never end.
    """
    try:
        kind = os.stat(path).st_mode
        if stat.S_ISDIR(kind):
            raise Unreadable("it is a folder")
        if not stat.S_ISREG(kind):
            raise Unreadable("it is a pipe or a device, not a file")
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a zero byte
        raise Unreadable(getattr(error, "strerror", None) or str(error)) from None
    if len(content) > LARGEST:
        raise Unreadable(f"it has over {LARGEST // 10**6} MB", "E003")
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8 text") from None
