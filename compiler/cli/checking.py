"""What `scaffold check` finds in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.cli.targets import RunsCode, Target, compiled_target, names_of, quoted
from compiler.reading import Unreadable, read_text
from compiler.regen.decide import digest, unix
from compiler.regen.lock import LOCK, Lock, Origin, UnreadableLock
from compiler.regen.origin import hash_of, origin_of, path_here
from compiler.regen.status import State, status_of

if TYPE_CHECKING:
    from compiler.regen.merge.soundness import Fault


@dataclass(frozen=True)
class Finding:
    """Something that is not as the last build left it, or would leave it."""

    state: State
    path: str
    command: str
    """What helps."""
    reason: str = ""
    is_yours: bool = False
    """Whether it is an edit or a deletion, which builds respect."""

    def as_data(self) -> dict[str, str]:
        data = {"state": self.state.value, "path": self.path}
        return data | {"reason": self.reason, "command": self.command}


def findings_of(target: Target, out: str) -> Iterator[Finding]:
    """All that is not in step in a folder: the folder as a whole first, then its files."""
    try:
        yield from found_in(target, out)
    except OSError as error:
        path = error.filename or target.folder
        reason = error.strerror or str(error)
        yield Finding(State.INVALID, str(path), "make it readable", reason)


def found_in(target: Target, out: str) -> Iterator[Finding]:
    folder = target.folder
    if folder is None:
        spec = target.spec or Path()
        reason = f"nothing is written to {out}/"
        yield Finding(State.MISSING, spec.as_posix(), target.command, reason)
        return
    name = folder.as_posix()
    try:
        status = status_of(folder)
    except UnreadableLock as problem:
        path = (folder / LOCK).as_posix()
        yield Finding(State.INVALID, path, target.adopt_command, str(problem))
        return
    if status is None:
        reason = f"there is no {LOCK}"
        yield Finding(State.INVALID, name, target.adopt_command, reason)
        return
    yield from drift_of(target, folder, status.lock)
    for path, state in status.files.items():
        yield from file_findings(target, folder, path, state)


def file_findings(
    target: Target, folder: Path, path: str, state: State
) -> Iterator[Finding]:
    """A file that differs from what was written."""
    name, file = folder.as_posix(), (folder / path).as_posix()
    adopt = f"scaffold adopt {quoted(name)}"
    if state is State.INVALID:
        yield Finding(state, file, "move it away", "it is no file")
        return
    if state is State.CONFLICTED:
        yield Finding(state, file, adopt, "choose between the marked lines, then")
        return
    command = f"scaffold diff {quoted(name)}"
    if state is State.MISSING:
        command = f"{target.command} --restore"
    elif broken := faults_in(folder / path):
        line, what, *_ = broken[0]
        yield Finding(State.BROKEN, file, command, f"line {line}: {what}")
    yield Finding(state, file, command, is_yours=True)


def faults_in(file: Path) -> tuple[Fault, ...]:
    """What is wrong in an edited script; other files are looked at when they are adopted."""
    if file.suffix != ".py" or not file.is_file():
        return ()
    from compiler.regen.merge.soundness import faults

    text = unix(file.read_bytes()).decode("utf-8-sig", "replace")
    return faults(file.name, text)


def drift_of(target: Target, folder: Path, lock: Lock) -> Iterator[Finding]:
    """Whether the spec still gives what was written."""
    name = folder.as_posix()
    if lock.origin is None or target.spec is None:
        reason = "its spec is not recorded"
        yield Finding(State.STALE, name, target.command, reason)
        return
    spec = target.spec.as_posix()
    if not target.spec.exists():
        yield orphan(target, folder, lock.origin, f"there is no {spec}")
        return
    try:
        text = read_text(spec)
    except Unreadable as error:
        command = f"scaffold plan {quoted(spec)}"
        yield Finding(State.INVALID, spec, command, str(error))
        return
    if hash_of(text, lock.origin.options, folder, spec) == lock.origin.hash:
        return
    try:
        yield from changes_of(target, folder, lock)
    except RunsCode as template:
        reason = f"its bundle template {template} runs code, which a check does not"
        yield Finding(State.STALE, name, target.command, reason)


def orphan(target: Target, folder: Path, origin: Origin, reason: str) -> Finding:
    """A folder whose spec is not there; it may have been moved."""
    assert target.spec is not None
    beside, name = target.spec.parent, folder.as_posix()
    for spec in sorted([*beside.glob("*.toml"), *beside.glob("*.json")]):
        try:
            text = read_text(str(spec))
        except Unreadable:
            continue
        if hash_of(text, origin.options, folder, str(spec)) == origin.hash:
            moved = replace(target, spec=spec)
            return Finding(State.ORPHANED, name, moved.command, f"{spec} is the same")
    command = f"`{replace(target, spec=None).command}` if it was moved"
    return Finding(State.ORPHANED, name, command, reason)


def changes_of(target: Target, folder: Path, lock: Lock) -> Iterator[Finding]:
    """What a build of a changed spec, or of another scaffold, would do."""
    from compiler.regen.planning import plan_write

    name = folder.as_posix()
    compiled = compiled_target(target, str(folder.parent))
    plan, text = compiled.plan, compiled.text
    if plan is None or text is None:
        path = compiled.path
        yield Finding(State.INVALID, path, f"scaffold plan {quoted(path)}")
        return
    if plan.name not in names_of(folder):
        new = Path(path_here(folder.resolve().with_name(plan.name)))
        command = f"mv {quoted(name)} {quoted(new.as_posix())}, then {target.command}"
        if new.exists():
            command = f"move your edits to {quoted(new.as_posix())}"
        reason = f"{compiled.path} makes {new.as_posix()} now"
        yield Finding(State.ORPHANED, name, command, reason)
        return
    fresh = {path: digest(text.encode()) for path, text in compiled.files.items()}
    if fresh == lock.files:
        return
    origin = origin_of(compiled.path, text, folder, target.options)
    writing = plan_write(folder, compiled.files, origin=origin, renames=plan.renames)
    if writing.diagnostics:
        reason = f"a build stops with {writing.diagnostics[0].code}"
        yield Finding(State.CONFLICTED, name, f"scaffold diff {quoted(name)}", reason)
    else:
        reason = f"{compiled.path} has changed"
        yield Finding(State.STALE, name, target.command, reason)
