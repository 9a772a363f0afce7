"""The bundle beside a script: what Databricks' models and our check say, and what its job does."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from databricks.bundles.jobs import Job
from jsonschema import Draft202012Validator

from compiler.emit.bundle import problems
from compiler.pipeline import compile_spec
from tests.strategies.jobs import COMPUTES
from tests.support import (
    answer,
    compiled,
    inside,
    module,
    run_script,
    tree_of,
)
from tests.support.deployments import files_of, holds, job_in, shop, told

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "specs").glob("*.toml"))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("engine", "format", "compute"),
    [("polars", None, "serverless"), ("pandas", None, "new cluster")]
    + [
        ("spark", *each)
        for each in itertools.product(("parquet", "csv", "json", "delta"), COMPUTES)
    ],
)
def test_the_models_and_our_check_accept_it(
    path: Path, engine: str, format: str | None, compute: str
) -> None:
    tree = tomllib.loads(path.read_text("utf-8")) | {"job": COMPUTES[compute]}
    text = json.dumps(tree, default=str)
    holds(compile_spec("spec.json", text, engine, format).files, path.stem)


@pytest.mark.skipif(not which("databricks"), reason="there is no databricks CLI")
@pytest.mark.parametrize("compute", COMPUTES)
def test_the_cli_s_schema_accepts_it(compute: str) -> None:
    files = files_of(COMPUTES[compute], engine="spark")
    told = subprocess.run(
        ["databricks", "bundle", "schema"], capture_output=True, check=True, text=True
    )
    validate = Draft202012Validator(json.loads(told.stdout)).validate
    validate(yaml.safe_load(files["databricks.yml"]))
    validate(yaml.safe_load(files["resources/shop.job.yml"]))


def test_the_four_domains_of_this_repository_stand_in_generated() -> None:
    for path in SPECS:
        folder = ROOT / "generated" / path.stem
        files = {
            name: content.decode("utf-8")
            for name, content in tree_of(folder).items()
            if not name.startswith(".scaffold/")
        }
        assert problems(files) == []
        Job.from_dict(job_in(files, path.stem))  # type: ignore[arg-type]


# ------------------------------------------------------------------------ what the job does


def options_in(files: dict[str, str], task: str, **parameters: str) -> list[str]:
    """The script's options in a run of the job, with the values of its parameters."""
    return options_of(told(files, job_in(files)), task, **parameters)


def options_of(job: dict[str, Any], task: str, **parameters: str) -> list[str]:
    """The same of a job that is read already."""
    values = {each["name"]: each["default"] for each in job["parameters"]} | parameters
    (found,) = (each for each in job["tasks"] if each["task_key"] == task)
    return [
        re.sub(r"\{\{job\.parameters\.(\w+)\}\}", lambda name: values[name[1]], option)
        for option in found["spark_python_task"]["parameters"]
    ]


def in_a_volume(options: list[str], folder: Path) -> list[str]:
    """The options with a folder of this machine in place of /Volumes."""
    return [option.replace("/Volumes/", f"{folder}/Volumes/") for option in options]


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_a_run_without_spark_writes_to_the_volume(engine: str, tmp_path: Path) -> None:
    files = files_of(engine=engine, catalog="main", schema="sales", volume="landing")
    for task in ("generate", "check"):
        run = options_in(files, task, scale="2")
        run_script(files, tmp_path, *in_a_volume(run, tmp_path))
    place = tmp_path / "Volumes" / "main" / "sales" / "landing"
    assert answer("SELECT COUNT(*) FROM orders", place) == (600,)


def test_a_scheduled_run_adds_its_day_s_batch_and_a_backfill_another(
    tmp_path: Path,
) -> None:
    tree = shop({"schedule": "0 0 6 * * ?"}, mode="append")
    files = compiled(tree | {"window": {"days": 30, "end": "2026-06-30"}}).files
    job = job_in(files)
    (day,) = (each for each in job["parameters"] if each["name"] == "day")
    assert day["default"] == "{{job.trigger.time.iso_date}}"
    place = tmp_path / "Volumes" / "ai_dev_kit" / "shop" / "raw_data"
    for day, batches in (
        ("2026-06-29", {0}),
        ("2026-07-01", {0, 2}),
        ("2026-06-30", {0, 1, 2}),
        ("2026-07-01", {0, 1, 2}),
    ):
        run = options_in(files, "generate", day=day)
        run_script(files, tmp_path, *in_a_volume(run, tmp_path))
        found = {int(each.name[6:]) for each in (place / "orders").glob("batch=*")}
        assert found == batches
    run = options_in(files, "check", day="2026-07-01")
    run_script(files, tmp_path, *in_a_volume(run, tmp_path))


ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("clock", ["00:00", "01:30", "02:30", "23:59"])
def test_each_local_day_s_run_makes_a_batch_of_its_own(zone: str, clock: str) -> None:
    """365 runs, two changes of clocks among them: no batch is lost, none is made twice."""
    hour, minute = (int(part) for part in clock.split(":"))
    due = {"schedule": f"0 {minute} {hour} * * ?", "timezone": zone}
    tree = shop(due, mode="append") | {"window": {"days": 30, "end": "2026-01-01"}}
    files = compiled(tree).files
    job = told(files, job_in(files))
    (parameter,) = (each for each in job["parameters"] if each["name"] == "day")
    assert parameter["default"] == "{{job.trigger.time.iso_datetime}}"
    script = module(files)
    first = datetime(2026, 1, 1, hour, minute, tzinfo=ZoneInfo(zone))
    batches = []
    for day in range(365):
        start = (first + timedelta(days=day)).astimezone(UTC)
        moment = f"{start:%Y-%m-%dT%H:%M:%S}" + ("Z" if day % 2 else "")
        batches.append(batch_of(script, options_of(job, "generate", day=moment)))
    assert batches == list(range(1, 366))
    last_of_year = options_of(job, "check", day="2026-12-31")  # by hand
    assert batch_of(script, last_of_year) == 365


def batch_of(script: Any, options: list[str]) -> int:
    """The batch that a run with these options makes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["generate_data.py", *options])
        return int(script.parse_options().batch)


@pytest.mark.parametrize(
    ("zone", "moment", "end"),
    [
        ("Europe/Berlin", "2026-06-29T22:30:00Z", "2026-06-30"),
        ("America/New_York", "2026-06-30T03:30:00.000Z", "2026-06-29"),
        ("America/New_York", "2026-06-30", "2026-06-30"),
        ("UTC", "2026-06-30", "2026-06-30"),
    ],
)
def test_the_window_ends_on_the_schedule_s_day(
    zone: str, moment: str, end: str, tmp_path: Path
) -> None:
    tree = shop({"schedule": "0 30 0 * * ?", "timezone": zone}) | {
        "window": {"days": 9}
    }
    files = compiled(tree).files
    run = options_in(files, "generate", day=moment)
    run_script(files, tmp_path, *in_a_volume(run, tmp_path))
    run = options_in(files, "check", day=moment)
    run_script(files, tmp_path, *in_a_volume(run, tmp_path))
    place = tmp_path / "Volumes" / "ai_dev_kit" / "shop" / "raw_data"
    sql = 'SELECT MAX("at")::DATE + 1 = ?::DATE FROM orders'.replace("?", f"'{end}'")
    assert answer(sql, place) == (True,)


def test_only_scripts_of_another_time_zone_need_its_data() -> None:
    for zone, needs in (("UTC", False), ("Europe/Berlin", True)):
        job = {"schedule": "0 0 6 * * ?", "timezone": zone}
        for window in ({"days": 9}, {"end": "2026-06-30"}):
            text = compiled(shop(job) | {"window": window}).files["generate_data.py"]
            by_day = "days" in window
            assert ("tzdata" in text) == ("ZoneInfo" in text) == (needs and by_day)


def test_batches_of_hours_follow_the_run_s_time(tmp_path: Path) -> None:
    tree = shop({"schedule": "0 0 0/6 * * ?"}, mode="append", batch="6h")
    files = compiled(tree | {"window": {"days": 30, "end": "2026-06-30"}}).files
    place = tmp_path / "Volumes" / "ai_dev_kit" / "shop" / "raw_data" / "orders"
    for time, batch in (
        ("2026-06-29T23:59:59", 0),
        ("2026-06-30T00:00:00", 1),
        ("2026-06-30T06:30:00Z", 2),
        ("2026-06-30T13:00:00+01:00", 3),
    ):
        run = options_in(files, "generate", time=time)
        run_script(files, tmp_path, *in_a_volume(run, tmp_path))
        assert max(int(each.name[6:]) for each in place.glob("batch=*")) == batch


def test_a_check_that_finds_all_well_ends_without_an_exit(tmp_path: Path) -> None:
    """Databricks takes `sys.exit(0)`, too, for a failure of the task."""
    files = files_of()
    inside(module(files), ["--output", str(tmp_path)])
    inside(module(files), ["--output", str(tmp_path), "--check"])


# --------------------------------------------------------------------------- what it says


def test_spark_takes_the_catalog_and_schema_of_the_target() -> None:
    tree = shop(engine="spark", schema="main.sales") | {"window": {"days": 30}}
    files = compiled(tree).files
    assert options_in(files, "generate", day="2026-07-01") == [
        *("--catalog", "main", "--schema", "sales"),
        *("--scale", "1", "--as-of", "2026-07-01"),
    ]
    targets = yaml.safe_load(files["databricks.yml"])["targets"]
    own = "${workspace.current_user.short_name}_sales"
    assert targets["dev"]["variables"] == {"schema": own}
    assert "variables" not in targets["prod"]


def test_a_fixed_window_has_no_day() -> None:
    files = files_of()
    assert "--as-of" not in options_in(files, "generate")
    assert {each["name"] for each in job_in(files)["parameters"]} == {
        *("catalog", "schema", "volume", "scale")
    }


@pytest.mark.parametrize(
    ("engine", "workers", "expected"),
    [("spark", None, 2), ("polars", None, 0), ("spark", 0, 0), ("polars", 3, 3)],
)
def test_a_cluster_without_workers_is_a_single_node(
    engine: str, workers: int | None, expected: int
) -> None:
    told = {} if workers is None else {"workers": workers}
    job = {"compute": "classic", "node_type": "Standard_D4ds_v5", **told}
    (cluster,) = job_in(files_of(job, engine=engine))["job_clusters"]
    made = cluster["new_cluster"]
    assert made["num_workers"] == expected
    assert ("spark_conf" in made) == ("custom_tags" in made) == (expected == 0)


def test_the_dependencies_are_those_of_the_script() -> None:
    files = files_of(engine="spark")
    (environment,) = job_in(files)["environments"]
    listed = re.findall(r'^#     "(.+)",$', files["generate_data.py"], re.MULTILINE)
    assert environment["spec"]["dependencies"] == listed
    assert all(re.search(r"~=|<|==", each) for each in listed if "pyarrow" not in each)
