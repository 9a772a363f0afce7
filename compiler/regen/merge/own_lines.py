"""The lines of an edited script that are the user's, and which of their words a rename changes.

Strings and comments in such a line are the user's, too: a rename changes them only where the line
that was there before had the same. Names change where they mean something emitted.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from token import COMMENT, NAME, STRING

from compiler.regen.merge.lines import Hunk, hunks, lines_of
from compiler.regen.merge.local_names import locals_of

EVERYTHING = frozenset({"*"})
"""In place of names: no name may change."""


@dataclass(frozen=True)
class OwnLines:
    """What differs between an emitted script and the user's."""

    replaced: Mapping[int, frozenset[str]]
    """The lines of the user, counted from 1, each with the tokens of the lines it replaces."""
    moved: Mapping[int, int] = field(default_factory=dict)
    """Emitted lines at another place: their number, and that in the emitted script."""
    words: frozenset[str] = frozenset()
    """The names and plain strings in the user's lines."""
    strings: frozenset[str] = frozenset()
    """The plain strings alone."""
    emitted: frozenset[str] = frozenset()
    """All names in the emitted script."""
    fixed: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """By line: the names that mean something of the user's there."""
    functions: Mapping[int, str] = field(default_factory=dict)
    """The function of the module that a line of the user's script is in."""
    own_locals: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By function of the user's script: the names that it binds."""
    emitted_locals: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The same of the emitted script."""

    def may_change(self, token: tokenize.TokenInfo, is_table_key: bool) -> bool:
        """Whether a rename may change a token; a key of ROWS or TABLES is the name of a table."""
        line = token.start[0]
        before = self.replaced.get(line)
        if before is None:
            return True
        if token.type == NAME and self.fixed.get(line, frozenset()) & {
            token.string,
            "*",
        }:
            return False
        if token.string in before:
            return True
        if token.type != NAME:
            return token.type == STRING and is_table_key
        function = self.functions.get(line, "")
        if token.string in self.own_locals.get(function, ()):
            return token.string in self.emitted_locals.get(function, ())
        return token.string in self.emitted


def own_lines(base: str, ours: str) -> OwnLines:
    """The user's lines of a script; raises `SyntaxError` and tokenize's errors."""
    tokens = {side: tokens_of(text) for side, text in (("base", base), ("ours", ours))}
    tree = ast.parse(ours)
    replaced, moved = differing(base, ours, tokens["base"])
    own = [token for token in tokens["ours"] if token.start[0] in replaced]
    words = {token.string.strip("\"'") for token in own}
    strings = {token.string.strip("\"'") for token in own if token.type == STRING}
    functions = {
        line: node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for line in lines_in(node)
    }
    emitted = {token.string for token in tokens["base"] if token.type == NAME}
    return OwnLines(
        replaced,
        moved,
        frozenset(words),
        frozenset(strings),
        frozenset(emitted),
        fixed_names(tree),
        functions,
        locals_of(ours),
        locals_of(base),
    )


def differing(
    base: str, ours: str, tokens: Iterable[tokenize.TokenInfo]
) -> tuple[dict[int, frozenset[str]], dict[int, int]]:
    """The user's lines with the tokens that they replace, and the emitted lines that were moved."""
    by_line: dict[int, set[str]] = {}
    for token in tokens:
        by_line.setdefault(token.start[0], set()).add(token.string)
    lines = lines_of(base)
    found = hunks(lines, lines_of(ours))
    lost = {
        lines[number].strip(): number + 1
        for hunk in found
        for number in range(hunk.start, hunk.stop)
        if lines[number].strip()
    }
    replaced: dict[int, frozenset[str]] = {}
    moved: dict[int, int] = {}
    shift = 0
    for run in adjoining(found):
        numbers = range(run[0].start + 1, run[-1].stop + 1)
        before = frozenset().union(*(by_line.get(number, ()) for number in numbers))
        start = run[0].start + shift + 1
        added = [line for hunk in run for line in hunk.lines]
        for number, line in enumerate(added, start):
            if line.strip() in lost:
                moved[number] = lost[line.strip()]
            else:
                replaced[number] = before
        shift += len(added) - len(numbers)
    return replaced, moved


def adjoining(found: Iterable[Hunk]) -> Iterator[list[Hunk]]:
    """Changes that touch, together."""
    run: list[Hunk] = []
    for hunk in found:
        if run and hunk.start > run[-1].stop:
            yield run
            run = []
        run.append(hunk)
    if run:
        yield run


def tokens_of(text: str) -> list[tokenize.TokenInfo]:
    """The names, strings and comments of a script."""
    found = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token for token in found if token.type in (NAME, STRING, COMMENT)]


def lines_in(node: ast.stmt | ast.expr) -> range:
    """The lines of a node."""
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def fixed_names(tree: ast.Module) -> dict[int, frozenset[str]]:
    """By line: names of modules that are imported, fields of classes, parameters of functions.

    Those of a function's callers are not known, so what it names a parameter by stays.
    """
    fixed: dict[int, frozenset[str]] = {}
    for node in ast.walk(tree):
        names: frozenset[str] = frozenset()
        if isinstance(node, ast.Import | ast.ImportFrom | ast.ClassDef):
            names = EVERYTHING
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            args = node.args
            every = [*args.posonlyargs, *args.args, *args.kwonlyargs]
            names = frozenset(each.arg for each in every)
        if names and isinstance(node, ast.stmt | ast.expr):
            for line in lines_in(node):
                fixed[line] = fixed.get(line, frozenset()) | names
    return fixed
