"""Templates as code: a chain of texts joined by +."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from compiler.emit.python import Source, is_atom, literal
from compiler.plan.model import Path
from compiler.spec.columns import Template
from compiler.spec.types import Data

FILTERS = {
    "lower": "{}.str.to_lowercase()",
    "upper": "{}.str.to_uppercase()",
    "slug": "slug({})",
}


def template_code(
    spec: Template, row: str, read: Callable[[str], Source], paths: Mapping[str, Path]
) -> Source:
    """The code of a template's text, as a Series."""
    parts = []
    for part in spec.parts:
        if isinstance(part, str):
            parts.append(str(literal(part)))
        else:
            text, filter = part
            code = as_text(read(text), paths[text])
            parts.append(FILTERS[filter].format(code) if filter else code)
    if all(isinstance(part, str) for part in spec.parts):
        return Source(
            f"pl.repeat({''.join(parts) or literal('')}, len({row}), eager=True)"
        )
    return Source(" + ".join(parts))


def as_text(code: Source, path: Path) -> str:
    """A column's values as strings."""
    atom = str(code) if is_atom(code) else f"({code})"
    type = path.type
    if type.data is Data.TEXT and not type.values:
        return atom
    if type.data is Data.TIMESTAMP:
        return f'{atom}.dt.strftime("%Y-%m-%d %H:%M:%S")'
    return f"{atom}.cast(pl.String)"
