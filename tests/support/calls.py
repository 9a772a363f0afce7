"""How often the column functions of an emitted script compute within one block.

A column function takes `row` and gives one value for each of its numbers. Its body is counted, not
its calls: one that reuses values (a decorator around it) computes less often than it is called.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from tests.support.scripts import Script, module

VALUES = ("np.ndarray", "pd.Series", "pl.Series")
"""What a column function returns, one or a tuple; a table's builder returns a frame."""
COUNT = "count_one_more"


@dataclass
class CountedScript:
    """An emitted script as a module, whose column functions are counted."""

    script: Script
    columns: set[str]
    """The names of its column functions."""
    calls: Counter[tuple[str, bytes]] = field(default_factory=Counter)
    """How often each computed, by its name and the bytes of its `row`."""

    def count(self, name: str, row: np.ndarray) -> None:
        """One more computation; of no rows it costs nothing."""
        if len(row):
            self.calls[name, np.asarray(row, np.int64).tobytes()] += 1

    def repeats(self, table: str, row: np.ndarray) -> dict[str, int]:
        """How often each column function computes for the same rows, where that is over once.

        `row` is a block of the table's root. It is built twice, and the second time counts: what
        all blocks share (groups of weighted rows, pools) is computed in the first.
        """
        build = self.script.TABLES[table][0]
        build(row.copy())
        self.calls.clear()
        build(row)
        times: dict[str, int] = {}
        for (name, _), count in self.calls.items():
            if count > 1:
                times[name] = max(count, times.get(name, 0))
        return times


def counted(source: str) -> CountedScript:
    """A script in which the body of each column function begins with a line that counts it."""
    tree, columns = ast.parse(source), set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and is_column(node):
            node.body[:0] = ast.parse(f"{COUNT}({node.name!r}, row)").body
            columns.add(node.name)
    found = CountedScript(module({"generate_data.py": ast.unparse(tree)}), columns)
    setattr(found.script, COUNT, found.count)
    return found


def is_column(function: ast.FunctionDef) -> bool:
    """Whether `row` is all that a function takes, and values of columns are what it returns."""
    given, result = function.args, function.returns
    others = given.posonlyargs or given.kwonlyargs or given.vararg or given.kwarg
    names = [each.arg for each in given.args]
    if names != ["row"] or others or result is None:
        return False
    return any(values in ast.unparse(result) for values in VALUES)
