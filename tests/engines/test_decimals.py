"""`type = "decimal(12, 2)"`: exact decimals in every format, whoever writes them."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest
from deltalake import DeltaTable

from tests.support import (
    Tree,
    compiled,
    module,
    rows_of,
    run_script,
    spec,
    table,
    whole,
)
from tests.support.alike import (
    assert_rows_are_the_same,
    assert_written_alike,
    by_pandas,
    by_polars,
)
from tests.support.checking import agreed, written, wrong
from tests.support.goldens import ROOT
from tests.support.parity import files_of
from tests.support.plans import planned

ROWS = 20_000
MONEY = "decimal(12, 2)"
RATES = {"outlier_rate": 0.02, "null_rate": 0.02, "duplicate_key_rate": 0.02}


def tree(**top: object) -> Tree:
    """Products, and sales of them."""
    products = {
        "data": [
            {"sku": "PEN", "price": 1.9, "weight": 3},
            {"sku": "INK", "price": 7.255, "weight": 12},
        ],
        "types": {"price": "decimal(6, 2)", "weight": "decimal(5, 3)"},
    }
    price = {"kind": "lognormal", "median": 60, "sigma": 0.7, "type": MONEY}
    sales = table(
        ROWS,
        at={"kind": "timestamp"},
        sku={"kind": "ref", "table": "products"},
        tier={"kind": "choice", "weights": {"a": 1, "b": 2}},
        price=price,
        cost={
            **price,
            "by": "tier",
            "cases": {"a": {"median": 5}, "b": {}},
            "null_rate": 0.1,
        },
        bins={
            "kind": "histogram",
            "edges": [0, 1, 9],
            "weights": [1, 2],
            "type": "decimal(3, 1)",
        },
        total={"kind": "expr", "expr": "price * 1.19", "type": "decimal(14, 4)"},
        count={"kind": "expr", "expr": "2 if tier == 'a' else 1", "type": MONEY},
        fee={"kind": "constant", "value": 3, "type": "decimal(4, 2)"},
        list={"kind": "lookup", "path": "sku.price"},
        double={"kind": "expr", "expr": "list * 2"},
        tiny={"kind": "uniform", "low": 0, "high": 1e-6, "type": "decimal(9, 9)"},
        label={"kind": "template", "text": "{price}"},
    )
    moves = table(
        {"per": "sales", "mean": 2},
        sale={"kind": "ref", "table": "sales"},
        at={"kind": "timestamp"},
        change={"kind": "normal", "mean": 0, "sd": 9, "type": MONEY},
        balance={
            "kind": "running",
            "change": "change",
            "floor": 0,
            "start": 5,
            "type": MONEY,
        },
    )
    return spec(top, products=products, sales=sales, moves=moves)


def arrow_types(file: Path) -> dict[str, pa.DataType]:
    schema = pyarrow.parquet.read_schema(file)
    return dict(zip(schema.names, schema.types, strict=True))


@pytest.mark.parametrize("by", [by_polars, by_pandas], ids=["polars", "pandas"])
def test_a_sum_of_written_prices_is_exact(by: object, tmp_path: Path) -> None:
    folder = written(module(by(tree())), tmp_path)  # type: ignore[operator]
    files = files_of(folder / "sales", "parquet")
    types = arrow_types(files[0])
    assert types["price"] == types["cost"] == types["count"] == pa.decimal128(12, 2)
    assert types["total"] == pa.decimal128(14, 4)
    assert types["list"] == pa.decimal128(6, 2)
    assert types["double"] == pa.float64()
    frame = pl.concat(map(pl.read_parquet, files))
    names = ", ".join(f"'{file}'" for file in files)
    sql = f"SELECT sum(price), typeof(sum(price)) FROM read_parquet([{names}])"
    total, type = duckdb.execute(sql).fetchall()[0]
    cents = sum(round(float(price) * 100) for price in frame["price"])
    assert type.startswith("DECIMAL") and total == Decimal(cents).scaleb(-2)
    assert frame["price"].sum() == total
    products = files_of(folder / "products", "parquet")[0]
    assert arrow_types(products)["weight"] == pa.decimal128(5, 3)
    prices = pl.read_parquet(products)["price"].to_list()
    assert prices == [Decimal("1.90"), Decimal("7.25")] or prices[1] == Decimal("7.26")


@pytest.mark.parametrize("by", [by_polars, by_pandas], ids=["polars", "pandas"])
def test_delta_holds_decimals(by: object, tmp_path: Path) -> None:
    given = by(tree(output={"format": "delta"}))  # type: ignore[operator]
    folder = written(module(given), tmp_path)
    rows = DeltaTable(folder / "sales")
    fields = {field.name: str(field.type) for field in rows.schema().fields}
    assert fields["price"] == 'PrimitiveType("decimal(12,2)")'
    found = pl.read_delta(str(folder / "sales"))
    wanted = whole(module(by_polars(tree())), "sales")
    assert found["price"].sum() == wanted["price"].sum()


def test_expressions_read_the_rounded_number() -> None:
    found = whole(module(tree()), "sales")
    price = found["price"].cast(pl.Float64).to_numpy()
    total = found["total"].cast(pl.Float64).to_numpy()
    np.testing.assert_allclose(total, price * 1.19, atol=0.00006)
    assert found["double"].to_list() == [2 * float(each) for each in found["list"]]
    assert found["label"].to_list()[:9] == [str(float(x)) for x in found["price"][:9]]


@pytest.mark.parametrize("name", ["products", "sales", "moves"])
def test_pandas_has_the_same_rows(name: str) -> None:
    assert_rows_are_the_same(module(by_pandas(tree())), module(tree()), name)


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_files_of_text_have_all_decimals(engine: str, tmp_path: Path) -> None:
    output = {"engine": engine}
    folder = written(module(tree(output={**output, "format": "csv"})), tmp_path / "csv")
    with files_of(folder / "sales", "csv")[0].open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    wanted = whole(module(tree()), "sales")
    for column in ("price", "fee", "tiny", "total"):
        assert [row[column] for row in rows] == wanted[column].cast(pl.String).to_list()
    assert rows[0]["fee"] == "3.00"
    folder = written(
        module(tree(output={**output, "format": "json"})), tmp_path / "json"
    )
    lines = files_of(folder / "sales", "json")[0].read_text("utf-8").splitlines()
    read = [json.loads(line, parse_float=str) for line in lines]
    assert [row["price"] for row in read] == [row["price"] for row in rows]
    assert [row["cost"] or "" for row in read] == [row["cost"] for row in rows]


@pytest.mark.parametrize("format", ["parquet", "csv", "json", "delta"])
@pytest.mark.parametrize("bad", [{}, {"bad_data": RATES}], ids=["clean", "bad"])
def test_the_check_finds_nothing_wrong(format: str, bad: Tree, tmp_path: Path) -> None:
    given = tree(output={"format": format}, **bad)
    written(module(given), tmp_path)
    assert agreed(given, tmp_path) == {}


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_append_mode_writes_the_same_on_both(format: str, tmp_path: Path) -> None:
    given = tree(
        output={"mode": "append", "batch": "10d", "format": format}, bad_data=RATES
    )
    given["window"] = {"start": "2026-06-01", "end": "2026-07-01"}
    if format == "parquet":
        assert_written_alike(given, tmp_path, block=5_000)
        assert wrong(module(by_polars(given)), tmp_path / "polars") == {}
    else:
        written(module(given), tmp_path)
        assert agreed(given, tmp_path) == {}


@pytest.mark.parametrize("by", [by_polars, by_pandas], ids=["polars", "pandas"])
def test_a_number_that_does_not_fit_stops_the_run(by: object) -> None:
    script = module(by(tree()))  # type: ignore[operator]
    script.SALES_PRICE = {"median": 1e11, "sigma": 0.1}
    message = r"sales\.price: .* does not fit decimal\(12, 2\)"
    with pytest.raises(RuntimeError, match=message):
        rows_of(script, "sales", np.arange(50))


def test_the_plan_says_the_type() -> None:
    columns = {column.name: column for column in planned(tree()).table("sales").written}
    assert columns["price"].spec.summary()[-1] == MONEY
    assert columns["total"].spec.summary() == ["price * 1.19", "decimal(14, 4)"]
    assert str(columns["list"].type.decimal) == "decimal(6, 2)"
    assert columns["double"].type.decimal is None
    readme = compiled(tree()).files["README.md"]
    assert "| decimal(14, 4) |" in readme and "decimal total\n" in readme


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("format", ["parquet", "csv", "delta"])
def test_spark_writes_the_same_rows(
    format: str, tmp_path: Path, sail_address: str
) -> None:
    given = tree(output={"engine": "spark", "format": format})
    remote = {"SPARK_REMOTE": sail_address}
    files = compiled(given).files
    out = run_script(files, tmp_path / "spark", **remote)
    if format != "csv":  # of a file that Sail reads in parts, its check finds no header
        run_script(files, tmp_path / "spark", "--check", **remote)
    wanted = whole(module(by_polars(tree())), "sales")
    parts = files_of(out / "sales", "csv" if format == "csv" else "parquet")
    if format == "csv":
        rows = [
            row
            for part in parts
            for row in csv.DictReader(part.open(encoding="utf-8", newline=""))
        ]
        rows.sort(key=lambda row: int(row["id"]))
        for name in ("price", "tiny", "total"):
            assert [row[name] for row in rows] == wanted[name].cast(pl.String).to_list()
        return
    assert arrow_types(parts[0])["price"] == pa.decimal128(12, 2)
    found = pl.concat(map(pl.read_parquet, parts)).sort("id")
    for name in ("price", "cost", "total", "list"):
        assert found[name].equals(wanted[name])


def test_the_example_of_the_language_runs() -> None:
    page = (ROOT / "docs" / "language.md").read_text("utf-8")
    example = page.partition("**Decimals.**")[2].split("```")[1].removeprefix("toml")
    top = 'name = "shop"\ndescription = "Bills."\nallow = ["*"]\n'
    rows = "[tables.bills]\nrows = 90\n[tables.bills.columns]"
    text = top + example.replace("[tables.bills.columns]", rows)
    found = whole(module(text), "bills")
    assert found.schema == {"price": pl.Decimal(12, 2), "gross": pl.Decimal(14, 4)}
    assert whole(module(text), "plans")["fee"].to_list() == [9, Decimal("29.90")]
