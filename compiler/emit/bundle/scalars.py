"""Values as YAML and Markdown: what a spec says enters the bundle only through here."""

from __future__ import annotations

import html
import re

import yaml
from jinja2 import Environment, Undefined
from jinja2.ext import Extension

from compiler.emit.python import printable


def as_yaml(value: object) -> str:
    """A value in one line of YAML; no text can end it, or be taken for the bundle's reference."""
    if isinstance(value, Undefined):
        str(value)  # which raises, and names it
    text = yaml.dump(
        value,
        Dumper=Dumper,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
    )
    return without_references(text.removesuffix("\n").removesuffix("\n..."))


class Dumper(yaml.SafeDumper):
    """Writes texts in double quotes, which hold any text in one line, wherever they stand."""

    def represent_str(self, data: str) -> yaml.ScalarNode:
        style = None if is_plain(data) else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", data, style)


Dumper.add_representer(str, Dumper.represent_str)


def is_plain(text: str) -> bool:
    """Whether YAML needs no quotes for it, and no person either."""
    plain = re.fullmatch(r"[A-Za-z_/][A-Za-z0-9_ ./,-]*(?<! )", text) is not None
    return plain and yaml.safe_load(text) == text


def without_references(text: str) -> str:
    """Bundles know no escape for `${`: a space takes its meaning away."""
    return text.replace("${", "$ {")


MARKUP = re.compile(
    r"[\\`*\[\]|~$]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # within words it marks nothing up
    r"|^[-+#=](?=[-+#=\s]|$)|(?<=:)//|(?<=www)\."
)


LISTED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")
"""A number with which a line would be one of a list."""


def as_markdown(text: str) -> str:
    """Text as it stands in a paragraph or a cell of Markdown, with nothing that marks it up."""
    plain = " ".join(html.escape(printable(text), quote=False).split())
    marked = MARKUP.sub(lambda found: "\\" + found[0], plain)
    return LISTED.sub(r"\1\\", marked)


class Scalars(Extension):
    """The filters `yaml` and `markdown` of bundle templates."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.filters |= {"yaml": as_yaml, "markdown": as_markdown}
