"""docs/editing.md: its story is what happens, and its examples of pipelines work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.processes import ran

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/editing.md").read_text("utf-8")
OMITTED = "…"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def steps() -> list[tuple[str, str]]:
    """Each command of the story, with what it shows; in that, `…` is for any lines."""
    session = "".join(blocks("console"))
    found = re.split(r"^\$ (.*)\n", session, flags=re.MULTILINE)[1:]
    return list(zip(found[::2], found[1::2], strict=True))


def is_shown(shown: list[str], lines: list[str]) -> bool:
    """Whether a command printed these lines."""
    if not shown:
        return not any(lines)
    if shown[0] == OMITTED:
        return any(is_shown(shown[1:], lines[n:]) for n in range(len(lines) + 1))
    same = bool(lines) and lines[0] == shown[0]
    return same and is_shown(shown[1:], lines[1:])


@pytest.fixture
def environment() -> dict[str, str]:
    """The command `scaffold` of this Python comes first."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "COLUMNS": "120", "NO_COLOR": "1"}


@pytest.mark.skipif(sys.platform == "win32", reason="the story uses a shell")
def test_the_story_is_what_happens(tmp_path: Path, environment: dict[str, str]) -> None:
    shutil.copy(ROOT / "docs/shop.toml", tmp_path)
    assert len(steps()) > 10
    for command, shown in steps():
        done = subprocess.run(
            command,
            shell=True,
            cwd=tmp_path,
            env={**environment, "GITHUB_ACTIONS": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        found = is_shown(shown.splitlines(), done.stdout.splitlines())
        assert found, f"$ {command}\n{done.stdout}"


def test_the_hook_is_of_this_repository() -> None:
    """And its command passes here: everything in generated/ is in step."""
    example, _ = map(yaml.safe_load, blocks("yaml"))
    (used,) = example["repos"][0]["hooks"]
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert used["id"] == hook["id"]
    command = [sys.executable, "-m", "compiler", *hook["entry"].split()[1:]]
    done = subprocess.run([*command, *used["args"]], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("strict", ["true", "false"])
def test_the_action_checks(
    tmp_path: Path, environment: dict[str, str], strict: str
) -> None:
    _, example = map(yaml.safe_load, blocks("yaml"))
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    _, step = example["jobs"]["in-step"]["steps"]
    assert set(step["with"]) <= set(action["inputs"])
    install, check = action["runs"]["steps"]
    assert set(check["env"]) == {"PATHS", "STRICT"}
    assert "SCAFFOLD" in install["env"]
    shutil.copy(ROOT / "docs/shop.toml", tmp_path)
    own = tmp_path / "scaffold/bin"
    own.mkdir(parents=True)
    (own / "scaffold").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m compiler "$@"\n'
    )
    (own / "scaffold").chmod(0o755)
    scaffold = [str(own / "scaffold"), "shop.toml"]
    variables = {**environment, "PYTHONPATH": str(ROOT), "RUNNER_TEMP": str(tmp_path)}
    subprocess.run(
        scaffold, cwd=tmp_path, env=variables, check=True, capture_output=True
    )
    with (tmp_path / "generated/shop/generate_data.py").open("a") as script:
        script.write("# mine\n")
    given = {"PATHS": step["with"]["paths"], "STRICT": strict, "GITHUB_ACTIONS": "true"}
    done = subprocess.run(
        ["bash", "-c", check["run"]],
        cwd=tmp_path,
        env={**variables, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (1 if strict == "true" else 0), done.stderr
    level = "error" if strict == "true" else "warning"
    assert f"::{level} file=generated/shop/generate_data.py" in done.stderr


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
def test_two_branches_that_both_built_are_merged(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """As the page says: settle spec and script, take any side of other files, build."""
    identity = {"GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "e@example.com"}
    identity |= {"GIT_COMMITTER_NAME": "n", "GIT_COMMITTER_EMAIL": "e@example.com"}
    script = tmp_path / "generated/shop/generate_data.py"
    shutil.copy(ROOT / "docs/shop.toml", tmp_path)

    def run(command: str, code: int = 0) -> str:
        program, *arguments = command.split()
        if program == "scaffold":
            plain = {**os.environ, "COLUMNS": "120", "GITHUB_ACTIONS": ""}
            done = ran(["-m", "compiler", *arguments], tmp_path, plain)
        else:
            done = subprocess.run(
                [program, *arguments],
                cwd=tmp_path,
                env={**environment, **identity},
                capture_output=True,
                text=True,
                check=False,
            )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def changed(file: Path, old: str, new: str) -> None:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def built(branch: str, spec: tuple[str, str], edit: tuple[str, str]) -> None:
        run(f"git checkout -q -b {branch} start")
        changed(tmp_path / "shop.toml", *spec)
        changed(script, *edit)
        run("scaffold shop.toml")
        run("git add -A")
        run(f"git commit -q -m {branch}")

    run("git init -q -b start .")
    run("scaffold shop.toml")
    run("git add -A")
    run("git commit -q -m start")
    built("one", ("rows = 5_000", "rows = 6_000"), ("SEED = 42", "SEED = 7"))
    built("two", ("rows = 50_000", "rows = 40_000"), ("FACTOR = 3", "FACTOR = 5"))
    run("git merge one", 1)
    assert "conflicted" in run("scaffold check", 1)
    run("git checkout --ours generated/shop/README.md")
    marked = script.read_text("utf-8")
    ours = re.sub(
        r"<<<<<<< HEAD\n(.*?)=======\n.*?>>>>>>> one\n", r"\1", marked, flags=re.DOTALL
    )
    assert ours != marked
    script.write_text(ours, "utf-8")
    assert "merge generated/shop/generate_data.py" in run("scaffold shop.toml")
    assert "all in step" in run("scaffold check")
    merged = script.read_text("utf-8")
    assert 'ROWS = {"customers": 6_000, "orders": 40_000}' in merged
    assert "SEED = 7" in merged and "SALE_FACTOR = 5" in merged
