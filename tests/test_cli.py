"""The command line: what is printed where, what is written, and the exit code."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from compiler.cli import main
from compiler.codes import CODES
from compiler.reading import LARGEST
from tests.support import END, spec, table, tree_of

Save = Callable[..., str]

SIZE = {"kind": "normal", "mean": 40, "sd": 12}
WRONG = {"kind": "normal", "mean": 40, "sd": -1}
FLAT = {"kind": "uniform", "low": 1, "high": 9}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test works in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


@pytest.fixture
def save(here: Path) -> Save:
    """Saves a spec of one table with a column `size`; gives its path."""

    def save(name: str = "shop", column: Any = None, **top: Any) -> str:
        tree = spec({"name": name, **top}, things=table(20, size=column or SIZE))
        path = here / f"{name}.json"
        path.write_text(json.dumps(tree, indent=2), "utf-8")
        return path.name

    return save


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def files(folder: Path) -> list[str]:
    return list(tree_of(folder)) if folder.exists() else []


FILES = [
    ".gitignore",
    "AGENTS.md",
    "README.md",
    "databricks.yml",
    "generate_data.py",
    "job.json",
    "resources/shop.job.yml",
]
WRITTEN = sorted(
    [
        ".scaffold/.gitattributes",
        ".scaffold/lock.json",
        *(f".scaffold/pristine/{file}" for file in FILES),
        *FILES,
    ]
)

# ------------------------------------------------------------------------------- build


def test_a_spec_is_built_below_generated(here: Path, save: Save) -> None:
    done = run(save(), "--yes")
    assert done.exit_code == 0
    assert files(here / "generated" / "shop") == WRITTEN
    assert done.stdout == ""
    assert "things" in done.stderr
    assert f"create {Path('generated/shop/generate_data.py')}" in done.stderr


def test_build_is_the_command_without_its_name(here: Path, save: Save) -> None:
    path = save()
    assert run("build", path, "--out", "a").exit_code == 0
    assert run(path, "--out", "b").exit_code == 0
    assert run("--out", "c", path).exit_code == 0
    assert tree_of(here / "a") == tree_of(here / "b") == tree_of(here / "c")


def test_building_again_changes_nothing(here: Path, save: Save) -> None:
    path = save()
    run(path)
    before = tree_of(here / "generated")
    done = run(path)
    assert done.exit_code == 0
    assert "unchanged" in done.stderr
    assert tree_of(here / "generated") == before


def test_errors_stop_the_build_before_anything_is_written(
    here: Path, save: Save
) -> None:
    done = run(save(column=WRONG))
    assert done.exit_code == 1
    assert "error[E104]" in done.stderr
    assert "--> shop.json:" in done.stderr
    assert "1 error" in done.stderr
    assert done.stdout == ""
    assert not (here / "generated").exists()


def test_of_several_specs_one_that_is_wrong_stops_all(here: Path, save: Save) -> None:
    good, bad, other = save("good"), save("bad", WRONG), save("other")
    done = run(good, bad, other)
    assert done.exit_code == 1
    assert "bad.json" in done.stderr
    assert not (here / "generated").exists()
    assert run(good, other).exit_code == 0
    assert sorted(path.name for path in (here / "generated").iterdir()) == [
        "good",
        "other",
    ]


def test_two_specs_of_one_name_are_refused(here: Path, save: Save) -> None:
    first = save()
    Path("again.json").write_text(Path(first).read_text("utf-8"), "utf-8")
    done = run(first, "again.json")
    assert done.exit_code == 1
    assert "error[E113]" in done.stderr
    assert "again.json" in done.stderr
    assert "shop.json is named `shop` too" in done.stderr
    assert not (here / "generated").exists()


def test_warnings_do_not_stop_a_build_unless_it_is_strict(
    here: Path, save: Save
) -> None:
    path = save(column=FLAT, allow=["W405"])
    strict = run(path, "--strict")
    assert strict.exit_code == 1
    assert "warning[W401]" in strict.stderr
    assert not (here / "generated").exists()
    loose = run(path)
    assert loose.exit_code == 0
    assert "warning[W401]" in loose.stderr
    assert files(here / "generated" / "shop") == WRITTEN


@pytest.mark.parametrize("engine", ["spark", "pandas"])
def test_the_engine_may_be_told_on_the_command_line(
    here: Path, save: Save, engine: str
) -> None:
    assert run(save(), "--engine", engine).exit_code == 0
    script = (here / "generated/shop/generate_data.py").read_text("utf-8")
    assert ("import polars" in script) is (engine != "pandas")
    assert engine in script


def test_the_format_may_be_told_on_the_command_line(here: Path, save: Save) -> None:
    # The spec's compression is of its own format.
    spec = save(output={"format": "delta", "compression": "snappy"})
    assert run(spec, "--format", "csv").exit_code == 0
    script = (here / "generated/shop/generate_data.py").read_text("utf-8")
    assert "write_csv" in script
    assert "write_parquet" not in script


@pytest.mark.parametrize(
    "arguments",
    [["--engine", "dask"], ["--format", "xml"], ["--frobnicate"], ["--out"]],
)
def test_what_is_no_option_is_told_as_usage(save: Save, arguments: list[str]) -> None:
    done = run(save(), *arguments)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1].startswith("Error: ")
    assert arguments[-1] in done.stderr


def test_without_arguments_the_help_is_printed_line_by_line() -> None:
    done, help = run(), run("--help")
    assert (done.exit_code, help.exit_code) == (2, 0)
    assert done.stderr == help.stdout
    assert done.stderr.startswith("Usage: ")
    assert "\n  build " in done.stderr


@pytest.mark.parametrize("command", ["build", "plan"])
def test_a_command_without_a_spec_names_what_is_missing(command: str) -> None:
    done = run(command)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1] == "Error: Missing argument 'SPEC…'."


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [("biuld", "build"), ("Plan", "plan"), ("explian", "explain"), ("help", "--help")],
)
def test_a_mistyped_command_is_no_spec(mistyped: str, meant: str) -> None:
    done = run(mistyped, "x.toml")
    assert done.exit_code == 2
    wanted = f"there is no file {mistyped}; did you mean `scaffold {meant}`?"
    assert done.stderr.splitlines()[-1] == f"Error: {wanted}"


def test_a_file_named_like_a_command_is_a_spec(here: Path, save: Save) -> None:
    Path(save()).rename("biuld")
    Path("plans").mkdir()
    assert "E001" in run("biuld").stderr  # it is read as TOML
    assert "it is a folder" in run("plans").stderr
    for missing in ("plan.toml", "no/plan"):
        assert f"cannot read {missing}: No such file" in run(missing).stderr


# -------------------------------------------------------------------- files to be read


def test_a_spec_that_cannot_be_read_is_told_without_a_traceback(here: Path) -> None:
    (here / "folder.toml").mkdir()
    (here / "image.toml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff\xfe")
    for name in ("missing.toml", "folder.toml", "image.toml", "no/such/place.json"):
        done = run(name)
        assert done.exit_code == 1, name
        assert done.stderr.startswith(f"error[E002]: cannot read {name}: "), name
        assert f"--> {name}" in done.stderr
        assert "Traceback" not in done.output
    assert not (here / "generated").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_never_ends_is_refused_unread(here: Path) -> None:
    os.mkfifo(here / "pipe.toml")
    (here / "link.toml").symlink_to("/dev/zero")
    for name in ("pipe.toml", "link.toml", "/dev/zero", "/dev/null"):
        done = run(name)
        assert done.exit_code == 1, name
        assert "it is a pipe or a device, not a file" in done.stderr


def test_of_a_spec_over_5_mb_no_more_is_read(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = here / "large.toml"
    with large.open("wb") as file:
        file.truncate(10**12)  # a hole: it takes no space
    done = run("large.toml")
    assert done.exit_code == 1
    assert done.stderr.startswith(
        "error[E003]: cannot read large.toml: it has over 5 MB"
    )
    large.write_bytes(b"#" * LARGEST)
    assert "error[E003]" not in run("large.toml").stderr
    large.write_bytes(b"#" * (LARGEST + 1))
    assert "error[E003]" in run("large.toml").stderr


def test_a_spec_of_zero_bytes_is_told_what_it_lacks(here: Path) -> None:
    (here / "empty.toml").write_bytes(b"")
    done = run("empty.toml")
    assert done.exit_code == 1
    assert "error[E102]" in done.stderr


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(
    here: Path, save: Save
) -> None:
    path = Path(save())
    run(path.name, "--out", "unix")
    text = path.read_text("utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert run(path.name, "--out", "windows").exit_code == 0
    assert tree_of(here / "unix") == tree_of(here / "windows")


# --------------------------------------------------------------------- edited, foreign


def test_an_edited_file_is_merged_with_its_new_text(here: Path, save: Save) -> None:
    run(save())
    script = here / "generated/shop/generate_data.py"
    script.write_text(script.read_text("utf-8") + "# mine\n", "utf-8")
    save(column=FLAT)
    done = run("shop.json")
    assert done.exit_code == 0
    assert "merge generated/shop/generate_data.py  +" in done.stderr
    merged = script.read_text("utf-8")
    assert "uniform(" in merged and merged.endswith("# mine\n")
    assert "keep your edits generated/shop/generate_data.py" in run("shop.json").stderr


def test_an_edited_file_that_cannot_be_merged_is_refused_and_the_way_out_is_told(
    here: Path, save: Save
) -> None:
    run(save())
    script = here / "generated/shop/generate_data.py"
    edited = script.read_text("utf-8").replace("(random(", "(  # mine\n    random(")
    assert "# mine" in edited
    script.write_text(edited, "utf-8")
    save(column=FLAT)
    before = tree_of(here / "generated")
    done = run("shop.json")
    assert done.exit_code == 3
    assert "error[E501]" in done.stderr
    assert "generated/shop/generate_data.py" in done.stderr
    assert "--conflict=markers" in done.stderr
    assert tree_of(here / "generated") == before
    assert run("shop.json", "--out", "fresh").exit_code == 0
    assert "uniform(" in (here / "fresh/shop/generate_data.py").read_text("utf-8")
    assert tree_of(here / "generated") == before
    forced = run("shop.json", "--force")
    assert forced.exit_code == 0
    assert "# mine" not in script.read_text("utf-8")
    assert "uniform(" in script.read_text("utf-8")


def test_a_foreign_file_is_refused(here: Path, save: Save) -> None:
    script = here / "generated/shop/generate_data.py"
    script.parent.mkdir(parents=True)
    script.write_text("print('mine')\n", "utf-8")
    done = run(save())
    assert done.exit_code == 3
    assert "error[E502]" in done.stderr
    assert script.read_text("utf-8") == "print('mine')\n"


def test_one_refused_spec_does_not_stop_the_others(here: Path, save: Save) -> None:
    script = here / "generated/shop/generate_data.py"
    script.parent.mkdir(parents=True)
    script.write_text("print('mine')\n", "utf-8")
    done = run(save("good"), save("shop"))
    assert done.exit_code == 3
    assert "create generated/good/generate_data.py" in done.stderr
    assert "generated/shop/README.md" not in done.stderr
    assert os.listdir(script.parent) == ["generate_data.py"]


# ------------------------------------------------------------------- plan and explain


def test_plan_prints_on_stdout_and_writes_nothing(here: Path, save: Save) -> None:
    done = run("plan", save(column=FLAT, allow=["W405"]))
    assert done.exit_code == 0
    assert "things" in done.stdout
    assert "What a test is about." in done.stdout
    assert "warning[W401]" in done.stderr
    assert "W401" not in done.stdout
    assert os.listdir(here) == ["shop.json"]
    assert run("plan", "shop.json", "--strict").exit_code == 1


def test_explain_tells_what_a_code_means() -> None:
    for code in ("E101", "e101", "W401", "E501"):
        done = run("explain", code)
        assert done.exit_code == 0
        assert done.stdout.startswith(f"{code.upper()}: {CODES[code.upper()].title}")
        assert done.stderr == ""


def test_explain_without_a_code_lists_all() -> None:
    lines = run("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(CODES)
    assert all(CODES[line.split()[0]].title in line for line in lines)


def test_explain_of_an_unknown_code_names_the_nearest() -> None:
    done = run("explain", "E1011")
    assert done.exit_code == 2
    assert "there is no code E1011" in done.stderr
    assert re.search(r"did you mean `E1\d\d`\?", done.stderr)
    assert done.stdout == ""


def test_the_window_is_part_of_the_plan_as_data(save: Save) -> None:
    (plan,) = json.loads(run("plan", save(), "--json").stdout)["plans"]
    assert plan["window"].endswith(END)
