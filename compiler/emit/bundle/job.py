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
    """The parameter by which a job passes its time to the script."""

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
    catalog, schema, volume = plan.output.unity_names(plan.name)
    found = [
        {"name": "catalog", "default": catalog, "description": "of Unity Catalog"},
        {"name": "schema", "default": schema, "description": "of that catalog"},
        {"name": "volume", "default": volume, "description": "of that schema"},
        {"name": "scale", "default": "1", "description": "times as many rows"},
    ]
    # A script that runs on Spark knows its volume, and needs none for tables.
    named = not plan.engine.distributed
    return [each for each in found if named or each["name"] != "volume"]


def options_of(plan: Plan) -> list[str]:
    """The script's options in a run. One without Spark writes to the volume as to a folder."""
    catalog, schema, volume, scale = (
        dynamic(f"job.parameters.{name}")
        for name in ("catalog", "schema", "volume", "scale")
    )
    if plan.engine.distributed:
        options = ["--catalog", catalog, "--schema", schema, "--scale", scale]
    else:
        folder = f"/Volumes/{catalog}/{schema}/{volume}"
        options = ["--output", folder, "--scale", scale]
    if moment := moment_of(plan):
        options += [moment.option, dynamic(f"job.parameters.{moment.name}")]
    return options


def workers_of(plan: Plan) -> int:
    """Of a new cluster, beside its driver, where the script runs unless Spark spreads it."""
    if plan.job.workers is not None:
        return plan.job.workers
    return 2 if plan.engine.distributed else 0


def settings_of(plan: Plan) -> dict[str, Any]:
    """The settings of `[job]` for mails, limits, rights and tags, in the words of a bundle."""
    job = plan.job
    found: dict[str, Any] = {"tags": {"data": "synthetic", **job.tags}}
    if job.timeout:
        found["timeout_seconds"] = seconds(job.timeout)
    if job.health:
        limit = seconds(job.health.run_duration)
        rule = {"metric": "RUN_DURATION_SECONDS", "op": "GREATER_THAN", "value": limit}
        found["health"] = {"rules": [rule]}
    if job.notifications and (given := job.notifications.given):
        found["email_notifications"] = {
            MAILS.get(event, event): list(addresses)
            for event, addresses in given.items()
        }
    if job.performance_target:
        found["performance_target"] = job.performance_target.upper()
    if job.budget_policy_id:
        found["budget_policy_id"] = job.budget_policy_id
    if job.permissions:
        found["permissions"] = [
            {**dict([one.holder]), "level": one.level} for one in job.permissions
        ]
    return found


MAILS = {"on_duration_warning": "on_duration_warning_threshold_exceeded"}
"""Databricks' names of events that have another one in a spec."""


def seconds(length: timedelta) -> int:
    return round(length.total_seconds())


def payload(plan: Plan, dependencies: list[str]) -> dict[str, Any]:
    """The job as `jobs/create` of the Jobs API 2.2 takes it, the script in its owner's folder."""
    job, moment = plan.job, moment_of(plan)
    parameters = [
        {"name": each["name"], "default": each["default"]}
        for each in variables_of(plan)
    ]
    if moment:
        parameters.append({"name": moment.name, "default": dynamic(moment.reference)})
    settings = settings_of(plan)
    if permissions := settings.pop("permissions", []):
        # The API has other words for what a bundle calls a permission and its level.
        settings["access_control_list"] = [
            {("permission_level" if key == "level" else key): one[key] for key in one}
            for one in permissions
        ]
    found: dict[str, Any] = {
        "name": plan.name,
        "description": plan.description,
        **settings,
        "max_concurrent_runs": 1,
        "queue": {"enabled": True},
        "parameters": parameters,
    }
    if job.schedule:
        found["schedule"] = {
            "quartz_cron_expression": job.schedule,
            "timezone_id": job.timezone,
            "pause_status": "PAUSED",  # until someone has looked at a first run
        }
    where: dict[str, Any] = {"environment_key": KEY}
    if job.compute == "serverless":
        # The helper by which assistants create jobs puts `client: "4"` beside any other name of
        # the version, so that this older one has to be there.
        spec = {"client": job.environment_version, "dependencies": dependencies}
        found["environments"] = [{"environment_key": KEY, "spec": spec}]
    else:
        where = {"job_cluster_key": KEY}
        if job.cluster_id:
            where = {"existing_cluster_id": job.cluster_id}
        else:
            cluster = new_cluster(plan)
            found["job_clusters"] = [{"job_cluster_key": KEY, "new_cluster": cluster}]
        where["libraries"] = [{"pypi": {"package": each}} for each in dependencies]
    # A check that has failed fails again: no retry, neither by the job nor by serverless itself.
    once: dict[str, Any] = {"max_retries": 0}
    if job.compute == "serverless":
        once["disable_auto_optimization"] = True
    found["tasks"] = [
        task("generate", plan, options_of(plan), where),
        task("check", plan, [*options_of(plan), "--check"], where)
        | {"depends_on": [{"task_key": "generate"}], **once},
    ]
    return found


FOLDER = "/Workspace/Users/YOUR_USER"
"""Where only its owner changes what runs with the owner's rights; a name to be replaced."""


def task(
    key: str, plan: Plan, options: list[str], where: dict[str, Any]
) -> dict[str, Any]:
    file = f"{FOLDER}/{plan.name}/generate_data.py"
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
