"""Templates as code: a chain of texts joined by +."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from compiler.emit.dialect import Dialect
from compiler.emit.python import Source, literal
from compiler.plan.model import Path
from compiler.spec.columns import Template
from compiler.spec.types import Data


def template_code(
    dialect: Dialect,
    spec: Template,
    row: str,
    read: Callable[[str], Source],
    paths: Mapping[str, Path],
) -> Source:
    """The code of a template's text, as a Series."""
    filters = {
        "lower": f"{{}}.{dialect.lower}()",
        "upper": f"{{}}.{dialect.upper}()",
        "slug": "slug({})",
    }
    if all(isinstance(part, str) for part in spec.parts):
        whole = literal("".join(map(str, spec.parts)))
        return Source(dialect.repeated(whole, row, Data.TEXT))
    parts = []
    for part in spec.parts:
        if isinstance(part, str):
            parts.append(dialect.part(part, row))
        else:
            text, filter = part
            value = read(text)
            code = dialect.as_text(value, paths[text].type)
            if filter == "slug" and code == f"({value})":
                code = value  # an argument needs no parentheses
            parts.append(filters[filter].format(code) if filter else code)
    return Source(" + ".join(parts))
