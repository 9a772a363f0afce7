"""Sources made of frames, and the relations of our own domains, for tests of profiles."""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from compiler.pipeline import plan_spec
from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.model import (
    Children,
    Key,
    Lookup,
    Options,
    Ref,
    Relations,
    TableRelations,
)
from compiler.profiling.profile import draft_of
from compiler.profiling.spec import compiling
from compiler.profiling.tables import Tables
from compiler.render import to_text
from tests.support.frames import tables_of
from tests.support.scripts import module, whole
from tests.support.specs import Tree

SPECS = Path(__file__).parents[2] / "specs"

HIDDEN = ("equipment_id.fails_at",)


def first_tables(
    frames: Mapping[str, pl.DataFrame], options: Options | None = None
) -> Any:
    """The tables of a first spec of these rows, which compiles."""
    draft = draft_of(tables_of(frames).source, "first", options or Options())
    compiled = compiling(draft, "first.toml")
    assert not compiled.diagnostics
    return tomllib.loads(compiled.text or "")["tables"]


@functools.cache
def domain(name: str, end: str = "2026-06-30") -> tuple[Tables, Relations]:
    """The rows of one of our domains, as they would be read, and its true relations."""
    tree = tomllib.loads((SPECS / f"{name}.toml").read_text(encoding="utf-8"))
    tree["window"] = {**tree.get("window", {}), "end": end}
    script = module(tree)
    frames = {table: whole(script, table) for table in script.TABLES}
    return tables_of(frames), relations_of(tree)


def relations_of(tree: Tree) -> dict[str, TableRelations]:
    return {name: table_relations(table) for name, table in tree["tables"].items()}


def table_relations(table: Tree) -> TableRelations:
    columns: dict[str, Any] = table.get("columns", {})
    data = table.get("data")
    keys = [name for name, one in columns.items() if one["kind"] == "key"]
    keys = keys or table.get("primary_key", []) or (list(data[0])[:1] if data else [])
    refs = [name for name, one in columns.items() if one["kind"] == "ref"]
    lookups = [
        name
        for name, one in columns.items()
        # A copy of a hidden column is no copy of anything in the data.
        if one["kind"] == "lookup" and one["path"] not in HIDDEN
    ]
    return TableRelations(
        key=Key(tuple(keys), "") if keys else None,
        refs=tuple(
            Ref(name, columns[name]["table"], target_of(name), "") for name in refs
        ),
        lookups=tuple(Lookup(name, columns[name]["path"], "") for name in lookups),
        children=children_of(table, columns),
    )


def target_of(column: str) -> str:
    """In our domains a ref has the name of the key that it holds."""
    return column


def children_of(table: Tree, columns: Tree) -> Children | None:
    rows = table.get("rows")
    if not isinstance(rows, dict):
        return None
    (ref,) = (name for name, one in columns.items() if one.get("table") == rows["per"])
    settings: Settings = {key: value for key, value in rows.items() if key != "per"}
    return Children(ref, settings, "")


def plans(
    columns: Mapping[str, DraftColumn], top: Tree | None = None, /, **more: Tree
) -> None:
    """Fails, and shows why, if a table of these columns does not compile."""
    drafts = {name: draft.settings for name, draft in columns.items()}
    tree = {
        "name": "draft",
        "description": "A draft.",
        **(top or {}),
        "tables": {
            **more,
            "things": {"rows": 100, "columns": {"id": {"kind": "key"}, **drafts}},
        },
    }
    text = json.dumps(tree, default=str)
    found = plan_spec("draft.json", text)
    assert not found.failed, to_text(
        found.diagnostics, {"draft.json": text}, color=False
    )
