"""Append mode: each batch is made alone, whenever and by whatever name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.support import (
    inside,
    module,
    read,
    tree_of,
    whole,
)
from tests.support.batches import GROWING, load, run, shop


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("shop"))


def batch_of(folder: Path, batch: int) -> dict[str, bytes]:
    files = tree_of(folder)
    return {name: files[name] for name in files if f"/batch={batch}/" in name}


def test_a_batch_is_the_same_whenever_it_is_made(loaded: Path, tmp_path: Path) -> None:
    for batch in (3, 5, 3, 0):
        run(shop(), tmp_path, batch)
    for batch in (0, 3, 5):
        assert batch_of(tmp_path, batch) == batch_of(loaded, batch)
    before = tree_of(loaded)
    run(shop(), loaded, 3)
    assert tree_of(loaded) == before


def test_the_first_load_is_what_overwriting_gives(loaded: Path) -> None:
    tree = shop()
    del tree["output"]
    script = module(tree)
    for name in script.TABLES:
        found = pl.read_parquet(loaded / name / "batch=0" / "*.parquet")
        built = whole(script, name).with_columns(pl.col(pl.Enum).cast(pl.String))
        assert found.drop("batch", strict=False).equals(built), name


@pytest.mark.parametrize("workers", ["1", "4"])
def test_blocks_and_workers_do_not_matter(
    workers: str, loaded: Path, tmp_path: Path
) -> None:
    for batch in (0, 4):
        script = module(shop())
        script.BLOCK = 100
        options = ["--output", str(tmp_path), "--batch", str(batch)]
        inside(script, [*options, "--workers", workers])
        for name in GROWING:
            place = Path(name) / f"batch={batch}" / "*.parquet"
            found = pl.read_parquet(tmp_path / place)
            assert found.equals(pl.read_parquet(loaded / place)), name
    assert len(list((tmp_path / "orders" / "batch=0").iterdir())) == 36


def test_each_row_can_be_built_alone() -> None:
    script = module(shop())
    script.BATCH = 5
    for name in GROWING:
        build, root, *_ = script.TABLES[name]
        rows = np.concatenate([np.arange(9), np.array(script.new_rows(root))])
        alone = pl.concat(build(np.array([row])) for row in rows)
        assert alone.equals(build(rows)), name


def test_a_day_names_its_batch(tmp_path: Path, capsys: Any) -> None:
    tree = shop()
    for day, batch in (("2026-06-30", 1), ("2026-07-14", 15), ("2026-06-29", 0)):
        inside(module(tree), ["--output", str(tmp_path / day), "--day", day])
        assert [part.name for part in (tmp_path / day / "orders").iterdir()] == [
            f"batch={batch}"
        ]
    found = read(tmp_path / "2026-07-14", "orders")["placed"].astype("datetime64[D]")
    assert set(found) == {np.datetime64("2026-07-14")}
    for wrong in (
        ["--batch", "1", "--day", "2026-07-01"],
        ["--batch", "-1"],
        ["--batch", "99999999999"],
        ["--batch", "x"],
        ["--day", "tomorrow"],
        ["--day", "2300-01-01"],
        ["--as-of", "2026-07-01"],
    ):
        with pytest.raises(SystemExit) as left:
            inside(module(tree), ["--output", str(tmp_path / "out"), *wrong])
        assert left.value.code == 2, wrong
        assert "usage:" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_week_s_batch_holds_its_days(tmp_path: Path) -> None:
    tree = shop(batch="7d")
    inside(module(tree), ["--output", str(tmp_path), "--day", "2026-07-08"])
    found = read(tmp_path, "orders")["placed"].astype("datetime64[D]")
    assert found.min() == np.datetime64("2026-07-07")
    assert found.max() == np.datetime64("2026-07-13")
    assert 100 < len(found) < 180


def test_batches_of_hours_follow_the_hours(tmp_path: Path) -> None:
    tree = shop(batch="6h")
    for batch in range(1, 5):
        run(tree, tmp_path, batch)
    with pytest.raises(SystemExit):
        inside(module(tree), ["--output", str(tmp_path), "--day", "2026-07-08"])
    found = read(tmp_path, "orders")
    quarter = (found["placed"].astype("datetime64[s]").astype(int) % 86_400) // 21_600
    assert (quarter + 1 == found["batch"]).all()
    counts = np.bincount(found["batch"], minlength=5)[1:]
    assert counts[3] > counts[1] > counts[0], "evenings are busy, nights are not"


def test_scale_multiplies_what_a_batch_adds(tmp_path: Path) -> None:
    for scale, rows, more in (("10", 3_000, 400), ("0.001", 1, 1)):
        for batch in (0, 1):
            run(shop(), tmp_path / scale, batch, "--scale", scale)
        counts = np.bincount(read(tmp_path / scale, "customers")["batch"])
        assert counts.tolist() == [rows, more]
