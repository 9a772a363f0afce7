"""What `[job]` asks for besides compute and schedule: any of it makes a bundle that deploys."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.pipeline import compile_spec
from tests.strategies.jobs import COMPUTES, EVENTS, MAILS, jobs
from tests.support import Tree
from tests.support.deployments import files_of, holds, job_in, shop

whole: Tree = {
    "timeout": "2h",
    "health": {"run_duration": "30m"},
    "performance_target": "standard",
    "budget_policy_id": "0f3ac5c5-3a4c-4a2e-9c57-2f1f1d7e4a11",
    "notifications": {event: MAILS[:2] for event in EVENTS},
    "permissions": [
        {"user_name": "ann@example.com", "level": "CAN_MANAGE"},
        {"group_name": "users", "level": "CAN_VIEW"},
        {"service_principal_name": "1234-abcd", "level": "CAN_MANAGE_RUN"},
    ],
    "tags": {"team": "sales", "cost center": "0471"},
}


def test_each_setting_has_its_place_in_the_job() -> None:
    job = holds(files_of(whole))
    assert job["timeout_seconds"] == 7200
    rule = {"metric": "RUN_DURATION_SECONDS", "op": "GREATER_THAN", "value": 1800}
    assert job["health"] == {"rules": [rule]}
    warned = "on_duration_warning_threshold_exceeded"
    events = {*EVENTS[:3], warned}
    assert job["email_notifications"] == dict.fromkeys(events, MAILS[:2])
    assert job["performance_target"] == "STANDARD"
    assert job["budget_policy_id"] == whole["budget_policy_id"]
    assert job["permissions"] == whole["permissions"]
    assert job["tags"] == {"data": "synthetic", "team": "sales", "cost center": "0471"}


def test_what_is_not_asked_for_is_not_there() -> None:
    keys = {"tags", "tasks", "name", "description", "queue", "max_concurrent_runs"}
    assert set(job_in(files_of())) == {*keys, "parameters", "environments"}


# --------------------------------------------------------------------------- any [job]

OUTPUTS: list[Tree] = [
    {},
    {"engine": "pandas", "format": "csv"},
    {"engine": "spark", "format": "delta"},
    {"mode": "append"},
]


@settings(max_examples=60, deadline=None)
@given(jobs(), st.sampled_from(OUTPUTS))
def test_any_job_makes_a_bundle_that_deploys(job: Tree, output: Tree) -> None:
    files = compile_spec("shop.json", json.dumps(shop(job, **output))).files
    made = holds_texts(files)
    assert {**job.get("tags", {}), "data": "synthetic"} == made["tags"]
    granted = job.get("permissions") or None
    assert granted == made.get("access_control_list")


def holds_texts(files: dict[str, str]) -> dict[str, Any]:
    """The job of job.json, which is that of the bundle but for `${`."""
    assert files, "the spec was refused"
    made: dict[str, Any] = json.loads(files["job.json"])
    tame = json.loads(files["job.json"].replace("${", "$ {"))
    holds({**files, "job.json": json.dumps(tame)})
    for one in made.get("access_control_list", []):
        one["level"] = one.pop("permission_level")
    return made


# ------------------------------------------------------------------- what the tasks are


@pytest.mark.parametrize("compute", COMPUTES)
def test_a_check_that_failed_is_not_repeated(compute: str) -> None:
    generate, check = job_in(files_of(COMPUTES[compute]))["tasks"]
    assert check["max_retries"] == 0
    # Serverless compute has retries of its own.
    off = check.get("disable_auto_optimization", False)
    assert off is (compute == "serverless")
    assert {"max_retries", "disable_auto_optimization"}.isdisjoint(generate)


@pytest.mark.parametrize("version", ["3", "4", "5"])
def test_environments_that_can_run_the_script(version: str) -> None:
    (one,) = holds(files_of({"environment_version": version}))["environments"]
    assert one["spec"]["environment_version"] == version


def test_the_environment_is_that_of_databricks_templates() -> None:
    (one,) = job_in(files_of())["environments"]
    assert one["spec"]["environment_version"] == "5"


@pytest.mark.parametrize("version", ["1", "2", "02", "five", "²"])
def test_older_environments_are_refused(version: str) -> None:
    text = json.dumps(shop({"environment_version": version}))
    (found,) = compile_spec("shop.json", text).diagnostics
    assert found.code == "E105"
    assert "numpy" in str(found.help)


@pytest.mark.parametrize(
    ("version", "fine"),
    [
        ("16.4.x-scala2.12", True),
        ("16.4.x-cpu-ml-scala2.13", True),
        ("17.3.x-scala2.13", True),
        ("15.4.x-scala2.12", False),
        ("16.3.x-scala2.12", False),
    ],
)
def test_older_runtimes_are_refused(version: str, fine: bool) -> None:
    job = {"compute": "classic", "node_type": "m5d.large", "spark_version": version}
    found = compile_spec("shop.json", json.dumps(shop(job))).diagnostics
    assert [each.code for each in found] == ([] if fine else ["E105"])
    assert fine or "numpy" in str(found[0].help)


# ------------------------------------------------------------------------- the targets


def test_production_belongs_to_who_deploys_it() -> None:
    text = files_of()["databricks.yml"]
    prod = yaml.safe_load(text)["targets"]["prod"]
    user = "/Workspace/Users/${workspace.current_user.userName}/.bundle"
    path = f"{user}/${{bundle.name}}/${{bundle.target}}"
    assert prod["workspace"] == {"root_path": path}
    assert prod["permissions"] == [{"group_name": "users", "level": "CAN_VIEW"}]
    assert "# run_as:\n    #   service_principal_name:" in text
    uncommented = text.replace("    # run_as:\n    # ", "    run_as:\n    ")
    run_as = yaml.safe_load(uncommented)["targets"]["prod"]["run_as"]
    assert list(run_as) == ["service_principal_name"]
    assert all("/Shared" not in each for each in files_of().values())
