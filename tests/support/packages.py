"""The packages that an emitted script lists in its header."""

from __future__ import annotations

import tomllib


def dependencies_of(script: str) -> list[str]:
    """The packages that a script's header (PEP 723) lists."""
    block = script.split("# /// script\n", 1)[1].split("# ///\n", 1)[0]
    lines = (line.removeprefix("#").removeprefix(" ") for line in block.split("\n"))
    return list(tomllib.loads("\n".join(lines))["dependencies"])
