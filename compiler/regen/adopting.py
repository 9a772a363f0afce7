"""Adopts edited files: what differs from their new texts are the user's edits from now on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from compiler.diagnostics import Diagnostic
from compiler.regen import journal, lock, refusals
from compiler.regen.decide import Action, Decision, digest, has_markers, unix
from compiler.regen.disk import Found, Obstacle, obstacles, read
from compiler.regen.journal import JOURNAL
from compiler.regen.lock import Lock, Origin
from compiler.regen.merge.lines import hunks, lines_of
from compiler.regen.merge.soundness import Fault, faults
from compiler.regen.planning import RECORD_FILES, Writing, changes_of, record_contents


def plan_adopt(folder: Path, fresh: Mapping[str, str], origin: Origin) -> Writing:
    """Decide how to take the edited files of `folder` as merged with `fresh` (path to text).

    They stay as they are, and `fresh` is recorded as what was last written. Files that
    nobody edited get their new texts. Those that were deleted stay deleted; those that no
    build has written yet are not recorded, so the next one creates them. The diagnostics
    are errors where a file holds the markers of a conflict or is invalid, and the notices
    warnings of names that a script defines nowhere or twice.
    """
    try:
        return _plan(folder, fresh, origin)
    except OSError as error:
        return Writing(folder, diagnostics=(refusals.disk_error(error, folder),))


def _plan(folder: Path, fresh: Mapping[str, str], origin: Origin) -> Writing:
    record = read(folder, [*RECORD_FILES, JOURNAL])
    before = _record(record[lock.LOCK])
    paths = dict.fromkeys([*fresh, *before])
    disk = read(folder, paths)
    decisions = [
        Decision(path, action)
        for path, text in fresh.items()
        if (action := _action(disk[path], text, before.get(path))) is not None
    ]
    found = [one for path in fresh for one in problems(folder, path, disk[path])]
    found += lacking(folder, decisions, before, disk, fresh)
    notices = tuple(one for one in found if one.severity == "warning")
    if errors := tuple(one for one in found if one.severity == "error"):
        return Writing(folder, tuple(decisions), errors, notices)
    contents = {path: unix(text.encode()) for path, text in fresh.items()}
    recorded = {each.path: digest(contents[each.path]) for each in decisions}
    # What is no longer emitted stays recorded, so that the next build removes it.
    kept = {path: hash for path, hash in before.items() if path not in fresh}
    copies = read(folder, map(lock.pristine, paths))
    in_the_way = obstacles({**record, **copies})
    if in_the_way:
        refused = tuple(map(refusals.obstacle, dict.fromkeys(in_the_way)))
        return Writing(folder, tuple(decisions), refused)
    updated = [each.path for each in decisions if each.action is Action.UPDATE]
    wanted = {path: contents[path] for path in updated}
    wanted |= {lock.pristine(path): contents[path] for path in recorded}
    # A build creates what is not there yet, so this is not all that the spec gives.
    all_there = recorded.keys() == fresh.keys()
    origin = origin if all_there else replace(origin, hash="")
    wanted |= record_contents(Lock(kept | recorded, origin))
    changes = changes_of({**disk, **copies, **record}, wanted)
    begun = journal.from_bytes(record[JOURNAL])
    return Writing(folder, tuple(decisions), (), notices, changes, journal=begun)


def _record(found: bytes | Obstacle | None) -> Mapping[str, str]:
    """The hashes of a readable lock."""
    if not isinstance(found, bytes):
        return {}
    try:
        return lock.from_bytes(found).files
    except lock.UnreadableLock:
        return {}


def _action(
    found: bytes | Obstacle | None, text: str, recorded: str | None
) -> Action | None:
    """What becomes of a file; None: nothing is recorded, there is none yet."""
    if not isinstance(found, bytes):
        return Action.DELETED if recorded and found is None else None
    present = digest(found)
    if present == digest(text.encode()):
        return Action.UNCHANGED
    return Action.UPDATE if present == recorded else Action.KEEP


def lacking(
    folder: Path,
    decisions: Iterable[Decision],
    before: Mapping[str, str],
    disk: Found,
    fresh: Mapping[str, str],
) -> Iterator[Diagnostic]:
    """The lines that are new since the last build, and are not in an edited file."""
    for decision in decisions:
        path = decision.path
        found, recorded = disk[path], before.get(path)
        if decision.action is not Action.KEEP or not isinstance(found, bytes):
            continue
        base = lock.base_text(folder, path, recorded) if recorded else None
        if base is None:
            continue
        lines = lines_of(base)
        new = hunks(lines, lines_of(fresh[path]))
        present = {*lines_of(unix(found).decode("utf-8", "replace"))}
        missing = [
            line
            for hunk in new
            for line in hunk.lines
            if line.strip() and line not in present
        ]
        if missing:
            yield refusals.lacks_lines(folder / path, missing)


def problems(
    folder: Path, path: str, found: bytes | Obstacle | None
) -> list[Diagnostic]:
    """What is wrong with a file that is to be adopted."""
    file = folder / path
    if isinstance(found, Obstacle):
        return [refusals.obstacle(found)]
    if found is None:
        return []
    if has_markers(found):
        return [refusals.marked(folder, file)]
    try:
        text = unix(found).decode("utf-8-sig")
    except UnicodeDecodeError:
        is_code = path.endswith((".py", ".json", ".yml"))
        fault = Fault(1, "it is not UTF-8")
        return [refusals.broken(file, fault, "error")] if is_code else []
    return [
        refusals.broken(file, fault, "error" if fault.is_invalid else "warning")
        for fault in faults(path, text)
    ]
