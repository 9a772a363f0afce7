"""A team's own bundle template: what it is told, and how its mistakes are told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from databricks.bundles.jobs import Job

from compiler.cli import main
from compiler.emit.bundle import problems
from compiler.emit.bundle.context import context_of
from tests.support import compiled, spec, table
from tests.support.bundles import TEAM
from tests.support.packages import dependencies_of

PAGE = Path(__file__).parents[2] / "docs" / "bundle-templates.md"
INNER = "{{cookiecutter.name}}"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TEAM, tmp_path / "team")
    tree = spec({"name": "shop", "output": {"engine": "spark"}}, things=table(20))
    Path("shop.json").write_text(json.dumps(tree), "utf-8")
    return tmp_path


def run(*options: str) -> Result:
    return CliRunner().invoke(
        main, ["shop.json", "--yes", "--bundle-template", "team", *options]
    )


def test_a_team_s_template_makes_the_bundle(here: Path) -> None:
    done = run()
    assert done.exit_code == 0, done.output
    made = here / "generated" / "shop"
    files = {
        path.relative_to(made).as_posix(): path.read_text("utf-8")
        for path in made.rglob("*")
        if path.is_file() and ".scaffold" not in path.parts
    }
    assert set(files) == {"generate_data.py", "databricks.yml", "jobs/shop.yml"}
    assert problems(files) == []
    root = yaml.safe_load(files["databricks.yml"])
    path = {"root_path": "/Workspace/Shared/data-team/shop"}
    assert root["targets"] == {"staging": {"mode": "production", "workspace": path}}
    job = yaml.safe_load(files["jobs/shop.yml"])["resources"]["jobs"]["shop"]
    Job.from_dict(job)
    assert job["tags"] == {"owner": "data-team", "cost_center": "4711"}
    assert job["email_notifications"] == {"on_failure": ["data-team@example.com"]}
    assert any(
        each.startswith("polars~=")
        for each in job["environments"][0]["spec"]["dependencies"]
    )
    assert "unchanged" in run().output


def broken(here: Path, file: str, old: str, new: str) -> Result:
    """A build by the team's template, after something in it was changed."""
    path = here / "team" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    done = run()
    assert done.exit_code == 1
    assert not (here / "generated").exists()
    assert "Traceback" not in done.output
    return done


ROOT, JOB = f"{INNER}/databricks.yml", f"{INNER}/jobs/{INNER}.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (ROOT, "cookiecutter.folder", "cookiecutter.foldr", "'foldr'"),
        (
            ROOT,
            "{{ cookiecutter.name | yaml }}",
            "{{ cookiecutter.name ",
            "databricks.yml",
        ),
        (JOB, "| yaml", "| yml", "'yml'"),
        ("cookiecutter.json", "cookiecutter.owner", "cookiecutter.ownr", "'ownr'"),
        ("cookiecutter.json", '"owner":', "owner:", "cookiecutter.json"),
    ],
)
def test_a_template_that_cannot_be_rendered(
    here: Path, file: str, old: str, new: str, told: str
) -> None:
    done = broken(here, file, old, new)
    assert "error[E601]" in done.output
    assert told in done.output
    assert "--> team" in done.output


def test_a_folder_that_is_no_template(here: Path) -> None:
    (here / "team" / "cookiecutter.json").unlink()
    done = run()
    assert done.exit_code == 1
    assert "there is no cookiecutter.json in it" in done.output
    shutil.rmtree(here / "team")
    assert "there is no cookiecutter.json in it" in run().output


def test_a_template_without_its_inner_folder(here: Path) -> None:
    shutil.rmtree(here / "team" / INNER)
    done = run()
    assert done.exit_code == 1
    assert "error[E601]" in done.output


def test_a_bundle_that_would_not_deploy_is_not_written(here: Path) -> None:
    done = broken(
        here,
        JOB,
        "environment_key: default\n          spark",
        "environment_key: defualt\n          spark",
    )
    assert "error[E602]: jobs/shop.yml" in done.output
    assert "resources.jobs.shop.tasks[0].environment_key" in done.output
    assert "did you mean `default`?" in done.output


def test_a_template_may_not_make_the_script(here: Path) -> None:
    (here / "team" / INNER / "generate_data.py").write_text("print()", "utf-8")
    done = run()
    assert done.exit_code == 1
    assert "generate_data.py" in done.output


def test_what_a_spec_says_is_rendered_once(here: Path) -> None:
    """A description that looks like a template is text."""
    hostile = "{{ cookiecutter.owner }} {% raw %} ${var.nope} 'x' \"y\" # z: - {a}"
    tree: dict[str, Any] = json.loads(Path("shop.json").read_text("utf-8"))
    Path("shop.json").write_text(json.dumps({**tree, "description": hostile}), "utf-8")
    assert run().exit_code == 0
    text = (here / "generated/shop/jobs/shop.yml").read_text("utf-8")
    job = yaml.safe_load(text)["resources"]["jobs"]["shop"]
    assert job["description"] == hostile.replace("${", "$ {")


def test_the_page_lists_what_a_template_is_told() -> None:
    result = compiled(spec(things=table(20)))
    assert result.plan is not None
    told = context_of(result.plan, dependencies_of(result.files["generate_data.py"]))
    page = PAGE.read_text("utf-8")
    listed = [line.split("`")[1] for line in page.split("\n") if line.startswith("| `")]
    assert sorted(listed) == sorted(told)
