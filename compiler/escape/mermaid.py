"""Names in an entity-relationship diagram of Mermaid.

From its grammar (mermaid-js/mermaid, packages/mermaid/src/diagrams/er/parser/erDiagram.jison) and
tried with the parsers of 10.9, 11.4, 11.12 and 11.17: outside of a table's block many words are
keywords (`end`, `style`, `many` …), which quotes take away. Within a block a name has no quotes;
letters, digits and `_` may be any, but `pk`, `fk` and `uk`, in any case, are the marks of keys.
"""

from __future__ import annotations

from collections.abc import Sequence

MARKS = ("pk", "fk", "uk")


def as_mermaid(name: str) -> str:
    """The name of a table, or of a line between two."""
    return f'"{name}"'


def as_attribute(type: str, name: str, marks: Sequence[str]) -> str:
    """A column in a table's block; one that is named like a mark has its name as a comment."""
    taken = name.lower() in MARKS
    parts = [type, f"{name}_" if taken else name, ", ".join(marks)]
    return " ".join(filter(None, [*parts, f'"{name}"' if taken else ""]))
