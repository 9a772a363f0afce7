"""Sources of frames and of Parquet folders, for what compares them."""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from compiler.compare.comparing import compare
from compiler.compare.model import Comparison
from compiler.diagnostics import Diagnostic
from compiler.profiling.model import Key, Ref, Relations, TableRelations
from compiler.sources.model import Source
from tests.support.frames import table_of

Frames = Mapping[str, pl.DataFrame]


def source_of(frames: Frames) -> Source:
    """Frames as a source, by the names of their tables."""
    return Source(tuple(table_of(name, frame) for name, frame in frames.items()))


def held(
    generated: Frames, source: Frames, relations: Relations | None = None
) -> Comparison:
    """Frames of both sides compared."""
    return compare(source_of(generated), source_of(source), relations or {})


def relations(key: str = "", **refs: tuple[str, str]) -> TableRelations:
    """A key and refs: by column, the table and the column that it points at."""
    found = [Ref(column, *target, "in a test") for column, target in refs.items()]
    return TableRelations(Key((key,), "in a test") if key else None, tuple(found))


def read_folders(paths: Sequence[Path]) -> tuple[Source | None, list[Diagnostic]]:
    """What a folder of folders of Parquet has."""
    if not paths[0].is_dir():
        return None, [
            Diagnostic("E002", f"cannot read {paths[0]}: there is no such file")
        ]
    return (
        Source(
            tuple(
                table_of(folder.name, pl.scan_parquet(folder / "*.parquet"))
                for path in paths
                for folder in sorted(path.iterdir())
            )
        ),
        [],
    )


def stand_in(patch: pytest.MonkeyPatch, found: Relations) -> None:
    """Reads folders, and finds these relations, where the compiler has no modules for it."""
    modules: dict[str, dict[str, Any]] = {
        "compiler.sources.read": {"read_sources": read_folders},
        "compiler.profiling.relations": {"relations_of": lambda tables: found},
    }
    for name, functions in modules.items():
        if find_spec(name) is None:
            module = types.ModuleType(name)
            vars(module).update(functions)
            patch.setitem(sys.modules, name, module)
