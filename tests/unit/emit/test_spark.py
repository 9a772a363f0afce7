"""What a Spark script must say to Databricks, and what it must never say to Spark."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TypeGuard

import pytest
import sqlglot

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
NAME = r"`(?:[^`]|``)+`"
PATTERNS = {
    # sqlglot reads these only as opaque commands.
    "CATALOG": rf"CREATE CATALOG IF NOT EXISTS {NAME}",
    "VOLUME": rf"CREATE VOLUME IF NOT EXISTS {NAME}\.{NAME}\.{NAME}",
}


class Recorder:
    """A session that writes down what SQL it is given."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def sql(self, statement: str) -> None:
        self.statements.append(statement)


def script(**output: object) -> Script:
    top = {"output": {"engine": "spark", **output}}
    return module(spec(top, things=table(10)))


def created(script: Script, *arguments: object) -> list[str]:
    """The statements that make the places of the data, each of a kind that is known."""
    recorder = Recorder()
    script.create_places(recorder, *arguments)
    for statement in recorder.statements:
        kind = statement.split()[1]
        if kind in PATTERNS:
            assert re.fullmatch(PATTERNS[kind], statement), statement
        else:
            tree = sqlglot.parse_one(statement, read="databricks")
            assert isinstance(tree, sqlglot.exp.Create)
            assert tree.args["exists"]
    return recorder.statements


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
        isinstance(one, ast.Constant) or ast.unparse(one) == "life" for one in joined
    )
    assert "mapInArrow" in named


def is_join(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and node.attr == "join"


def test_files_go_to_a_volume() -> None:
    assert created(script(schema="main.sales", volume="raw-1")) == [
        "CREATE CATALOG IF NOT EXISTS `main`",
        "CREATE SCHEMA IF NOT EXISTS `main`.`sales`",
        "CREATE VOLUME IF NOT EXISTS `main`.`sales`.`raw-1`",
    ]


def test_the_catalog_is_left_to_others_where_the_spec_says_so() -> None:
    assert created(script(catalog="main", create_catalog=False)) == [
        "CREATE SCHEMA IF NOT EXISTS `main`.`example`",
        "CREATE VOLUME IF NOT EXISTS `main`.`example`.`raw_data`",
    ]


def test_delta_tables_need_no_volume_and_other_servers_no_catalog() -> None:
    delta = script(format="delta", catalog="main")
    schema = "CREATE SCHEMA IF NOT EXISTS `main`.`example`"
    assert created(delta, False) == [schema]
    assert created(delta, True) == ["CREATE CATALOG IF NOT EXISTS `main`", schema]


def test_a_name_given_by_hand_stays_a_name() -> None:
    mine = script()
    mine.CATALOG = "a`; DROP CATALOG main; --"
    mine.SCHEMA = "b.c"
    statements = created(mine)
    assert statements[0] == "CREATE CATALOG IF NOT EXISTS `a``; DROP CATALOG main; --`"
    assert (
        statements[1]
        == "CREATE SCHEMA IF NOT EXISTS `a``; DROP CATALOG main; --`.`b.c`"
    )


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


def test_delta_tables_are_described_with_their_keys_and_what_refs_lead_to() -> None:
    customers = table(10, customer_id={"kind": "key"})
    orders = table(
        10, order_id={"kind": "key"}, buyer={"kind": "ref", "table": "customers"}
    )
    lines = table(
        {"per": "orders", "mean": 2},
        id={"kind": "key"},
        order={"kind": "ref", "table": "orders"},
        customer={"kind": "lookup", "path": "order.buyer"},
    )
    customers["description"] = r"it's a \ 'quoted' text"
    top = {"output": {"engine": "spark", "format": "delta", "schema": "main.shop"}}
    recorder = Recorder()
    mine = module(spec(top, customers=customers, orders=orders, lines=lines))
    for name in mine.TABLES:
        mine.describe(recorder, name)
    held = [one for one in recorder.statements if "`lines_" in one and "FOREIGN" in one]
    alter = "ALTER TABLE `main`.`shop`.`lines` ADD CONSTRAINT"
    assert held == [
        f"{alter} `lines_order` FOREIGN KEY (`order`)"
        " REFERENCES `main`.`shop`.`orders`",
        f"{alter} `lines_customer` FOREIGN KEY (`customer`)"
        " REFERENCES `main`.`shop`.`customers`",
    ]
    assert [one for one in recorder.statements if "`lines`" not in one] == [
        r"COMMENT ON TABLE `main`.`shop`.`customers` IS 'it\'s a \\ \'quoted\' text'",
        "ALTER TABLE `main`.`shop`.`customers` DROP PRIMARY KEY IF EXISTS CASCADE",
        "ALTER TABLE `main`.`shop`.`customers` ALTER COLUMN `customer_id` SET NOT NULL",
        "ALTER TABLE `main`.`shop`.`customers`"
        " ADD CONSTRAINT `customers_key` PRIMARY KEY (`customer_id`)",
        "ALTER TABLE `main`.`shop`.`orders` DROP PRIMARY KEY IF EXISTS CASCADE",
        "ALTER TABLE `main`.`shop`.`orders` ALTER COLUMN `order_id` SET NOT NULL",
        "ALTER TABLE `main`.`shop`.`orders`"
        " ADD CONSTRAINT `orders_key` PRIMARY KEY (`order_id`)",
        "ALTER TABLE `main`.`shop`.`orders` DROP FOREIGN KEY IF EXISTS (`buyer`)",
        "ALTER TABLE `main`.`shop`.`orders`"
        " ADD CONSTRAINT `orders_buyer` FOREIGN KEY (`buyer`)"
        " REFERENCES `main`.`shop`.`customers`",
    ]
    for statement in recorder.statements:
        if "CONSTRAINT" in statement or "COMMENT" in statement:
            tree = sqlglot.parse_one(statement, read="databricks")
            assert not isinstance(tree, sqlglot.exp.Command), statement
    said = sqlglot.parse_one(recorder.statements[0], read="databricks")
    assert said.expression.this == customers["description"]


def test_faulty_tables_promise_no_keys() -> None:
    top = {
        "output": {"engine": "spark", "format": "delta"},
        "bad_data": {"duplicate_key_rate": 0.1},
    }
    assert not hasattr(module(spec(top, things=table(10))), "describe")


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
