"""What many tests need: small specs, compiled, run, and read back.

A test states what it is about and leaves the rest to `spec` and `table`:

    frame = built(spec(things=table(1_000, size={"kind": "normal", "mean": 4, "sd": 1})))

What fewer tests need is in the modules of this package.
"""

from tests.support.processes import run_script, start_script
from tests.support.reading import answer, fetched, query, read, tree_of
from tests.support.scripts import (
    Script,
    built,
    column,
    inside,
    module,
    rows_of,
    seconds,
    values,
    whole,
)
from tests.support.specs import END, Tree, compiled, compiled_once, spec, table

__all__ = [
    "END",
    "Script",
    "Tree",
    "answer",
    "built",
    "column",
    "compiled",
    "compiled_once",
    "fetched",
    "inside",
    "module",
    "query",
    "read",
    "rows_of",
    "run_script",
    "seconds",
    "spec",
    "start_script",
    "table",
    "tree_of",
    "values",
    "whole",
]
