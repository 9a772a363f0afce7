"""The examples in the explanations of codes."""

from __future__ import annotations

import re

from compiler.codes import CODES, Code

SECTION = re.compile(r"^  (wrong|warns|right|write):  ")


def example(code: Code, wanted: str) -> str:
    """The lines of an explanation's example of that name, without their margin."""
    lines: list[str] = []
    current = None
    for line in code.explanation.splitlines():
        if found := SECTION.match(line):
            current = found[1]
        elif not line.startswith(" " * 10):
            current = None
        if current == wanted:
            lines.append(line[10:])
    return "\n".join(lines)


with_example = [code for code in CODES.values() if example(code, "right")]
