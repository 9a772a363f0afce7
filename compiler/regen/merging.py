"""Merges edited files with their new texts, where both changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from compiler.regen.decide import Action, Decision, unix
from compiler.regen.lock import base_text
from compiler.regen.merge import Conflict, merge
from compiler.regen.soundness import Fault, new_faults

MARKERS = ("<<<<<<< ", ">>>>>>> ")
"""How the lines begin that git leaves around a conflict."""


@dataclass(frozen=True)
class Merged:
    """What came of the edited files."""

    texts: Mapping[str, bytes] = field(default_factory=dict)
    """The merged ones, by path."""
    problems: Mapping[str, list[str]] = field(default_factory=dict)
    """Why the others could not be merged, in words."""


def merged(
    folder: Path,
    decisions: Iterable[Decision],
    base: Mapping[str, str],
    disk: Mapping[str, bytes],
    fresh: Mapping[str, str],
) -> Merged:
    """The files that were edited and have a new text, merged as far as they can be."""
    texts: dict[str, bytes] = {}
    problems: dict[str, list[str]] = {}
    for decision in decisions:
        path = decision.path
        if decision.action is not Action.EDITED:
            continue
        found = merged_text(
            path, base_text(folder, path, base[path]), disk[path], fresh[path]
        )
        if isinstance(found, bytes):
            texts[path] = found
        else:
            problems[path] = found
    return Merged(texts, problems)


def merged_text(
    path: str, base: str | None, disk: bytes, fresh: str
) -> bytes | list[str]:
    """The merged text, with the line ends of the edited one; or why there is none."""
    if base is None:
        return ["the copy of what was written last is lost or changed"]
    try:
        ours = unix(disk).decode()
    except UnicodeDecodeError:
        return ["it is not UTF-8"]
    if any(line.startswith(MARKERS) for line in ours.splitlines()):
        return ["it holds the markers of a conflict"]
    result = merge(base, ours, fresh)
    if result.conflicts:
        return [*map(conflict_text, result.conflicts)]
    broken = new_faults(path, result.text, ours, fresh)
    if broken:
        return [*map(fault_text, broken)]
    lines = b"\r\n" if disk.count(b"\r\n") * 2 > disk.count(b"\n") else b"\n"
    return result.text.encode().replace(b"\n", lines)


def conflict_text(conflict: Conflict) -> str:
    """Where both sides changed the text, with the first line of each."""
    sides = [first_line(side) for side in (conflict.ours, conflict.theirs)]
    return f"line {conflict.line}: you have {sides[0]}, the new text has {sides[1]}"


def first_line(lines: tuple[str, ...]) -> str:
    if not lines:
        return "no line"
    text = lines[0].strip() or "an empty line"
    return f"`{text[:60]}`"


def fault_text(fault: Fault) -> str:
    return f"line {fault.line} of both together: {fault.what}"
