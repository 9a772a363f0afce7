"""Why nothing is written, as diagnostics with a way out."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from compiler.diagnostics import Diagnostic, Label, Severity, Span
from compiler.plan.summary import Rename
from compiler.regen.decide import Action, Decision
from compiler.regen.disk import Obstacle
from compiler.regen.lock import LOCK, Origin, UnreadableLock
from compiler.regen.merge.lines import Conflict
from compiler.regen.merge.soundness import Fault
from compiler.regen.merging import Merged, Merging, Unmerged
from compiler.regen.origin import (
    adopt_command,
    build_command,
    options_here,
    spec_of,
)

EDITED = "E501"
FOREIGN = "E502"
DISK = "E503"
MARKED = "E504"
BROKEN = "E505"

SHOWN = 5
"""How many lines of a side, and how many faults, are shown at most."""


@dataclass(frozen=True)
class Commands:
    """What the messages advise to run, for the folder that they are about."""

    build: str = "scaffold SPEC"
    adopt: str = "scaffold adopt FOLDER --spec SPEC"

    @classmethod
    def of(cls, folder: Path, origin: Origin | None) -> Commands:
        if origin is None:
            return cls()
        spec, options = spec_of(folder, origin).as_posix(), options_here(folder, origin)
        build = build_command(spec, folder, options)
        return cls(build, adopt_command(spec, folder, options))


def refusals(
    folder: Path,
    decisions: Iterable[Decision],
    obstacles: Iterable[Obstacle],
    merging: Merging,
    commands: Commands,
) -> tuple[Diagnostic, ...]:
    """Why files must not be written."""
    found = []
    foreign = []
    for decision in decisions:
        file = folder / decision.path
        if decision.action is Action.EDITED:
            problem = merging.problems[decision.path]
            found.append(edited(folder, file, problem, commands))
        elif decision.action is Action.MARKED:
            found.append(marked(folder, file))
        elif decision.action is Action.FOREIGN:
            foreign.append(file)
    found += [in_the_way(foreign, commands)] if foreign else []
    return (*found, *map(obstacle, dict.fromkeys(obstacles)))


def edited(
    folder: Path, file: Path, problem: Unmerged, commands: Commands
) -> Diagnostic:
    """An edited file that cannot be merged with its new text."""
    name = _name(file)
    by_hand = (
        "put the new lines in by hand (`scaffold diff` shows them), then run "
        f"`scaffold adopt {shlex.quote(_name(folder))}`"
    )
    if problem.conflicts:
        message = f"you edited `{name}`, and the new text changes the same lines"
        labels = [one for each in problem.conflicts for one in both_sides(name, each)]
        help = (
            f"`{commands.build} --conflict=markers` writes both into the file, for you to choose; "
            "`--ours` keeps your lines, `--theirs` takes the new ones"
        )
        return Diagnostic(EDITED, message, tuple(labels), help)
    if problem.faults:
        more = len(problem.faults) - SHOWN
        reasons = [*map(fault_text, problem.faults[:SHOWN])]
        reasons += [f"and {more} more"] if more > 0 else []
        message = f"you edited `{name}`, and with the new text it would be broken: "
        help = f"`{commands.build} --conflict=markers` writes the merge as it is, for you to mend"
        labels = [
            Label(place(file, one.line), one.what) for one in problem.faults if one.line
        ]
        return Diagnostic(EDITED, message + "; ".join(reasons), tuple(labels), help)
    message = f"you edited `{name}`, which cannot be merged with its new text: "
    return Diagnostic(EDITED, message + problem.reason, help=by_hand)


def both_sides(file: str, conflict: Conflict) -> list[Label]:
    """The places of the user's lines, the last with the new lines beside it."""
    text = f"the new text has {lines_text(conflict.theirs)}"
    ours = conflict.ours[:SHOWN]
    if not ours:
        text = f"you removed {lines_text(conflict.base)}; {text}"
    labels = [
        Label(Span(file, number, 1, number, len(line.rstrip("\n")) + 1))
        for number, line in enumerate(ours or ("",), conflict.line)
    ]
    return [*labels[:-1], Label(labels[-1].span, text)]


def lines_text(lines: Sequence[str]) -> str:
    """Lines in words: `a = 1`, `b = 2` and 3 more lines."""
    shown = [f"`{line.strip()}`" for line in lines if line.strip()]
    more = len(shown) - SHOWN
    words = ", ".join(shown[:SHOWN]) or "no line"
    return f"{words} and {more} more line{'s' * (more > 1)}" if more > 0 else words


def fault_text(fault: Fault) -> str:
    return fault.what


def left_to_do(folder: Path, file: Path, merged: Merged) -> Diagnostic:
    """What is left to do in a file that was written with its conflicts or faults."""
    count = len(merged.conflicts)
    adopt = f"then run `scaffold adopt {shlex.quote(_name(folder))}`"
    if count:
        what = "a conflict is" if count == 1 else f"{count} conflicts are"
        message = f"{what} marked in `{_name(file)}`"
        return Diagnostic(
            EDITED, message, help=f"choose between the marked lines, {adopt}"
        )
    labels = [Label(place(file, one.line), one.what) for one in merged.faults]
    message = f"`{_name(file)}` is broken by your edits and the new text together"
    return Diagnostic(BROKEN, message, tuple(labels), f"mend it, {adopt}")


def name_left(file: Path, rename: Rename) -> Diagnostic:
    """An old name in a string of the user's, which may mean what was renamed or not."""
    what = f"column of `{rename.table}`" if rename.column else "table"
    new = rename.column or rename.table
    return Diagnostic(
        BROKEN,
        f"`{_name(file)}` has the text `{rename.old}` in lines of yours; the {what} of that name "
        f"is `{new}` now",
        help="change it there if it means that",
        severity="warning",
    )


def place(file: Path, line: int) -> Span:
    """The beginning of a line."""
    return Span(_name(file), line, 1, line, 1)


def marked(folder: Path, file: Path) -> Diagnostic:
    return Diagnostic(
        MARKED,
        f"`{_name(file)}` holds the markers of a conflict",
        help="choose between the marked lines, then run "
        f"`scaffold adopt {shlex.quote(_name(folder))}`",
    )


def lacks_lines(file: Path, lines: Sequence[str]) -> Diagnostic:
    """A file that is adopted without what is new in its text."""
    return Diagnostic(
        BROKEN,
        f"`{_name(file)}` does not have what is new in the spec: {lines_text(lines)}",
        help="it is taken as an edit of yours; put it in if it is not",
        severity="warning",
    )


def broken(file: Path, fault: Fault, severity: Severity) -> Diagnostic:
    """A file to adopt that is invalid, or that uses names which are defined nowhere."""
    help = "mend it first" if severity == "error" else None
    label = Label(place(file, fault.line))
    return Diagnostic(BROKEN, fault.what, (label,), help, severity)


def edited_meanwhile(file: Path) -> Diagnostic:
    return Diagnostic(
        EDITED,
        f"`{_name(file)}` was changed while scaffold was running; nothing is written",
        help="run scaffold again",
    )


def in_the_way(files: Sequence[Path], commands: Commands) -> Diagnostic:
    """Files that are there, and that no record names."""
    names = ", ".join(f"`{_name(file)}`" for file in files)
    are, them = ("is", "it") if len(files) == 1 else ("are", "them")
    whose = "an edit" if len(files) == 1 else "edits"
    return Diagnostic(
        FOREIGN,
        f"{names} {are} in the way: scaffold has no record of writing {them}",
        help=f"`{commands.adopt}` takes {them} as {whose} of yours; "
        f"or move {them} away, write elsewhere with `--out DIR`, or overwrite {them} with "
        "`--force`",
    )


def obstacle(found: Obstacle) -> Diagnostic:
    return Diagnostic(
        FOREIGN,
        f"`{_name(found.path)}` is {found.what}, and scaffold needs to write a file there",
        help="move it away",
    )


def unreadable_lock(
    folder: Path, problem: UnreadableLock, commands: Commands
) -> Diagnostic:
    return Diagnostic(
        FOREIGN,
        f"`{_name(folder / LOCK)}`, the record of what scaffold wrote, cannot be read: "
        f"{problem}",
        help=f"`{commands.adopt}` makes it again, and takes edited files as they are; or restore "
        "it, for example from git",
    )


def no_origin(folder: Path) -> Diagnostic:
    """A record that names no spec, or that is damaged or lost."""
    return Diagnostic(
        FOREIGN,
        f"`{_name(folder / LOCK)}` does not tell which spec this folder was made from",
        help=f"`scaffold adopt {shlex.quote(_name(folder))} --spec specs/NAME.toml`",
    )


def runs_code(folder: Path, template: str) -> Diagnostic:
    """A bundle template with code, which only the record names."""
    return Diagnostic(
        FOREIGN,
        f"the record of `{_name(folder)}` names a bundle template that runs code: {template}",
        help=f"if you trust it, build with it: `--bundle-template {shlex.quote(template)}`",
    )


def unreadable(error: OSError, folder: Path) -> Diagnostic:
    """The system refused to read."""
    file = error.filename if isinstance(error.filename, str) else str(folder)
    reason = error.strerror or str(error)
    return Diagnostic(
        DISK, f"`{file}` cannot be read: {reason}", help="make it readable"
    )


def disk_error(error: OSError, folder: Path) -> Diagnostic:
    """The system refused to write: no space, no permission, …"""
    file = error.filename if isinstance(error.filename, str) else None
    where = Path(file) if file else folder
    return Diagnostic(
        DISK,
        f"`{_name(where)}` cannot be written: {error.strerror or error}",
        help=f"nothing in `{_name(folder)}` was changed; make the folder writable, or choose "
        "another with `--out`",
    )


def _name(file: Path) -> str:
    return file.as_posix()
