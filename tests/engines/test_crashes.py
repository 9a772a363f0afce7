"""What is left when a run dies half way: whole tables, as they were or as they are to be."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support import (
    Script,
    compiled,
    inside,
    read,
    run_script,
    spec,
    start_script,
    table,
    tree_of,
)
from tests.support.attacks import quick
from tests.support.examples import in_blocks


class Died(Exception):
    """Stands for whatever ends a run half way."""


def dying(blocks: int) -> Script:
    """A script that dies when it has written so many blocks."""
    script = in_blocks()
    write, left = script.write_block, iter(range(blocks))

    def write_some(*args: Any) -> None:
        if next(left, None) is None:
            raise Died
        write(*args)

    script.write_block = write_some
    return script


@pytest.mark.parametrize("blocks", [0, 1, 3, 5, 6, 12])
@pytest.mark.parametrize("workers", ["1", "4"])
def test_a_run_that_dies_leaves_whole_tables_only(
    blocks: int, workers: str, tmp_path: Path
) -> None:
    inside(in_blocks(), ["--output", str(tmp_path / "was")])
    inside(in_blocks(), ["--output", str(tmp_path / "new"), "--seed", "7"])
    shutil.copytree(tmp_path / "was", tmp_path / "over")
    for folder in (tmp_path / "over", tmp_path / "fresh"):
        options = ["--output", str(folder), "--seed", "7", "--workers", workers]
        with pytest.raises(Died):
            inside(dying(blocks), options)
        for name in ("shops", "sales"):
            if folder.name == "fresh" and not (folder / name).exists():
                continue
            states = [tree_of(tmp_path / state / name) for state in ("was", "new")]
            assert tree_of(folder / name) in states, "half a table that looks whole"
        inside(in_blocks(), options)
        assert tree_of(folder) == tree_of(tmp_path / "new"), "leftovers"


def test_leftovers_of_an_earlier_crash_do_not_matter(tmp_path: Path) -> None:
    inside(in_blocks(), ["--output", str(tmp_path)])
    whole = tree_of(tmp_path)
    (tmp_path / "shops").rename(tmp_path / ".shops.backup")  # died between two renames
    for part in (".shops.1a2b3c4d.staging", ".sales.9a.staging", ".sales.backup"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "part-99999.parquet").write_bytes(b"half")
    inside(in_blocks(), ["--output", str(tmp_path)])
    assert tree_of(tmp_path) == whole


def test_a_killed_run_leaves_the_earlier_table(tmp_path: Path) -> None:
    things = table(50_000, v={"kind": "gamma", "shape": 2, "scale": 1})
    files = quick(compiled(spec(things=things)).files)
    before = tree_of(run_script(files, tmp_path))
    running = start_script(files, tmp_path, "--output", "out", "--scale", "2000")
    try:
        for _ in range(600):
            if len(list((tmp_path / "out").glob(".things.*.staging/*"))) >= 2:
                break
            assert running.poll() is None, "it ended before it could be killed"
            time.sleep(0.02)
    finally:
        running.kill()
        running.communicate()
    assert list((tmp_path / "out").glob(".things.*.staging"))
    seen = {
        path: data
        for path, data in tree_of(tmp_path / "out").items()
        if not path.startswith(".")
    }
    assert seen == before
    assert len(read(tmp_path / "out", "things")["id"]) == 50_000
    run_script(files, tmp_path)
    assert tree_of(tmp_path / "out") == before
