"""`--check`: whatever is damaged in what was written is found, named, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.support import module
from tests.support.alike import by_pandas
from tests.support.checking import (
    FORMATS,
    Cells,
    Change,
    agreed,
    copied,
    damage,
    in_each_format,
    in_row,
    shop,
    written,
    wrong,
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """By format: what a run of the shop writes."""
    folder = tmp_path_factory.mktemp("shop")
    for format in FORMATS:
        written(module(shop(format=format)), folder / format)
    return folder


def first_sent(frame: pl.DataFrame) -> int:
    return int(frame["sent"].is_not_null().arg_max() or 0)


DAMAGES: dict[str, tuple[str, Change, Cells]] = {
    "a row twice": (
        "orders",
        lambda frame: pl.concat([frame, frame[7:8]]),
        {("orders", "rows"), ("orders", "duplicate keys")},
    ),
    "a row twice, by two columns": (
        "lines",
        lambda frame: pl.concat([frame[1:], frame[7:8]]),
        {("lines", "duplicate keys")},
    ),
    "rows missing": ("lines", lambda frame: frame[:-9], {("lines", "rows")}),
    "parents missing": (
        "orders",
        lambda frame: frame[9:],
        {("orders", "rows"), ("lines", "order not in orders")},
    ),
    "a ref to nowhere": (
        "orders",
        in_row(3, customer=pl.lit("C-99999")),
        {("orders", "customer not in customers")},
    ),
    "a ref of numbers to nowhere": (
        "lines",
        in_row(3, order=pl.lit(1_001)),
        {("lines", "order not in orders")},
    ),
    "a key that is null": (
        "orders",
        in_row(5, id=pl.lit(None)),
        {("orders", "null id"), ("lines", "order not in orders")},
    ),
    "half a key that is null": (
        "lines",
        in_row(5, n=pl.lit(None)),
        {("lines", "null n")},
    ),
    "nulls twice as often": (
        "orders",
        lambda frame: frame.with_columns(
            pl.when(pl.int_range(pl.len()) % 7 > 2).then("coupon")
        ),
        {("orders", "null coupon")},
    ),
    "no nulls": (
        "orders",
        lambda frame: frame.with_columns(pl.col("coupon").fill_null("a")),
        {("orders", "null coupon")},
    ),
    "a child before its parent": (
        "lines",
        in_row(11, packed=pl.col("packed") - timedelta(days=200)),
        {("lines", "packed before order.placed")},
    ),
    "an offset to before": (
        "orders",
        lambda frame: in_row(
            first_sent(frame), sent=pl.col("placed") - timedelta(seconds=1)
        )(frame),
        {("orders", "sent before placed")},
    ),
    "what comes before, after": (
        "orders",
        in_row(11, quoted=pl.col("placed") + timedelta(seconds=1)),
        {("orders", "placed before quoted")},
    ),
    "a moment outside its period": (
        "customers",
        in_row(11, since=pl.col("since") - timedelta(days=900)),
        {("customers", "since outside its period")},
    ),
}


@pytest.mark.parametrize("what", DAMAGES)
@in_each_format
def test_damage_is_found_and_named(
    format: str, what: str, runs: Path, tmp_path: Path
) -> None:
    tree, folder = shop(format=format), copied(runs / format, tmp_path)
    name, change, expected = DAMAGES[what]
    damage(module(tree), folder, name, change)
    assert set(agreed(tree, folder)) == expected


@in_each_format
def test_what_is_written_anew_but_not_changed_holds(
    format: str, runs: Path, tmp_path: Path
) -> None:
    """So it is the change that is found above."""
    tree, folder = shop(format=format), copied(runs / format, tmp_path)
    for name in ("customers", "orders", "lines"):
        damage(module(tree), folder, name, lambda frame: frame)
    assert agreed(tree, folder) == {}


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('{"id":77,"customer":"C-', "of the whole row"),
        ('"placed":"soon"', "of one cell"),
    ],
)
def test_json_that_cannot_be_read_fails_what_reads_it(
    line: str, place: str, runs: Path, tmp_path: Path
) -> None:
    """As docs/check.md has it: the reason is in each line, or in one of the whole table."""
    folder = copied(runs / "json", tmp_path)
    file = folder / "orders" / "part-00000.json"
    first, *others = file.read_text("utf-8").splitlines()
    cell = re.sub(r'"placed":"[^"]*"', line, first)
    damaged = line if place == "of the whole row" else cell
    file.write_text("\n".join([*others, damaged]) + "\n", "utf-8")
    found = wrong(module(shop(format="json")), folder)
    readers = {what for (name, what), said in found.items() if not said[0].isdigit()}
    assert {"null placed", "sent before placed"} <= readers
    assert ("duplicate keys" in readers) == (place == "of the whole row")
    by_duckdb = wrong(module(by_pandas(shop(format="json"))), folder)
    table = [said for (name, what), said in by_duckdb.items() if what == "table"]
    assert len(table) == (place == "of the whole row")
    assert all(said.startswith("cannot be read: ") for said in table)
