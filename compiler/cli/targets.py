"""The folders that a command is about, and the specs that they were made from."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compiler.regen.disk import OURS
from compiler.regen.lock import LOCK, Origin, UnreadableLock, from_bytes, ours_of
from compiler.regen.origin import (
    OPTIONS,
    adopt_command,
    build_command,
    options_here,
    relative,
    source_of,
    spec_of,
)
from compiler.regen.status import folders_in

if TYPE_CHECKING:
    from compiler.pipeline import Compiled


@dataclass(frozen=True)
class Target:
    """A folder of emitted files, and its spec."""

    folder: Path | None
    """None for a spec of which no build was found."""
    spec: Path | None
    """None where nothing tells what the folder was made from."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Those of its last build."""

    @property
    def command(self) -> str:
        """The build that makes it, as one would type it here."""
        spec = self.spec.as_posix() if self.spec else "SPEC"
        return build_command(spec, self.folder, self.options)

    @property
    def adopt_command(self) -> str:
        """What adopts it if its record is damaged."""
        assert self.folder is not None
        spec = self.spec.as_posix() if self.spec else "SPEC"
        return adopt_command(spec, self.folder, self.options)


def quoted(text: str) -> str:
    """A word of a command, in quotes if a shell needs them."""
    return shlex.quote(text)


def targets_of(arguments: Sequence[str], out: str) -> list[Target]:
    """The folders that arguments name, each once: a folder, one with several, or a spec."""
    found = [each for one in arguments or (out,) for each in targets_at(one, out)]
    return [*{(each.folder, each.spec): each for each in found}.values()]


def targets_at(argument: str, out: str) -> list[Target]:
    """The folders that an argument names."""
    path = Path(argument)
    if path.is_dir():
        if folders := folders_in(path):
            return [*map(target_of, folders)]
        message = f"there is no record of a build in {argument}"
        help = f"`scaffold SPEC` builds one; if it is lost, `scaffold adopt {quoted(argument)}"
        raise click.UsageError(f"{message}: {help}/NAME --spec SPEC`")
    if not path.exists():
        raise click.UsageError(f"there is no spec or folder {argument}")
    if own := [
        folder for folder in path.absolute().parents if (folder / OURS).is_dir()
    ]:
        return [target_of(Path(relative(str(own[0]), Path())))]
    targets = [target_of(folder) for folder in folders_in(Path(out))]
    built = [one for one in targets if one.spec and one.spec.exists()]
    mine = [one for one in built if one.spec and one.spec.samefile(path)]
    return mine or [Target(None, path)]


def names_of(folder: Path) -> set[str]:
    """A folder's name, and that of the folder which it is a link to."""
    return {folder.absolute().name, folder.resolve().name}


def target_of(folder: Path) -> Target:
    """A folder with what its record tells of its spec."""
    origin = origin_in(folder)
    if origin is None:
        return Target(folder, None)
    return Target(folder, spec_of(folder, origin), options_here(folder, origin))


def origin_in(folder: Path) -> Origin | None:
    """What the record of a folder tells of its spec, even if it holds a conflict."""
    try:
        return from_bytes(ours_of((folder / LOCK).read_bytes())).origin
    except (OSError, UnreadableLock):
        return None


class RunsCode(Exception):
    """The bundle template of a folder runs code. The text names the template."""


def compiled_target(target: Target, out: str, trusted: str | None = None) -> Compiled:
    """Compiles the spec of a folder, as its last build did.

    Raises `RunsCode` for a bundle template with code that only the record names: records come with
    what is in git, from anyone. `trusted` is a template that the user has named.
    """
    from compiler.cli.compiling import compiled_from
    from compiler.pipeline import compile_spec

    assert target.spec is not None
    engine, format, template = map(target.options.get, OPTIONS)
    if template is not None and template != trusted:
        from compiler.emit.bundle.render import code_of

        if code_of(Path(template)):
            raise RunsCode(template)
    parent = target.folder.resolve().parent if target.folder else Path(out)

    def compile(path: str, text: str) -> Compiled:
        source = source_of(path, parent)
        return compile_spec(path, text, engine, format, template, source)

    return compiled_from(target.spec.as_posix(), compile)
