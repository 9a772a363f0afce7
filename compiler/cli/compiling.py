"""Compiles the specs that a command names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compiler.pipeline import Compiled


def all_compiled(
    specs: Sequence[str], stages: Callable[[str, str], Compiled]
) -> list[Compiled]:
    """Compiles each spec through these stages, from its path and text."""
    return without_twins([summed_up(compiled_from(path, stages)) for path in specs])


def compiled_from(path: str, stages: Callable[[str, str], Compiled]) -> Compiled:
    """Compiles the spec at a path, if it can be read."""
    from compiler.pipeline import unreadable
    from compiler.reading import Unreadable, read_text

    try:
        text = read_text(path)
    except Unreadable as error:
        return unreadable(path, str(error), error.code)
    return stages(path.replace("\\", "/"), text)


def summed_up(compiled: Compiled) -> Compiled:
    """With the summary of its plan."""
    if compiled.plan is None or compiled.summary is not None:
        return compiled
    from compiler.show import summary_of

    return replace(compiled, summary=summary_of(compiled.plan, today()))


def today() -> date:
    """The day up to which a script generates where its window is not fixed."""
    return datetime.now(UTC).date()


def without_twins(compiled: list[Compiled]) -> list[Compiled]:
    """Refuses the second of two specs with the same name: they would write to the same folder."""
    from compiler.diagnostics import Diagnostic
    from compiler.pipeline import at_top

    seen: dict[str, str] = {}
    result = []
    for one in compiled:
        name = one.summary.name if one.summary else None
        if name in seen:
            message = f"{seen[name]} is named `{name}` too"
            help = "give each spec its own name"
            twin = Diagnostic("E113", message, at_top(one.path), help)
            found = [*one.diagnostics, twin]
            none = replace(one, plan=None, summary=None, files={}, diagnostics=found)
            result.append(none)
            continue
        if name is not None:
            seen[name] = one.path
        result.append(one)
    return result
