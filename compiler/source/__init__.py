"""Reads the text of a spec: a plain tree, and the place of every key and value."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from compiler.diagnostics import Diagnostic, Label, Span
from compiler.source import json, toml
from compiler.source.places import (
    DEEPEST,
    LONGEST,
    LONGEST_TEXT,
    Lines,
    Mistake,
    Path,
    Places,
    Stretch,
    begins_line,
)

LARGEST = 10**LONGEST  # integers that Python cannot print

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_STRING = re.compile(r"('''|\"\"\"|['\"])(.*)\1", re.DOTALL)


@dataclass(frozen=True)
class Document:
    """A spec as written: its tree, and the place of each part.

    A path is the keys and indexes that lead to a part of the tree; () is the whole. The place
    of a path that does not exist is that of its nearest existing ancestor.
    """

    path: str
    text: str
    tree: dict[str, Any]
    places: Places = field(repr=False, compare=False)
    lines: Lines = field(repr=False, compare=False)

    def key(self, path: Path) -> Span:
        """The place of the key; for an element of an array, that of the element.

        A table's key is a segment of its header: `customers` in `[tables.customers]`.
        """
        for length in range(len(path), 0, -1):
            found = self.places.keys.get(path[:length]) or self.places.values.get(
                path[:length]
            )
            if found is not None:
                return self._span(*found)
        return self.value(())

    def value(self, path: Path) -> Span:
        """The place of the value; for a table with a header, that of the header; for a dotted
        table, that of its key.

        The value of () is the object in JSON, the start of the file in TOML.
        """
        for length in range(len(path), -1, -1):
            found = self.places.values.get(path[:length]) or self.places.keys.get(
                path[:length]
            )
            if found is not None:
                return self._span(*found)
        return self._span(0, 0)

    def within(self, path: Path, start: int, end: int) -> Span:
        """Characters `start` to `end`, counted from 0, of the string at `path`.

        The whole value if it is no string, or a string with escapes or several lines, whose
        characters differ from those of the file.
        """
        token = self.text[slice(*self.places.values.get(path, (0, 0)))]
        quoted = _STRING.fullmatch(token)
        if quoted is None or "\n" in token or quoted[2] != _at(self.tree, path):
            return self.value(path)
        first, length = self.places.values[path][0] + len(quoted[1]), len(quoted[2])
        start = min(max(start, 0), length)
        return self._span(first + start, first + min(max(end, start), length))

    def at(self, span: Span) -> str:
        """The text of a place."""
        return self.text[slice(*self._stretch(span))]

    def is_token(self, span: Span) -> bool:
        """Whether a place is a whole key or value, not a part of a string."""
        return self._stretch(span) in self._paths

    def entry(self, span: Span, beside: str | None = None) -> tuple[int, int] | None:
        """The offsets of a key and its value; None for anything but `key = value`.

        `span` is the place of the key or the value; `beside` is another key of the same table.
        """
        path = self._path_at(span)
        path = path if beside is None else (*path[:-1], beside)
        key, value = self.places.keys.get(path), self.places.values.get(path)
        if not path or key is None or value is None:
            return None
        between = self.text[key[1] : value[0]].strip()
        return (key[0], value[1]) if between in ("=", ":") else None

    def headers(self, span: Span) -> int:
        """How many TOML headers contain the key at a place: `[tables.x]`, `[tables.x.columns]`."""
        return self._headers[self._path_at(span)]

    def _path_at(self, span: Span) -> Path:
        """The path whose key or value is at a place; () for a part of a string."""
        return self._paths.get(self._stretch(span), ())

    @cached_property
    def _paths(self) -> dict[Stretch, Path]:
        """The first path of each place: of keys, then of values."""
        paths: dict[Stretch, Path] = {}
        for places in (self.places.keys, self.places.values):
            for path, stretch in places.items():
                paths.setdefault(stretch, path)
        return paths

    @cached_property
    def _headers(self) -> Counter[Path]:
        """How many headers contain each path, or a path below it."""
        return Counter(
            path[:length]
            for path, (start, _) in self.places.values.items()
            if self.text.startswith("[", start) and begins_line(self.text, start)
            for length in range(1, len(path) + 1)
        )

    def _stretch(self, span: Span) -> tuple[int, int]:
        return (
            self.lines.offset(span.line, span.column),
            self.lines.offset(span.end_line, span.end_column),
        )

    def _span(self, start: int, end: int) -> Span:
        return self.lines.span(self.path, start, end)


def read(text: str, path: str) -> tuple[Document | None, list[Diagnostic]]:
    """The document of a spec's text, or None and the diagnostics.

    A `path` that ends in `.json` is read as JSON, all others as TOML. Never raises.
    """
    text = text.removeprefix("\ufeff")
    lines = Lines(text)

    def refusal(mistakes: list[Mistake]) -> tuple[None, list[Diagnostic]]:
        return None, [_diagnostic(mistake, path, lines) for mistake in mistakes]

    if surrogate := _SURROGATE.search(text):
        return refusal([Mistake("the file is not valid UTF-8", *surrogate.span())])
    language = json if path.lower().endswith(".json") else toml
    tree = language.parse(text)
    if isinstance(tree, Mistake):
        return refusal([tree])
    if too_deep := _deep(tree):
        return refusal([too_deep])

    document = Document(path, text, tree, language.scan(text), lines)
    mistakes = [*document.places.repeated, *_refused(document)]
    return refusal(mistakes) if mistakes else (document, [])


def _diagnostic(mistake: Mistake, path: str, lines: Lines) -> Diagnostic:
    labels = [Label(lines.span(path, mistake.start, mistake.end), mistake.text)]
    labels += [
        Label(lines.span(path, start, end), text) for start, end, text in mistake.also
    ]
    return Diagnostic(mistake.code, mistake.message, tuple(labels), mistake.help)


def _deep(tree: Any) -> Mistake | None:
    """Dotted keys, headers and braces together can be nested deeper than each of them."""
    level = [tree]
    for _ in range(DEEPEST):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return None
    return Mistake(f"values are nested more than {DEEPEST} levels deep", 0, 0)


def _refused(document: Document) -> Iterator[Mistake]:
    """Values that are valid in TOML or JSON, but not in a spec."""
    places = document.places
    for path, value in _below(document.tree, ()):
        start, end = places.values.get(path, (0, 0))
        name = path[-1]
        if isinstance(name, str) and _SURROGATE.search(name):
            yield Mistake(
                "half a character in a key: a lone surrogate", *places.keys[path]
            )
        if isinstance(name, str) and len(name) > LONGEST_TEXT:
            begin = places.keys[path][0]
            message = f"a name has {LONGEST_TEXT:,} letters at most"
            yield Mistake(message, begin, begin + 1, code="E104")
        if isinstance(value, str) and _SURROGATE.search(value):
            help = "write the character itself, or both of its \\u escapes"
            yield Mistake("half a character: a lone surrogate", start, end, help=help)
        elif isinstance(value, str) and len(value) > LONGEST_TEXT:
            message = f"a text has {LONGEST_TEXT:,} letters at most"
            yield Mistake(message, start, start + 1, code="E104")
        elif isinstance(value, int) and abs(value) >= LARGEST:
            yield Mistake(f"a number of more than {LONGEST} digits", start, end)
        elif isinstance(value, float) and not math.isfinite(value):
            help = (
                "a spec has no infinity and no NaN: leave the key out, or give a bound"
            )
            yield Mistake("a number must be finite", start, end, help=help, code="E104")


def _below(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """All nodes below a node, with their paths."""
    for part, child in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*path, part), child
        if isinstance(child, (dict, list)):
            yield from _below(child, (*path, part))


def _at(node: Any, path: Path) -> Any:
    for part in path:
        node = node[part]
    return node
