"""`renamed_from`: the data stays as it was, to the cell."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import polars as pl
import pytest

from tests.support import Tree, batches, compiled, module, spec, table
from tests.support.alike import (
    assert_rows_are_the_same,
    by_pandas,
    rows_of,
    tables_of,
)
from tests.support.bad_data import all_bad
from tests.support.distinct import FORMS
from tests.support.examples import everything
from tests.support.faults import frames_of
from tests.support.renaming import Renaming

ROOT = Path(__file__).parents[2]


def example(path: str) -> Tree:
    """A spec of the repository, up to a fixed day."""
    tree = json.loads(json.dumps(tomllib.loads((ROOT / path).read_text()), default=str))
    return {**tree, "window": {**tree.get("window", {}), "end": "2026-06-30"}}


SPECS = {
    "every kind": everything(),
    "every kind, with bad data": all_bad(),
    "faults in some tables": {
        **all_bad(),
        "bad_data": {"null_rate": 0.1, "tables": ["customers", "lines"]},
    },
    "a library with bad data": example("tests/golden/specs/bad_data.toml"),
    "cases": example("tests/golden/plans/cases.toml"),
    **{f"distinct, {name}": FORMS[name] for name in ("weighted", "by case", "skewed")},
}


def renamed_back(
    frames: dict[str, pl.DataFrame], renaming: Renaming
) -> dict[str, pl.DataFrame]:
    """Frames with the old names, in the answer key, too."""
    tables = {new: old for old, new in renaming.tables.items()}
    columns = {new: old for old, new in renaming.columns.items()}
    found = {
        tables.get(name, name): frame.rename(columns, strict=False)
        for name, frame in frames.items()
    }
    if "_bad_data" in found:
        found["_bad_data"] = found["_bad_data"].with_columns(
            pl.col("table_name").cast(pl.String).replace(tables),
            pl.col("column_name").cast(pl.String).replace(columns),
        )
    return found


def frames_in(folder: Path) -> dict[str, pl.DataFrame]:
    return {name: pl.DataFrame(rows) for name, rows in tables_of(folder).items()}


def texts_plain(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Enum).cast(pl.String))


@pytest.mark.parametrize("name", SPECS)
def test_all_cells_stay_as_they_were(name: str) -> None:
    renaming = Renaming(SPECS[name])
    before, after = frames_of(renaming.tree), frames_of(renaming.renamed)
    after = renamed_back(after, renaming)
    assert list(after) == list(before)
    for each, frame in before.items():
        assert texts_plain(after[each]).equals(texts_plain(frame)), each


@pytest.mark.parametrize("name", SPECS)
def test_the_plan_estimates_the_same_numbers_of_rows(name: str) -> None:
    renaming = Renaming(SPECS[name])
    before, after = (compiled(tree).plan for tree in (renaming.tree, renaming.renamed))
    assert before and after
    assert [each.count for each in after.tables] == [
        each.count for each in before.tables
    ]


def test_without_it_the_data_is_other_data() -> None:
    renaming = Renaming(SPECS["a library with bad data"])
    tree = renaming.renamed
    for each in tree["tables"].values():
        del each["renamed_from"]
    before, after = frames_of(renaming.tree), frames_of(tree)
    after = renamed_back(after, renaming)
    assert not after["loans"].equals(before["loans"])


def test_batches_stay_as_they_were(tmp_path: Path) -> None:
    renaming = Renaming(batches.shop())
    for name, tree in {"old": renaming.tree, "new": renaming.renamed}.items():
        for batch in (0, 1):
            batches.run(tree, tmp_path / name, batch)
    old, new = frames_in(tmp_path / "old"), frames_in(tmp_path / "new")
    new = renamed_back(new, renaming)
    assert new.keys() == old.keys()
    for each, frame in old.items():
        assert len(frame) and new[each].equals(frame), each


def test_pandas_makes_the_same() -> None:
    tree = Renaming(all_bad()).renamed
    scripts = module(by_pandas(tree)), module(tree)
    for name in scripts[1].TABLES:
        assert rows_of(scripts[1], name)
        assert_rows_are_the_same(*scripts, name)


def test_a_child_keeps_its_numbers_of_rows_whichever_name_changed() -> None:
    def shop(table_was: dict[str, str], parent_was: dict[str, str]) -> str:
        lines = table(
            {"per": "orders", "mean": 3}, order={"kind": "ref", "table": "orders"}
        )
        tree = spec(orders={**table(50), **parent_was}, lines={**lines, **table_was})
        return compiled(tree).files["generate_data.py"]

    was = {"renamed_from": "carts"}
    assert 'random("orders.lines rows", row)' in shop({}, {})
    assert 'random("carts.lines rows", row)' in shop({}, was)
    was = {"renamed_from": "pieces"}
    assert 'random("orders.pieces rows", row)' in shop(was, {})
