"""Names in an entity-relationship diagram of Mermaid.

From its grammar (mermaid-js/mermaid, packages/mermaid/src/diagrams/er/parser/erDiagram.jison),
tested with the parsers of 10.9, 11.4, 11.12 and 11.17. Outside of a table's block, many words are
keywords (`end`, `style`, `many` …), so names are quoted. In a block, names have no quotes:
letters, digits and `_` are allowed, but `pk`, `fk` and `uk`, in any case, mark keys.
"""

from __future__ import annotations

from collections.abc import Sequence

MARKS = ("pk", "fk", "uk")


def as_mermaid(name: str) -> str:
    """The name of a table, or of a line between two tables."""
    return f'"{name}"'


def as_attribute(type: str, name: str, marks: Sequence[str]) -> str:
    """A column in a table's block. If its name is that of a mark, the name becomes a comment."""
    taken = name.lower() in MARKS
    parts = [type, f"{name}_" if taken else name, ", ".join(marks)]
    return " ".join(filter(None, [*parts, f'"{name}"' if taken else ""]))
