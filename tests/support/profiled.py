"""Our four domains: their rows, and the relations that were found in them."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from compiler.plan.model import Plan
from compiler.profiling.model import Relations
from compiler.profiling.relations import relations_of
from tests.support import Tree, compiled, module, whole
from tests.support.frames import tables_of

DOMAINS = ("ecom", "support", "iot", "finance")
SPECS = Path(__file__).parents[2] / "specs"
END = "2026-06-30"
"""The window's end, so that the rows are the same every day."""


@dataclass(frozen=True)
class Domain:
    tree: Tree
    plan: Plan
    frames: dict[str, pl.DataFrame]
    relations: Relations


@functools.cache
def domain(name: str) -> Domain:
    """The rows of a spec, all of them, and what was found in them."""
    tree = tomllib.loads((SPECS / f"{name}.toml").read_text("utf-8"))
    tree.setdefault("window", {})["end"] = END
    result = compiled(tree)
    assert result.plan is not None
    script = module(result)
    frames = {table: whole(script, table) for table in script.TABLES}
    return Domain(tree, result.plan, frames, relations_of(tables_of(frames)))


domains = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in DOMAINS]
"""The domains as parameters; a group for each, so that it is built by one worker."""
