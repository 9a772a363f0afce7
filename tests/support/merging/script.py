"""A script as its owner looks at it: its configuration, the builders of its tables, TABLES."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from random import Random

from compiler.regen.merge.lines import lines_of


@dataclass(frozen=True)
class Script:
    """A text, and the table that its owner is at work on."""

    text: str
    table: str
    random: Random

    @cached_property
    def lines(self) -> list[str]:
        return lines_of(self.text)

    @cached_property
    def tree(self) -> ast.Module:
        return parsed(self.text)

    @cached_property
    def builder(self) -> ast.FunctionDef | None:
        """The function that builds the table."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == self.table:
                return node
        return None

    @cached_property
    def columns(self) -> list[range]:
        """The lines of each column of the builder, where it returns them by name."""
        result = self.builder.body[-1] if self.builder else None
        if not isinstance(result, ast.Return) or not isinstance(result.value, ast.Call):
            return []
        frame, *_ = [*result.value.args, None]
        if not isinstance(frame, ast.Dict):
            return []
        ends = [value.end_lineno or 0 for value in frame.values]
        starts = [frame.lineno, *ends]
        return [range(*pair) for pair in zip(starts, ends, strict=False)]

    @cached_property
    def variables(self) -> list[ast.Assign]:
        """What the builder assigns to single names, apart from `row`."""
        body = self.builder.body if self.builder else []
        return [
            node
            for node in body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id != "row"
        ]

    @cached_property
    def settings(self) -> list[int]:
        """The lines of the configuration that concern the table, or those of all tables."""
        own = f"{self.table.upper()}_"
        nodes = [
            node
            for node in self.tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            and node.lineno < self.line("# --- HOW TO READ")
            and node.lineno > self.line("OUTPUT = ")
        ]
        of_table = [n for n in nodes if self.lines[n.lineno - 1].startswith(own)]
        return [
            number
            for node in of_table or nodes
            for number in range(node.lineno - 1, node.end_lineno or 0)
        ]

    @cached_property
    def entry(self) -> range:
        """The lines of the table's entry in TABLES."""
        (entries,) = (
            node.value
            for node in self.tree.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TABLES"
        )
        assert isinstance(entries, ast.Dict)
        for key, value in zip(entries.keys, entries.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == self.table:
                return range(key.lineno - 1, value.end_lineno or 0)
        raise LookupError(self.table)

    def line(self, beginning: str, start: int = 0) -> int:
        """The first line that begins so, counted from 0."""
        for number in range(start, len(self.lines)):
            if self.lines[number].startswith(beginning):
                return number
        raise LookupError(beginning)

    def word(self) -> str:
        """A name that the owner gives to something of their own."""
        return self.random.choice(WORDS)

    def replaced(self, start: int, stop: int, *lines: str) -> str:
        """The text with other lines in place of some."""
        return "".join([*self.lines[:start], *lines, *self.lines[stop:]])

    def with_number(self, number: int) -> str | None:
        """The text with another number in a line, if it has one in its code."""
        code, mark, comment = self.lines[number].partition("#")
        found = [*NUMBER.finditer(code)]
        if not found:
            return None
        match = self.random.choice(found)
        fresh = larger(match[0])
        code = code[: match.start()] + fresh + code[match.end() :]
        return self.replaced(number, number + 1, code + mark + comment)


NUMBER = re.compile(r'(?<![\w."])\d[\d_]*(?:\.\d+)?(?![\w."])')
WORDS = [
    "segment", "score", "note", "origin", "batch", "rank", "flag", "grade", "cluster", "margin",
]  # fmt: skip


def larger(number: str) -> str:
    """A number of the same kind, about a tenth larger."""
    if "." in number:
        return f"{float(number) * 1.1:.3g}"
    return f"{int(int(number) * 1.1) + 1:_}"


@lru_cache(maxsize=8)
def parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def tables(text: str) -> tuple[str, ...]:
    """The tables whose builders return columns by name."""
    names = [one.name for one in parsed(text).body if isinstance(one, ast.FunctionDef)]
    start = text.index("\nTABLES = {")
    known = [name for name in names if f'"{name}": Table(' in text[start:]]
    return tuple(name for name in known if Script(text, name, Random(0)).columns)
