"""What the specs of this repository compile to is what stands in `generated/`, and reads well.

`make golden` accepts what the compiler emits now (UPDATE_GOLDEN=1, which CI refuses).
"""

from __future__ import annotations

import ast
import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from compiler.pipeline import Compiled, compile_spec
from compiler.regen.origin import origin_of
from compiler.regen.planning import Writing, plan_write
from tests.support import compiled
from tests.support.goldens import HINT, ROOT, accepting, difference, files_in

SPECS = sorted((ROOT / "specs").glob("*.toml"))
SCRIPT = "generate_data.py"

ENGINES = ("polars", "spark")

DOMAINS = [(path, engine) for path in SPECS for engine in ENGINES]
OTHERS = [(path, None) for path in sorted(Path(__file__).parent.glob("specs/*.toml"))]
"""Specs of the scripts in `scripts/`, which are for their own engines."""

each_spec = pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
each_domain = pytest.mark.parametrize(
    ("path", "engine"),
    DOMAINS,
    ids=[f"{path.stem}-{engine}" for path, engine in DOMAINS],
)
each_script = pytest.mark.parametrize(
    ("path", "engine"),
    [*DOMAINS, *OTHERS],
    ids=[
        *(f"{path.stem}-{engine}" for path, engine in DOMAINS),
        *(path.stem for path, _ in OTHERS),
    ],
)


@functools.cache
def script_for(path: Path, engine: str | None) -> str:
    """The script of a spec for an engine."""
    name = path.relative_to(ROOT).as_posix()
    return compile_spec(name, path.read_text("utf-8"), engine).files[SCRIPT]


def of(path: Path) -> Compiled:
    name = path.relative_to(ROOT).as_posix()
    return compiled(path.read_text("utf-8"), name)


def name_of(result: Compiled) -> str:
    assert result.plan is not None
    return result.plan.name


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the script of each spec, far from this project's own settings."""
    folder = tmp_path_factory.mktemp("scripts")
    for path, engine in (*DOMAINS, *OTHERS):
        name = f"{path.stem}_{engine or 'script'}.py"
        text = script_for(path, engine)
        (folder / name).write_text(text, "utf-8", newline="\n")
    return folder


def tool(folder: Path, *command: str) -> None:
    """Runs a tool in a folder that holds no configuration; fails with what it says."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command[0]}:\n{done.stdout}{done.stderr}"


def planned(result: Compiled, folder: Path, *, force: bool = False) -> Writing:
    """What a build of a spec would write to its folder."""
    assert result.text is not None
    origin = origin_of(str(ROOT / result.path), result.text, folder, {})
    return plan_write(folder, result.files, force=force, origin=origin)


@each_spec
def test_what_is_emitted_is_what_stands_in_generated(path: Path) -> None:
    result = of(path)
    folder = ROOT / "generated" / name_of(result)
    if accepting():
        writing = planned(result, folder, force=True)
        assert not writing.diagnostics
        assert not writing.commit()
    place = folder.relative_to(ROOT).as_posix()
    found = difference(files_in(folder), result.files, place)
    if found:
        pytest.fail(f"{found}\n{HINT}", pytrace=False)


def test_there_are_specs_and_each_has_its_own_folder() -> None:
    names = [name_of(of(path)) for path in SPECS]
    assert names
    assert len(set(names)) == len(names)
    folders = {path.name for path in (ROOT / "generated").iterdir() if path.is_dir()}
    assert folders == set(names), f"generated/ holds others; {HINT}"


@each_spec
def test_the_writer_finds_nothing_to_do(path: Path) -> None:
    result = of(path)
    writing = planned(result, ROOT / "generated" / name_of(result))
    assert not writing.diagnostics, HINT
    assert not writing.changes, HINT
    done = {decision.path: decision.action.value for decision in writing.decisions}
    assert set(done.values()) == {"unchanged"}, f"{done}; {HINT}"


@pytest.fixture(scope="session")
def emitted_by_seed() -> list[dict[str, str]]:
    """What each spec compiles to in processes of other hash seeds."""
    return [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", EMIT, *map(str, SPECS)],
                cwd=ROOT,
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
            ).stdout
        )
        for seed in ("0", "1")
    ]


@each_spec
def test_the_same_text_whatever_python_s_hash_seed(
    path: Path, emitted_by_seed: list[dict[str, str]]
) -> None:
    emitted = [found[str(path)] for found in emitted_by_seed]
    assert emitted[0] == emitted[1]
    assert len(emitted[0]) > 1_000


EMIT = """
import json, sys
from compiler.pipeline import compile_spec
found = {}
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        result = compile_spec(path, file.read())
    found[path] = repr((result.files, result.diagnostics, result.plan.assumptions))
print(json.dumps(found))
"""


def test_scripts_are_as_black_would_have_them(scripts: Path) -> None:
    tool(scripts, "black", "--check", "--diff", "-q", ".")


def test_scripts_pass_a_usual_linter(scripts: Path) -> None:
    rules = ["--select", "E,F,I,UP,B", "--line-length", "100"]
    # Comments of a catalog's columns are long texts.
    rules += ["--extend-per-file-ignores", "*_script.py:E501"]
    tool(scripts, "ruff", "check", "--isolated", "--no-cache", *rules, ".")


def test_scripts_pass_a_type_checker(
    scripts: Path, pytestconfig: pytest.Config
) -> None:
    cache = pytestconfig.rootpath / ".mypy_cache" / "scripts"
    options = ["--config-file=", "--ignore-missing-imports", f"--cache-dir={cache}"]
    tool(scripts, "mypy", *options, *sorted(path.name for path in scripts.glob("*.py")))


@each_script
def test_a_script_defines_and_imports_nothing_that_it_does_not_use(
    path: Path, engine: str | None
) -> None:
    tree = ast.parse(script_for(path, engine))
    read = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    defined: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined.append(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            defined += [(name.asname or name.name) for name in node.names]
        elif isinstance(node, ast.Assign):
            defined += [part.id for part in node.targets if isinstance(part, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            defined.append(node.target.id)
    assert sorted(set(defined)) == sorted(defined), "a name is taken twice"
    assert [name for name in defined if name not in read] == []


@each_domain
def test_a_script_reads_well(path: Path, engine: str) -> None:
    text = script_for(path, engine)
    assert text.endswith("\n")
    assert "\r" not in text
    assert "\t" not in text
    assert max(map(len, text.splitlines())) <= 100
    assert text.isascii() == path.read_text("utf-8").isascii()
    for absent in ("DO NOT EDIT", "noqa", "type: ignore", "import compiler", str(ROOT)):
        assert absent not in text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):  # records, no behaviour
            (base,) = map(ast.unparse, node.bases)
            assert base in ("NamedTuple", "argparse.ArgumentParser")


OWN = ("CONFIGURATION", "CALENDARS", "TABLE")
"""The sections that a domain has of its own; the others are as in any script that needs them."""


@each_spec
def test_what_a_domain_has_of_its_own_is_read_in_one_sitting(path: Path) -> None:
    section, own = "", 0
    for line in script_for(path, "polars").splitlines():
        section = line.removeprefix("# --- ") if line.startswith("# --- ") else section
        own += section.startswith(OWN)
    assert 100 < own < 480
