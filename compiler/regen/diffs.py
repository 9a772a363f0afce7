"""Differences between texts of files, as unified diffs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from compiler.regen.decide import Action, unix
from compiler.regen.lock import base_text, pristine
from compiler.regen.planning import Writing


@dataclass(frozen=True)
class Diff:
    """How a file differs from another text of it."""

    file: str
    lines: tuple[str, ...]
    """Of a unified diff, without line ends; none where the texts are the same."""

    @property
    def added(self) -> int:
        return sum(line.startswith("+") for line in self.lines[2:])

    @property
    def removed(self) -> int:
        return sum(line.startswith("-") for line in self.lines[2:])


def diff_of(
    file: Path, before: bytes | None, after: bytes | None, words: tuple[str, str]
) -> Diff:
    """The difference of two texts of a file, None for no file; `words` name the two."""
    name = file.as_posix()
    first, second = (
        unix(text or b"").decode("utf-8", "replace").splitlines()
        for text in (before, after)
    )
    old, new = (
        "/dev/null" if text is None else f"{name} ({word})"
        for text, word in zip((before, after), words, strict=True)
    )
    if after is None:  # the whole text would say no more
        return Diff(name, (f"--- {old}", f"+++ {new}"))
    return Diff(name, tuple(unified_diff(first, second, old, new, lineterm="")))


def edits_of(folder: Path, hashes: Mapping[str, str]) -> Iterator[Diff]:
    """What the user changed since the last build, file by file."""
    for path, recorded in hashes.items():
        base, file = base_text(folder, path, recorded), folder / path
        if base is not None:
            after = file.read_bytes() if file.is_file() else None
            found = diff_of(file, base.encode(), after, ("last written", "yours"))
            if found.lines:
                yield found


def edits_before(writing: Writing, actions: Collection[Action]) -> Iterator[Diff]:
    """The user's edits of the files that a build does something with."""
    before = {change.path: change.before for change in writing.changes}
    for decision in writing.decisions:
        if decision.action in actions:
            path = decision.path
            file, disk = writing.folder / path, before.get(path)
            base = before.get(pristine(path))
            if base is None:  # its copy does not change
                copy = writing.folder / pristine(path)
                base = copy.read_bytes() if copy.is_file() else None
            yield diff_of(file, base, disk, ("last written", "yours"))


def merged_lines(writing: Writing) -> dict[str, Diff]:
    """What a merge changed in the files that the user edited, by path."""
    merges = [
        one.path
        for one in writing.decisions
        if one.action in (Action.MERGE, Action.CONFLICT)
    ]
    changes = {change.path: change for change in writing.changes}
    return {
        path: diff_of(
            writing.folder / path,
            changes[path].before,
            changes[path].after,
            ("yours", "merged"),
        )
        for path in merges
        if path in changes
    }


def changes_in(writing: Writing) -> Iterator[Diff]:
    """What a build would change, file by file."""
    decided = {decision.path for decision in writing.decisions}
    for change in writing.changes:
        if change.path in decided:
            file = writing.folder / change.path
            words = "now", "after a build"
            yield diff_of(file, change.before, change.after, words)
