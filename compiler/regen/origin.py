"""The spec that a folder was made from: how it is recorded, and found again."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from compiler import REVISION
from compiler.regen.lock import Origin
from compiler.sources.beside import hashes

TEMPLATE = "bundle-template"
OPTIONS = ("engine", "format", TEMPLATE)
"""The options of a build that decide what is emitted."""


def origin_of(
    spec: str, text: str, folder: Path, options: Mapping[str, str | None]
) -> Origin:
    """What is recorded of a build of the spec at a path into a folder.

    Paths are as seen from the folder, so that it is the same for every working directory.
    """
    given = {name: value for name, value in options.items() if value is not None}
    if TEMPLATE in given:
        given[TEMPLATE] = relative(given[TEMPLATE], folder)
    return Origin(relative(spec, folder), hash_of(text, given, folder, spec), given)


def hash_of(text: str, options: Mapping[str, str], folder: Path, spec: str) -> str:
    """The hash of all that decides what a build emits: equal hashes, equal files.

    That is the text of the spec at a path, with the files beside it that it names. A byte
    order mark decides nothing.
    """
    parts: list[object] = [
        REVISION,
        sorted(options.items()),
        text.removeprefix("\ufeff"),
    ]
    parts += hashes(text, spec)
    if TEMPLATE in options:
        parts += contents(template_of(folder, options))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def contents(template: Path) -> list[tuple[str, str]]:
    """The hash of each file of a bundle template."""
    return [
        (
            file.relative_to(template).as_posix(),
            hashlib.sha256(file.read_bytes()).hexdigest(),
        )
        for file in sorted(template.rglob("*"))
        if file.is_file()
    ]


def options_here(folder: Path, origin: Origin) -> dict[str, str]:
    """The recorded options as one would type them in the working directory."""
    options = dict(origin.options)
    if TEMPLATE in options:
        options[TEMPLATE] = str(template_of(folder, options))
    return options


def template_of(folder: Path, options: Mapping[str, str]) -> Path:
    """Where the bundle template is that a record names."""
    return Path(path_here(folder.resolve() / options[TEMPLATE]))


def spec_of(folder: Path, origin: Origin) -> Path:
    """Where the recorded spec is."""
    return Path(path_here(folder.resolve() / origin.spec))


def path_here(path: Path) -> str:
    """A path as it is, or from the working directory on where that is shorter."""
    found = os.path.normpath(path)
    return min(found, relative(found, Path()), key=len)


def build_command(spec: str, folder: Path | None, options: Mapping[str, str]) -> str:
    """The build that makes a folder, as one would type it here."""
    words = ["scaffold", shlex.quote(spec), *words_of(options)]
    if folder is not None:
        out = relative(str(folder.resolve().parent), Path())
        words += [f"--out {shlex.quote(out)}"] if out != "generated" else []
    return " ".join(words)


def adopt_command(spec: str, folder: Path, options: Mapping[str, str]) -> str:
    """The command that adopts a folder whose record does not tell of its spec."""
    name = shlex.quote(folder.as_posix())
    words = [f"scaffold adopt {name}", f"--spec {shlex.quote(spec)}"]
    return " ".join([*words, *words_of(options)])


def words_of(options: Mapping[str, str]) -> list[str]:
    """Options as one would type them."""
    return [f"--{name} {shlex.quote(value)}" for name, value in options.items()]


def source_of(spec: str, folder: Path) -> str:
    """How an emitted file names its spec: from the parent that spec and folder share.

    So the name is the same for every working directory and machine.
    """
    paths = [real(spec), os.path.realpath(folder)]
    try:
        shared = os.path.commonpath(paths)
    except ValueError:  # two drives
        return Path(spec).name
    outside = os.path.dirname(shared) == shared
    return Path(spec).name if outside else relative(spec, Path(shared))


def relative(path: str, folder: Path) -> str:
    """A path as seen from a folder, with slashes; as it is where they share no drive."""
    try:
        return Path(os.path.relpath(real(path), os.path.realpath(folder))).as_posix()
    except ValueError:
        return Path(path).as_posix()


def real(path: str) -> str:
    """A path without links among its folders; the last part may be one."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)
