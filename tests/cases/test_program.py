"""The command as a program of its own: what it runs, what it imports, where it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import spec, table, tree_of
from tests.support.processes import ran


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path


def saved(sd: float = 2) -> str:
    size = {"kind": "normal", "mean": 4, "sd": sd}
    tree = spec({"name": "shop"}, things=table(20, size=size))
    Path("shop.json").write_text(json.dumps(tree, indent=2), "utf-8")
    return "shop.json"


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    args = ["-m", "compiler.cli", *arguments]
    return ran(args, Path.cwd(), {**os.environ, **environment})


def test_without_a_terminal_nothing_is_asked(here: Path) -> None:
    done = command(saved())
    assert (done.returncode, done.stdout) == (0, "")
    assert "Write to" not in done.stderr
    assert "\x1b[" not in done.stderr
    assert "generate_data.py" in tree_of(here / "generated" / "shop")


def test_run_runs_the_script_and_passes_its_exit_code_on(here: Path) -> None:
    path = saved()
    done = command(path, "--run")
    assert done.returncode == 0, done.stderr
    assert list(tree_of(here / "output/shop")) == ["things/part-00000.parquet"]
    script = here / "generated/shop/generate_data.py"
    script.write_text("import sys\n\nsys.exit(7)\n", "utf-8")
    kept = command(path, "--run")
    assert kept.returncode == 7
    assert script.read_text("utf-8").endswith("sys.exit(7)\n")


HIDDEN = """
import sys

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Hidden())
"""
"""A start of Python in which some packages are not installed."""


@pytest.mark.parametrize(
    ("engine", "format", "hidden", "extras"),
    [
        ("pandas", "parquet", ["duckdb"], "pandas"),
        ("pandas", "csv", ["duckdb", "pandas", "pyarrow"], "pandas"),
        ("pandas", "delta", ["deltalake", "arro3"], "pandas,delta"),
        ("polars", "delta", ["deltalake", "arro3"], "delta"),
        ("spark", "parquet", ["pyarrow"], "spark"),
    ],
)
def test_run_without_an_extra_says_what_to_install(
    here: Path, engine: str, format: str, hidden: list[str], extras: str
) -> None:
    (here / "sitecustomize.py").write_text(HIDDEN.format(names=hidden), "utf-8")
    options = ("--engine", engine, "--format", format, "--run")
    done = command(saved(), *options, PYTHONPATH=str(here))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert f"help: pip install 'scaffold-data[{extras}]'\n" in done.stderr
    assert f"needs `{hidden[0]}`" in done.stderr or "`, `" in done.stderr
    assert not (here / "output").exists()


def test_run_says_what_an_edited_script_imports_that_is_not_there(here: Path) -> None:
    path = saved()
    command(path)
    script = here / "generated/shop/generate_data.py"
    script.write_text("import beside\nimport nowhere.at_all\n", "utf-8")
    script.with_name("beside.py").write_text("", "utf-8")
    done = command(path, "--run")
    assert done.returncode == 2
    assert "needs `nowhere`: not installed here" in done.stderr
    assert "help: pip install nowhere\n" in done.stderr
    script.write_text("import (\n", "utf-8")
    assert "SyntaxError" in command(path, "--run").stderr


def test_run_does_not_run_what_was_not_built(here: Path) -> None:
    assert command(saved(sd=-1), "--run").returncode == 1
    assert not (here / "output").exists()


def test_in_a_github_workflow_diagnostics_are_annotations_too() -> None:
    done = command(saved(sd=-1), GITHUB_ACTIONS="true")
    assert "error[E104]" in done.stderr
    assert "::error file=shop.json,line=" in done.stderr


HEAVY = {"pydantic", "jinja2", "black", "polars", "numpy", "rich", "faker", "scipy"}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["explain", "E101"]])
def test_a_quick_question_imports_nothing_heavy(arguments: list[str]) -> None:
    loaded, out = imported_by(*arguments)
    assert out
    assert "click" in loaded
    assert not loaded & HEAVY


def test_a_plan_emits_nothing() -> None:
    """Nor does it import what emits; numpy only where rows are to be sampled."""
    loaded, out = imported_by("plan", saved())
    assert "things" in out
    assert "pydantic" in loaded
    assert not loaded & {"jinja2", "black", "cookiecutter", "polars", "numpy", "scipy"}
    assert not loaded & {"compiler.emit", "compiler.regen", "compiler.run"}


def imported_by(*arguments: str) -> tuple[set[str], str]:
    """The modules that a command imports (of others than ours, their packages), its output."""
    code = (
        "import sys, atexit; from compiler.cli import main; atexit.register(lambda:"
        "print(*sys.modules, file=sys.stderr)); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    modules = set(done.stderr.splitlines()[-1].split())
    return modules | {name.partition(".")[0] for name in modules}, done.stdout
