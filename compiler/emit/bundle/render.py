"""A bundle from a cookiecutter template of a team, which is rendered to a temporary folder."""

from __future__ import annotations

import errno
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

EXTENSION = "compiler.emit.bundle.scalars.Scalars"
LISTED = "cookiecutter.json"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
OURS = ("generate_data.py", ".scaffold")
"""What a template makes nothing of."""


class TemplateError(Exception):
    """A bundle template that cannot be rendered: why, and a way out."""

    def __init__(self, place: Path, message: str, help: str = "") -> None:
        super().__init__(message)
        self.path, self.message, self.help = place.as_posix(), message, help


HOOKS = ("pre_prompt", "pre_gen_project", "post_gen_project")


class NoRoom(Exception):
    """The system's folder for temporary files, where cookiecutter writes to, takes no more."""


def code_of(template: Path) -> list[str]:
    """What a template runs on this machine besides its own pages: hooks, Jinja's extensions."""
    hooks = sorted((template / "hooks").glob("*"))
    found = [f"hooks/{file.name}" for file in hooks if file.stem in HOOKS]
    try:
        extensions = listed(template).get("_extensions", [])
    except TemplateError:
        return found  # reported once it is rendered
    named = extensions if isinstance(extensions, list) else []
    return [*found, *(name for name in named if isinstance(name, str))]


def rendered(template: Path, context: Mapping[str, Any]) -> dict[str, str]:
    """The files of a template by their path; raises `TemplateError`."""
    from cookiecutter.generate import generate_files

    try:
        folder = tempfile.TemporaryDirectory()
    except OSError as error:
        raise NoRoom("none of those that there are takes a file") from error
    with folder as name:
        try:
            given = {"cookiecutter": with_own_values(template, context)}
            made = generate_files(template.resolve(), given, name)
        except TemplateError:
            raise
        except Exception as error:  # a template's code can raise any
            if isinstance(error, OSError) and error.errno in FULL:
                raise NoRoom(error.strerror) from error
            help = "docs/bundle-templates.md lists what a template is given"
            raise TemplateError(template, reason_of(error), help) from error
        return texts(Path(made), template)


def with_own_values(template: Path, context: Mapping[str, Any]) -> dict[str, Any]:
    """The context, with what the template's cookiecutter.json gives besides.

    As cookiecutter has it: a list means its first value, a text may hold `{{ … }}`, and a
    name with an underscore in front is for cookiecutter itself. Of two of a name ours counts.
    """
    from cookiecutter.prompt import render_variable
    from cookiecutter.utils import create_env_with_context

    own = listed(template)
    extensions = [*own.get("_extensions", []), EXTENSION]
    values = {**context, "_extensions": extensions}
    environment = create_env_with_context({"cookiecutter": {**own, **values}})
    for key, given in own.items():
        if key.startswith("_"):
            values.setdefault(key, given)
        elif key not in values:
            first = given[0] if isinstance(given, list) and given else given
            values[key] = render_variable(environment, first, values)
    return values


def listed(template: Path) -> dict[str, Any]:
    """The values in a template's cookiecutter.json."""
    path = template / LISTED
    try:
        own = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        help = (
            "a template is a folder with that file and a folder {{cookiecutter.name}}"
        )
        raise TemplateError(template, f"there is no {LISTED} in it", help) from None
    except (OSError, ValueError) as error:
        raise TemplateError(path, f"it cannot be read: {error}") from None
    if not isinstance(own, dict):
        raise TemplateError(path, "it is no JSON object", '{ "owner": "data-team" }')
    return own


def reason_of(error: Exception) -> str:
    """What went wrong, with the file if Jinja names it."""
    inner = getattr(error, "error", None) or error
    line, name = getattr(inner, "lineno", None), getattr(inner, "filename", None)
    message = getattr(inner, "message", None) or str(inner)
    place = f"{name}:{line}: " if name and line else ""
    outer = getattr(error, "message", "") if inner is not error else ""
    return f"{place}{outer + ': ' if outer else ''}{message}"


def texts(folder: Path, template: Path) -> dict[str, str]:
    """The text files below a folder, by their path in it."""
    files = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder).as_posix()
        if name.split("/")[0] in OURS:
            help = "a template makes the files beside the script"
            raise TemplateError(template, f"it makes {name}", help)
        try:
            files[name] = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise TemplateError(template, f"{name} is no UTF-8 text") from None
    return files
