"""`scaffold new`: its options, its file, and what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from compiler.cli import main
from compiler.pipeline import plan_spec
from compiler.starters.domain import DOMAINS


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test works in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments], catch_exceptions=False)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_domain_gives_a_spec_and_its_plan(here: Path) -> None:
    done = run("--domain", "retail", "--rows", "20_000")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "create retail.toml" in done.stderr
    assert "orders  20,000 rows" in done.stderr
    assert done.stderr.rstrip().endswith("next: scaffold retail.toml")
    assert files(here) == ["retail.toml"]
    text = (here / "retail.toml").read_text("utf-8")
    assert plan_spec("retail.toml", text).diagnostics == []
    assert "#:schema" not in text


def test_it_is_written_to_specs_where_there_is_such_a_folder(here: Path) -> None:
    (here / "specs").mkdir()
    (here / "specs/spec.schema.json").write_text("{}")
    assert run("shop", "--domain", "retail").exit_code == 0
    text = (here / "specs/shop.toml").read_text("utf-8")
    assert text.startswith("#:schema ./spec.schema.json\n")
    assert 'name = "shop"' in text
    assert "scaffold specs/shop.toml" in text


def test_a_file_that_exists_stays(here: Path) -> None:
    (here / "retail.toml").write_text("mine")
    done = run("--domain", "retail")
    assert done.exit_code == 2
    assert "retail.toml exists" in done.stderr and "`-o FILE`" in done.stderr
    assert (here / "retail.toml").read_text() == "mine"
    assert run("--domain", "retail", "-o", "other.toml").exit_code == 0
    assert files(here) == ["other.toml", "retail.toml"]


def test_a_link_to_nowhere_stays_too(here: Path) -> None:
    (here / "retail.toml").symlink_to(here / "nowhere")
    assert run("--domain", "retail").exit_code == 2
    assert not (here / "nowhere").exists()


def test_a_surprise_gives_its_seed_which_gives_the_same_again(here: Path) -> None:
    done = run("one", "--surprise")
    assert done.exit_code == 0
    seed = done.stderr.split("--seed ")[1].split()[0]
    text = (here / "one.toml").read_text("utf-8")
    (here / "one.toml").unlink()
    assert run("one", "--surprise", "--seed", seed).exit_code == 0
    assert (here / "one.toml").read_text("utf-8") == text
    again = text.split("# Made up:   scaffold new ")[1].splitlines()[0]
    (here / "one.toml").unlink()
    assert run(*again.split()).exit_code == 0
    assert (here / "one.toml").read_text("utf-8") == text


def test_json_has_the_path_the_seed_and_the_plan(here: Path) -> None:
    done = run("one", "--surprise", "--seed", "3", "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert (found["spec"], found["seed"]) == ("one.toml", 3)
    assert found["plan"]["name"] == "one"
    assert found["diagnostics"] == []


def test_few_rows_are_pointed_out() -> None:
    done = run("--domain", "saas", "--rows", "100")
    assert done.exit_code == 0
    assert "some patterns have few rows" in done.stderr
    assert "warning" not in done.stderr


def test_yes_builds(here: Path) -> None:
    done = run("--domain", "saas", "--yes")
    assert done.exit_code == 0
    assert (here / "generated/saas/generate_data.py").exists()


def test_options_reach_the_spec(here: Path) -> None:
    options = ("--engine", "spark", "--format", "delta", "--catalog", "main")
    more = ("--schema", "x", "--schedule", "daily", "--timezone", "Europe/Berlin")
    features = ("--no-skew", "--no-joins", "--bad-data", "--languages", "--append")
    job = ("--compute", "classic", "--node-type", "i3.xlarge")
    rows = ("--rows", "30000", "--rows", "customers=4000")
    done = run("--domain", "retail", *options, *more, *features, *job, *rows)
    assert done.exit_code == 0
    text = (here / "retail.toml").read_text("utf-8")
    for line in (
        'engine = "spark"',
        'format = "delta"',
        'catalog = "main" # of Unity Catalog',
        'mode = "append"',
        'schedule = "0 0 6 * * ?"',
        'timezone = "Europe/Berlin"',
        'node_type = "i3.xlarge"',
        "rows = 30_000",
        "rows = 4_000",
        "orphan_ref_rate = 0.05",
    ):
        assert line in text
    assert plan_spec("retail.toml", text).diagnostics == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "add `--domain NAME`, `--surprise` or `--from PATH`"),
        (("--domain", "retial"), "there is no domain retial; did you mean retail?"),
        (("--domain", "xyzzy"), f"one of {', '.join(DOMAINS)}"),
        (("Shop!", "--surprise"), "names are lower snake_case"),
        (("class", "--surprise"), "is a keyword of Python"),
        (("--domain", "saas", "--seed", "1"), "add `--surprise`"),
        (("--domain", "saas", "--rows", "many"), "many is no number of rows"),
        (("--domain", "saas", "--rows", "0"), "1 to 10,000,000 rows"),
        (("--domain", "saas", "--rows", "acounts=9"), "did you mean `accounts`?"),
        (("--domain", "saas", "--catalog", "a b"), "`a b` is no name of a catalog"),
        (("--domain", "saas", "--schema", "a.b.c"), "`b.c` is no name of a schema"),
        (("--domain", "saas", "--schedule", "noon"), "is no Quartz cron expression"),
        (("--domain", "saas", "--timezone", "UTC"), "add `--schedule daily`"),
        (
            ("--domain", "saas", "--schedule", "daily", "--timezone", "Europe/Berln"),
            "Europe/Berlin",
        ),
        (("--domain", "saas", "--compute", "classic"), "add `--node-type`"),
        (
            ("--domain", "saas", "--format", "delta", "--schedule", "daily"),
            "Delta tables only with the engine spark",
        ),
        (
            ("--domain", "saas", "--append", "--schedule", "0 0 6 1 * ?"),
            "each run writes one batch",
        ),
        (("--domain", "saas", "-o", "a.json"), "a new spec is a .toml file"),
        (("--domain", "saas", "-o", "no/a.toml"), "there is no folder no"),
        (("--domain", "saas", "--description", "\udcff"), "it is not UTF-8 text"),
        (("--from", "x", "--surprise"), "`--from` goes without"),
    ],
)
def test_what_cannot_be_is_explained(
    here: Path, options: tuple[str, ...], message: str
) -> None:
    done = run(*options)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.split())
    assert files(here) == []


def test_an_error_of_the_whole_spec_is_shown_and_nothing_is_written(here: Path) -> None:
    done = run("--domain", "saas", "--schema", "a.b", "--catalog", "c")
    assert done.exit_code == 1
    assert "the catalog is `c` here and `a` in `schema`" in done.stderr
    assert files(here) == []
