"""Hidden tables: others read them as if they were written, and they are not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from compiler.show.data import as_data
from tests.support import (
    Tree,
    compiled,
    module,
    read,
    run_script,
    spec,
    start_script,
    table,
    whole,
)
from tests.support.alike import (
    assert_rows_are_the_same,
    assert_written_alike,
    by_pandas,
)
from tests.support.checking import told, written, wrong
from tests.support.parity import files_of
from tests.support.plans import planned

RATES = {"null_rate": 0.1, "orphan_ref_rate": 0.1, "duplicate_key_rate": 0.1}


def trips(*hidden: str, **top: Tree) -> Tree:
    """Hidden are a table of data, one of rows, one that is `per` another, and one not in use."""
    tree = spec(
        top,
        cities={
            "data": [{"code": "A", "fee": 2.5}, {"code": "B", "fee": 0.5}],
            "columns": {"mayor": {"kind": "faker", "provider": "name"}},
        },
        people=table(
            60,
            id={"kind": "key", "format": "P{}"},
            name={"kind": "faker", "provider": "name"},
            home={"kind": "ref", "table": "cities"},
        ),
        trips=table(
            {"per": "people", "mean": 3},
            trip_id={"kind": "key"},
            person={"kind": "ref", "table": "people"},
            at={"kind": "timestamp"},
            km={"kind": "running", "change": "step", "start": 5, "order": "at"},
            step={"kind": "poisson", "lam": 3},
        ),
        receipts=table(
            {"per": "trips", "where": "km > 12 and person.home.fee > 1"},
            id={"kind": "key"},
            trip={"kind": "ref", "table": "trips"},
            who={"kind": "lookup", "path": "trip.person"},
            name={"kind": "lookup", "path": "trip.person.name"},
            cost={"kind": "expr", "expr": "trip.km * trip.person.home.fee"},
            paid_at={
                "kind": "offset",
                "of": "trip.at",
                "distribution": "exponential",
                "scale": "2h",
            },
        ),
        notes=table(
            90,
            person={"kind": "ref", "table": "people"},
            trip={"kind": "ref", "table": "trips"},
            left={"kind": "lookup", "path": "trip.at", "null_rate": 0.2},
        ),
        spare=table(9, n={"kind": "poisson", "lam": 3}),
    )
    for name in hidden:
        tree["tables"][name]["hidden"] = True
    return tree


HIDDEN = ("cities", "people", "trips", "spare")
SETS = [HIDDEN, ("people",), ("trips", "spare"), ("cities", "notes")]


@pytest.mark.parametrize("hidden", SETS, ids="-".join)
def test_the_other_tables_are_as_they_were(hidden: tuple[str, ...]) -> None:
    before, after = module(trips()), module(trips(*hidden))
    assert {*after.TABLES} == {*before.TABLES} - {*hidden}
    for name in after.TABLES:
        assert whole(after, name).equals(whole(before, name))
        assert len(whole(after, name))


@pytest.mark.parametrize("top", [{}, {"bad_data": RATES}], ids=["clean", "bad"])
@pytest.mark.parametrize("hidden", SETS, ids="-".join)
def test_pandas_makes_the_same_rows(hidden: tuple[str, ...], top: Tree) -> None:
    tree = trips(*hidden, **top)
    polars, pandas = module(tree), module(by_pandas(tree))
    for name in polars.TABLES:
        assert_rows_are_the_same(pandas, polars, name)


def test_batches_are_the_same_by_pandas(tmp_path: Path) -> None:
    tree = trips(*HIDDEN, output={"mode": "append"}, bad_data=RATES)
    tree["tables"]["people"]["batch_rows"] = 7
    assert_written_alike(tree, tmp_path, "--batch", "2")


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_a_run_writes_what_is_not_hidden_and_checks_what_it_can(
    engine: str, tmp_path: Path
) -> None:
    script = module(trips(*HIDDEN, output={"engine": engine}, bad_data=RATES))
    written(script, tmp_path, "--scale", "3")
    found = {path.name for path in tmp_path.iterdir()}
    assert found == {"receipts", "notes", "_bad_data"}
    assert not wrong(script, tmp_path, "--scale", "3")
    _, text = told(script, tmp_path, "--scale", "3")
    for line in (
        "notes: person in people: not checked, people is hidden",
        "notes: left as trip.at: not checked, trips is hidden",
        "receipts: paid_at after trip.at: not checked, trips is hidden",
        "receipts: receipts of each row of trips: not checked, trips is hidden",
    ):
        assert line in text.splitlines()


def test_bad_data_is_in_what_is_written_alone(tmp_path: Path) -> None:
    script = module(trips(*HIDDEN, bad_data=RATES))
    written(script, tmp_path)
    faults = read(tmp_path, "_bad_data")
    assert {*faults["table_name"]} == {"receipts", "notes"}
    assert "orphan_ref" in faults["fault"]


def test_it_cannot_be_asked_for(tmp_path: Path) -> None:
    files = compiled(trips("people")).files
    run = start_script(files, tmp_path, "--only", "people")
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 2
    assert "argument --only: invalid choice: 'people'" in errors


def test_the_plan_has_it_as_hidden_and_the_bundle_does_not_have_it() -> None:
    result = compiled(trips("people", output={"engine": "spark", "format": "delta"}))
    readme, script = (result.files[name] for name in ("README.md", "generate_data.py"))
    assert "### people" not in readme
    assert '"people" {' not in readme
    assert "### notes" in readme
    assert '"people": "Synthetic' not in script
    assert "Refers to people.id, which is not written." in script
    assert planned(trips("people")).table("people").hidden


def test_the_plan_as_data_has_it_as_hidden() -> None:
    data = as_data(planned(trips("people")))
    hidden = [each["name"] for each in data["tables"] if each["hidden"]]
    assert hidden == ["people"]
    assert "people" not in data["cost"]["tables"]


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_spark_writes_the_same_rows(
    format: str, tmp_path: Path, sail_address: str
) -> None:
    tree = trips(*HIDDEN, output={"engine": "spark", "format": format}, bad_data=RATES)
    remote = {"SPARK_REMOTE": sail_address}
    files = compiled(tree).files
    out = run_script(files, tmp_path / "spark", **remote)
    run_script(files, tmp_path / "spark", "--check", **remote)
    polars = module({**tree, "output": {}})
    assert {path.name for path in out.iterdir() if path.is_dir()} == {*polars.TABLES}
    for name in ("receipts", "notes"):
        place = str(out / name)
        parts = files_of(out / name, "parquet")
        found = pl.read_delta(place) if format == "delta" else pl.read_parquet(parts)
        moments = pl.col(pl.Datetime).dt.cast_time_unit("us")
        zoned = moments.dt.replace_time_zone("UTC")
        wanted = whole(polars, name)
        assert found.with_columns(zoned).sort("id").equals(wanted.sort("id"))
