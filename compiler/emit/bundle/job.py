"""The job: what it hands to the script, what it runs on, and all of it for the Jobs API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from compiler.plan.model import Plan

KEY = "default"
"""Of the job's one environment, or its one cluster."""


@dataclass(frozen=True)
class Moment:
    """The parameter by which a job tells the script when it runs."""

    name: str
    option: str
    reference: str
    """Databricks' name of the value, which it puts in at the start of a run (in UTC).

    It is the time at which the run was due, however late it starts.
    """


def moment_of(plan: Plan) -> Moment | None:
    """In append mode the batch follows from it, else the window's end unless that is fixed."""
    if plan.appends and plan.output.batch < timedelta(days=1):
        return Moment("time", "--time", "job.trigger.time.iso_datetime")
    # Days count by the schedule's clocks: there the script makes a day of the moment.
    reference = f"job.trigger.time.iso_{'datetime' if plan.zone else 'date'}"
    if plan.appends:
        return Moment("day", "--day", reference)
    return Moment("day", "--as-of", reference) if plan.end is None else None


def dynamic(reference: str) -> str:
    """A value that Databricks puts in when a run starts."""
    return "{{" + reference + "}}"


def variables_of(plan: Plan) -> list[dict[str, str]]:
    """What differs between targets, or from run to run."""
    catalog, schema, _ = plan.output.unity_names(plan.name)
    return [
        {"name": "catalog", "default": catalog, "description": "of Unity Catalog"},
        {"name": "schema", "default": schema, "description": "of that catalog"},
        {"name": "scale", "default": "1", "description": "times as many rows"},
    ]


def options_of(plan: Plan) -> list[str]:
    """The script's options in a run. One without Spark writes to the volume as to a folder."""
    catalog, schema, scale = (
        dynamic(f"job.parameters.{name}") for name in ("catalog", "schema", "scale")
    )
    if plan.output.engine == "spark":
        options = ["--catalog", catalog, "--schema", schema, "--scale", scale]
    else:
        folder = f"/Volumes/{catalog}/{schema}/{plan.output.volume}"
        options = ["--output", folder, "--scale", scale]
    if told := moment_of(plan):
        options += [told.option, dynamic(f"job.parameters.{told.name}")]
    return options


def workers_of(plan: Plan) -> int:
    """Of a new cluster, beside its driver, where the script runs unless Spark spreads it."""
    if plan.job.workers is not None:
        return plan.job.workers
    return 2 if plan.output.engine == "spark" else 0


def payload(plan: Plan, dependencies: list[str]) -> dict[str, Any]:
    """The job as `jobs/create` of the Jobs API 2.2 takes it, the script in a folder for all."""
    job, moment = plan.job, moment_of(plan)
    parameters = [
        {"name": each["name"], "default": each["default"]}
        for each in variables_of(plan)
    ]
    if moment:
        parameters.append({"name": moment.name, "default": dynamic(moment.reference)})
    told: dict[str, Any] = {
        "name": plan.name,
        "description": plan.description,
        "tags": {"data": "synthetic"},
        "max_concurrent_runs": 1,
        "queue": {"enabled": True},
        "parameters": parameters,
    }
    if job.schedule:
        told["schedule"] = {
            "quartz_cron_expression": job.schedule,
            "timezone_id": job.timezone,
            "pause_status": "PAUSED",  # until someone has looked at a first run
        }
    where: dict[str, Any] = {"environment_key": KEY}
    if job.compute == "serverless":
        # Tools that create jobs for assistants look for the older name of the version.
        spec = {"client": job.environment_version, "dependencies": dependencies}
        told["environments"] = [{"environment_key": KEY, "spec": spec}]
    else:
        where = {"job_cluster_key": KEY}
        if job.cluster_id:
            where = {"existing_cluster_id": job.cluster_id}
        else:
            cluster = new_cluster(plan)
            told["job_clusters"] = [{"job_cluster_key": KEY, "new_cluster": cluster}]
        where["libraries"] = [{"pypi": {"package": each}} for each in dependencies]
    told["tasks"] = [
        task("generate", plan, options_of(plan), where),
        task("check", plan, [*options_of(plan), "--check"], where)
        | {"depends_on": [{"task_key": "generate"}]},
    ]
    return told


def task(
    key: str, plan: Plan, options: list[str], where: dict[str, Any]
) -> dict[str, Any]:
    file = f"/Workspace/Shared/{plan.name}/generate_data.py"
    run = {"python_file": file, "parameters": options}
    return {"task_key": key, "spark_python_task": run, **where}


def new_cluster(plan: Plan) -> dict[str, Any]:
    """A cluster for the time of a run; without workers its driver does all."""
    workers = workers_of(plan)
    cluster: dict[str, Any] = {
        "spark_version": plan.job.spark_version,
        "node_type_id": plan.job.node_type,
        "num_workers": workers,
        "data_security_mode": "SINGLE_USER",
    }
    if not workers:
        cluster["spark_conf"] = {
            "spark.databricks.cluster.profile": "singleNode",
            "spark.master": "local[*]",
        }
        cluster["custom_tags"] = {"ResourceClass": "SingleNode"}
    return cluster
