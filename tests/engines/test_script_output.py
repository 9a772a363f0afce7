"""What a script prints: text is text, in any encoding, and nobody needs to read it all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import Tree, compiled, spec, start_script, table
from tests.support.hostile import everywhere

OUTPUTS: list[Tree] = [
    {"engine": "polars"},
    {"engine": "pandas", "format": "csv"},
    {"engine": "polars", "format": "json", "mode": "append"},
]
ENCODINGS = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]
PLACE = "o[/x]/[red]→é:smile:"
"""A folder whose name is markup to rich, and in no small encoding."""


def shop(output: Tree, place: str = PLACE) -> dict[str, str]:
    tree = everywhere("[/nope] →", output={**output, "path": place})
    return dict(compiled(tree).files)


def run(
    folder: Path, *options: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "generate_data.py", *options],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", **environment},
        capture_output=True,
        check=False,
    )


def saved(files: dict[str, str], folder: Path) -> Path:
    (folder / "generate_data.py").write_text(files["generate_data.py"], "utf-8")
    return folder


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_path_is_no_markup(output: Tree, tmp_path: Path) -> None:
    done = run(saved(shop(output), tmp_path))
    assert done.returncode == 0, done.stderr
    assert f"{PLACE}/things" in done.stdout.decode()
    assert (tmp_path / PLACE / "things").is_dir()


@pytest.mark.parametrize("environment", ENCODINGS)
def test_any_encoding_will_do(environment: dict[str, str], tmp_path: Path) -> None:
    """A table's report, an error, and what `--check` finds."""
    folder = saved(shop({}, "out→é"), tmp_path)
    # The names of files are another matter: a locale of C has none but ASCII ones.
    place = ("--output", "out") if "LC_ALL" in environment else ()
    done = run(folder, *place, **environment)
    assert done.returncode == 0, done.stderr
    assert b"things" in done.stdout
    assert all(b" rows in " in line for line in done.stderr.splitlines())
    assert run(folder, *place, "--check", **environment).returncode == 0
    if not place:
        assert b"out\\u2192" in done.stdout
        (folder / "file→é").write_text("")
        failed = run(folder, "--output", "file→é/x", **environment)
        assert failed.returncode == 2
        assert b"error: " in failed.stderr
        assert b"file\\u2192" in failed.stderr
        assert b"Traceback" not in failed.stderr


@pytest.mark.parametrize("output", OUTPUTS)
def test_nobody_needs_to_read_it_all(output: Tree, tmp_path: Path) -> None:
    """A closed stdout is no error, and hides none."""
    folder = saved(shop(output, "out"), tmp_path)
    (first, lines), second = closed(folder)
    assert (first, second) == (0, (0, None))
    assert all(b" rows in " in line for line in (lines or b"-").splitlines())
    assert closed(folder, "--check") == [(0, b""), (0, None)]
    for file in (folder / "out" / "visits").rglob("part-*"):
        file.unlink()
    assert closed(folder, "--check") == [(1, b""), (1, None)]


def closed(folder: Path, *options: str) -> list[tuple[int, bytes | None]]:
    """The exit codes and messages of runs whose stdout is closed; once stderr, too."""
    found: list[tuple[int, bytes | None]] = []
    for stderr in (subprocess.PIPE, subprocess.STDOUT):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [sys.executable, "generate_data.py", *options],
            cwd=folder,
            stdout=writer,
            stderr=stderr,
            check=False,
        )
        os.close(writer)
        found.append((done.returncode, done.stderr))
    return found


def test_notes_are_no_markup_and_not_wrapped(tmp_path: Path) -> None:
    """A column that is not described has the name that it has in the file."""
    output = {"engine": "pandas", "format": "csv"}
    files = compiled(spec({"output": output}, things=table(20))).files
    start_script(files, tmp_path, "--output", "out").communicate()
    (file,) = (tmp_path / "out" / "things").glob("part-*")
    name = "[/nope] [red]" + "x" * 200
    lines = file.read_text("utf-8").splitlines()
    text = "\n".join([f"{lines[0]},{name}", *(f"{line},1" for line in lines[1:])])
    file.write_text(text + "\n", "utf-8")
    done = start_script(files, tmp_path, "--output", "out", "--check")
    printed, error = done.communicate()
    assert (done.returncode, error) == (0, "")
    assert f"things: extra column {name}: not described here\n" in printed
