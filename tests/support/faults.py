"""The answer key of bad data, worked out anew: by comparing faulty data with the clean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from tests.support import Script, Tree, module, whole

Frames = Mapping[str, pl.DataFrame]
Line = tuple[str, str, str, str]
"""A line of the answer key: table, row, column, fault."""

IMPOSSIBLE = (-999_999, date(1900, 1, 1), datetime(1900, 1, 1, tzinfo=UTC))


def clean(tree: Tree) -> Tree:
    """The same spec without any faults."""
    return {key: value for key, value in tree.items() if key != "bad_data"}


def frames_of(tree: Tree) -> dict[str, pl.DataFrame]:
    """All tables of a spec, the answer key among them."""
    script: Script = module(tree)
    if "_bad_data" in script.TABLES:  # what `main` does, once it knows the scale
        script.ROWS["_bad_data"] = len(script.bad_data_blocks())
    return {name: whole(script, name) for name in script.TABLES}


def names_of(table: Tree) -> list[str]:
    """The columns that a row of a table goes by; none where it has no key."""
    columns = table.get("columns", {})
    keys = [name for name, column in columns.items() if column["kind"] == "key"]
    return keys or table.get("primary_key") or list(table.get("data", [{}])[0])[:1]


def key_of(table: Tree) -> str:
    """The column that refs to a table hold."""
    return names_of(table)[0]


def held_key(tree: Tree, name: str, column: str) -> tuple[str, str] | None:
    """The table and column of the key that a column holds, by whatever way; None for none."""
    spec = tree["tables"][name].get("columns", {}).get(column, {})
    if spec.get("kind") == "ref":
        return spec["table"], key_of(tree["tables"][spec["table"]])
    found = [held_at(tree, name, path) for path in paths_alone(spec)]
    return found[0] if found and len(set(found)) == 1 else None


def paths_alone(spec: Tree) -> list[str]:
    """The paths that a lookup, or an expression that is nothing else, reads: one a case."""
    key = {"lookup": "path", "expr": "expr"}.get(spec.get("kind", ""), "")
    cases = [*spec.get("cases", {}).values()]
    cases += [spec["otherwise"]] if "otherwise" in spec else []
    texts = [(spec | case)[key] for case in cases or [spec]] if key else []
    plain = [re.fullmatch(r"\s*[a-z_][a-z0-9_.]*\s*", text) for text in texts]
    return [text.strip() for text in texts] if all(plain) else []


def held_at(tree: Tree, name: str, path: str) -> tuple[str, str] | None:
    """The key that the column at a path holds."""
    *steps, last = path.split(".")
    for step in steps:
        to = held_key(tree, name, step)
        if to is None:
            return None  # no path: a constant, such as true
        name = to[0]
    held = held_key(tree, name, last)
    if held is None and steps and last == key_of(tree["tables"][name]):
        return name, last
    return held


def changes(before: pl.DataFrame, after: pl.DataFrame) -> Iterator[tuple[int, str]]:
    """The cells that differ, by row and column."""
    assert before.columns == after.columns
    assert len(before) == len(after)
    for name in before.columns:
        cells = zip(before[name].to_list(), after[name].to_list(), strict=True)
        yield from ((row, name) for row, (a, b) in enumerate(cells) if a != b)


def fault_of(
    column: Tree, was: Any, now: Any, target: Set[Any], held: bool = False
) -> str:
    """What is wrong with a cell that is not as it was."""
    if now is None:
        return "null"
    if column.get("kind") == "key":
        return "duplicate_key"
    if held or column.get("kind") == "ref":
        assert now == (f"{was}-gone" if isinstance(was, str) else -1 - was)
        assert now not in target
        return "orphan_ref"
    assert now in IMPOSSIBLE
    return "outlier"


def lines_of(tree: Tree, name: str, before: Frames, after: Frames) -> Iterator[Line]:
    """The faults of a table: what changed, and the refs whose row lost its key."""
    table, frame = tree["tables"][name], after[name]
    parts = [frame[column].cast(pl.String).to_list() for column in names_of(table)]
    keys = ["/".join(key) for key in zip(*parts, strict=True)]
    changed = set(changes(before[name], frame))
    for column in frame.columns:
        spec = table.get("columns", {}).get(column, {})
        target: set[Any] = set()
        lost: set[Any] = set()
        held = held_key(tree, name, column)
        if held is not None and held[1] in before[held[0]].columns:
            target = set(before[held[0]][held[1]].to_list())
            lost = target - set(after[held[0]][held[1]].to_list())
        cells = zip(
            before[name][column].to_list(), frame[column].to_list(), strict=True
        )
        for row, (was, now) in enumerate(cells):
            if (row, column) in changed:
                fault = fault_of(spec, was, now, target, held is not None)
                yield name, keys[row], column, fault
            elif now in lost:
                yield name, keys[row], column, "orphan_ref"


def assert_the_answer_key_is_exact(
    tree: Tree, before: Frames, after: Frames
) -> Counter[Line]:
    """It lists each fault that there is, and no other; gives its lines."""
    expected = Counter(
        line for name in before for line in lines_of(tree, name, before, after)
    )
    listed: Counter[Line] = Counter()
    if "_bad_data" in after:
        listed = Counter(after["_bad_data"].rows())
    assert listed == expected
    assert set(after) - {"_bad_data"} == set(before)
    return listed
