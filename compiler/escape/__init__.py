"""How the text of a spec leaves the compiler: one function a medium, a file each.

Whatever a spec, a path or a library's error holds is text there, too: never markup, a command of a
terminal, or a statement. (Into Python code texts go as literals, see `compiler.emit.python`.)
"""

from __future__ import annotations


def printable(text: str) -> str:
    """Text without characters that are not seen: controls, and marks that turn its direction."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
