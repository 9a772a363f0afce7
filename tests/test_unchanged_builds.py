"""A build of an unchanged spec compiles nothing, and does and prints the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import compiler.pipeline
from compiler import cache, installed
from compiler.cli import main
from compiler.cli.compiling import summed_up
from compiler.cli.known import from_bytes, to_bytes
from compiler.pipeline import Compiled
from tests.support import compiled, spec, table, tree_of
from tests.support.bundles import TEAM

SCRIPT = "generated/shop/generate_data.py"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    save(rows=20)
    return tmp_path


def save(rows: int) -> None:
    column = {"kind": "normal", "mean": 5.0, "sd": 1.0, "max": 5.5}
    tree = spec({"name": "shop", "allow": []}, things=table(rows, price=column))
    Path("shop.json").write_text(json.dumps(tree), "utf-8")


def run(*options: str) -> Result:
    done = CliRunner().invoke(main, ["shop.json", "--yes", *options])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the specs that are compiled."""
    paths: list[str] = []
    real = compiler.pipeline.compile_spec

    def compile_spec(path: str, *arguments: str | None) -> Compiled:
        paths.append(path)
        return real(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(compiler.pipeline, "compile_spec", compile_spec)
    return paths


def test_the_second_build_compiles_nothing(compilations: list[str]) -> None:
    first = run()
    before = tree_of(Path("generated"))
    second = run()
    assert compilations == ["shop.json"]
    assert "warning" in first.output
    assert second.output == first.output.replace("create ", "unchanged ")
    assert tree_of(Path("generated")) == before


def test_what_decides_the_files_is_compiled_again(
    compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    save(rows=30)
    assert "update" in run().output
    run("--engine", "pandas")
    run("--engine", "pandas")
    assert len(compilations) == 3
    run()  # after a build with other options
    assert len(compilations) == 4
    run("--out", "elsewhere")
    assert len(compilations) == 5
    monkeypatch.setattr(installed, "state", lambda: "another version of Black")
    run()
    assert len(compilations) == 6


def test_a_template_that_may_run_code_is_rendered_again(
    compilations: list[str],
) -> None:
    for _ in range(2):
        run("--bundle-template", str(TEAM))
    assert len(compilations) == 2


def test_edits_and_deletions_are_respected(compilations: list[str]) -> None:
    run()
    script, page = Path(SCRIPT), Path("generated/shop/README.md")
    text = script.read_text("utf-8")
    script.write_text(text.replace("SEED = 42", "SEED = 7"), "utf-8")
    page.unlink()
    assert f"keep your edits {SCRIPT}" in run().output
    assert "SEED = 7" in script.read_text("utf-8")
    assert not page.exists()
    run("--restore")
    assert page.exists()
    run("--force")
    assert script.read_text("utf-8") == text
    assert len(compilations) == 1


def test_a_lost_cache_is_no_fault(here: Path, compilations: list[str]) -> None:
    run()
    cache.flush()
    (here / "cache/scaffold/results-1.sqlite").unlink()
    assert f"unchanged {SCRIPT}" in run().output
    assert len(compilations) == 2


def test_all_that_is_kept_is_the_same() -> None:
    tree = spec({"allow": []}, things=table(20, price={"kind": "constant", "value": 1}))
    made = summed_up(compiled(tree))
    assert made.text is not None and made.diagnostics and made.summary
    known = from_bytes(made.path, made.text, to_bytes(made))
    assert known.diagnostics == made.diagnostics
    assert known.files == made.files
    assert known.summary == made.summary
