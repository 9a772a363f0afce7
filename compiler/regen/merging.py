"""Merges edited files with their new texts, where both changed."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from compiler.plan.summary import Rename
from compiler.regen.decide import Action, Decision, unix
from compiler.regen.lock import base_text
from compiler.regen.merge.lines import Conflict, Merge, lines_of, merge
from compiler.regen.merge.soundness import Fault, new_faults, shared_variables

BOM = "\ufeff"


class Resolution(enum.Enum):
    """What becomes of lines that both sides changed. The value is the option's."""

    STOP = "stop"
    """Nothing is written."""
    MARKERS = "markers"
    """Both are written, between markers."""
    OURS = "ours"
    """The user's are written."""
    THEIRS = "theirs"
    """The new ones are written."""


@dataclass(frozen=True)
class Merged:
    """A merged text, with what is left to do in it."""

    text: bytes
    conflicts: tuple[Conflict, ...] = ()
    """Those that are marked in it."""
    faults: tuple[Fault, ...] = ()
    left: tuple[Rename, ...] = ()
    """Those whose old name is still in a string of the user's."""

    @property
    def is_settled(self) -> bool:
        return not (self.conflicts or self.faults)


@dataclass(frozen=True)
class Unmerged:
    """Why an edited file cannot be merged."""

    reason: str = ""
    """Empty where conflicts or faults are the reason."""
    conflicts: tuple[Conflict, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Merging:
    """What came of the edited files, by path."""

    merged: Mapping[str, Merged] = field(default_factory=dict)
    problems: Mapping[str, Unmerged] = field(default_factory=dict)
    """Why the others could not be merged."""


def merged(
    folder: Path,
    decisions: Iterable[Decision],
    base: Mapping[str, str],
    disk: Mapping[str, bytes],
    fresh: Mapping[str, str],
    resolution: Resolution = Resolution.STOP,
    renames: Sequence[Rename] = (),
) -> Merging:
    """The files that were edited and have a new text, merged as far as they can be."""
    edited = [one.path for one in decisions if one.action is Action.EDITED]
    bases = {path: base_text(folder, path, base[path]) for path in edited}
    renames = renames_since(folder, base, renames) if edited else ()
    texts: dict[str, Merged] = {}
    problems: dict[str, Unmerged] = {}
    for path, before in bases.items():
        found = merged_text(path, before, disk[path], fresh[path], resolution, renames)
        if isinstance(found, Unmerged):
            problems[path] = found
        else:
            texts[path] = found
    return Merging(texts, problems)


def merged_text(
    path: str,
    base: str | None,
    disk: bytes,
    fresh: str,
    resolution: Resolution,
    renames: Sequence[Rename] = (),
) -> Merged | Unmerged:
    """The merged text, with the line ends of the edited one."""
    # Much is imported for them, which a build without edits does not need.
    from compiler.regen.merge.keyed import merge_script
    from compiler.regen.merge.renames import names_left, renamed_sides

    if base is None:
        return Unmerged("the copy of what was written last is lost or changed")
    try:
        ours = unix(disk).decode()
    except UnicodeDecodeError:
        return Unmerged("it is not UTF-8")
    mark = BOM if ours.startswith(BOM) else ""
    ends = ours.endswith("\n") or not ours
    edited = ours if ends else f"{ours}\n"
    base, edited = renamed_sides(base, edited.removeprefix(BOM), renames, path)
    merge_texts = merge_script if path.endswith(".py") else merge
    result = merge_texts(base, edited, fresh)
    if result.conflicts and resolution is Resolution.STOP:
        return Unmerged(conflicts=result.conflicts)
    text = resolved(result, resolution)
    text = text if ends else text.removesuffix("\n")
    whole = with_ends_of(disk, mark + text)
    marks = resolution is Resolution.MARKERS
    if marks and result.conflicts:
        return Merged(whole, conflicts=result.conflicts)
    found = new_faults(path, text, ours.removeprefix(BOM), fresh)
    if path.endswith(".py") and not found:
        found = shared_variables(text, edited.removeprefix(BOM), fresh, base)
    broken = tuple(found)
    if broken and not marks:
        return Unmerged(faults=tuple(in_ours(one, text, ours) for one in broken))
    left = names_left(base, edited, renames, path)
    return Merged(whole, faults=broken, left=left)


def in_ours(fault: Fault, merged: str, ours: str) -> Fault:
    """A fault of a merged text, at its line in the user's text; at 0 where that has none such."""
    merged_lines, lines = lines_of(merged), lines_of(ours)
    is_there = 0 < fault.line <= len(merged_lines)  # a parser may stop behind the last
    line = merged_lines[fault.line - 1] if is_there else ""
    return fault._replace(line=lines.index(line) + 1 if line in lines else 0)


def renames_since(
    folder: Path, base: Mapping[str, str], renames: Sequence[Rename]
) -> Sequence[Rename]:
    """The renames of tables and columns that the last written script has not seen."""
    from compiler.regen.merge.renames import SCRIPT, renames_to_apply

    before = base_text(folder, SCRIPT, base[SCRIPT]) if SCRIPT in base else None
    return renames_to_apply(before, renames) if before and renames else ()


def resolved(merge: Merge, resolution: Resolution) -> str:
    """The text of a merge, its conflicts resolved."""
    lines: list[str] = []
    for part in merge.parts:
        if isinstance(part, str):
            lines.append(part)
        elif resolution is Resolution.MARKERS:
            lines += marked_lines(part)
        else:
            lines += part.theirs if resolution is Resolution.THEIRS else part.ours
    return "".join(lines)


def marked_lines(conflict: Conflict) -> list[str]:
    """A conflict as git shows it in its style `diff3`: the lines of both sides and of the base."""
    return [
        "<<<<<<< yours\n",
        *map(ended, conflict.ours),
        "||||||| last written\n",
        *map(ended, conflict.base),
        "=======\n",
        *map(ended, conflict.theirs),
        ">>>>>>> new\n",
    ]


def ended(line: str) -> str:
    """A line with its end, which the last of a file may lack."""
    return line if line.endswith("\n") else f"{line}\n"


def with_ends_of(disk: bytes, text: str) -> bytes:
    """A text with the line ends that most lines of the file on disk have."""
    windows = disk.count(b"\r\n") * 2 > disk.count(b"\n")
    return text.encode().replace(b"\n", b"\r\n" if windows else b"\n")
