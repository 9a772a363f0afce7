"""What `scaffold diff` finds in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from compiler.cli.targets import RunsCode, Target, compiled_target
from compiler.diagnostics import Diagnostic
from compiler.regen.decide import Action
from compiler.regen.diffs import Diff, changes_in, diff_of, edits_of
from compiler.regen.lock import UnreadableLock, base_text
from compiler.regen.origin import origin_of
from compiler.regen.planning import Writing, plan_write
from compiler.regen.refusals import no_origin, runs_code, unreadable
from compiler.regen.status import Status, status_of


@dataclass(frozen=True)
class Differences:
    """How a folder differs from what was written to it, and from what a build would write."""

    edits: list[Diff]
    changes: list[Diff] = field(default_factory=list)
    """What a build would change."""
    unmerged: list[Diff] = field(default_factory=list)
    """How new texts differ from the last ones, where a build cannot merge them with edits."""
    problems: tuple[Diagnostic, ...] = ()
    """Why the spec is wrong, or why a build would stop."""
    sources: Mapping[str, str] = field(default_factory=dict)
    failed: bool = False
    """Whether the spec is wrong."""

    def by_title(self) -> list[tuple[str, list[Diff]]]:
        """What there is to show."""
        titled = [
            ("your edits", self.edits),
            ("what a build would change", self.changes),
            ("what is new, and cannot be merged with your edits", self.unmerged),
        ]
        return [(title, diffs) for title, diffs in titled if diffs]


def differences_of(target: Target, out: str) -> Differences:
    """A folder's edits, and what a build of its spec would change."""
    folder = target.folder or Path(out)
    try:
        return found_differences(target, out)
    except OSError as error:
        return Differences([], problems=(unreadable(error, folder),), failed=True)
    except RunsCode as template:
        return Differences(
            [], problems=(runs_code(folder, str(template)),), failed=True
        )


def found_differences(target: Target, out: str) -> Differences:
    status = readable_status(target.folder)
    edits: list[Diff] = []
    if target.folder and status:
        edits += edits_of(target.folder, status.lock.files)
    if target.spec is None:
        assert target.folder is not None
        return Differences(edits, problems=(no_origin(target.folder),), failed=True)
    compiled = compiled_target(target, out)
    sources = {} if compiled.text is None else {compiled.path: compiled.text}
    if compiled.plan is None or compiled.text is None:
        problems = tuple(compiled.diagnostics)
        return Differences(edits, problems=problems, sources=sources, failed=True)
    folder = target.folder or Path(out) / compiled.plan.name
    origin = origin_of(compiled.path, compiled.text, folder, target.options)
    writing = plan_write(
        folder, compiled.files, origin=origin, renames=compiled.plan.renames
    )
    return Differences(
        edits,
        [*changes_in(writing)],
        [*unmerged(writing, status, compiled.files)],
        writing.diagnostics,
        writing.sources,
    )


def readable_status(folder: Path | None) -> Status | None:
    """The state of a folder; None also where its record is damaged, as a build reports."""
    try:
        return status_of(folder) if folder else None
    except UnreadableLock:
        return None


def unmerged(
    writing: Writing, status: Status | None, fresh: Mapping[str, str]
) -> Iterator[Diff]:
    """What is new in the files that a build cannot merge."""
    for decision in writing.decisions:
        if decision.action is Action.EDITED and status:
            path, folder = decision.path, writing.folder
            recorded = status.lock.files.get(path, "")
            base = base_text(folder, path, recorded) or ""
            before, after = base.encode(), fresh[path].encode()
            yield diff_of(folder / path, before, after, ("last written", "new"))
