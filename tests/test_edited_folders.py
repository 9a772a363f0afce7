"""`check`, `diff` and `adopt` wherever folders, specs and records are, and whatever is in them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from compiler.cli import main

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = "generated/shop/generate_data.py"
LOCK = "generated/shop/.scaffold/lock.json"
HOOK = "import os, pathlib\npathlib.Path(os.environ['HOOK_RAN']).write_text('x')\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec, to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    shutil.copy(ROOT / "tests/cases/regen/shop.toml", tmp_path)
    return tmp_path


def run(command: str, code: int = 0) -> Result:
    done = CliRunner().invoke(main, shlex.split(command), catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


def changed(file: str | Path, old: str, new: str) -> None:
    text = Path(file).read_text("utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), "utf-8")


def edit(script: str = SCRIPT) -> None:
    changed(script, "SEED = 42", "SEED = 43")


def commands_in(result: Result) -> list[str]:
    """The `scaffold` commands that are advised."""
    quoted = re.findall(r"`scaffold ([^`]*)`", result.output)
    ends = re.findall(
        r": scaffold (.*)$| {2}scaffold (.*)$", result.output, re.MULTILINE
    )
    return quoted + [one or other for one, other in ends]


def test_every_working_directory_and_every_path_finds_the_same(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("shop.toml")
    (here / "link").symlink_to("generated/shop", target_is_directory=True)
    for argument in (
        "",
        "generated",
        "generated/shop",
        "shop.toml",
        str(here / SCRIPT),
        "link",
    ):
        assert "all in step" in run(f"check {argument}").stderr, argument
    changed("shop.toml", "rows = 100", "rows = 200")
    monkeypatch.chdir(here / "generated/shop")
    (command,) = commands_in(run("check .", 1))
    assert command == "../../shop.toml --out .."
    run(command)
    assert "all in step" in run("check .").stderr
    monkeypatch.chdir(here)
    assert "all in step" in run("check").stderr


def test_advised_commands_have_the_options_and_the_quotes_that_they_need() -> None:
    Path("shop.toml").rename("my shop.toml")
    run("'my shop.toml' --engine pandas --out 'my out'")
    script = "my out/shop/generate_data.py"
    changed(script, '"free": 3', '"free": 4')
    changed("my shop.toml", "free = 3", "free = 5")
    refused = run("'my shop.toml' --engine pandas --out 'my out'", 3)
    command, *_ = commands_in(refused)
    assert "import pandas" in Path(script).read_text("utf-8")
    run(command, 3)
    text = Path(script).read_text("utf-8")
    assert "<<<<<<< yours" in text and "import pandas" in text
    Path("my out/shop/.scaffold/lock.json").write_text("{")
    (command,) = commands_in(run("check 'my out'", 1))
    assert command.endswith("--spec SPEC")  # nothing tells what it was
    (command,) = commands_in(run("'my shop.toml' --engine pandas --out 'my out'", 3))
    assert command == "adopt 'my out/shop' --spec 'my shop.toml' --engine pandas"


def test_a_record_with_options_that_it_was_not_built_with_is_stale() -> None:
    run("shop.toml")
    lock = json.loads(Path(LOCK).read_text("utf-8")) | {"options": {"engine": "pandas"}}
    Path(LOCK).write_text(json.dumps(lock), "utf-8")
    assert "stale" in run("check", 1).stdout


def test_a_build_with_other_options_than_the_last_says_so() -> None:
    run("shop.toml --engine pandas")
    assert "note:" not in run("shop.toml --engine pandas").stderr
    shown = run("shop.toml").stderr
    assert (
        "the last build of generated/shop had --engine pandas; this one has no options"
        in shown
    )
    assert "note:" not in run("shop.toml").stderr


def test_a_spec_that_was_moved_is_found_and_no_edit_is_lost() -> None:
    run("shop.toml")
    edit()
    Path("shop.toml").rename("store.toml")
    found, *_ = commands_in(run("check", 1))
    assert found == "store.toml"
    run(found)
    assert "SEED = 43" in Path(SCRIPT).read_text("utf-8")
    Path("store.toml").unlink()
    assert "rm" not in run("check", 1).output.split()


def test_a_spec_with_another_name_makes_another_folder() -> None:
    run("shop.toml")
    edit()
    changed("shop.toml", 'name = "shop"', 'name = "store"')
    shown = run("check", 1).stdout
    assert "orphaned" in shown
    assert "mv generated/shop generated/store, then scaffold shop.toml" in shown
    Path("generated/shop").rename("generated/store")
    run("shop.toml")
    assert "SEED = 43" in Path("generated/store/generate_data.py").read_text("utf-8")
    assert "all in step" in run("check").stderr


@pytest.mark.parametrize("command", ["check", "diff", "adopt generated/shop"])
@pytest.mark.parametrize(
    "options", [{"engine": "nope"}, {"format": "x"}, {"engine": 3}, []]
)
def test_a_record_with_wrong_options_is_no_crash(command: str, options: object) -> None:
    run("shop.toml")
    lock = json.loads(Path(LOCK).read_text("utf-8")) | {"options": options}
    Path(LOCK).write_text(json.dumps(lock), "utf-8")
    changed("shop.toml", "rows = 100", "rows = 200")
    done = CliRunner().invoke(main, command.split(), catch_exceptions=False)
    assert done.exit_code in (1, 2)
    assert "adopt" in done.output


def test_the_code_of_a_bundle_template_that_a_record_names_is_not_run(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_RAN", str(here / "hook-ran"))
    shutil.copytree(ROOT / "templates/bundle", here / "team")
    (here / "team/hooks").mkdir(exist_ok=True)
    run("shop.toml --bundle-template team")
    assert "all in step" in run("check").stderr
    (here / "team/hooks/post_gen_project.py").write_text(HOOK)
    assert "runs code" in run("check", 1).output
    assert "runs code" in run("diff", 1).output
    assert "runs code" in run("adopt generated/shop", 2).output
    assert not (here / "hook-ran").exists()
    run("adopt generated/shop --bundle-template team")
    assert (here / "hook-ran").exists()
    assert "all in step" in run("check").stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="this user may read anything")
def test_what_cannot_be_read_is_no_crash() -> None:
    run("shop.toml")
    Path(SCRIPT).chmod(0)
    assert "Permission denied" in run("check", 1).output
    assert "Permission denied" in run("diff", 1).output


@pytest.mark.parametrize(
    "place", [".scaffold", ".scaffold/pristine", ".scaffold/lock.json"]
)
def test_what_is_in_the_way_of_the_record_is_reported(here: Path, place: str) -> None:
    run("shop.toml")
    target = here / "generated/shop" / place
    was_file = target.is_file()
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    target.mkdir() if was_file else target.write_text("x")
    shown = run("adopt generated/shop --spec shop.toml", 3).output
    assert "move it away" in shown
    assert f"`generated/shop/{place}`" in shown


@pytest.mark.parametrize(
    "text", ["X = " + "1 + " * 5_000 + "1\n", "X = " + "-" * 20_000 + "1\n"]
)
def test_code_that_is_too_deep_is_no_crash(text: str) -> None:
    run("shop.toml")
    with Path(SCRIPT).open("a") as script:
        script.write(text)
    changed("shop.toml", "rows = 100", "rows = 200")
    for command in ("check", "diff", "adopt generated/shop", "shop.toml"):
        done = CliRunner().invoke(main, command.split(), catch_exceptions=False)
        assert done.exit_code in (0, 1, 3), done.output


def test_a_folder_where_files_are_missing_is_not_in_step_once_adopted() -> None:
    run("shop.toml")
    shutil.rmtree("generated/shop/.scaffold")
    Path("generated/shop/README.md").unlink()
    run("adopt generated/shop --spec shop.toml")
    (command,) = commands_in(run("check", 1))
    run(command)
    assert Path("generated/shop/README.md").exists()
    assert "all in step" in run("check").stderr


def test_adopt_of_a_folder_with_several_adopts_each(here: Path) -> None:
    run("shop.toml")
    (here / "store.toml").write_text(
        (here / "shop.toml").read_text().replace('"shop"', '"store"')
    )
    run("store.toml")
    edit()
    run("adopt generated")
    assert not (here / "generated/.scaffold").exists()
    assert "2 folders checked: all in step" in run("check").stderr
    run("adopt generated/shop --spec store.toml", 2)


@pytest.mark.parametrize("mark", ["<<<<<<< x", ">>>>>>> x", "======="])
def test_one_line_like_a_marker_is_no_conflict(mark: str) -> None:
    run("shop.toml")
    with Path("generated/shop/README.md").open("a") as page:
        page.write(f"\n{mark}\n")
    changed("shop.toml", "rows = 100", "rows = 200")
    assert "merge generated/shop/README.md" in run("shop.toml").stderr


def test_run_of_a_deleted_script_is_a_message() -> None:
    run("shop.toml")
    Path(SCRIPT).unlink()
    assert "--restore" in run("shop.toml --run", 2).output


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_end_and_the_mark_of_a_file_stay(mark: str, end: str) -> None:
    run("shop.toml")
    edit()
    text = Path(SCRIPT).read_text("utf-8").rstrip("\n")
    Path(SCRIPT).write_text(f"{mark}{text}\n# mine{end}", "utf-8")
    changed("shop.toml", "rows = 100", "rows = 200")
    run("shop.toml")
    merged = Path(SCRIPT).read_text("utf-8")
    assert merged.startswith(f"{mark}# /// script")
    assert merged.endswith(f"\n# mine{end}")
    assert '"orders": 200' in merged and "SEED = 43" in merged
    assert "all in step" in run("check").stderr
    run("adopt generated/shop")
