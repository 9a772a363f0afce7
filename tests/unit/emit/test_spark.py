"""What a Spark script must say to Databricks, and what it must never say to Spark."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TypeGuard

import pytest

from compiler.pipeline import compile_spec
from tests.support import Script, module, spec, table

SPECS = sorted((Path(__file__).parents[3] / "specs").glob("*.toml"))
FORBIDDEN = {
    # Serverless compute refuses these; local servers do not, so nothing else finds them.
    *(
        "cache",
        "persist",
        "unpersist",
        "broadcast",
        "rdd",
        "sparkContext",
        "checkpoint",
    ),
    *("localCheckpoint", "_jvm", "_jsc", "parallelize"),
    # These move rows between workers, or to the driver.
    *("groupBy", "groupby", "orderBy", "distinct", "dropDuplicates", "repartition"),
    *("crossJoin", "union", "collect", "toPandas", "toArrow", "toLocalIterator"),
}


def script(**output: object) -> Script:
    top = {"output": {"engine": "spark", **output}}
    return module(spec(top, things=table(10)))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_nothing_moves_rows_or_is_refused_by_serverless(
    path: Path, format: str
) -> None:
    result = compile_spec(path.name, path.read_text("utf-8"), "spark", format)
    tree = ast.parse(result.files["generate_data.py"])
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert named & FORBIDDEN == set()
    joined = [node.value for node in ast.walk(tree) if is_join(node)]
    # Texts, and the thread that renews the lock; no frames.
    assert all(
        isinstance(one, ast.Constant) or ast.unparse(one) == "renewal" for one in joined
    )
    assert "mapInArrow" in named


def is_join(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and node.attr == "join"


@pytest.mark.parametrize(
    ("environment", "target", "expected"),
    [
        ({"DATABRICKS_RUNTIME_VERSION": "17.3"}, None, True),
        ({"DATABRICKS_RUNTIME_VERSION": "17.3", "SPARK_REMOTE": "sc://x"}, None, True),
        ({"SPARK_REMOTE": "sc://x"}, None, False),
        ({"SPARK_REMOTE": "sc://x"}, "serverless", True),
        ({}, None, True),
        ({}, "local", False),
        ({}, "classic", True),
    ],
)
def test_where_there_is_a_unity_catalog(
    environment: dict[str, str],
    target: str | None,
    expected: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("DATABRICKS_RUNTIME_VERSION", "SPARK_REMOTE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert script().on_databricks(target) is expected


def test_workers_get_what_they_import_and_no_more() -> None:
    needs = script().WORKERS_NEED
    assert [one for one in needs if one.startswith("polars")]
    assert not [one for one in needs if one.startswith(("rich", "pyspark", "pandas"))]


class Ranges:
    """In place of a session: it notes the ranges that it is asked for."""

    def range(self, *asked: int) -> Ranges:
        self.asked = asked
        return self

    def mapInArrow(self, *told: object) -> Ranges:
        return self


@pytest.mark.parametrize(
    ("blocks", "partitions", "tasks"),
    [(1, 0, 1), (3, 0, 3), (40, 0, 4), (160, 0, 10), (40, 7, 7), (3, 7, 3)],
)
def test_a_table_has_as_many_tasks_as_its_size_wants(
    blocks: int, partitions: int, tasks: int
) -> None:
    tree = spec({"output": {"engine": "spark"}}, things=table(blocks * 10 - 3))
    script, spark = module(tree), Ranges()
    script.BLOCK = 10
    script.computed(spark, "things", partitions)
    assert spark.asked == (0, blocks, 1, tasks)
