"""Bad data: faults on top of the clean data, all of them in the answer key and nothing else."""

from __future__ import annotations

import functools
import io
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from rich.console import Console

from compiler.show import as_data, shown_of
from compiler.styled import as_text
from tests.support import (
    Script,
    Tree,
    compiled,
    inside,
    module,
    query,
    spec,
    table,
    tree_of,
)
from tests.support.bad_data import RATES, all_bad, shop
from tests.support.distributions import assert_independent, assert_rate
from tests.support.faults import (
    assert_the_answer_key_is_exact,
    changes,
    clean,
    fault_of,
    frames_of,
    key_of,
)

FAULTS = [rate.removesuffix("_rate") for rate in RATES]


@functools.cache
def before_and_after() -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    return frames_of(clean(all_bad())), frames_of(all_bad())


def test_the_answer_key_lists_just_the_cells_that_are_wrong() -> None:
    before, after = before_and_after()
    listed = assert_the_answer_key_is_exact(all_bad(), before, after)
    assert {(name, fault) for name, _, _, fault in listed} >= {
        *(("customers", fault) for fault in FAULTS),
        *(("orders", fault) for fault in FAULTS),
        *(("lines", fault) for fault in FAULTS),
        *(("products", fault) for fault in ("null", "outlier")),
        *(("parts", fault) for fault in ("null", "outlier", "orphan_ref")),
    }


def test_no_cell_has_two_faults_and_no_line_is_there_twice() -> None:
    """Lines that look the same are of different rows: a row and what doubles it."""
    _, after = before_and_after()
    twice = {
        line: count
        for line, count in Counter(after["_bad_data"].rows()).items()
        if count > 1
    }
    keys = {
        name: Counter(after[name][key_of(part)].cast(pl.String).to_list())
        for name, part in all_bad()["tables"].items()
        if name != "parts"
    }
    for (name, key, column, fault), count in twice.items():
        rows = keys[name][key]
        assert count <= (rows - 1 if fault == "duplicate_key" else rows), column


@pytest.mark.parametrize("rates", [RATES, {"null_rate": 0.6, "outlier_rate": 0.4}])
def test_each_fault_has_its_rate_in_each_column(rates: dict[str, float]) -> None:
    tree = shop(40_000, **rates)
    before, after = frames_of(clean(tree)), frames_of(tree)
    can_be = {
        ("customers", "since"): {"null", "outlier"},
        ("customers", "id"): {"duplicate_key"},
        ("orders", "id"): {"duplicate_key"},
        ("orders", "customer"): {"null", "orphan_ref"},
        ("orders", "gift_of"): {"orphan_ref"},
        ("orders", "placed_at"): {"null", "outlier"},
        ("orders", "amount"): {"null", "outlier"},
        ("orders", "rating"): {"outlier"},
        ("lines", "id"): {"duplicate_key"},
        ("lines", "order_id"): {"null", "orphan_ref"},
        ("lines", "pieces"): {"null", "outlier"},
    }
    for (name, column), faults in can_be.items():
        part = tree["tables"][name]["columns"][column]
        target = set(before[part["table"]]["id"].to_list() if "table" in part else [])
        was, now = before[name][column].to_list(), after[name][column].to_list()
        found = [
            "" if a == b else fault_of(part, a, b, target)
            for a, b in zip(was, now, strict=True)
        ]
        holds = np.array([cell is not None for cell in was])
        cells = np.array(found)[holds if column == "gift_of" else slice(None)]
        assert set(found) - {""} == {f for f in faults if f"{f}_rate" in rates}
        for fault in faults:
            assert_rate(cells == fault, rates.get(f"{fault}_rate", 0))


def test_faults_of_different_columns_and_rows_are_independent() -> None:
    tree = shop(40_000, null_rate=0.3, orphan_ref_rate=0.3, duplicate_key_rate=0.2)
    before, after = frames_of(clean(tree))["orders"], frames_of(tree)["orders"]
    bad = {
        name: np.array([(row, name) in changed for row in range(len(before))])
        for changed in [set(changes(before, after))]
        for name in ("id", "customer", "placed_at", "amount")
    }
    names = list(bad)
    for n, name in enumerate(names):
        assert_independent(bad[name][1:], bad[name][:-1])
        for other in names[n + 1 :]:
            assert_independent(bad[name], bad[other])


def test_a_duplicate_stands_beside_the_row_that_it_doubles() -> None:
    tree = shop(40_000, duplicate_key_rate=0.25)
    before, after = frames_of(clean(tree)), frames_of(tree)
    for name in ("customers", "orders", "lines"):
        was, now = before[name]["id"], after[name]["id"]
        kept = set(was.filter(was == now).to_list())
        doubled = now.filter(was != now).to_list()
        assert set(doubled) <= kept
        places = {key: row for row, key in enumerate(was.to_list())}
        assert_rate(np.array(was != now), 0.25)
        spread = np.array([places[key] for key in doubled]) / len(was)
        assert abs(spread.mean() - 0.5) < 5 * 0.29 / len(doubled) ** 0.5


NO_CUSTOMER = "NOT IN (SELECT id FROM customers)"
WRONG = {
    ("customers", "since", "null"): "since IS NULL",
    ("customers", "since", "outlier"): "since::VARCHAR LIKE '1900-%'",
    ("orders", "customer", "null"): "customer IS NULL",
    ("orders", "customer", "orphan_ref"): f"customer {NO_CUSTOMER}",
    ("orders", "gift_of", "orphan_ref"): f"gift_of {NO_CUSTOMER}",
    ("orders", "placed_at", "null"): "placed_at IS NULL",
    ("orders", "placed_at", "outlier"): "placed_at::VARCHAR LIKE '1900-%'",
    ("orders", "amount", "null"): "amount IS NULL",
    ("orders", "amount", "outlier"): "amount = -999999",
    ("orders", "rating", "outlier"): "rating = -999999",
    ("lines", "order_id", "null"): "order_id IS NULL",
    ("lines", "order_id", "orphan_ref"): "order_id NOT IN (SELECT id FROM orders)",
    ("lines", "pieces", "null"): "pieces IS NULL",
    ("lines", "pieces", "outlier"): "pieces = -999999",
}
"""What tells of each fault in the shop's data."""


@pytest.mark.parametrize("format", ["parquet", "csv", "json"])
def test_plain_sql_finds_what_is_listed_and_nothing_else(
    format: str, tmp_path: Path
) -> None:
    tree = shop() | {"output": {"format": format}}
    inside(module(tree), ["--output", str(tmp_path)])

    def rows(sql: str) -> Counter[Any]:
        return Counter(query(sql, tmp_path, format).fetchall())

    found: Counter[Any] = Counter()
    for (name, column, fault), condition in WRONG.items():
        lines = rows(
            f"SELECT '{name}', id::VARCHAR, '{column}', '{fault}' "
            f"FROM {name} WHERE {condition}"
        )
        assert lines, (name, column, fault)
        found += lines
    for name in ("customers", "orders", "lines"):
        several = f"SELECT id, count(*) AS n FROM {name} GROUP BY id HAVING n > 1"
        found += rows(  # one of the rows has its own key
            f"SELECT '{name}', id::VARCHAR, 'id', 'duplicate_key' "
            f"FROM ({several}), range(1, n)"
        )
    listed = "SELECT table_name, row_key::VARCHAR, column_name, fault FROM _bad_data"
    assert found == rows(listed)


def written(script: Script, folder: Path, *options: str) -> dict[str, pl.DataFrame]:
    """What a run writes: the rows of each table in the order of its files."""
    inside(script, ["--output", str(folder), *options])
    return {
        part.name: pl.concat(pl.read_parquet(file) for file in sorted(part.iterdir()))
        for part in sorted(folder.iterdir())
    }


@pytest.mark.parametrize(("block", "workers"), [(1, 1), (17, 1), (97, 4)])
def test_blocks_and_workers_change_nothing(
    block: int, workers: int, tmp_path: Path
) -> None:
    usual, other = module(all_bad()), module(all_bad())
    count = min(2 * block + 10, 200)  # of a file for each row a few will do
    for script in (usual, other):
        script.ROWS.update(customers=count, orders=count, returns=20, claims=20)
    other.BLOCK, other.CHUNK = block, max(1, block // 3)
    wanted = written(usual, tmp_path / "usual", "--workers", "1")
    found = written(other, tmp_path / "other", "--workers", str(workers))
    assert wanted["_bad_data"].height > 10
    for name, rows in wanted.items():
        assert found[name].equals(rows), name
    inside(usual, ["--output", str(tmp_path / "again"), "--workers", "3"])
    assert tree_of(tmp_path / "again") == tree_of(tmp_path / "usual")


def test_just_one_table_is_written_as_with_all_others(tmp_path: Path) -> None:
    inside(module(shop()), ["--output", str(tmp_path / "all")])
    everything = tree_of(tmp_path / "all")
    assert {name.partition("/")[0] for name in everything} == {
        *("customers", "orders", "lines", "_bad_data")
    }
    for name in ("orders", "lines", "_bad_data"):
        folder = tmp_path / name
        inside(module(shop()), ["--output", str(folder), "--only", name])
        assert tree_of(folder) == {
            file: data
            for file, data in everything.items()
            if file.startswith(f"{name}/")
        }


def test_scale_and_seed_reach_the_answer_key(tmp_path: Path) -> None:
    for options in (["--scale", "3"], ["--scale", "0.1"], ["--seed", "7"]):
        folders = [tmp_path / "_".join([*options, each]) for each in ("clean", "bad")]
        trees = [clean(all_bad()), all_bad()]
        frames = [
            written(module(tree), folder, *options)
            for tree, folder in zip(trees, folders, strict=True)
        ]
        assert assert_the_answer_key_is_exact(all_bad(), *frames)


def test_faults_fall_on_the_chosen_tables_alone() -> None:
    """A ref to a row that lost its key is an orphan wherever it stands."""
    tree = shop()
    tree["bad_data"] = {**RATES, "tables": ["customers"]}
    before, after = frames_of(clean(tree)), frames_of(tree)
    listed = assert_the_answer_key_is_exact(tree, before, after)
    assert after["orders"].equals(before["orders"])
    assert {(name, column, fault) for name, _, column, fault in listed} == {
        ("customers", "since", "null"),
        ("customers", "since", "outlier"),
        ("customers", "id", "duplicate_key"),
        ("orders", "customer", "orphan_ref"),
        ("orders", "gift_of", "orphan_ref"),
    }


def test_other_rows_and_columns_read_clean_values() -> None:
    """A child's moment after a faulty one, a lookup, an expression: all as without faults."""
    tree = spec(
        {
            "bad_data": {
                "null_rate": 0.5,
                "outlier_rate": 0.5,
                "duplicate_key_rate": 0.2,
            }
        },
        parents=table(
            300,
            since={"kind": "timestamp", "start": "-2y", "end": "-1y"},
            size={"kind": "poisson", "lam": 9},
            twice={"kind": "expr", "expr": "size * 2", "null_rate": 0.5},
            text={"kind": "template", "text": "{id}: {size}", "null_rate": 0.01},
        ),
        children=table(
            2_000,
            parent={"kind": "ref", "table": "parents"},
            born={"kind": "timestamp", "after": "parent.since", "null_rate": 0.1},
            text={"kind": "lookup", "path": "parent.text"},
        ),
    )
    before, after = frames_of(clean(tree)), frames_of(tree)
    assert_the_answer_key_is_exact(tree, before, after)
    assert after["parents"]["text"].equals(before["parents"]["text"])
    assert after["children"]["text"].equals(before["children"]["text"])


@pytest.mark.parametrize(
    "bad_data",
    [{}, {"null_rate": 0.0, "orphan_ref_rate": 0}, {"null_rate": 0.1, "tables": []}],
)
def test_without_any_faults_the_script_is_as_it_was(bad_data: Tree) -> None:
    tree = shop() | {"bad_data": bad_data}
    files, usual = compiled(tree).files, compiled(clean(tree)).files
    assert files == usual
    assert "FAULT_RATES" not in files["generate_data.py"]


def test_only_what_can_be_orphan_is_made_one() -> None:
    """Numbers given row by row, and keys that may be null, leave no room for another one."""
    tree = spec(
        {"bad_data": {"orphan_ref_rate": 0.5}},
        years={"data": [{"year": 2024}, {"year": 2025}]},
        texts={"data": [{"text": "a"}, {"text": "a-gone"}]},
        codes={"data": [{"code": "a"}, {"code": "b"}]},
        things=table(
            200,
            year={"kind": "ref", "table": "years"},
            text={"kind": "ref", "table": "texts"},
            code={"kind": "ref", "table": "codes"},
        ),
    )
    after = frames_of(tree)
    assert_the_answer_key_is_exact(tree, frames_of(clean(tree)), after)
    assert set(after["_bad_data"]["column_name"]) == {"code"}


def test_a_key_without_letters_of_its_own_still_has_orphans() -> None:
    things = table(
        2_000,
        id={"kind": "key", "format": "{}-gone"},
        other={"kind": "ref", "table": "things"},
    )
    tree = spec({"bad_data": {"orphan_ref_rate": 0.5}}, things=things)
    assert_the_answer_key_is_exact(tree, frames_of(clean(tree)), frames_of(tree))


def test_the_plan_and_the_script_s_header_say_the_rates() -> None:
    tree = shop() | {"bad_data": {**RATES, "tables": ["customers", "lines"]}}
    result = compiled(tree)
    assert result.plan is not None
    said = (
        "Bad data in customers, lines: null 5%, outlier 3%, duplicate_key 4%, "
        "orphan_ref 2%; the table _bad_data lists every fault."
    )
    assert said in " ".join(result.files["generate_data.py"].split())
    told = io.StringIO()
    Console(width=300, file=told).print(
        as_text(shown_of(result.plan, date(2026, 6, 30)))
    )
    assert said in told.getvalue()
    assert as_data(result.plan)["bad_data"] == {
        "rates": {fault: RATES[f"{fault}_rate"] for fault in FAULTS},
        "tables": ["customers", "lines"],
    }
