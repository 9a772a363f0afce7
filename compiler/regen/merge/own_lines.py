"""The lines of an edited script that are the user's, and which of their words a rename changes.

Strings and comments in such a line are the user's, too: a rename changes them only where the line
that was there before had the same. Names change where they mean something emitted.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass, field
from token import COMMENT, NAME, STRING

from compiler.regen.merge.lines import hunks, lines_of


@dataclass(frozen=True)
class OwnLines:
    """What differs between an emitted script and the user's."""

    replaced: Mapping[int, frozenset[str]]
    """The lines of the user, counted from 1, each with the tokens of the lines it replaces."""
    words: frozenset[str] = frozenset()
    """The names and plain strings in these lines."""
    emitted: frozenset[str] = frozenset()
    """All names in the emitted script."""
    functions: Mapping[int, str] = field(default_factory=dict)
    """The function of the module that a line of the user's script is in."""
    own_locals: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By function of the user's script: the names that it binds."""
    emitted_locals: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The same of the emitted script."""

    def may_change(self, token: tokenize.TokenInfo, is_row_key: bool) -> bool:
        """Whether a rename may change a token; a key of ROWS is the name of a table."""
        before = self.replaced.get(token.start[0])
        if before is None or token.string in before:
            return True
        if token.type != NAME:
            return token.type == STRING and is_row_key
        function = self.functions.get(token.start[0], "")
        if token.string in self.own_locals.get(function, ()):
            return token.string in self.emitted_locals.get(function, ())
        return token.string in self.emitted


def own_lines(base: str, ours: str) -> OwnLines:
    """The user's lines of a script; raises `SyntaxError` and tokenize's errors."""
    tokens = {side: tokens_of(text) for side, text in (("base", base), ("ours", ours))}
    by_line: dict[int, set[str]] = {}
    for token in tokens["base"]:
        by_line.setdefault(token.start[0], set()).add(token.string)
    replaced: dict[int, frozenset[str]] = {}
    shift = 0
    for hunk in hunks(lines_of(base), lines_of(ours)):
        numbers = range(hunk.start + 1, hunk.stop + 1)
        before = frozenset().union(*(by_line.get(number, ()) for number in numbers))
        start = hunk.start + shift + 1
        replaced |= dict.fromkeys(range(start, start + len(hunk.lines)), before)
        shift += len(hunk.lines) - (hunk.stop - hunk.start)
    words = {
        token.string.strip("\"'")
        for token in tokens["ours"]
        if token.start[0] in replaced
    }
    trees = {"base": ast.parse(base), "ours": ast.parse(ours)}
    functions = {
        line: node.name
        for node in trees["ours"].body
        if isinstance(node, ast.FunctionDef)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    emitted = {token.string for token in tokens["base"] if token.type == NAME}
    return OwnLines(
        replaced,
        frozenset(words),
        frozenset(emitted),
        functions,
        locals_of(trees["ours"]),
        locals_of(trees["base"]),
    )


def tokens_of(text: str) -> list[tokenize.TokenInfo]:
    """The names, strings and comments of a script."""
    found = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token for token in found if token.type in (NAME, STRING, COMMENT)]


def locals_of(tree: ast.Module) -> dict[str, frozenset[str]]:
    """The names that each function of a module binds: parameters and variables."""
    return {
        node.name: frozenset(
            one.arg if isinstance(one, ast.arg) else one.id
            for one in ast.walk(node)
            if isinstance(one, ast.arg)
            or (isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
        )
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
