"""Values as YAML."""

from __future__ import annotations

import re
import textwrap

import yaml


def as_yaml(value: object) -> str:
    """A value as one line of YAML; no text in it can end it, or be a reference of the bundle."""
    text = yaml.dump(
        value,
        Dumper=Dumper,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
    )
    return without_references(text.removesuffix("\n").removesuffix("\n..."))


def as_yaml_block(value: object, indent: int) -> str:
    """A mapping or a list as lines of YAML, indented by `indent` columns."""
    text = yaml.dump(
        value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return without_references(textwrap.indent(text.rstrip("\n"), " " * indent))


class Dumper(yaml.SafeDumper):
    """Writes texts in double quotes, which can hold any text on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are indented below their key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        """Equal values are written in full, without aliases."""
        return True

    def represent_str(self, data: str) -> yaml.ScalarNode:
        style = None if is_plain(data) else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", data, style)


Dumper.add_representer(str, Dumper.represent_str)


BOOLEANS = ("y", "n")
"""YAML 1.1 reads them as true and false, PyYAML does not."""


def is_plain(text: str) -> bool:
    """Whether a text is clear without quotes, for YAML and for people."""
    plain = re.fullmatch(r"[A-Za-z_/][A-Za-z0-9_ ./,-]*(?<! )", text) is not None
    return plain and text.lower() not in BOOLEANS and yaml.safe_load(text) == text


def without_references(text: str) -> str:
    """Bundles have no escape for `${`: a space keeps it from being a reference."""
    return text.replace("${", "$ {")
