"""Where the keys and values of a TOML text are."""

from __future__ import annotations

import re
import tomllib

from compiler.source.places import Lost, Path, Scanner, Stretch

OPEN_BASIC = r'"(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+'
OPEN_LITERAL = r"'(?!'')[^'\n]*+"
OPEN_LONG_BASIC = r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+'
OPEN_LONG_LITERAL = r"'''(?:[^']|'{1,2}(?!'))*+"
BASIC = OPEN_BASIC + '"'
LITERAL = OPEN_LITERAL + "'"
LONG_BASIC = OPEN_LONG_BASIC + '"{3,5}'
LONG_LITERAL = OPEN_LONG_LITERAL + "'{3,5}"
PART = rf"(?:[A-Za-z0-9_-]++|{BASIC}|{LITERAL})"
_GAP = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BLANK = re.compile(r"[ \t]*+")
_KEY = re.compile(PART, re.DOTALL)
_STRING = re.compile(rf"{LONG_BASIC}|{LONG_LITERAL}|{BASIC}|{LITERAL}", re.DOTALL)
_SCALAR = re.compile(
    r"[^\s,\]}#]++(?:[ \t]++[^\s,\]}#]++)*+"
)  # a timestamp may hold a blank


class TomlScanner(Scanner):
    """Records the places of keys and values; `last_key` is the key that was read last."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.last_key: list[tuple[Path, Stretch, Stretch | None]] = []
        self._table: Path = ()
        self._declared: set[Path] = set()
        self._lengths: dict[Path, int] = {}  # of the arrays of tables, so far

    def document(self) -> None:
        self.skip(_GAP)
        while self.pos < len(self.text):
            if self.at("["):
                self._header()
            else:
                self._pair(self._table)
            self.skip(_GAP)

    def _header(self) -> None:
        start = self.pos
        brackets = 2 if self.at("[[") else 1
        self.pos += brackets
        self.skip(_BLANK)
        path = self._key((), hops=True)
        self.expect("]" * brackets)
        header = start, self.pos

        segments = self.last_key
        for parent, _, _ in segments[:-1]:
            self.places.values.setdefault(parent, header)
        segment = segments[-1][1]
        if brackets == 2:
            self.places.values.setdefault(path, header)
            index = self._lengths.get(path, 0)
            self._lengths[path] = index + 1
            path = (*path, index)
        if (
            path not in self._declared
        ):  # its own header is a better place than a header of its children
            self._declared.add(path)
            self.places.keys[path] = segment
            self.places.values[path] = header
        self._table = path

    def _pair(self, table: Path) -> None:
        path = self._key(table, hops=False)
        self.expect("=")
        self.skip(_BLANK)
        self._value(path)

    def _key(self, table: Path, *, hops: bool) -> Path:
        """Read a dotted key below `table`. A header `hops` into the last of an array's tables."""
        self.last_key = []
        path = table
        while True:
            if hops and path in self._lengths:
                path = (*path, self._lengths[path] - 1)
            start, end = self.take(_KEY)
            path = (*path, _name(self.text[start:end]))
            self.last_key.append((path, (start, end), self.places.keys.get(path)))
            self.places.keys.setdefault(path, (start, end))
            self.skip(_BLANK)
            if not self.at("."):
                return path
            self.pos += 1
            self.skip(_BLANK)

    def _value(self, path: Path) -> None:
        start = self.pos
        if self.at("["):
            self._inside(path, "]")
        elif self.at("{"):
            self._inside(path, "}")
        elif self.at('"') or self.at("'"):
            self.take(_STRING)
        else:
            self.take(_SCALAR)
        self.places.values[path] = start, self.pos

    def _inside(self, path: Path, close: str) -> None:
        """An array's elements, or an inline table's pairs."""
        self.opened.append(self.pos)
        self.pos += 1
        self.skip(_GAP)
        index = 0
        while not self.at(close):
            if close == "]":
                self._value((*path, index))
            else:
                self._pair(path)
            index += 1
            self.skip(_GAP)
            if not self.at(close):
                self.expect(",")
                self.skip(_GAP)
        self.pos += 1
        self.opened.pop()


def _name(part: str) -> str:
    """The name that a segment of a key means."""
    if part.startswith("'"):
        return part[1:-1]
    if not part.startswith('"'):
        return part
    if "\\" not in part:
        return part[1:-1]
    try:
        return next(iter(tomllib.loads(f"{part} = 0")))
    except tomllib.TOMLDecodeError as error:
        raise Lost from error
