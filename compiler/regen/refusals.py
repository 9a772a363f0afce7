"""Why nothing is written, as diagnostics with a fix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from compiler.diagnostics import Diagnostic
from compiler.regen.decide import Action, Decision
from compiler.regen.disk import Obstacle
from compiler.regen.lock import LOCK, UnreadableLock

EDITED = "E501"
FOREIGN = "E502"
DISK = "E503"


def refusals(
    folder: Path,
    decisions: Iterable[Decision],
    obstacles: Iterable[Obstacle],
    problems: Mapping[str, Sequence[str]],
) -> tuple[Diagnostic, ...]:
    """One diagnostic for each file that must not be written; `problems`: why none was merged."""
    found = []
    for decision in decisions:
        file = folder / decision.path
        if decision.action is Action.EDITED:
            found.append(edited(file, problems.get(decision.path, ())))
        elif decision.action is Action.FOREIGN:
            found.append(foreign(file))
    return (*found, *map(obstacle, dict.fromkeys(obstacles)))


SHOWN = 5
"""How many reasons are shown at most."""


def edited(file: Path, problems: Sequence[str]) -> Diagnostic:
    more = [f"and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
    reasons = "; ".join([*problems[:SHOWN], *more])
    return Diagnostic(
        EDITED,
        f"`{_name(file)}` was edited, and cannot be merged with its new text: {reasons}",
        help="`--out DIR` writes the new text elsewhere, to compare; "
        "`--force` overwrites your edits",
    )


def edited_meanwhile(file: Path) -> Diagnostic:
    return Diagnostic(
        EDITED,
        f"`{_name(file)}` was changed while scaffold was running; nothing is written",
        help="run scaffold again",
    )


def foreign(file: Path) -> Diagnostic:
    return Diagnostic(
        FOREIGN,
        f"`{_name(file)}` is in the way: scaffold has no record of writing it",
        help="move the file away, write elsewhere with `--out DIR`, "
        "or overwrite it with `--force`",
    )


def obstacle(found: Obstacle) -> Diagnostic:
    return Diagnostic(
        FOREIGN,
        f"`{_name(found.path)}` is {found.what}, and scaffold needs to write a file there",
        help="move it away",
    )


def unreadable_lock(folder: Path, problem: UnreadableLock) -> Diagnostic:
    way = "upgrade scaffold" if problem.newer else "restore it, for example from git"
    return Diagnostic(
        FOREIGN,
        f"`{_name(folder / LOCK)}`, the record of what scaffold wrote, cannot be read: "
        f"{problem}",
        help=f"{way}, or write every file again with `--force`, which loses edits",
    )


def disk_error(error: OSError, folder: Path) -> Diagnostic:
    """The system refused to write: no space, no permission, …"""
    file = error.filename if isinstance(error.filename, str) else None
    where = Path(file) if file else folder
    return Diagnostic(
        DISK,
        f"`{_name(where)}` cannot be written: {error.strerror or error}",
        help="nothing was changed; make the folder writable, or choose another with `--out`",
    )


def _name(file: Path) -> str:
    return file.as_posix()
