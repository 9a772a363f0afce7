"""What the command prints: text of a spec is text, whoever reads it and in whatever encoding."""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from compiler.cli import main
from compiler.escape.terminal import MISLEADING, as_terminal, without_commands
from tests.support import Tree, spec, table
from tests.support.hostile import TEXTS, everywhere

PYTHON = [sys.executable, "-m", "compiler.cli"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    return tmp_path


def saved(tree: Tree) -> str:
    Path("shop.json").write_text(json.dumps(tree, indent=1), "utf-8")
    return "shop.json"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def is_harmless(text: str) -> bool:
    """Whether it is lines of characters that are seen, none of which turns others round."""
    return all(
        char == "\n" or (as_terminal(char) == char and char not in MISLEADING)
        for char in text
    )


# ---------------------------------------------------------------------------- hostile text


@pytest.mark.parametrize("text", TEXTS)
def test_a_plan_shows_any_text_as_it_is(text: str) -> None:
    shown = run("plan", saved(everywhere(text)))
    assert shown.exit_code == 0, shown.stderr
    assert is_harmless(shown.stdout)
    words = " ".join(shown.stdout.split())
    assert " ".join(as_terminal(" ".join(text.split())).split()) in words


@pytest.mark.parametrize("text", TEXTS)
def test_a_build_prints_only_what_is_harmless(text: str) -> None:
    done = run(saved(everywhere(text)), "--yes")
    assert done.exit_code == 0, done.stderr
    assert is_harmless(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["plan", "build"])
@pytest.mark.parametrize("text", TEXTS)
def test_json_is_ascii_and_holds_any_text(text: str, command: str) -> None:
    done = run(command, saved(everywhere(text)), "--json")
    assert done.stdout.isascii()
    assert is_harmless(done.stdout)
    assert "##[" not in done.stdout
    data = json.loads(done.stdout)
    if command == "plan":
        assert data["plans"][0]["description"] == " ".join(text.split())


@pytest.mark.parametrize("text", TEXTS)
def test_errors_show_any_text_as_it_is(text: str) -> None:
    column = {"kind": "choice", "weights": {text: -1, "b": text}, text: 1}
    tree = spec({text: 1, "name": text}, things=table(20, a=column), **{text: {}})
    done = run("plan", saved(tree))
    assert done.exit_code == 1
    assert "error[E" in done.stderr
    assert is_harmless(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize("text", TEXTS)
def test_a_workflow_finds_no_command_in_what_is_printed(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where a line is wrapped just before it."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for width in range(40, 60, 3):
        monkeypatch.setenv("COLUMNS", str(width))
        for output in run("plan", saved(everywhere(text))), run("plan", f"{text}.toml"):
            assert not commands_in(output.stdout)
            found = commands_in(output.stderr)
            assert all(line.startswith("::error file=") for line in found), found
            assert len(found) == output.exit_code


def commands_in(text: str) -> list[str]:
    """The lines that GitHub's runner takes for commands."""
    lines = [line.strip() for line in text.split("\n")]
    return [
        line
        for line in lines
        if "##[" in line or (line.startswith("::") and not line.startswith(":::"))
    ]


@given(st.text() | st.lists(st.sampled_from(TEXTS)).map("".join))
def test_a_line_is_one_line_of_harmless_characters(text: str) -> None:
    assert is_harmless(as_terminal(text))
    assert "\n" not in as_terminal(text)
    assert not commands_in(without_commands(as_terminal(text)))


@pytest.mark.parametrize("name", ["[red]x", "a\n::warning::b", "a\x1b[2J"])
def test_names_of_files_are_text(name: str, here: Path) -> None:
    """Those of specs, of folders to write to, of bundle templates; what is not there, too."""
    path = here / f"{name}.json"
    path.write_text(json.dumps(everywhere("x")), "utf-8")
    for arguments in (
        [path.name, "--out", name, "--yes"],
        [path.name, "--bundle-template", name],
        [f"no {name}"],
        [path.name, f"--{name}"],
        ["explain", name],
        [path.name, "--engine", name],
    ):
        done = run(*arguments)
        assert is_harmless(done.stdout + done.stderr)
        assert "Traceback" not in done.stderr
        shown = as_terminal(name), repr(name).strip("'")  # click's own way
        assert any(each in done.stderr for each in shown), arguments
        assert not [line for line in done.stderr.split("\n") if line[:2] == "::"]


def test_nothing_else_prints_or_makes_a_console() -> None:
    """So that all that is printed is escaped by one function."""
    root = Path(__file__).parents[1] / "compiler"
    found = [
        f"{path.relative_to(root)}:{node.lineno} {name}"
        for path in root.rglob("*.py")
        if path.name != "printing.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for name in [ast.unparse(node.func)]
        if name.split(".")[-1] in {"print", "Console", "echo", "secho", "from_markup"}
        or name.startswith(("sys.stdout.w", "sys.stderr.w", "rich.print"))
    ]
    assert found == []


def test_texts_enter_the_plan_through_one_function() -> None:
    """Of rich, only `styled` makes a text."""
    source = (Path(__file__).parents[1] / "compiler/styled.py").read_text("utf-8")
    functions = [
        node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
    ]
    makers = [one.name for one in functions if "Text.assemble(" in ast.unparse(one)]
    assert makers == ["styled"]
    assert source.count("Text(") == source.count("Text.append(") == 0


@pytest.mark.parametrize("columns", ["20", "60", "200"])
def test_a_plan_loses_no_text_and_ends_no_line_in_spaces(
    columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(width: str) -> str:
        monkeypatch.setenv("COLUMNS", width)
        plan = run("plan", str(Path(__file__).parents[1] / "specs/ecom.toml"))
        assert plan.exit_code == 0, plan.stderr
        return plan.stdout

    found = shown(columns)
    assert found.count("\n") > 50
    assert [line for line in found.splitlines() if line != line.rstrip()] == []
    assert "".join(found.split()) == "".join(shown("1000").split())


# ------------------------------------------------------------------------------- encodings


ENCODINGS = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


@pytest.mark.parametrize("environment", ENCODINGS)
def test_any_encoding_will_do(environment: dict[str, str], here: Path) -> None:
    path = saved(everywhere("é → 名前"))
    for arguments in (["plan", path], ["plan", path, "--json"], [path], ["explain"]):
        done = subprocess.run(
            [*PYTHON, *arguments],
            env={**os.environ, **environment},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        out, told = done.stdout.decode("cp1252"), done.stderr.decode("cp1252")
        assert "internal error" not in told
        if "--json" in arguments:
            assert json.loads(out)["plans"][0]["description"] == "é → 名前"
        elif path in arguments:
            assert "\\u2192 \\u540d\\u524d" in out + told


def test_errors_in_any_encoding() -> None:
    path = saved(spec({"é → 名前": 1}, things=table(20)))
    done = subprocess.run(
        [*PYTHON, "plan", path],
        env={**os.environ, "PYTHONIOENCODING": "ascii:strict"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"error[E101]: unknown key `\\xe9 \\u2192" in done.stderr


# -------------------------------------------------------------------- pipes, signals, slips


@pytest.mark.parametrize("arguments", [["plan"], ["plan", "--json"], ["build"]])
def test_nobody_needs_to_read_it_all(arguments: list[str], here: Path) -> None:
    """A closed stdout ends nothing, and is no error."""
    command, *options = arguments
    path = saved(spec({"name": "shop", "description": "x " * 45_000}, things=table(20)))
    for closed in ("stdout", "stderr"):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [*PYTHON, command, path, *options],
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, closed: writer},  # type: ignore[call-overload]
            check=False,
        )
        os.close(writer)
        assert done.returncode == 0, done
        assert not done.stderr or b"rror" not in done.stderr
    assert (here / "generated/shop/generate_data.py").exists() == (command == "build")


@pytest.mark.parametrize(
    ("option", "near"),
    [
        ("--nope", None),
        ("--forec", None),
        ("--force2", None),
        ("--yse", None),
        ("--stict", "--strict"),
        ("--fromat", "--format"),
        ("--jsno", "--json"),
        ("--hlep", "--help"),
        ("--zzz", None),
    ],
)
def test_only_near_and_harmless_options_are_suggested(
    option: str, near: str | None
) -> None:
    done = run(saved(spec(things=table(20))), option)
    assert done.exit_code == 2
    help = f"; did you mean {near}?" if near else ""
    assert done.stderr.endswith(f"Error: there is no option {option}{help}\n")
    assert "Usage: " in done.stderr


def test_ctrl_c_at_any_time_ends_it_with_130_and_no_traceback() -> None:
    """While it imports, too: as soon as code of ours runs."""
    path = saved(everywhere("x"))
    codes = [interrupted(path, after / 100) for after in (0, 1, 2, 3, 4, 6, 10, 20, 40)]
    assert codes.count(130) > 5
    # As it ends, Python gives the signal back to the system.
    assert set(codes) <= {0, 130, -signal.SIGINT}


def interrupted(path: str, seconds: float) -> int:
    """The exit code of a command that Ctrl-C stops, which says nothing more."""
    command = [*COMMAND, "plan", path]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"started\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        assert told.strip() == b"", (seconds, told)
        return process.returncode


START = """
import signal, sys
from compiler.__main__ import main

class Started:
    def find_spec(name, path=None, target=None):
        if name == "compiler.cli":
            print("started", flush=True)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Started)
main()
"""
COMMAND = [sys.executable, "-c", START]
"""The command as its entry point starts it; it says when it begins to import."""
