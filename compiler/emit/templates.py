"""Where the templates are, and how they are rendered."""

from __future__ import annotations

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import compiler
from compiler.emit.python import annotation, banner, comment, in_docstring, literal


@functools.cache
def folder() -> Path:
    """The templates: inside the package when installed, beside it in a checkout."""
    package = Path(compiler.__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@functools.cache
def environment() -> Environment:
    jinja = Environment(
        loader=FileSystemLoader(folder()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # what it writes is Python; `literal` and `comment` are its escapes
    )
    jinja.filters |= {
        "literal": literal,
        "annotation": annotation,
        "comment": comment,
        "banner": banner,
        "in_docstring": in_docstring,
    }
    return jinja


def macro(template: str, name: str, argument: object) -> str | None:
    """What a template's macro makes of an argument; None where it has no such macro."""
    module = environment().get_template(template).module
    found = getattr(module, name, None)
    return None if found is None else str(found(argument)).strip()
