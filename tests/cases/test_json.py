"""`--json`: the same facts as the text, for programs; and nothing else on stdout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from compiler.cli import main
from tests.support import spec, table
from tests.support.cases import folders, specs


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def saved(name: str = "shop", sd: float = 2, **top: Any) -> str:
    size = {"kind": "normal", "mean": 4, "sd": sd}
    tree = spec({"name": name, **top}, things=table(20, size=size))
    Path(f"{name}.json").write_text(json.dumps(tree), "utf-8")
    return f"{name}.json"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path


@pytest.mark.parametrize("path", specs, ids=[folder.name for folder in folders])
def test_json_holds_what_the_text_says(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    as_text, as_json = run("plan", path.name), run("plan", path.name, "--json")
    assert as_json.exit_code == as_text.exit_code
    assert as_json.stderr == ""
    told = json.loads(as_json.stdout)["diagnostics"]
    heads = [
        line
        for line in as_text.stderr.splitlines()
        if line.startswith(("error[", "warning["))
    ]
    assert len(told) == len(heads)
    for one, head in zip(told, heads, strict=True):
        keys = {"code", "severity", "message", "help", "suggestion", "labels"}
        assert set(one) == keys
        assert head.startswith(f"{one['severity']}[{one['code']}]: ")
        place = one["labels"][0]
        arrow = f"--> {place['path']}"
        unreadable = one["code"] == "E002"
        arrow += "" if unreadable else f":{place['line']}:{place['column']}"
        assert arrow in as_text.stderr
        if one["help"] and one["help"].isascii():
            assert f"help: {one['help'].splitlines()[0]}" in as_text.stderr


def test_a_plan_as_data_holds_tables_and_columns() -> None:
    (plan,) = json.loads(run("plan", saved(), "--json").stdout)["plans"]
    assert plan["name"] == "shop"
    assert plan["description"] == "What a test is about."
    assert (plan["engine"], plan["format"]) == ("polars", "parquet")
    (things,) = plan["tables"]
    assert (things["name"], things["rows"], things["exact"]) == ("things", 20, True)
    assert things["known"] == "exact"
    assert things["assumptions"]["size"] == "normal, mean 4, sd 2 (99% under 8.65)"
    assert plan["cost"]["bytes"] == sum(plan["cost"]["tables"].values()) > 0
    assert plan["cost"]["seconds"] > 0 and plan["cost"]["memory"] > 1e6
    names = [column["name"] for column in things["columns"]]
    assert names == ["id", "size"]


def test_a_build_tells_the_files_that_it_wrote(here: Path) -> None:
    done = run(saved(), "--json", "--out", "made")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["diagnostics"]) == (0, [])
    file, *bundle = told["files"]
    assert file == {"path": "made/shop/generate_data.py", "action": "create"}
    assert {one["path"] for one in bundle} >= {"made/shop/databricks.yml"}
    assert all((here / one["path"]).exists() for one in told["files"])
    again = json.loads(run("shop.json", "--json", "--out", "made").stdout)
    assert {file["action"] for file in again["files"]} == {"unchanged"}
    assert len(again["files"]) == len(told["files"])


def test_a_build_with_errors_tells_no_files() -> None:
    done = run(saved(sd=-1), "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["files"]) == (1, [])
    assert [one["code"] for one in told["diagnostics"]] == ["E104"]
    assert not Path("generated").exists()


def test_several_specs_are_told_in_one_document() -> None:
    done = run(saved("good"), saved("bad", sd=-1), saved("worse", sd=0), "--json")
    told = json.loads(done.stdout)["diagnostics"]
    assert [one["labels"][0]["path"] for one in told] == ["bad.json", "worse.json"]


def test_a_conflict_is_told_with_its_way_out() -> None:
    run(saved())
    script = Path("generated/shop/generate_data.py")
    script.write_text("print('mine')\n", "utf-8")
    saved(seed=7)
    done = run("shop.json", "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["files"]) == (3, [])
    (one,) = told["diagnostics"]
    assert one["code"] == "E501"
    assert "--conflict=markers" in one["help"]
    assert done.stderr == ""


def test_an_unreadable_spec_is_told_too() -> None:
    done = run("missing.toml", "--json")
    (one,) = json.loads(done.stdout)["diagnostics"]
    assert (done.exit_code, one["code"]) == (1, "E002")


def test_run_keeps_stdout_one_document() -> None:
    done = run(saved(), "--json", "--run")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["files"]
