"""A bundle's files and job, as a deployment has them."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml
from databricks.bundles.jobs import Job
from databricks.bundles.schemas import Schema
from databricks.bundles.volumes import Volume

from compiler.emit.bundle import problems
from tests.support import (
    Tree,
    compiled,
    spec,
    table,
)


def shop(job: Tree | None = None, **output: Any) -> Tree:
    return spec(
        {"name": "shop", "output": output, "job": job or {}},
        customers=table(50),
        orders=table(
            300,
            customer={"kind": "ref", "table": "customers"},
            at={"kind": "timestamp"},
        ),
    )


def files_of(job: Tree | None = None, **output: Any) -> dict[str, str]:
    return compiled(shop(job, **output)).files


def job_in(files: dict[str, str], name: str = "shop") -> dict[str, Any]:
    jobs = resources_in(files, name)["jobs"]
    assert list(jobs) == [name]
    return dict(jobs[name])


def resources_in(files: dict[str, str], name: str = "shop") -> dict[str, Any]:
    found = yaml.safe_load(files[f"resources/{name}.job.yml"])
    assert list(found) == ["resources"]
    return dict(found["resources"])


def told(files: dict[str, str], job: dict[str, Any], name: str = "shop") -> Any:
    """The job with the values of variables and resources, as a deployment puts them in."""
    variables = yaml.safe_load(files["databricks.yml"])["variables"]
    resources = resources_in(files, name)
    text = re.sub(
        r"\$\{resources\.(\w+)\.(\w+)\.name\}",
        lambda found: str(resources[found[1]][found[2]]["name"]),
        json.dumps(job),
    )
    text = re.sub(
        r"\$\{var\.(\w+)\}", lambda found: str(variables[found[1]]["default"]), text
    )
    return json.loads(text)


def holds(files: dict[str, str], name: str = "shop") -> dict[str, Any]:
    """The job of a bundle that all accept, and that job.json has in the API's words."""
    assert problems(files) == []
    resources = resources_in(files, name)
    job = job_in(files, name)
    Job.from_dict(job)  # type: ignore[arg-type]
    for schema in resources.get("schemas", {}).values():
        Schema.from_dict(schema)
    for volume in resources.get("volumes", {}).values():
        Volume.from_dict(volume)
    payload = json.loads(files["job.json"])
    assert as_payload(told(files, job, name), name) == payload
    return job


def as_payload(job: dict[str, Any], name: str) -> dict[str, Any]:
    """What the Jobs API has other words for than a bundle."""
    for task in job["tasks"]:
        task["spark_python_task"][
            "python_file"
        ] = f"/Workspace/Users/YOUR_USER/{name}/generate_data.py"
    if "schedule" in job:
        job["schedule"]["pause_status"] = "PAUSED"
    for environment in job.get("environments", []):
        version = environment["spec"].pop("environment_version")
        environment["spec"]["client"] = version
    if "permissions" in job:
        job["access_control_list"] = [
            {("permission_level" if key == "level" else key): one[key] for key in one}
            for one in job.pop("permissions")
        ]
    return job
