"""`--check`: batches hold together, and bad data is as bad as was asked for, no worse."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.support import Tree, module, spec, table
from tests.support.bad_data import RATES, all_bad
from tests.support.bad_data import shop as faulty
from tests.support.batches import shop as growing
from tests.support.checking import (
    FORMATS,
    Cells,
    Change,
    agreed,
    copied,
    damage,
    in_each_format,
    in_formats,
    in_row,
    told,
    written,
    wrong,
)


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """By format: two batches of a shop that grows."""
    folder = tmp_path_factory.mktemp("growing")
    for format in FORMATS:
        loaded(growing(format=format), folder / format, 0, 1)
    return folder


def loaded(tree: Tree, folder: Path, *batches: int) -> Path:
    for batch in batches:
        written(module(tree), folder, "--batch", str(batch))
    return folder


@in_each_format
def test_batches_hold_together(format: str, batches: Path, tmp_path: Path) -> None:
    tree = growing(format=format)
    assert agreed(tree, copied(batches / format, tmp_path)) == {}
    assert wrong(module(tree), tmp_path, "--batch", "1") == {}
    behind = agreed(tree, tmp_path, "--batch", "2")
    grown = ("customers", "orders", "lines", "returns")
    assert set(behind) == {(name, "rows") for name in grown}
    loaded(tree, tmp_path, 3)
    _, said = told(module(tree), tmp_path)
    assert "nothing of batch 2: what FAILED" in said
    loaded(tree, tmp_path, 8)
    _, said = told(module(tree), tmp_path)
    assert "nothing of batch 2, 4-7: what FAILED" in said
    assert wrong(module(tree), loaded(tree, tmp_path, 2, *range(4, 8))) == {}


BATCHES: dict[str, tuple[str, Change, Cells]] = {
    "rows missing": ("returns", lambda frame: frame[9:], {("returns", "rows")}),
    "a row of the first load": (
        "returns",
        lambda frame: frame.with_columns(id=pl.col("id") - 180),
        {("returns", "duplicate keys")},
    ),
    "a ref to a later batch": (
        "orders",
        in_row(9, customer=pl.lit(341)),  # an order with lines and a return
        {
            ("orders", "customer not in customers"),
            ("orders", "tier other than customer.tier"),
            ("lines", "tier other than order.customer.tier"),
            ("lines", "since other than order.customer.since"),
            ("returns", "customer other than line.order.customer"),
        },
    ),
    "moments of a later batch": (
        "returns",
        lambda frame: frame.with_columns(pl.col("placed") + timedelta(days=1)),
        {("returns", "placed outside its period")},
    ),
}


@pytest.mark.parametrize("what", BATCHES)
@in_each_format
def test_damage_in_a_batch_is_found(
    format: str, what: str, batches: Path, tmp_path: Path
) -> None:
    tree = growing(format=format)
    name, change, expected = BATCHES[what]
    copied(batches / format, tmp_path)
    script = module(tree)
    script.BATCH = 1
    damage(script, tmp_path, name, change)
    assert set(agreed(tree, tmp_path)) == expected


def test_a_batch_that_is_gone_is_found(tmp_path: Path) -> None:
    tree = growing()
    loaded(tree, tmp_path, 0, 1, 2)
    for file in (tmp_path / "orders" / "batch=1").iterdir():
        file.unlink()
    found = wrong(module(tree), tmp_path)
    assert {("orders", "rows"), ("lines", "order not in orders")} <= set(found)


def test_tables_that_no_batch_adds_to_may_be_absent(tmp_path: Path) -> None:
    tree = growing()
    tree["tables"]["lines"]["rows"] = {"per": "orders", "where": "age < -1"}
    del tree["tables"]["lines"]["columns"]["n"], tree["tables"]["returns"]
    loaded(tree, tmp_path, 0, 1)
    assert not (tmp_path / "lines").exists()
    assert wrong(module(tree), tmp_path) == {}


def test_grids_hold_in_each_batch(tmp_path: Path) -> None:
    """The rows of a grid are counted by the batches that bring them, and those below it."""
    tree = spec(
        {"output": {"mode": "append"}, "window": {"days": 9, "end": "2026-06-30"}},
        plants=table(5, kind={"kind": "choice", "weights": {"a": 1, "b": 2}}),
        sensors=table(
            30,
            plant={
                **{"kind": "ref", "table": "plants"},
                **{"weights": {"kind": {"a": 3, "b": 1}}},
            },
        ),
        readings=table(
            {"per": "sensors", "every": "6h"},
            sensor={"kind": "ref", "table": "sensors"},
            at={"kind": "tick"},
            value={"kind": "normal", "mean": 0, "sd": 1},
        ),
        alerts=table(
            {"per": "readings", "where": "value > 1 and sensor.plant.kind == 'a'"},
            reading={"kind": "ref", "table": "readings"},
        ),
    )
    tree["tables"]["sensors"]["batch_rows"] = 4
    tree["tables"]["plants"]["batch_rows"] = 1
    loaded(tree, tmp_path, 0, 1, 2)
    assert agreed(tree, tmp_path) == {}
    script = module(tree)
    script.BATCH = 2
    damage(script, tmp_path, "alerts", lambda frame: frame[1:])
    found = set(agreed(tree, tmp_path))
    assert found == {
        ("alerts", "rows"),
        ("alerts", "readings with alerts against `where`"),
    }


# ------------------------------------------------------------------------------ bad data


@in_formats(pandas="csv")
def test_bad_data_at_its_rates_holds(format: str, engine: str, tmp_path: Path) -> None:
    tree = all_bad() | {"output": {"format": format, "engine": engine}}
    assert wrong(module(tree), written(module(tree), tmp_path)) == {}


@in_formats(pandas="json")
def test_bad_data_in_batches_holds(format: str, engine: str, tmp_path: Path) -> None:
    tree = growing(format=format, engine=engine) | {"bad_data": RATES}
    assert wrong(module(tree), loaded(tree, tmp_path, 0, 1)) == {}


RATE_OF: dict[str, Cells] = {
    "null_rate": {("orders", "null amount"), ("lines", "null pieces")},
    "outlier_rate": {
        ("orders", "outlying amount"),
        ("orders", "outlying placed_at"),
    },
    "duplicate_key_rate": {("orders", "duplicate keys")},
    "orphan_ref_rate": {("lines", "order_id listed as orphans")},
}


@pytest.mark.parametrize("rate", RATE_OF)
def test_twice_the_rate_of_a_fault_is_found(rate: str, tmp_path: Path) -> None:
    rates: dict[str, Any] = dict(RATES)
    if (
        rate == "orphan_ref_rate"
    ):  # where a key is doubled, the answer key is what counts
        del rates["duplicate_key_rate"]
    twice = faulty(**{**rates, rate: 2 * RATES[rate]})
    folder = written(module(twice), tmp_path)
    assert wrong(module(twice), folder) == {}
    found = set(wrong(module(faulty(**rates)), folder))
    assert RATE_OF[rate] <= found - {("_bad_data", "rows")}


@pytest.mark.parametrize("format", ["parquet", "delta"])
@pytest.mark.parametrize("duplicates", [0.0, RATES["duplicate_key_rate"]])
def test_an_orphan_that_the_answer_key_does_not_list_is_found(
    format: str, duplicates: float, tmp_path: Path
) -> None:
    rates: dict[str, Any] = {**RATES, "duplicate_key_rate": duplicates}
    tree = faulty(**rates) | {"output": {"format": format}}
    folder = written(module(tree), tmp_path)
    change = in_row(5, order_id=pl.lit(999_999))
    damage(module(tree), folder, "lines", change)
    assert set(agreed(tree, folder)) == {("lines", "order_id not in orders")}


def test_an_answer_key_that_cannot_be_read_is_wrong(tmp_path: Path) -> None:
    folder = written(module(faulty()), tmp_path)
    part = next((folder / "_bad_data").glob("part-*"))
    part.write_bytes(b"?" * part.stat().st_size)
    found = wrong(module(faulty()), folder)
    assert ("_bad_data", "table") in found


def test_lines_that_the_answer_key_lacks_are_found(tmp_path: Path) -> None:
    folder = written(module(faulty()), tmp_path)
    for path in (folder / "_bad_data").glob("part-*"):
        keys = pl.read_parquet(path).filter(pl.col("column_name") != "customer")
        keys.write_parquet(path)
    found = agreed(faulty(), folder)
    assert set(found) == {
        ("_bad_data", "rows"),
        ("orders", "customer not in customers"),
    }
