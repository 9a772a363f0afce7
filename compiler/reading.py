"""A spec's text from the disk: of a file, and no longer than a spec can be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

LARGEST = 5_000_000
"""Bytes of a spec. The specs of whole companies have a fiftieth of that."""


class Unreadable(Exception):
    """The reason why there is no text; `code` is that of the diagnostic."""

    def __init__(self, reason: str, code: str = "E002") -> None:
        super().__init__(reason)
        self.code = code


def read_text(path: str) -> str:
    """The text of a file; raises `Unreadable`.

    Pipes and devices are refused before they are opened, since they can wait or go on for ever.
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
