"""Compiles the specs that a command names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compiler.pipeline import Compiled


def all_compiled(
    specs: Sequence[str], stages: Callable[[str, str], Compiled]
) -> list[Compiled]:
    """Compiles each spec through these stages, from its path and text."""
    from compiler.pipeline import without_twins

    return without_twins([compiled_from(path, stages) for path in specs])


def compiled_from(path: str, stages: Callable[[str, str], Compiled]) -> Compiled:
    """Compiles the spec at a path, if it can be read."""
    from compiler.pipeline import unreadable
    from compiler.reading import Unreadable, read_text

    try:
        text = read_text(path)
    except Unreadable as error:
        return unreadable(path, str(error), error.code)
    return stages(path.replace("\\", "/"), text)
