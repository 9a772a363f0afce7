"""Where the templates are, and how they are rendered."""

from __future__ import annotations

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import compiler
from compiler.emit.code.comments import banner, comment, in_docstring
from compiler.emit.code.literals import literal


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
        "comment": comment,
        "banner": banner,
        "in_docstring": in_docstring,
    }
    return jinja
