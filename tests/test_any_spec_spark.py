"""Whatever a right spec holds: its Spark script is well made, and its tasks make Polars' rows."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
from hypothesis import given, note, settings
from hypothesis import strategies as st
from pyspark import cloudpickle

from compiler.pipeline import compile_spec
from tests.strategies.specs import appending, specs
from tests.support import Tree, compiled, module, whole
from tests.support.any_spec import EXAMPLES, assert_well_made, thorough


@settings(thorough, max_examples=max(EXAMPLES // 2, 1))
@given(specs(), st.sampled_from(["parquet", "csv", "delta"]))
def test_a_task_makes_the_rows_of_polars_from_what_it_is_sent(
    tree: Tree, format: str
) -> None:
    note(json.dumps(tree))
    text = json.dumps(tree)
    files = compile_spec("example.json", text, "spark", format).files
    assert_well_made(files["generate_data.py"])
    plain, spark = module(compiled(tree)), module(files)
    for script in (plain, spark):
        if hasattr(script, "bad_data_blocks"):
            script.ROWS["_bad_data"] = len(script.bad_data_blocks())
    for name, (build, root, *_) in spark.TABLES.items():
        empty = spark.as_written(build(np.arange(0)))
        assert all(type in spark.SPARK_TYPES for type in empty.dtypes)
        # A task unpickles its copy, and knows of nothing else.
        sent = cloudpickle.dumps(build)
        rows = np.arange(spark.ROWS[root])
        parts = np.array_split(rows, 3) if len(rows) else [rows]
        frames = [cloudpickle.loads(sent)(part) for part in parts]
        assert pl.concat(frames).equals(whole(plain, name)), name
        assert frames[0].schema == build(np.arange(0)).schema


@settings(thorough, max_examples=max(EXAMPLES // 4, 1))
@given(appending(), st.sampled_from(["json", "delta"]))
def test_scripts_of_batches_are_well_made(tree: Tree, format: str) -> None:
    text = json.dumps(tree)
    files = compile_spec("example.json", text, "spark", format).files
    assert_well_made(files["generate_data.py"])
