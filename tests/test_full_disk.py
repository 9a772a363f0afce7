"""A disk that takes no more while a spec is compiled: a clear error, and nothing half written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import spec, table, tree_of
from tests.support.bundles import TEAM
from tests.support.processes import ran

if sys.platform == "win32":
    pytest.skip("Windows has no limits of a process", allow_module_level=True)

MAIN = "from compiler.cli import main; main(prog_name='scaffold')"


def saved(folder: Path, name: str) -> str:
    tree = spec({"name": name}, things=table(20))
    (folder / f"{name}.json").write_text(json.dumps(tree), "utf-8")
    return f"{name}.json"


def command(
    folder: Path, *arguments: str, first: str = "", largest: int = -1
) -> subprocess.CompletedProcess[str]:
    """The command after some code, with no file of more than so many bytes."""
    if largest >= 0:
        # Python would write a part of what it compiles, too.
        first = (
            "import resource, sys; sys.dont_write_bytecode = True\n"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({largest}, {largest}))"
        )
    return ran(["-c", f"{first}\n{MAIN}", *arguments], folder, os.environ)


@pytest.mark.parametrize("largest", [0, 500, 3_000, 8_000])
@pytest.mark.parametrize("built_before", [False, True])
def test_a_full_disk_is_a_clear_error_and_changes_nothing(
    tmp_path: Path, largest: int, built_before: bool
) -> None:
    specs = [saved(tmp_path, "one"), saved(tmp_path, "two")]
    if built_before:
        assert command(tmp_path, *specs).returncode == 0
        tree = spec({"name": "one", "seed": 7}, things=table(30))
        (tmp_path / "one.json").write_text(json.dumps(tree), "utf-8")
    before = tree_of(tmp_path)
    done = command(tmp_path, *specs, largest=largest)
    assert done.returncode == 2, done.stderr
    assert "error[E503]: " in done.stderr
    assert re.search("cannot be written: File too large", done.stderr)
    assert "nothing in `generated/one` was changed" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree_of(tmp_path) == before
    assert command(tmp_path, *specs).returncode == 0


def test_without_a_temporary_folder(tmp_path: Path) -> None:
    """Only cookiecutter needs one, for a team's own template."""
    path = saved(tmp_path, "one")
    first = f"import tempfile; tempfile.tempdir = {str(tmp_path / 'no')!r}"
    done = command(tmp_path, path, "--bundle-template", str(TEAM), first=first)
    assert done.returncode == 2, done.stderr
    assert "error[E503]: " in done.stderr
    assert "TMPDIR" in done.stderr
    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_spec_that_cannot_be_written_does_not_stop_the_other(
    tmp_path: Path, form: str
) -> None:
    """The system refuses the second one's files, which is seen only while writing."""
    specs = [saved(tmp_path, "one"), saved(tmp_path, "two")]
    options = ["--json"] if form == "json" else []
    assert command(tmp_path, *specs).returncode == 0
    for name in ("one", "two"):
        tree = spec({"name": name, "seed": 7}, things=table(30))
        (tmp_path / f"{name}.json").write_text(json.dumps(tree), "utf-8")
    before = tree_of(tmp_path / "generated/two")
    broken = (
        "import os; from pathlib import Path; real = os.replace\n"
        "def replace(old, new):\n"
        "    if 'two' in str(new): raise PermissionError(13, 'Permission denied', str(new))\n"
        "    real(old, new)\n"
        "os.replace = replace"
    )
    done = command(tmp_path, *specs, *options, first=broken)
    assert done.returncode == 2, done.stderr
    assert tree_of(tmp_path / "generated/two") == before
    script = (tmp_path / "generated/one/generate_data.py").read_text("utf-8")
    assert "SEED = 7" in script
    if form == "json":
        report = json.loads(done.stdout)
        assert all("generated/one/" in file["path"] for file in report["files"])
        assert report["files"]
        assert [one["code"] for one in report["diagnostics"]][-1] == "E503"
    else:
        assert "Permission denied" in done.stderr
        assert "nothing in `generated/two` was changed" in done.stderr
        assert "update generated/one/generate_data.py" in done.stderr
        assert "update generated/two" not in done.stderr


def test_of_two_specs_with_a_file_in_the_way_of_the_second(tmp_path: Path) -> None:
    specs = [saved(tmp_path, "one"), saved(tmp_path, "two")]
    (tmp_path / "generated").mkdir()
    (tmp_path / "generated" / "two").write_text("mine\n")
    done = command(tmp_path, *specs)
    assert done.returncode == 3
    assert "generated/two` is a file, and scaffold needs" in done.stderr
    assert (tmp_path / "generated/one/generate_data.py").exists()
    assert (tmp_path / "generated/two").read_text() == "mine\n"
