"""From the emitted texts and the files on disk to the changes to make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from compiler.diagnostics import Diagnostic
from compiler.regen import journal, lock, refusals
from compiler.regen.decide import (
    RECORDS,
    WRITES,
    Action,
    Decision,
    decide,
    digest,
    unix,
)
from compiler.regen.disk import Obstacle, is_target, standing
from compiler.regen.journal import JOURNAL, Journal, remove_leftovers
from compiler.regen.merging import merged
from compiler.regen.write import Change, ChangedMeanwhile, apply

Found = Mapping[str, bytes | Obstacle | None]


@dataclass(frozen=True)
class Writing:
    """What a build would do to a folder. Nothing is changed before `commit`."""

    folder: Path
    decisions: tuple[Decision, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    """Why nothing can be written; empty if everything can."""
    changes: tuple[Change, ...] = field(default=(), repr=False)
    journal: Journal = field(default=Journal(), repr=False)
    """The journal of a killed build, if there is one."""

    def commit(self) -> tuple[Diagnostic, ...]:
        """Write all files, or none; the diagnostics are the reasons."""
        return commit([self])


def commit(writings: Sequence[Writing]) -> tuple[Diagnostic, ...]:
    """Write all files of all builds, or none; the diagnostics are the reasons."""
    if refused := [one for writing in writings for one in writing.diagnostics]:
        return tuple(refused)
    for writing in writings:
        remove_leftovers(writing.folder, writing.journal)
    try:
        apply([(writing.folder, writing.changes) for writing in writings])
    except ChangedMeanwhile as changed:
        return (refusals.edited_meanwhile(changed.file),)
    except OSError as error:
        return (refusals.disk_error(error, writings[0].folder),)
    return ()


def plan_write(folder: Path, fresh: Mapping[str, str], *, force: bool) -> Writing:
    """Decide what to do to `folder` so that it holds `fresh` (path to text).

    Reads the disk and changes nothing. With `force` edited and foreign files are
    overwritten, deleted ones are restored, and an unreadable record is replaced.
    """
    if outside := [path for path in fresh if not is_target(path)]:
        raise ValueError(f"emitted paths that leave the folder: {outside}")
    try:
        return _plan(folder, fresh, force)
    except lock.UnreadableLock as problem:
        refusal = refusals.unreadable_lock(folder, problem)
    except OSError as error:
        refusal = refusals.disk_error(error, folder)
    return Writing(folder, diagnostics=(refusal,))


def _plan(folder: Path, fresh: Mapping[str, str], force: bool) -> Writing:
    record = _read(folder, [lock.LOCK, JOURNAL])
    base = _base(record[lock.LOCK], force)
    begun = journal.from_bytes(record[JOURNAL])
    paths = dict.fromkeys([*fresh, *base, *filter(is_target, begun.hashes)])
    disk = _read(folder, paths)
    base = journal.known(base, begun, _files_or_none(disk))
    copies = _read(folder, map(lock.pristine, paths))
    base |= _copied(paths, copies, begun)

    blocked = {path for path, found in disk.items() if isinstance(found, Obstacle)}
    decisions = decide(
        _without(blocked, base), _files(disk), _without(blocked, fresh), force=force
    )
    merge = merged(folder, decisions, base, _files(disk), fresh)
    decisions = [
        replace(each, action=Action.MERGE) if each.path in merge.texts else each
        for each in decisions
    ]
    # An obstacle at the path of a file that is no longer emitted does not matter.
    in_the_way = _obstacles(record | {path: disk[path] for path in fresh} | copies)
    diagnostics = refusals.refusals(folder, decisions, in_the_way, merge.problems)
    if diagnostics:
        return Writing(folder, tuple(decisions), diagnostics)

    contents = {path: unix(text.encode()) for path, text in fresh.items()}
    hashes = _hashes(decisions, base, contents)
    wanted = {
        **_targets(decisions, {**contents, **merge.texts}),
        **_copies(paths, hashes, contents),
        # Last, so that it never lists a file that is not written yet.
        lock.LOCK: lock.to_text(hashes).encode(),
    }
    present = _files({**disk, **copies, **record})
    changes = [
        Change(path, present.get(path), content, path in merge.texts)
        for path, content in wanted.items()
        if not _same(present.get(path), content)
    ]
    return Writing(folder, tuple(decisions), (), tuple(changes), begun)


def _copied(paths: Iterable[str], copies: Found, begun: Journal) -> dict[str, str]:
    """The hashes of the files whose copies a killed build had replaced: after the files."""
    found = {path: copies[lock.pristine(path)] for path in paths}
    hashes = {
        path: digest(copy) for path, copy in found.items() if isinstance(copy, bytes)
    }
    return {
        path: known
        for path, known in hashes.items()
        if known in begun.hashes.get(lock.pristine(path), ())
    }


def _base(found: bytes | Obstacle | None, force: bool) -> dict[str, str]:
    if not isinstance(found, bytes):
        return {}
    try:
        return lock.from_bytes(found)
    except lock.UnreadableLock:
        if force:
            return {}
        raise


def _hashes(
    decisions: Iterable[Decision],
    base: Mapping[str, str],
    contents: Mapping[str, bytes],
) -> dict[str, str]:
    """The new record."""
    return {
        decision.path: (
            digest(contents[decision.path])
            if decision.action in RECORDS
            else base[decision.path]
        )
        for decision in decisions
        if decision.action is not Action.REMOVE
    }


def _targets(
    decisions: Iterable[Decision], contents: Mapping[str, bytes]
) -> dict[str, bytes | None]:
    """The new content of each file; None removes the file."""
    return {
        decision.path: contents.get(decision.path)
        for decision in decisions
        if decision.action in WRITES or decision.action is Action.REMOVE
    }


def _copies(
    paths: Iterable[str], hashes: Mapping[str, str], contents: Mapping[str, bytes]
) -> dict[str, bytes | None]:
    """The new pristine copies; those of kept and deleted files do not change."""
    copies: dict[str, bytes | None] = {}
    for path in paths:
        content = contents.get(path)
        if path not in hashes:
            copies[lock.pristine(path)] = None
        elif content is not None and digest(content) == hashes[path]:
            copies[lock.pristine(path)] = content
    return copies


def _read(folder: Path, paths: Iterable[str]) -> dict[str, bytes | Obstacle | None]:
    return {path: standing(folder, path) for path in paths}


def _files(found: Found) -> dict[str, bytes]:
    return {path: file for path, file in found.items() if isinstance(file, bytes)}


def _files_or_none(found: Found) -> dict[str, bytes | None]:
    return {path: one for path, one in found.items() if not isinstance(one, Obstacle)}


def _obstacles(found: Found) -> list[Obstacle]:
    return [what for what in found.values() if isinstance(what, Obstacle)]


def _without(paths: set[str], values: Mapping[str, str]) -> dict[str, str]:
    return {path: value for path, value in values.items() if path not in paths}


def _same(present: bytes | None, wanted: bytes | None) -> bool:
    if present is None or wanted is None:
        return present is wanted
    return unix(present) == unix(wanted)
