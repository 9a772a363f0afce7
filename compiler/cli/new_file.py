"""The file of a new spec: where it is, and how it is written."""

from __future__ import annotations

import os
from pathlib import Path

import click


def path_of(name: str, output: str | None) -> Path:
    """Where the spec will be; raises a `UsageError` if it cannot be written there."""
    specs = Path("specs")
    path = (specs if specs.is_dir() else Path()) / f"{name}.toml"
    if output is not None:
        path = Path(output)
    if path.suffix != ".toml":
        raise click.UsageError(f"{path}: a new spec is a .toml file")
    if os.path.lexists(path):
        message = f"{path} exists, and stays as it is"
        way = "another FILE" if output else "another NAME, or `-o FILE`"
        raise click.UsageError(f"{message}: choose {way}")
    if not path.parent.is_dir():
        raise click.UsageError(f"there is no folder {path.parent} for {path.name}")
    return path


def put(temporary: str, path: Path) -> None:
    """Gives a file its name, unless another one took that in the meantime."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.replace(temporary, path)
    else:
        Path(temporary).unlink()


def write(path: Path, text: str) -> None:
    """Writes a new file, whole or not at all; raises a `UsageError`."""
    import tempfile

    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        put(temporary, path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from None
