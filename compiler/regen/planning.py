"""From the emitted texts and the files on disk to the changes to make."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from compiler.diagnostics import Diagnostic
from compiler.plan.summary import Rename
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
from compiler.regen.disk import OURS, Found, Obstacle, files, is_target, obstacles, read
from compiler.regen.journal import JOURNAL, Journal, remove_leftovers
from compiler.regen.lock import Lock, Origin
from compiler.regen.merging import Merging, Resolution, merged, with_ends_of
from compiler.regen.refusals import Commands
from compiler.regen.write import Change, ChangedMeanwhile, apply

ATTRIBUTES = f"{OURS}/.gitattributes"
NEVER_MERGED = b"* -merge linguist-generated\n"
"""Git leaves no markers in the record: it keeps one side, and the next build makes it right."""
RECORD_FILES = (lock.LOCK, ATTRIBUTES)


@dataclass(frozen=True)
class Writing:
    """What a build would do to a folder. Nothing is changed before `commit`."""

    folder: Path
    decisions: tuple[Decision, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    """Why nothing can be written; empty if everything can."""
    notices: tuple[Diagnostic, ...] = ()
    """What is left to do once all is written."""
    changes: tuple[Change, ...] = field(default=(), repr=False)
    sources: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The texts of the files that the diagnostics show, by path."""
    journal: Journal = field(default=Journal(), repr=False)
    """The journal of a killed build, if there is one."""

    def commit(self) -> tuple[Diagnostic, ...]:
        """Write all files, or none; the diagnostics are the reasons."""
        if self.diagnostics:
            return self.diagnostics
        try:
            remove_leftovers(self.folder, self.journal)
            apply(self.folder, self.changes)
        except ChangedMeanwhile as changed:
            return (refusals.edited_meanwhile(changed.file),)
        except OSError as error:
            return (refusals.disk_error(error, self.folder),)
        return ()


def plan_write(
    folder: Path,
    fresh: Mapping[str, str],
    *,
    force: bool = False,
    restore: bool = False,
    resolution: Resolution = Resolution.STOP,
    origin: Origin | None = None,
    renames: Sequence[Rename] = (),
) -> Writing:
    """Decide what to do to `folder` so that it holds `fresh` (path to text).

    Reads the disk and changes nothing. With `force` edited and foreign files are
    overwritten, deleted ones are restored, and an unreadable record is replaced. `renames`
    are those of the spec, which edits follow.
    """
    if outside := [path for path in fresh if not is_target(path)]:
        raise ValueError(f"emitted paths that leave the folder: {outside}")
    commands = Commands.of(folder, origin)
    try:
        return _plan(folder, fresh, force, restore, resolution, origin, renames)
    except lock.UnreadableLock as problem:
        refusal = refusals.unreadable_lock(folder, problem, commands)
    except OSError as error:
        refusal = refusals.disk_error(error, folder)
    return Writing(folder, diagnostics=(refusal,))


def _plan(
    folder: Path,
    fresh: Mapping[str, str],
    force: bool,
    restore: bool,
    resolution: Resolution,
    origin: Origin | None,
    renames: Sequence[Rename],
) -> Writing:
    record = read(folder, [*RECORD_FILES, JOURNAL])
    base = _base(record[lock.LOCK], force)
    begun = journal.from_bytes(record[JOURNAL])
    paths = dict.fromkeys([*fresh, *base, *filter(is_target, begun.hashes)])
    disk = read(folder, paths)
    base = journal.known(base, begun, _files_or_none(disk))
    copies = read(folder, map(lock.pristine, paths))
    base |= _copied(paths, copies, begun)

    blocked = {path for path, found in disk.items() if isinstance(found, Obstacle)}
    decisions = decide(
        _without(blocked, base),
        files(disk),
        _without(blocked, fresh),
        force=force,
        restore=restore,
    )
    merging = merged(folder, decisions, base, files(disk), fresh, resolution, renames)
    decisions = [after_merge(each, merging) for each in decisions]
    # An obstacle at the path of a file that is no longer emitted does not matter.
    in_the_way = obstacles(record | {path: disk[path] for path in fresh} | copies)
    commands = Commands.of(folder, origin)
    diagnostics = refusals.refusals(folder, decisions, in_the_way, merging, commands)
    if diagnostics:
        texts = {path: files(disk)[path] for path in merging.problems}
        shown = {(folder / path).as_posix(): text for path, text in texts.items()}
        sources = {
            path: text.decode("utf-8", "replace") for path, text in shown.items()
        }
        return Writing(folder, tuple(decisions), diagnostics, sources=sources)

    contents = {path: unix(text.encode()) for path, text in fresh.items()}
    texts = {path: each.text for path, each in merging.merged.items()}
    hashes = _hashes(decisions, base, contents)
    wanted = {
        **_targets(decisions, {**ended(contents, files(disk)), **texts}),
        **_copies(paths, hashes, contents),
        # Last, so that the lock never lists a file that is not written yet.
        **record_contents(Lock(hashes, origin)),
    }
    changes = changes_of({**disk, **copies, **record}, wanted, texts)
    notices = [
        refusals.left_to_do(folder, folder / path, each)
        for path, each in merging.merged.items()
        if not each.is_settled
    ]
    notices += [
        refusals.name_left(folder / path, rename)
        for path, each in merging.merged.items()
        for rename in each.left
    ]
    return Writing(folder, tuple(decisions), (), tuple(notices), changes, journal=begun)


def record_contents(known: Lock) -> dict[str, bytes]:
    """The files that record what was written: the lock is the last."""
    return {ATTRIBUTES: NEVER_MERGED, lock.LOCK: lock.to_text(known).encode()}


def after_merge(decision: Decision, merging: Merging) -> Decision:
    """The decision about a file that was edited, once it is known whether it can be merged."""
    found = merging.merged.get(decision.path)
    if found is None:
        return decision
    action = Action.MERGE if found.is_settled else Action.CONFLICT
    return replace(decision, action=action)


def changes_of(
    found: Found,
    wanted: Mapping[str, bytes | None],
    merged: Collection[str] = (),
) -> tuple[Change, ...]:
    """What must change on disk, where files of the same text stay as they are."""
    present = files(found)
    return tuple(
        Change(path, present.get(path), content, path in merged)
        for path, content in wanted.items()
        if not _same(present.get(path), content)
    )


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
        return {**lock.from_bytes(found).files}
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


def ended(contents: Mapping[str, bytes], disk: Mapping[str, bytes]) -> dict[str, bytes]:
    """New contents with the line ends of the files that are there."""
    return {
        path: with_ends_of(disk.get(path, b""), content.decode())
        for path, content in contents.items()
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


def _files_or_none(found: Found) -> dict[str, bytes | None]:
    return {path: one for path, one in found.items() if not isinstance(one, Obstacle)}


def _without(paths: set[str], values: Mapping[str, str]) -> dict[str, str]:
    return {path: value for path, value in values.items() if path not in paths}


def _same(present: bytes | None, wanted: bytes | None) -> bool:
    if present is None or wanted is None:
        return present is wanted
    return unix(present) == unix(wanted)
