"""Small specs, and what they compile to."""

from __future__ import annotations

import functools
import json
from typing import Any

from compiler.pipeline import Compiled, compile_spec
from compiler.render import to_text

Tree = dict[str, Any]

END = "2026-06-30"
"""The window's end of the specs here (not in the window), so that today does not matter."""


def spec(top: Tree | None = None, /, **tables: Tree) -> Tree:
    """A spec's tree with these tables, no warnings and a fixed window; `top` goes over it."""
    minimal = {
        "name": "example",
        "description": "What a test is about.",
        "window": {"end": END},
        "allow": ["*"],
    }
    return {**minimal, **(top or {}), "tables": tables}


def table(rows: int | Tree, /, **columns: Tree) -> Tree:
    """A table of so many rows with these columns, and a key `id` where they have none."""
    kinds = {column.get("kind") for column in columns.values()}
    key = {} if "key" in kinds else {"id": {"kind": "key"}}
    return {"rows": rows, "columns": {**key, **columns}}


def compiled(text_or_tree: str | Tree, path: str = "") -> Compiled:
    """A spec (TOML text, or a tree) compiled; fails, and shows why, where there are errors."""
    if isinstance(text_or_tree, str):
        path, text = path or "example.toml", text_or_tree
    else:
        path, text = path or "example.json", json.dumps(text_or_tree)
    result = compiled_once(path, text)
    assert not result.failed, to_text(result.diagnostics, {path: text}, color=False)
    return result


@functools.cache
def compiled_once(path: str, text: str) -> Compiled:
    """What became of a spec; the same for the same text, so several tests can share it."""
    return compile_spec(path, text)
