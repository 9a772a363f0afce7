"""Ways to hurt a run of an emitted script: killed at each step, or another run beside it.

By hand, more of them than the tests take:

    python -m tests.support.attacks pairs --count 50
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import tempfile
import time
import traceback
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

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
"""The functions before whose calls a run is killed."""

MARK = "_INCOMPLETE"
"""The file that lies in a table's folder while files are copied there."""

FINE, FAILED, KILLED = 0, 3, 9
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
    """Kills a run at each of its steps, and looks at what is left; gives how many there are.

    Each kill is of a run with another seed, over what a run has left that went well. Whatever
    the step, a table is as it was or as it is to be, or is marked as incomplete where files are
    copied to their place; and the next run leaves nothing behind.

    Forks, so that nothing is imported twice: for a process of its own, before polars has
    started its threads.
    """
    script, marked = module(files), False
    if copies:
        script.create_by_rename = lambda folder: False
        tempfile.tempdir = str(folder)
    was, new, now = (folder / name for name in ("was", "new", "now"))
    assert forked(script, [*options, "--output", str(was)]) == FINE
    shutil.copytree(was, new)
    other = [*options, "--seed", "7", "--output"]
    assert forked(script, [*other, str(new)]) == FINE
    wanted = parts_of(was), parts_of(new)
    assert wanted[0].keys() and wanted[0] != wanted[1]
    for step in range(1, 1_000):
        shutil.rmtree(now, ignore_errors=True)
        shutil.copytree(was, now)
        end = forked(script, [*other, str(now)], kill_at=step)
        left = parts_of(now)
        for name in wanted[0].keys() | wanted[1].keys():
            states = [state.get(name) for state in wanted]
            found = left.get(name) or backup_of(now, name)
            if copies and MARK in (found or {}):
                marked = True
            else:
                assert found in states, f"step {step}: half of {name}"
        if end == FINE:
            assert marked == copies
            return step - 1
        assert end == KILLED, f"step {step}: it failed"
        assert forked(script, [*other, str(now)]) == FINE
        assert tree_of(now) == tree_of(new), f"step {step}: leftovers"
        assert names_in(now) == names_in(new), f"step {step}: a folder is left"
    raise AssertionError("it does not end")


def forked(script: Script, options: Sequence[str], kill_at: int = 0) -> int:
    """Runs a script in a child of this process, killed before its step of this number."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    end = FAILED
    try:
        script.RUN = uuid.uuid4().hex[:8]
        # A killed run's lock is stale at once: nobody waits for a sign of life.
        time.sleep = lambda seconds: None
        steps = iter(range(1, kill_at))
        for place, name in STEPS if kill_at else ():
            setattr(place, name, killing(getattr(place, name), steps))
        with Path(os.devnull).open("w") as silent, contextlib.ExitStack() as stack:
            stack.enter_context(contextlib.redirect_stdout(silent))
            stack.enter_context(contextlib.redirect_stderr(silent))
            inside(script, options)
        end = FINE
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(end)


def killing(call: Callable[..., Any], steps: Any) -> Callable[..., Any]:
    def step(*args: Any, **kwargs: Any) -> Any:
        if next(steps, None) is None:
            os._exit(KILLED)
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


LONG = ("--scale", "3000")
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
