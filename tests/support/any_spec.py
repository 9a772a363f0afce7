"""What holds for the data and the script of any right spec."""

from __future__ import annotations

import ast
import functools
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import types
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import black
import numpy as np
import polars as pl
from hypothesis import HealthCheck, Phase, settings

from compiler.pipeline import Compiled
from compiler.spec.columns.lifecycles import MOST_MOVES
from tests.support import Tree, alike, compiled, module, rows_of
from tests.support.checking import written, wrong
from tests.support.early import too_early

EXAMPLES = int(os.environ.get("ANY_SPEC_EXAMPLES", "60"))
RUFF = shutil.which("ruff", path=Path(sys.executable).parent) or "ruff"
"""The program itself: `python -m ruff` starts an interpreter to find it."""
MODE = black.Mode(target_versions={black.mode.TargetVersion.PY311})
DTYPES: dict[str, tuple[Any, ...]] = {
    "an integer": (pl.Int64,),
    "a number": (pl.Float64, pl.Decimal),
    "true or false": (pl.Boolean,),
    "text": (pl.String, pl.Enum),
    "a date": (pl.Date,),
    "a timestamp": (pl.Datetime("us", "UTC"),),
}

# A tree that fails is printed whole: to shrink it takes minutes, so only where asked to.
PHASES = set(Phase) - (set() if os.environ.get("SHRINK") else {Phase.shrink})

thorough = settings(
    phases=PHASES,
    max_examples=EXAMPLES,
    derandomize=bool(os.environ.get("CI")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def assert_the_check_holds(
    tree: Tree, frames: dict[str, pl.DataFrame], runs: list[list[str]]
) -> None:
    """`--check` finds nothing wrong in what was written but what the spec has no room for."""
    early = {key: str(count) for key, count in too_early(tree, frames).items() if count}
    with tempfile.TemporaryDirectory() as folder:
        for options in runs or [[]]:
            written(module(compiled(tree)), Path(folder), *options)
        found = wrong(module(compiled(tree)), Path(folder))
    if "bad_data" in tree:  # faults take some of them away
        found = {key: early[key] for key in found}
    assert found.items() <= early.items()


def up_to(result: Compiled, batch: int) -> dict[str, pl.DataFrame]:
    """All rows of the tables up to a batch, as a run of that batch computes them.

    Those of a grid are made batch by batch: a run makes its own part of it alone.
    """
    scripts = [module(result) for _ in range(batch + 1)]
    for number, script in enumerate(scripts):
        script.BATCH = number
    grids, frames = getattr(scripts[-1], "GRIDS", {}), {}
    for name in scripts[-1].TABLES:
        if name != "_bad_data":
            parts = []
            for script in scripts if name in grids else scripts[-1:]:
                rows = np.arange(alike.rows_of(script, name))
                parts.append(rows_of(script, name, rows))
                halves = [
                    rows_of(script, name, half) for half in np.array_split(rows, 2)
                ]
                assert pl.concat(halves).equals(parts[-1])
            frames[name] = pl.concat(parts)
    return frames


def answer_keys(result: Compiled, batch: int) -> dict[str, pl.DataFrame]:
    """The faults that each batch lists, up to one."""
    keys = []
    for number in range(batch + 1):
        script = module(result)
        if "_bad_data" not in script.TABLES:
            return {}
        script.BATCH = number
        blocks = np.arange(len(script.bad_data_blocks()))
        keys += [script.bad_data(blocks)] if len(blocks) else []
    return {"_bad_data": pl.concat(keys)}


def assert_well_made(source: str) -> None:
    """Python that black leaves alone, ruff likes, and in which nothing is left over."""
    tree = ast.parse(source)
    for part in parts_of(source, tree):
        assert_as_black_has_it(part)
    command = [RUFF, "check", "--isolated", "-q", "-"]
    command += ["--extend-select", "I", "--output-format", "concise"]
    command += ["--ignore", "PLR0124"]  # a spec may compare a column with itself
    said = subprocess.run(
        command, input=source.encode(), capture_output=True, check=False
    )
    assert said.returncode == 0, (said.stdout + said.stderr).decode()
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    read = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    assert not defined - read


def parts_of(source: str, tree: ast.Module) -> list[str]:
    """The functions and classes of a script, and the script with a stub for each.

    Black formats each by itself, and what lies between by what is around it. Most functions
    are the same in many scripts.
    """
    lines, parts, rest, done = source.splitlines(keepends=True), [], "", 0
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            last = node.end_lineno or first
            parts.append("".join(lines[first - 1 : last]))
            rest += "".join(lines[done : first - 1]) + "def stub():\n    pass\n"
            done = last
    return [*parts, rest + "".join(lines[done:])]


@functools.cache
def assert_as_black_has_it(part: str) -> None:
    assert black.format_str(part, mode=MODE) == part


def assert_as_planned(result: Compiled, name: str, frame: pl.DataFrame) -> None:
    assert result.plan is not None
    planned = result.plan.table(name)
    assert frame.columns == [column.name for column in planned.written]
    for column in planned.written:
        series = frame[column.name]
        fitting = DTYPES[column.type.data.value]
        assert series.dtype in fitting, (column.name, series.dtype)
        assert column.type.nullable or not series.null_count(), column.name
        if column.name == planned.key and column.kind == "key":
            assert series.n_unique() == len(series)


def assert_as_many_rows_as_planned(
    result: Compiled, name: str, frame: pl.DataFrame
) -> None:
    """What is exact is so, and no bound is exceeded."""
    assert result.plan is not None
    count = result.plan.table(name).count
    assert not count.is_exact or len(frame) == count.rows
    assert not count.is_bound or len(frame) <= count.rows


def assert_as_written(tree: Tree, name: str, frame: pl.DataFrame) -> None:
    """What the tree says, read without the compiler's help."""
    table = tree["tables"][name]
    columns, data = table.get("columns", {}), table.get("data", [])
    given = list(data[0]) if data else []
    drawn = [key for key, one in columns.items() if not one.get("hidden")]
    assert frame.columns == given + drawn
    if not isinstance(table.get("rows"), dict):
        assert len(frame) == (len(data) or table["rows"])
    for key in given:
        assert frame[key].to_list() == [row[key] for row in data]
    for key in drawn:
        values = set(frame[key].drop_nulls().to_list())
        allowed = None if is_cut(columns, key) else possible(columns[key])
        assert allowed is None or values <= allowed, key
        held = frame[key].drop_nulls()
        assert not columns[key].get("unique") or held.n_unique() == len(held), key
        other = columns[key].get("differs_from")
        if other and not columns[other].get("hidden"):
            assert not (frame[key] == frame[other]).any(), key
        if columns[key]["kind"] == "running" and "by" not in columns[key]:
            assert min(values, default=9) >= columns[key].get("floor", -math.inf)


def is_cut(columns: Tree, key: str) -> bool:
    """Whether a balance changes what a column would hold."""
    return any(
        one.get("change") == key and "floor" in json.dumps(one)
        for one in columns.values()
    )


TYPED: dict[str, Callable[[Any], Any]] = {
    "integer": int,
    "number": float,
    "boolean": lambda value: value in (True, "true"),
    "date": date.fromisoformat,
}
"""Values of choices of a type, as names of weights or in a list."""


def possible(column: Tree) -> set[Any] | None:
    """All values that a column of few may have; None for the others."""
    merged = [column | case for case in column.get("cases", {}).values()]
    merged += [column | column["otherwise"]] if "otherwise" in column else []
    found: set[Any] = set()
    for one in merged or [column]:
        if one["kind"] == "choice":
            case = one.get("weights", {}) or one.get("values", [])
            named = {*one.get("weights", case), *one.get("values", case)}
            found |= set(map(TYPED.get(one.get("type", ""), lambda text: text), named))
        elif one["kind"] == "constant":
            found.add(one["value"])
        elif one["kind"] == "progression":
            found |= set(one["states"])
        elif one["kind"] == "key" and "format" in one:
            found |= keys_of(one["format"], one.get("start", 1))
        else:
            return None
    return found


@functools.lru_cache(maxsize=8)  # of a hundred thousand texts each
def keys_of(format: str, start: int) -> frozenset[str]:
    return frozenset(format.format(n + start) for n in range(100_000))


def assert_refs_are_whole(
    tree: Tree, name: str, frames: dict[str, pl.DataFrame]
) -> None:
    """Refs hold keys that exist; the rows of a `per` table are as many as it says."""
    table, frame = tree["tables"][name], frames[name]
    for key, column in table.get("columns", {}).items():
        if column["kind"] != "ref" or column.get("hidden"):
            continue
        target = frames[column["table"]]
        other = key_of(tree["tables"][column["table"]])
        keys = set(target[other].to_list())
        assert set(frame[key].drop_nulls().to_list()) <= keys
        rows = table.get("rows")
        if isinstance(rows, dict) and rows["per"] == column["table"]:
            counts = Counter(frame[key].to_list()).values()
            appends = tree["output"].get("mode") == "append"
            assert_children(rows, list(counts), len(target), appends)
            return  # the first ref to the parent is the one


def assert_children(rows: Tree, counts: list[int], parents: int, appends: bool) -> None:
    """How many children the parents that have some have, as the rows of a table say."""
    cases = [*rows.get("cases", {}).values()]
    cases += [rows["otherwise"]] if "otherwise" in rows else []
    merged = [rows | case for case in cases] or [rows]
    if "every" in rows:
        # A parent has those from its own batch on, of which there are three.
        assert len(counts) == parents or appends
        assert len(set(counts)) <= (3 if appends else 1)
    elif "moves" in rows:
        assert max(counts, default=0) <= 1 + MOST_MOVES
    elif "mean" not in rows:
        assert set(counts) <= {1}
    else:
        least = min(case.get("min", 0) for case in merged)
        most = max(case.get("max", 10**9) for case in merged)
        assert all(least <= count <= most for count in counts)
        assert len(counts) == parents or least == 0


def key_of(table: Tree) -> str:
    columns = table.get("columns", {})
    keys = [name for name, column in columns.items() if column["kind"] == "key"]
    return keys[0] if keys else next(iter(table["data"][0]))


def assert_blocks_do_not_matter(
    script: types.ModuleType, name: str, frame: pl.DataFrame
) -> None:
    rows = np.arange(script.ROWS[script.TABLES[name][1]])
    half = max(1, len(rows) // 3)
    parts = [rows_of(script, name, part) for part in (rows[:half], rows[half:])]
    assert pl.concat(parts).equals(frame)
