"""Ways to hurt a run of an emitted script: killed at each step, or another run beside it.

By hand, more of them than the tests take:

    python -m tests.support.attacks pairs --count 50
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
import threading
import time
import traceback
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import numpy as np
import polars as pl
from deltalake import DeltaTable

from tests.support import (
    Script,
    compiled,
    inside,
    module,
    run_script,
    start_script,
    tree_of,
)
from tests.support.batches import shop
from tests.support.examples import small

STEPS: tuple[tuple[ModuleType, str], ...] = (
    *((os, name) for name in ("mkdir", "rename", "unlink", "rmdir")),
    (shutil, "copyfile"),
)
"""The functions before whose calls a run may be killed."""

MARK = "_INCOMPLETE"
"""The file that lies in a table's folder while files are copied there."""

FINE, FAILED = 0, 3
"""How a run in a process of its own ends."""

Files = dict[str, bytes]


def in_small_blocks(files: Mapping[str, str], rows: int = 64) -> dict[str, str]:
    """The files of a script whose blocks are small, so that its tables have several."""
    text = files["generate_data.py"]
    edited = text.replace("BLOCK = 1 << 18", f"BLOCK = {rows}")
    assert edited != text
    return {"generate_data.py": edited}


# ------------------------------------------------------------------------ kills


def killed_at_each_step(
    files: Mapping[str, str], options: Sequence[str], folder: Path, copies: bool = False
) -> int:
    """Looks at what a run leaves that is killed at each of its steps; gives how many there are.

    The run has another seed, over what a run has left that went well. It goes on, but the disk
    is copied before each step: that is what a kill leaves. Whatever the step, a table is as it
    was or as it is to be, or is marked as incomplete where files are copied to their place; and
    the next run leaves nothing behind.

    Each run before those is a fork, with a memory of its own. For a process of its own, where
    polars has not started its threads.
    """
    script, marked = module(files), False
    if copies:
        script.create_by_rename = lambda folder: False
        tempfile.tempdir = str(folder)
    was, new, now, steps = (folder / name for name in ("was", "new", "now", "steps"))
    assert forked(script, [*options, "--output", str(was)]) == FINE
    shutil.copytree(was, new)
    other = [*options, "--seed", "7", "--output"]
    assert forked(script, [*other, str(new)]) == FINE
    wanted = parts_of(was), parts_of(new)
    assert wanted[0].keys() and wanted[0] != wanted[1]
    shutil.copytree(was, now)
    steps.mkdir()
    assert forked(script, [*other, str(now)], steps) == FINE
    assert parts_of(now) == wanted[1]
    script.build_block = remembered(script.build_block)
    made = sorted(steps.iterdir(), key=lambda copy: int(copy.name))
    for copy in made:
        step = copy.name
        shutil.rmtree(now)
        copy.rename(now)
        left = parts_of(now)
        for name in wanted[0].keys() | wanted[1].keys():
            states = [state.get(name) for state in wanted]
            found = left.get(name) or backup_of(now, name)
            if copies and MARK in (found or {}):
                marked = True
            else:
                assert found in states, f"step {step}: half of {name}"
        silent(script, [*other, str(now)])
        assert tree_of(now) == tree_of(new), f"step {step}: leftovers"
        assert names_in(now) == names_in(new), f"step {step}: a folder is left"
    assert marked == copies
    return len(made)


def remembered(build: Callable[..., Any]) -> Callable[..., Any]:
    """Makes the rows of each block once: the runs differ in what they find, not in their rows."""
    frames: dict[tuple[str, bytes], Any] = {}

    def frame(table: str, row: np.ndarray) -> Any:
        key = table, row.tobytes()
        if key not in frames:
            frames[key] = build(table, row)
        return frames[key]

    return frame


def forked(script: Script, options: Sequence[str], steps: Path | None = None) -> int:
    """Runs a script in a child of this process; copies its output before each step there."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    end = FAILED
    try:
        for place, name in STEPS if steps else ():
            copied = copying(getattr(place, name), Path(options[-1]), steps or Path())
            setattr(place, name, copied)
        silent(script, options)
        end = FINE
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(end)


def silent(script: Script, options: Sequence[str]) -> None:
    script.RUN = uuid.uuid4().hex[:8]
    with Path(os.devnull).open("w") as nothing, contextlib.ExitStack() as stack:
        # A killed run's lock is stale at once: nobody waits for a sign of life.
        stack.enter_context(mock.patch("time.sleep"))
        stack.enter_context(contextlib.redirect_stdout(nothing))
        stack.enter_context(contextlib.redirect_stderr(nothing))
        inside(script, options)


ONE_STEP = threading.RLock()
"""Held during a step, so that no other thread moves a file that is being copied."""
NUMBERS = itertools.count(1)


def copying(call: Callable[..., Any], output: Path, steps: Path) -> Callable[..., Any]:
    def step(*args: Any, **kwargs: Any) -> Any:
        with ONE_STEP:
            place = steps / str(next(NUMBERS))
            subprocess.run(["cp", "-pR", output, place], check=True)
            return call(*args, **kwargs)

    return step


def parts_of(output: Path) -> dict[str, Files]:
    """The files of each table, or of each of its batches, as readers see them."""
    parts: dict[str, Files] = {}
    for path, data in tree_of(output).items():
        place, _, name = path.rpartition("/")
        if not path.startswith("."):
            parts.setdefault(place, {})[name] = data
    return parts


def names_in(output: Path) -> list[Path]:
    return sorted(path.relative_to(output) for path in output.rglob("*"))


def backup_of(output: Path, name: str) -> Files | None:
    """What a run that was killed has put aside, which the next one brings back."""
    backup = output / f".{name.replace('/', '.')}.backup"
    return tree_of(backup) or None


# ------------------------------------------------------------------------ pairs


def pair(files: Mapping[str, str], folder: Path, apart: float) -> tuple[int, ...]:
    """Two runs of other seeds into one output, so many seconds apart; gives how they ended.

    Each ends well or names the other one, one at least ends well, and all tables are whole
    and of one of the seeds.
    """
    runs = []
    for seed in ("1", "2"):
        options = ("--output", str(folder / "out"), *LONG, "--seed", seed)
        runs.append(start_script(files, folder / seed, *options))
        time.sleep(apart)
    ends = []
    for run in runs:
        _, printed = run.communicate(timeout=300)
        assert run.returncode in (0, 2), printed
        assert (run.returncode == 2) == ("another run writes here" in printed), printed
        ends.append(run.returncode)
    assert 0 in ends
    alone = [rows_alone(files, folder / seed, seed) for seed in ("1", "2")]
    assert alone[0] != alone[1]
    assert rows_in(folder / "out") in alone, "the data of two runs, or a part of one"
    left = [path.name for path in (folder / "out").iterdir()]
    assert sorted(left) == ["sales", "shops"]
    return tuple(ends)


LONG = ("--scale", "1000")
"""Options of runs that go on for some seconds."""


def rows_alone(files: Mapping[str, str], folder: Path, seed: str) -> dict[str, Any]:
    """The data of one run alone."""
    if not (folder / "out").exists():
        run_script(files, folder, *LONG, "--seed", seed)
    return rows_in(folder / "out")


def rows_in(output: Path) -> dict[str, Any]:
    """What readers find of each table: its files, or the rows of its last version."""
    found: dict[str, Any] = {}
    for place in sorted(output.glob("[!.]*")):
        if (place / "_delta_log").exists():
            rows = pl.DataFrame(DeltaTable(place).to_pyarrow_table())
            found[place.name] = (len(rows), rows.hash_rows(0).sum())
        else:
            found[place.name] = tree_of(place)
    return found


def attacked(
    what: str,
    files: Mapping[str, str],
    count: int,
    batch: str,
    copies: bool = False,
) -> str:
    """Makes attacks in a folder of their own; gives what came of them."""
    with tempfile.TemporaryDirectory() as folder:
        if what == "kills":
            options = ["--batch", batch] if batch else []
            steps = killed_at_each_step(
                in_small_blocks(files, 64), options, Path(folder), copies
            )
            return f"killed at {steps} steps"
        ends: Counter[tuple[int, ...]] = Counter()
        for number in range(count):
            shutil.rmtree(Path(folder, "out"), ignore_errors=True)
            apart = number % 20 / 10
            ends[pair(in_small_blocks(files, 1 << 16), Path(folder), apart)] += 1
        return f"pairs by how they ended: {dict(ends)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["pairs", "kills"])
    parser.add_argument("--count", type=int, default=50, help="of pairs")
    parser.add_argument("--engine", default="polars")
    parser.add_argument("--format", default="parquet")
    parser.add_argument("--batch", default="", help="kill runs of this batch")
    parser.add_argument(
        "--copies", action="store_true", help="where none can be renamed"
    )
    options = parser.parse_args()
    output = {"engine": options.engine, "format": options.format}
    tree = shop(**output) if options.batch else {**small(), "output": output}
    files = compiled(tree).files
    how = options.count, options.batch, options.copies
    print(attacked(options.what, files, *how))


if __name__ == "__main__":
    main()


def quick(files: Mapping[str, str]) -> dict[str, str]:
    """A script that renews its lock, and takes a lock for a dead one, twenty times sooner."""
    text = files["generate_data.py"]
    for slow in ("time.sleep(1)", "ended.wait(1)"):
        assert slow in text
        text = text.replace(slow, slow.replace("1", "0.05"))
    return {"generate_data.py": text}
