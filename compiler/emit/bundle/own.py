"""Our own bundle, rendered without cookiecutter, which takes its time to import."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from compiler.emit.bundle.scalars import Scalars
from compiler.emit.templates import environment
from compiler.installed import templates

FOLDER = templates() / "bundle"
"""A cookiecutter template, which teams copy to make their own."""


def own_bundle(context: Mapping[str, Any]) -> dict[str, str]:
    """The files by their path, the same as cookiecutter makes of the template."""
    given, jinja = {"cookiecutter": context}, with_scalars()
    (inner,) = FOLDER.glob("{{*}}")
    files = {}
    for page in sorted(each for each in inner.rglob("*") if each.is_file()):
        path = page.relative_to(inner).as_posix()
        name = page.relative_to(templates()).as_posix()
        files[path.replace("{{cookiecutter.name}}", context["name"])] = (
            jinja.get_template(name).render(given)
        )
    return files


@functools.cache
def with_scalars() -> Environment:
    """The environment of all templates, with the filters of bundle templates."""
    jinja = environment()
    jinja.add_extension(Scalars)
    return jinja
