"""Text to Python's syntax tree, with the place of every node; syntax errors in our words."""

from __future__ import annotations

import ast
import itertools
import re
import warnings

from compiler.plan.expression.nodes import Span
from compiler.plan.expression.problems import Problem

LONGEST = 10_000
DEEPEST = 50
"""Levels of nesting. What is emitted nests up to thrice as deep, and Python stops at 200."""

# How a message of Python's begins, our own words, and our advice.
_WORDS: tuple[tuple[str, str, str | None], ...] = (
    (
        "invalid syntax. Perhaps you forgot a comma",
        "something is missing here: an operator or a comma",
        None,
    ),
    ("unterminated", "this text has no closing quote", None),
    ("'(' was never closed", "this bracket is never closed", "add `)`"),
    ("'[' was never closed", "this bracket is never closed", "add `]`"),
    ("'{' was never closed", "this bracket is never closed", "add `}`"),
    ("unmatched", "this bracket was never opened", None),
    ("closing parenthesis", "this bracket does not match the one that is open", None),
    ("expected 'else'", "`if` needs an `else` here", "write `a if condition else b`"),
    ("leading zeros", "a number cannot begin with 0", None),
    ("invalid decimal", "this is neither a number nor a name", None),
    ("invalid character '“", "this is no plain quote", 'write "'),
    ("invalid character '”", "this is no plain quote", 'write "'),
    ("invalid character '‘", "this is no plain quote", "write '"),
    ("invalid character '’", "this is no plain quote", "write '"),
    (
        "(unicode error)",
        "an escape in this text cannot be read",
        r"write a backslash as \\",
    ),
    ("source code", "this has a character that is not allowed in text", None),
)

# What other languages write, and what to write here.
_FOREIGN: tuple[tuple[str, str], ...] = (
    (r"&&|(?-i:AND)\b", "write `and`"),
    (r"\|\||(?-i:OR)\b", "write `or`"),
    (r"!(?!=)|(?-i:NOT)\b", "write `not`"),
    (r"(?-i:IN)\b", "write `in`"),
    (r"(?-i:IS)\b", "write `is_null(x)` or `not is_null(x)`"),
    (r"<>", "write `!=`"),
    (r"===", "write `==`"),
    (r"\?", "write `a if condition else b`"),
    (r"=", "compare with `==`"),
)


class Source:
    """An expression's text, parsed: `tree`, unless there is a `problem`."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Of the same length, so that places stay what they are.
        self._plain = text.replace("\r\n", " \n").replace("\r", "\n")
        # In brackets a text may go over lines; ours are outside of it.
        self._lines = f"({self._plain}\n)".split("\n")
        lengths = (len(line) + 1 for line in self._lines)
        self._starts = list(itertools.accumulate(lengths, initial=-1))
        self.tree: ast.expr | None = None
        self.problem = self._refused() or self._parse()

    def span(self, node: ast.expr) -> Span:
        """Where a node is in the text. Python counts in UTF-8 bytes."""
        return (
            self._offset(node.lineno, node.col_offset),
            self._offset(node.end_lineno or 1, node.end_col_offset or 0),
        )

    def _offset(self, line: int, column: int) -> int:
        before = self._lines[line - 1].encode()[:column].decode(errors="ignore")
        return self._clamp(self._starts[line - 1] + len(before))

    def _clamp(self, offset: int) -> int:
        return min(max(offset, 0), len(self.text))

    def _whole(self) -> Span:
        stripped = self.text.strip()
        start = self.text.find(stripped)
        return (start, start + len(stripped)) if stripped else (0, len(self.text))

    def _refused(self) -> Problem | None:
        if not self.text.strip():
            return Problem("E301", "this expression is empty", *self._whole())
        if len(self.text) > LONGEST:
            message = f"an expression has at most {LONGEST:,} characters"
            return Problem("E302", message, *self._whole(), _SPLIT)
        for at, character in enumerate(self.text):
            if "\ud800" <= character <= "\udfff":
                return Problem("E301", "this holds half a character", at, at + 1)
        return None

    def _parse(self) -> Problem | None:
        tree = _read(f"({self._plain}\n)")
        if isinstance(tree, ast.expr):
            # `1) + (2` is well-formed only between brackets of the same kind.
            if not isinstance(_read(f"[{self._plain}\n]"), ast.expr):
                return Problem("E301", "the brackets do not match", *self._whole())
            if _depth(tree) > DEEPEST:
                return self._too_deep()
            self.tree = tree
            return None
        if isinstance(tree, RecursionError):
            return self._too_deep()
        return self._error(tree)

    def _too_deep(self) -> Problem:
        message = f"this expression is nested more than {DEEPEST} levels deep"
        return Problem("E302", message, *self._whole(), _SPLIT)

    def _error(self, error: SyntaxError) -> Problem:
        span = self._place(error, column=0)
        if span is None:
            # Python points at the brackets around the text; without them it points into it.
            bare = _read(self._plain.strip())
            if isinstance(bare, SyntaxError):
                indent = len(self._plain) - len(self._plain.lstrip())
                error, span = bare, self._place(bare, column=indent + 1)
        message = error.msg
        if message.startswith("Exceeds the limit"):
            return Problem("E304", TOO_BIG, *self._whole())
        if span is None:
            start, end = self._whole()
            if message == "invalid syntax":
                return Problem("E301", "this expression ends too early", end - 1, end)
            return Problem("E301", *_reworded(message, start, end))
        lone = _lone_equals(self._plain) if message.startswith("expected 'else'") else 0
        if lone:
            span = lone, lone + 1
        if lone or "'=='" in message or message.startswith("cannot assign"):
            advice = "compare with `==`"
            return Problem(
                "E302",
                "`=` is an assignment, which expressions do not have",
                *span,
                advice,
            )
        if self.text[span[0] - 1 : span[1]] in ("&&", "||"):
            span = span[0] - 1, span[1]  # Python stumbles over the second only.
        for pattern, advice in _FOREIGN:
            if found := re.match(pattern, self.text[span[0] :]):
                word = found.group()
                return Problem(
                    "E301", f"`{word}` is not used here", *_at(span[0], word), advice
                )
            if found := re.search(rf"\s({pattern})", self.text[slice(*span)]):
                at = span[0] + found.start(1)
                word = found.group(1)
                return Problem(
                    "E301", f"`{word}` is not used here", *_at(at, word), advice
                )
        return Problem("E301", *_reworded(message, *span))

    def _place(self, error: SyntaxError, column: int) -> Span | None:
        """Where a syntax error is, unless that is outside of the text (or at its very end)."""
        if not error.lineno or not error.offset:
            return None
        start = self._starts[error.lineno - 1] + error.offset - 1 + column
        line, offset = error.end_lineno or error.lineno, error.end_offset or 0
        end = self._starts[line - 1] + offset - 1 + column
        if not 0 <= start < len(self.text.rstrip()):
            return None
        return start, self._clamp(max(end, start + 1))


_SPLIT = "put parts of it into other columns, with `hidden = true`"
TOO_BIG = "this integer does not fit into 64 bits"


def _read(code: str) -> ast.expr | SyntaxError | RecursionError:
    with warnings.catch_warnings():
        # Such as that of an escape which Python does not know.
        warnings.simplefilter("ignore")
        try:
            return ast.parse(code, mode="eval").body
        except SyntaxError as error:
            deep = error.msg.startswith("too many nested")
            return RecursionError() if deep else error
        except (MemoryError, RecursionError):
            return RecursionError()
        except ValueError as error:
            return SyntaxError(str(error))


def _depth(tree: ast.expr) -> int:
    deepest = 0
    rest: list[tuple[ast.AST, int]] = [(tree, 1)]
    while rest:
        node, depth = rest.pop()
        deepest = max(deepest, depth)
        below = ast.iter_child_nodes(node)
        rest.extend(
            (child, depth + 1) for child in below if isinstance(child, ast.expr)
        )
    return deepest


def _lone_equals(text: str) -> int:
    """Where a `=` is alone, outside of texts; 0 for nowhere."""
    bare = re.sub(r"""'[^']*'|"[^"]*\"""", lambda found: " " * len(found[0]), text)
    found = re.search(r"(?<![=!<>])=(?!=)", bare)
    return found.start() if found else 0


def _reworded(message: str, start: int, end: int) -> tuple[str, int, int, str | None]:
    for beginning, words, advice in _WORDS:
        if message.startswith(beginning):
            return words, start, end, advice
    if message == "invalid syntax":
        return "this cannot be read here", start, end, None
    return f"this cannot be read: {message}", start, end, None


def _at(start: int, word: str) -> Span:
    return start, start + len(word)
