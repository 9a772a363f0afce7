"""A tree as TOML: enough for mutated specs, with what TOML cannot hold as it comes."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+")


def as_toml(tree: dict[str, Any]) -> str:
    """Tables with headers as far as all above them are tables, the rest inline."""
    lines: list[str] = []
    add_table(lines, (), tree)
    return "\n".join(lines) + "\n"


def add_table(lines: list[str], path: tuple[str, ...], table: dict[str, Any]) -> None:
    inner = {
        name: value
        for name, value in table.items()
        if isinstance(value, dict) and len(path) < 2  # columns are inline
    }
    if path:
        lines += ["", f"[{'.'.join(map(key, path))}]"]
    lines += [f"{key(n)} = {literal(v)}" for n, v in table.items() if n not in inner]
    for name, value in inner.items():
        add_table(lines, (*path, name), value)


def key(name: Any) -> str:
    return str(name) if BARE.fullmatch(str(name)) else text(str(name))


def text(value: str) -> str:
    """A string; a lone surrogate, for which TOML has no escape, stays as it is."""
    written = json.dumps(value, ensure_ascii=True)
    pairs = re.compile(r"(?:\\\\)*\\u([0-9a-f]{4})")
    return (
        written if not pairs.search(written) else json.dumps(value, ensure_ascii=False)
    )


def literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        items = ", ".join(f"{key(n)} = {literal(one)}" for n, one in value.items())
        return "{ " + items + " }" if items else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, str):
        return text(value)
    return "null" if value is None else f"{value}"  # TOML has no null: an error
