"""The filters of bundle templates: texts of a spec enter the bundle only through them."""

from __future__ import annotations

import shlex

from jinja2 import Environment, Undefined
from jinja2.ext import Extension

from compiler.escape.markdown import as_code, as_markdown
from compiler.escape.yaml import as_yaml, as_yaml_block


class Scalars(Extension):
    """The filters `yaml`, `yaml_block`, `markdown`, `code` and `shell` of bundle templates."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.filters |= {
            "yaml": known_as_yaml,
            "yaml_block": known_as_yaml_block,
            "markdown": as_markdown,
            "code": as_code,
            "shell": shlex.quote,
        }


def known_as_yaml(value: object) -> str:
    """A value as YAML; one that a template is not given raises, and names it."""
    if isinstance(value, Undefined):
        str(value)
    return as_yaml(value)


def known_as_yaml_block(value: object, indent: int) -> str:
    """A value as lines of YAML; one that a template is not given raises, and names it."""
    if isinstance(value, Undefined):
        str(value)
    return as_yaml_block(value, indent)
