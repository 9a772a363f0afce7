"""The files beside a script: which there are, what git makes of them, what their pages advise."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from compiler.cli import main
from compiler.emit.bundle import problems
from compiler.emit.bundle.context import context_of
from compiler.pipeline import Compiled, compile_spec
from tests.support import Tree
from tests.support.deployments import files_of, holds, resources_in, shop

ROOT = Path(__file__).parents[2]
JOB: Tree = {"schedule": "0 0 6 * * ?"}
ALL = {
    *("generate_data.py", "databricks.yml", "resources/shop.job.yml", "job.json"),
    *("README.md", "AGENTS.md", ".gitignore"),
}
WITHOUT_JOB = {"generate_data.py", "README.md", "AGENTS.md", ".gitignore"}


def built(tree: Tree, engine: str | None = None, format: str | None = None) -> Compiled:
    return compile_spec("shop.json", json.dumps(tree), engine, format)


# ------------------------------------------------------- Delta without Spark has no job


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_delta_without_spark_has_no_job(engine: str) -> None:
    tree = shop(engine=engine, format="delta")
    del tree["job"]
    files = built(tree).files
    assert set(files) == WITHOUT_JOB
    for page in ("README.md", "AGENTS.md"):
        assert 'engine = "spark"' in files[page]
        assert "databricks bundle" not in files[page]


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("job", [{}, JOB])
def test_a_job_of_delta_without_spark_is_refused(engine: str, job: Tree) -> None:
    result = built(shop(job, engine=engine, format="delta"))
    (found,) = result.diagnostics
    assert (found.code, result.files) == ("E106", {})
    assert len(found.labels) == 2
    assert 'engine = "spark"' in str(found.help)


def test_a_job_of_spark_may_be_looked_at_without_it() -> None:
    """The README of Delta by Spark advises so."""
    tree = shop(JOB, engine="spark", format="delta")
    assert 'engine = "spark"' not in built(tree).files["README.md"]
    for result in (
        built(tree, engine="polars"),
        built(tree, engine="pandas"),
        built(shop(JOB), format="delta"),
    ):
        assert result.diagnostics == []
        assert set(result.files) == WITHOUT_JOB
    mended = built(shop(JOB, format="delta"), engine="spark")
    assert set(mended.files) == ALL


def test_a_team_s_template_decides_itself(tmp_path: Path) -> None:
    team = Path(__file__).parent / "team"
    text = json.dumps(shop(format="delta") | {"job": {}})
    plan = compile_spec("shop.json", text, engine="spark").plan
    assert plan is not None and context_of(plan, [])["has_job"] is True
    tree = shop(format="delta")
    del tree["job"]
    result = compile_spec(
        "shop.json", json.dumps(tree), bundle_template=team.as_posix()
    )
    assert result.diagnostics == []
    assert {"databricks.yml", "jobs/shop.yml"} < set(result.files)
    assert result.plan and not context_of(result.plan, [])["has_job"]


HEADER = "# /// script\n# dependencies = []\n# ///\n"


# ----------------------------------------------------------------------- schema, volume


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_a_script_without_spark_finds_its_schema_and_volume(engine: str) -> None:
    files = files_of(engine=engine, catalog="main", schema="sales", volume="in-1")
    job = holds(files)
    defaults = {each["name"]: each["default"] for each in job["parameters"]}
    assert defaults["catalog"] == "${var.catalog}"
    assert defaults["schema"] == "${resources.schemas.shop_schema.name}"
    assert defaults["volume"] == "${resources.volumes.shop_volume.name}"
    resources = resources_in(files)
    (schema,), (volume,) = (resources[kind].values() for kind in ("schemas", "volumes"))
    assert (schema["catalog_name"], schema["name"]) == (
        *("${var.catalog}", "${var.schema}"),
    )
    assert volume["schema_name"] == defaults["schema"]
    root = yaml.safe_load(files["databricks.yml"])
    assert root["variables"]["volume"]["default"] == "in-1"
    # Development mode puts the user before a schema's name; a second time would be too much.
    assert "variables" not in root["targets"]["dev"]
    kept = root["targets"]["prod"]["resources"]
    for kind, key in (("schemas", "shop_schema"), ("volumes", "shop_volume")):
        assert kept[kind] == {key: {"lifecycle": {"prevent_destroy": True}}}
    assert "resources" not in root["targets"]["dev"]
    bound = re.findall(r"deployment bind (\S+) (\S+)", files["resources/shop.job.yml"])
    assert bound == [
        ("shop_schema", "main.sales"),
        ("shop_volume", "main.sales.in-1"),
    ]


@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_spark_makes_them_itself(format: str) -> None:
    files = files_of(engine="spark", format=format)
    assert set(resources_in(files)) == {"jobs"}
    targets = yaml.safe_load(files["databricks.yml"])["targets"]
    assert "variables" in targets["dev"]
    assert "resources" not in targets["prod"]


# ---------------------------------------------------------------------------------- git


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with this one's .gitignore and a script that was just built."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    shutil.copy(ROOT / ".gitignore", tmp_path)
    Path("shop.json").write_text(json.dumps(shop()), "utf-8")
    done = CliRunner().invoke(main, ["shop.json", "--yes"])
    assert done.exit_code == 0, done.output
    return tmp_path / "generated" / "shop"


def git(*options: str, **more: Any) -> str:
    done = subprocess.run(
        ["git", *options], capture_output=True, text=True, check=True, **more
    )
    return done.stdout


def test_git_takes_all_but_data_and_deployments(checkout: Path) -> None:
    for path in (".databricks/bundle/dev/x", "output/shop/orders/part-0.parquet"):
        file = checkout / path
        file.parent.mkdir(parents=True)
        file.write_text("x", "utf-8")
    git("add", "generated")
    found = git("ls-files", "generated").split()
    pristine = {f".scaffold/pristine/{path}" for path in ALL}
    assert {path.removeprefix("generated/shop/") for path in found} == {
        *ALL,
        *pristine,
        ".scaffold/.gitattributes",
        ".scaffold/lock.json",
    }


def test_edits_of_the_new_files_are_kept(checkout: Path) -> None:
    for name in (".gitignore", "AGENTS.md"):
        path = checkout / name
        path.write_text(path.read_text("utf-8") + "mine\n", "utf-8")
    done = CliRunner().invoke(main, ["shop.json", "--yes"])
    assert done.exit_code == 0, done.output
    for name in (".gitignore", "AGENTS.md"):
        assert (checkout / name).read_text("utf-8").endswith("mine\n")


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        (None, "output/shop/x"),
        ("data/made", "data/made/x"),
        ("./a b/[c]*", "a b/[c]*/x"),
        ("#x", "#x/y"),
        ("!x", "!x/y"),
        ("../elsewhere", None),
        ("/tmp/x", None),
        (".", None),
    ],
)
def test_the_folder_of_local_runs_is_left_out(
    path: str | None, inside: str | None, tmp_path: Path
) -> None:
    output: Tree = {} if path is None else {"path": path}
    files = files_of(None, **output)
    git("init", "--quiet", cwd=tmp_path)
    (tmp_path / ".gitignore").write_text(files[".gitignore"], "utf-8")
    paths = [".databricks/x", ".scaffold/lock.json", "README.md", "c/x", inside or "x"]
    done = subprocess.run(
        ["git", "check-ignore", "--stdin", "-z"],
        input="\0".join(paths),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    left_out = set(filter(None, done.stdout.split("\0")))
    assert left_out == {".databricks/x"} | ({inside} if inside else set())


# ---------------------------------------------------------------------------- the pages


@pytest.mark.parametrize("engine", ["polars", "pandas", "spark"])
@pytest.mark.parametrize("format", ["parquet", "csv", "json", "delta"])
@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_pages_advise_what_fits(engine: str, format: str, mode: str) -> None:
    tree = shop(engine=engine, format=format, mode=mode)
    del tree["job"]
    files = built(tree).files
    pages = files["README.md"] + files["AGENTS.md"]
    assert not re.search(r"15\.4|3\.11|/Shared|schemas create", pages)
    steps = re.findall(r"^databricks bundle (\w+.*?)(?: +#.*)?$", pages, re.MULTILINE)
    first = " --params day=2026-06-29" if mode == "append" else ""
    if "databricks.yml" not in files:
        assert steps == []
        return
    assert problems(files) == []
    dev = ["validate", "deploy", f"run shop{first}"]
    prod = [*(f"{step} --target prod" for step in dev[:2])]
    assert steps == [*dev, *prod, f"run shop --target prod{first}", *dev]
    assert pages.index("GRANT USE CATALOG") < pages.index("deploy --target prod")
    read = re.findall(r"read_files\('(.+?)/TABLE', (.*?)\)", pages, re.DOTALL)
    if engine == "spark" and format == "delta":
        assert read == []
        return
    options = {" ".join(found.split()) for _, found in read}
    csv = (
        ", header => true, multiLine => true, escape => '\"', "
        "ignoreLeadingWhiteSpace => false, ignoreTrailingWhiteSpace => false"
    )
    assert options == {f"format => '{format}'{csv if format == 'csv' else ''}"}
    assert ("batch=3" in pages) == (mode == "append")
    copied = "databricks fs cp -r --overwrite output/shop dbfs:/Volumes/" in pages
    assert copied == (engine != "spark")


def test_a_folder_with_a_space_is_one_word_of_a_command() -> None:
    page = files_of(path="my data")["README.md"]
    assert "fs cp -r --overwrite 'my data' dbfs:/Volumes/" in page


def test_options_in_pages_are_those_of_the_script() -> None:
    for engine in ("polars", "pandas", "spark"):
        files = files_of(engine=engine)
        known = re.findall(r'option\(\s*"(--[a-z-]+)', files["generate_data.py"])
        known += ["--batch", "--day", "--time"]
        pages = files["README.md"] + files["AGENTS.md"]
        runs = re.findall(r"generate_data\.py (--[^\n`#]*)", pages)
        runs += re.findall(r"main\(\[(.*?)\]\)", pages)
        used = {option for run in runs for option in re.findall(r"--[a-z-]+", run)}
        assert used
        assert used <= set(known), engine
