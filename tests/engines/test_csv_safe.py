"""Texts that a spreadsheet takes for formulas: as they are, or behind an apostrophe."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from compiler.escape.csv import as_csv
from compiler.pipeline import compile_spec
from tests.support import Tree, compiled, run_script, spec, table

FORMULAS = ["=1+1", "+1", "-1", "@sum", "\ta", "\rb"]
PLAIN = ["'=1", " =1", "a=1", "\n=1", "é-"]


def formulas(output: Tree, **top: Tree) -> Tree:
    """Texts of every kind that begin like a formula: keys, refs, categories, templates, rows."""
    weights: Tree = {text: 1 for text in [*FORMULAS, *PLAIN]}
    things = table(
        300,
        id={"kind": "key", "format": "={}"},
        kind={"kind": "choice", "weights": weights},
        n={"kind": "normal", "mean": 0, "sd": 9},
        whole={"kind": "uniform", "low": -9, "high": -1},
        line={"kind": "template", "text": "-{n}"},
        none={"kind": "constant", "value": "@x", "null_rate": 0.5},
        cost={
            "kind": "uniform",
            "low": 0,
            "high": 1,
            "by": "kind",
            "cases": {text: {"high": 2} for text in FORMULAS},
            "otherwise": {"low": -3},
        },
    )
    parts = table(
        {"per": "things", "where": "kind == '=1+1' or kind == '-1'"},
        thing={"kind": "ref", "table": "things"},
        kind={"kind": "lookup", "path": "thing.kind"},
        at={"kind": "timestamp"},
    )
    events = table(
        {"per": "things", "mean": 2},
        owner={"kind": "ref", "table": "things"},
        at={"kind": "timestamp"},
        state={"kind": "progression", "states": ["=a", "-b"], "chance": 0.4},
    )
    rows = {"data": [{"name": text, "n": -n} for n, text in enumerate(FORMULAS)]}
    top = {"output": {"format": "csv", **output}, **top}
    return spec(top, things=things, parts=parts, events=events, rows=rows)


ENGINES = ["polars", "pandas", pytest.param("spark", marks=pytest.mark.slow)]


def written(
    tree: Tree, folder: Path, request: pytest.FixtureRequest, *options: str
) -> Path:
    """The data of a run that `--check` finds right."""
    remote = {}
    if tree["output"]["engine"] == "spark":
        remote = {"SPARK_REMOTE": request.getfixturevalue("sail_address")}
    files = compiled(tree).files
    out = run_script(files, folder, *options, **remote)
    run_script(files, folder, *options, "--check", **remote)
    return out


def cells(folder: Path) -> list[dict[str, str]]:
    """A table's rows, in order of all cells."""
    found = []
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return sorted(found, key=str)


TEXTS = {
    "things": ["id", "kind", "line", "none"],
    "parts": ["thing", "kind"],
    "events": ["owner", "state"],
    "rows": ["name"],
    "_bad_data": ["row_key"],
}


@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("mode", ["overwrite", "append"])
@pytest.mark.parametrize("engine", ENGINES)
def test_texts_get_an_apostrophe_and_numbers_keep_their_minus(
    engine: str, mode: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    bad: Tree = {"null_rate": 0.01, "orphan_ref_rate": 0.02, "outlier_rate": 0.02}
    for top in ({}, {"bad_data": bad}):
        found = {}
        for safe in (False, True):
            output = {"engine": engine, "mode": mode, "csv_safe": safe}
            tree = formulas(output, **top)
            folder = tmp_path / f"{safe}-{len(top)}"
            out = written(tree, folder, request)
            if mode == "append" and engine != "spark":  # Sail leaves no empty folder
                out = written(tree, folder, request, "--batch", "1")
            names = [name for name in TEXTS if top or name != "_bad_data"]
            found[safe] = {name: cells(out / name) for name in names}
        for name, rows in found[False].items():
            wanted = [
                {
                    column: as_csv(cell) if column in TEXTS[name] else cell
                    for column, cell in row.items()
                }
                for row in rows
            ]
            assert found[True][name] == sorted(wanted, key=str), name
        kinds = Counter(row["kind"] for row in found[True]["things"])
        assert {f"'{text}" for text in FORMULAS} < set(kinds)
        assert {row["id"][:2] for row in found[True]["things"]} == {"'="}
        assert all(row["whole"][0] in "-" for row in found[True]["things"] if not top)


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_the_check_still_finds_what_is_wrong(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A category without its apostrophe is none, and a ref without its is lost."""
    tree = formulas({"engine": engine, "csv_safe": True})
    out = written(tree, tmp_path, request)
    (file,) = (out / "events").glob("part-*.csv")
    text = file.read_text("utf-8").replace("'=a", "=a", 3).replace("'=1,", "=1,")
    file.write_text(text, "utf-8", newline="\n")
    done = subprocess.run(
        [sys.executable, "generate_data.py", "--output", "out", "--check"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    failed = [line for line in done.stdout.split("\n") if "FAILED" in line]
    assert [line for line in failed if "state of no category" in line]
    assert [line for line in failed if "owner not in things" in line]


@pytest.mark.parametrize("format", ["parquet", "json", "delta"])
def test_another_format_of_the_command_line_leaves_it_unused(format: str) -> None:

    text = json.dumps(formulas({"csv_safe": True}))
    plain = json.dumps(formulas({}))
    made, wanted = (
        compile_spec("a.json", each, None, format).files["generate_data.py"]
        for each in (text, plain)
    )
    assert made == wanted
    assert "safe_text" not in made
