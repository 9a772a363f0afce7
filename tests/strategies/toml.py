"""Trees of values, and the many ways of writing them as TOML."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from hypothesis import strategies as st

Path = tuple[str | int, ...]


numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
moments = (
    st.datetimes(min_value=datetime(1, 1, 2), timezones=st.sampled_from([None, UTC]))
    | st.dates()
    | st.times()
)


def trees(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    names = texts | st.sampled_from(["a", "b", "a-b", "1", "a.b", '"', "'"])
    nested = st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(names, inner, max_size=3),
        max_leaves=12,
    )
    return st.dictionaries(names, nested, max_size=4)


fragments = st.lists(
    st.sampled_from(
        [*"[]{}=,.\"'#\n\r\\ \t:-", '"""', "'''", "a", "b", "1", "1979-05-27", "//"]
    )
    | st.text(max_size=2),
    max_size=30,
).map("".join)


def consists_of_tables(value: Any) -> bool:
    parts = value if isinstance(value, list) else [value]
    return all(isinstance(part, dict) for part in parts)


class Writer:
    """Writes a tree as TOML, choosing among the ways of writing each part of it."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.inline: list[Path] = []  # the paths whose value stands in one piece

    def one_of(self, *choices: str) -> str:
        return str(self.draw(st.sampled_from(choices)))

    def key(self, name: str) -> str:
        ways = [self.escaped(name)]
        if name and all(
            (char.isalnum() and char.isascii()) or char in "-_" for char in name
        ):
            ways.append(name)
        if name.isprintable() and "'" not in name:
            ways.append(f"'{name}'")
        return self.one_of(*ways)

    def escaped(self, value: str) -> str:
        """As JSON has it, but for surrogate pairs, which TOML has not, and DEL."""
        raw = max(value, default="") > "\uffff" or self.draw(st.booleans())
        return json.dumps(value, ensure_ascii=not raw).replace("\x7f", "\\u007f")

    def string(self, value: str) -> str:
        escaped = self.escaped(value)
        ways = [escaped, f'"""{escaped[1:-1]}"""', f'"""\n\\\n  {escaped[1:-1]}"""']
        if value[:1] in " \t\n":
            ways.pop()
        if value.isprintable() and "'" not in value:
            ways += [f"'{value}'", f"'''{value}'''", f"'''\n{value}'''"]
        return self.one_of(*ways)

    def value(self, value: Any, path: Path) -> str:
        self.inline.append(path)
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (int, float)):
            return repr(value)
        if isinstance(value, datetime):
            return value.isoformat(sep=self.one_of("T", " "))
        if isinstance(value, (date, time)):
            return value.isoformat()
        if isinstance(value, list):
            gap = self.one_of("", " ", "\n  ", " # ] , }\n", "\r\n\t")
            items = [
                self.value(item, (*path, index)) for index, item in enumerate(value)
            ]
            end = "," if items and self.draw(st.booleans()) else ""
            return "[" + gap + f"{gap},{gap}".join(items) + gap + end + gap + "]"
        pairs = [self.pair(name, item, path) for name, item in value.items()]
        return (
            "{" + self.one_of("", " ") + ", ".join(pairs) + self.one_of("", " ") + "}"
        )

    def pair(self, name: str, value: Any, path: Path) -> str:
        path = (*path, name)
        key = self.key(name)
        while isinstance(value, dict) and len(value) == 1 and self.draw(st.booleans()):
            (name, value), *_ = value.items()
            path = (*path, name)
            key += self.one_of(".", " . ") + self.key(name)
        return f"{key}{self.one_of('=', ' = ')}{self.value(value, path)}"

    def table(self, tree: dict[str, Any], path: Path, header: str) -> str:
        """The pairs of a table, then its tables that have headers of their own."""
        apart = [
            name
            for name, value in tree.items()
            if value and consists_of_tables(value) and self.draw(st.booleans())
        ]
        lines = [
            self.pair(name, value, path)
            for name, value in tree.items()
            if name not in apart
        ]
        text = "".join(
            line + self.one_of("\n", " # x = 1\n", "\r\n", "\n\n") for line in lines
        )
        for name in apart:
            value = tree[name]
            below_it = f"{header}.{self.key(name)}" if header else self.key(name)
            if isinstance(value, dict):
                text += f"[{below_it}]\n" + self.table(value, (*path, name), below_it)
            else:
                for index, item in enumerate(value):
                    text += f"[[ {below_it} ]]\n" + self.table(
                        item, (*path, name, index), below_it
                    )
        return text
