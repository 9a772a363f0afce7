"""What scripts do inside Databricks: in the kernel of a job or a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support import answer, compiled, tree_of
from tests.support.batches import shop as batches
from tests.support.examples import small
from tests.support.kernels import Kernel, kernel
from tests.support.spark_shop import shop

TABLE = r"│ sales +│ 1,000 +│"
"""A line of the table that a run prints at its end."""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runtime")


@pytest.fixture(scope="module")
def job(here: Path) -> Iterator[Kernel]:
    """A kernel with a script beside it, `generate_data.py`."""
    saved(compiled(small()).files, here)
    with kernel(here) as running:
        yield running


def saved(files: Mapping[str, str], folder: Path) -> None:
    (folder / "generate_data.py").write_text(files["generate_data.py"], "utf-8")


# ------------------------------------------------------------------------ a job's task


def test_a_task_prints_its_closing_table_and_nothing_that_moves(
    job: Kernel, here: Path
) -> None:
    done = job.task("generate_data.py", "--output", "out")
    assert not done.error
    assert re.search(TABLE, done.stdout), done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr.splitlines()[0].startswith("shops: 300 rows in ")
    assert set(done.kinds) <= {"status", "execute_input", "stream"}
    assert len(done.kinds) < 20  # a spinner sends thousands
    assert answer("SELECT count(*) FROM sales", here / "out") == (1_000,)
    checked = job.task("generate_data.py", "--output", "out", "--check")
    assert not checked.error
    assert "duplicate keys" in checked.stdout


def test_what_fails_says_why_as_the_error_of_the_task(job: Kernel, here: Path) -> None:
    """A page of a run shows an error's own words; of an exit, its status alone."""
    (here / "file").write_text("in the way")
    for parameters, reason in (
        (
            ["--output", "file/x"],
            r"Not a directory: 'file/x'; nothing more was written",
        ),
        (["--scale", "-1"], r"--scale is -1.0: 1e-09 to 1e\+09"),
        (["--nope"], r"unrecognized arguments: --nope"),
        (
            ["--output", "empty", "--check"],
            r"2 checks failed: see the table above",
        ),
    ):
        done = job.task("generate_data.py", *parameters)
        assert re.search(f"^RuntimeError: .*{reason}", done.error), done.error


def test_a_builder_that_cannot_go_on_says_why(here: Path, job: Kernel) -> None:
    text = (here / "generate_data.py").read_text("utf-8")
    edited = re.sub(r"(?m)^(START: .*)timedelta\(.*\)", r"\1timedelta(days=5)", text)
    assert edited != text
    (here / "edited.py").write_text(edited, "utf-8")
    done = job.task("edited.py", "--output", "edited")
    assert "RuntimeError: The period 2026-07-05 to 2026-06-30 ends before" in done.error


# ------------------------------------------------------------------------ a notebook


def test_a_cell_that_holds_the_script_runs_it(here: Path, job: Kernel) -> None:
    """The kernel's own options, `-f …json`, are none of the script's."""
    with kernel(here) as notebook:
        done = notebook.cell((here / "generate_data.py").read_text("utf-8"))
        assert not done.error, done.error
        assert re.search(TABLE, done.stdout)
        # And then others call it, each from the same settings.
        first = tree_of(here / "output" / "example")
        for options in (["--scale", "0.5", "--seed", "7"], ["--scale", "0.5"]):
            half = notebook.cell(f"main({options!r})")
            assert not half.error, half.error
            assert re.search(TABLE.replace("1,000", "500"), half.stdout)
        again = notebook.cell("main([])")
        assert not again.error
        assert tree_of(here / "output" / "example") == first


def test_batches_follow_each_other_in_one_notebook(tmp_path: Path) -> None:
    """What a call keeps (numbers of rows, caches) is not left to the next."""
    saved(compiled(batches()).files, tmp_path)
    with kernel(tmp_path) as notebook:
        notebook.cell("import generate_data")
        calls = [["--batch", "1"], ["--batch", "0", "--seed", "3"], ["--batch", "0"]]
        for options in [*calls, ["--check", "--batch", "1"]]:
            done = notebook.cell(
                f"generate_data.main({['--output', 'one', *options]!r})"
            )
            assert not done.error, done.error
    for batch in ("0", "1"):
        with kernel(tmp_path) as each:
            each.task("generate_data.py", "--output", "apart", "--batch", batch)
    assert tree_of(tmp_path / "one") == tree_of(tmp_path / "apart")


# ------------------------------------------------------------------------ Spark


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_a_spark_script_in_a_kernel(tmp_path: Path, sail_address: str) -> None:
    saved(shop("parquet"), tmp_path)
    with kernel(tmp_path, SPARK_REMOTE=sail_address) as job:
        out = str(tmp_path / "out")
        done = job.task("generate_data.py", "--output", out)
        assert not done.error, done.error
        assert re.search(r"│ orders +│ 20,000 +│", done.stdout), done.stdout
        assert "\x1b" not in done.stdout + done.stderr
        assert len(done.kinds) < 30
        failed = job.task(
            "generate_data.py", "--output", str(tmp_path / "none"), "--check"
        )
        assert re.match(r"RuntimeError: \d+ checks failed", failed.error)
        # A notebook imports it, too: workers get its functions, not a module to import.
        job.cell("import generate_data")
        again = job.cell(f"generate_data.main({['--output', out, '--seed', '3']!r})")
        assert not again.error, again.error
