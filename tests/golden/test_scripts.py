"""Scripts of each kind are what is in `scripts/`: of pandas, of Spark, of batches, with faults.

The specs of this repository, whose scripts are in `generated/`, are all of one kind.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from tests.support import compiled
from tests.support.goldens import HINT, ROOT, accepting, difference, files_in

SPECS = sorted(Path(__file__).with_name("specs").glob("*.toml"))
SCRIPTS = Path(__file__).with_name("scripts")
SCRIPT = "generate_data.py"

each_spec = pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)


def script_of(path: Path) -> str:
    """The script of a spec, as the compiler emits it now."""
    name = path.relative_to(ROOT).as_posix()
    return compiled(path.read_text("utf-8"), name).files[SCRIPT]


@each_spec
def test_a_script_is_the_committed_one(path: Path) -> None:
    folder, script = SCRIPTS / path.stem, script_of(path)
    if accepting():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / SCRIPT).write_text(script, "utf-8", newline="\n")
    place = folder.relative_to(ROOT).as_posix()
    if found := difference(files_in(folder), {SCRIPT: script}, place):
        pytest.fail(f"{found}\n{HINT}", pytrace=False)


def test_there_is_a_folder_for_each_spec_and_no_other() -> None:
    names = {path.stem for path in SPECS}
    if accepting():
        for other in {path.name for path in SCRIPTS.iterdir()} - names:
            shutil.rmtree(SCRIPTS / other)
    assert {path.name for path in SCRIPTS.iterdir()} == names, HINT


def test_each_kind_of_script_is_there() -> None:
    """What differs most between scripts: what they import, where they write, what is wrong."""
    given = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in SPECS}
    kinds = {
        name: [spec["output"].get(key) for key in ("engine", "format", "mode")]
        for name, spec in given.items()
    }
    assert kinds == {
        "append": [None, "csv", "append"],
        "bad_data": [None, "json", None],
        "delta": ["spark", "delta", "append"],
        "pandas": ["pandas", None, None],
    }
    assert [name for name, spec in given.items() if "bad_data" in spec] == ["bad_data"]


def test_a_changed_line_is_a_difference() -> None:
    old, new = {SCRIPT: "SEED = 42\nROWS = 1\n"}, {SCRIPT: "SEED = 42\nROWS = 2\n"}
    assert "-ROWS = 1\n+ROWS = 2\n" in difference(old, new, "scripts")
    assert "(absent)" in difference({}, new, "scripts")
    assert difference(new, {**new}, "scripts") == ""
