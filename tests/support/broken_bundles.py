"""Bundles with one mistake each, and who must catch it: a job's models, or our own check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from tests.support.bundles import bundle

ROOT, JOB = "databricks.yml", "resources/shop.job.yml"
SHOP = ("resources", "jobs", "shop")
TASK = (*SHOP, "tasks", 0)
CHECK_TASK = (*SHOP, "tasks", 1)
SPEC = (*SHOP, "environments", 0, "spec")
SCHEMA = ("resources", "schemas", "shop_schema")
VOLUME = ("resources", "volumes", "shop_volume")
RULE = (*SHOP, "health", "rules", 0)
MAILS = (*SHOP, "email_notifications")
WARNED = "on_duration_warning_threshold_exceeded"
NO_RULE = "no rule of `health` is of the metric `RUN_DURATION_SECONDS`"
PROD_SHOP = ("targets", "prod", "resources", "jobs", "shop")

MODEL, CHECK, BOTH = {"model"}, {"check"}, {"model", "check"}
GONE = object()
"""In place of a value: what is there is taken away."""

Place = tuple[str | int, ...]


@dataclass
class Broken:
    """What stands at a place of a file instead, who must catch it, and what the check says."""

    path: str
    place: Place
    value: Any
    caught: set[str]
    message: str = ""
    where: str | None = None  # where the check finds it, if not at that place

    @property
    def told_at(self) -> str:
        if self.where is not None:
            return self.where
        steps = (f"[{s}]" if isinstance(s, int) else f".{s}" for s in self.place)
        return "".join(steps).removeprefix(".")

    def files(self) -> dict[str, str]:
        files = bundle()
        tree: Any = yaml.safe_load(files[self.path])
        *way, last = self.place
        inner = tree
        for step in way:
            inner = inner[step]
        if self.value is GONE:
            del inner[last]
        elif isinstance(inner, list) and last == len(inner):
            inner.append(self.value)
        else:
            inner[last] = self.value
        files[self.path] = yaml.safe_dump(tree, sort_keys=False)
        return files


BROKEN: dict[str, Broken] = {
    # What the models of a job were tried on before the check was written.
    "an unknown field of the job": Broken(JOB, (*SHOP, "retries"), 1, MODEL),
    "an unknown field of a task": Broken(JOB, (*TASK, "retries"), 1, MODEL),
    "an unknown field of a spec": Broken(JOB, (*SPEC, "packages"), [], MODEL),
    "environments as a map": Broken(
        JOB,
        (*SHOP, "environments"),
        {"default": {"spec": {"environment_version": "4"}}},
        BOTH,
        "`environments` is no list",
    ),
    "a schedule without a time zone": Broken(
        JOB,
        (*SHOP, "schedule", "timezone_id"),
        GONE,
        BOTH,
        "a schedule has a `timezone_id`",
        where="resources.jobs.shop.schedule",
    ),
    "a schedule without its times": Broken(
        JOB,
        (*SHOP, "schedule", "quartz_cron_expression"),
        None,
        BOTH,
        "a schedule has a `quartz_cron_expression`",
        where="resources.jobs.shop.schedule",
    ),
    "an option that the script lacks": Broken(
        JOB,
        (*TASK, "spark_python_task", "parameters", 0),
        "--catlog",
        CHECK,
        "generate_data.py has no option `--catlog`",
    ),
    "a version that is a number": Broken(
        JOB,
        (*SPEC, "environment_version"),
        4,
        CHECK,
        "the `environment_version` is no text",
    ),
    "no python_file": Broken(
        JOB, (*TASK, "spark_python_task", "python_file"), GONE, MODEL
    ),
    "no task_key": Broken(JOB, (*CHECK_TASK, "task_key"), GONE, MODEL),
    "a bad permission of the job": Broken(
        JOB,
        (*SHOP, "permissions", 0, "level"),
        "CAN_READ",
        BOTH,
        "there is no permission `CAN_READ`",
    ),
    "a number as a tag": Broken(
        JOB, (*SHOP, "tags", "team"), 7, CHECK, "the tag `team` is no text"
    ),
    "a number as a default": Broken(
        JOB,
        (*SHOP, "parameters", 2, "default"),
        0.5,
        CHECK,
        "the default of `scale` is no text",
    ),
    "no bundle name": Broken(
        ROOT, ("bundle", "name"), GONE, CHECK, "the bundle has no name", where=""
    ),
    "resources.job": Broken(
        JOB, ("resources", "job"), {}, CHECK, "there is no kind of resource `job`"
    ),
    "a dangling environment_key": Broken(
        JOB,
        (*TASK, "environment_key"),
        "defualt",
        CHECK,
        "the job has no environment `defualt`",
    ),
    "a variable that is not defined": Broken(
        JOB,
        (*SHOP, "parameters", 0, "default"),
        "${var.nope}",
        CHECK,
        "there is no variable `nope`",
    ),
    "an unknown key at the top": Broken(
        ROOT, ("target",), {}, CHECK, "a bundle has no `target`"
    ),
    "mode: staging": Broken(
        ROOT,
        ("targets", "prod", "mode"),
        "staging",
        CHECK,
        "a target has no mode `staging`",
    ),
    "two default targets": Broken(
        ROOT,
        ("targets", "prod", "default"),
        True,
        CHECK,
        "`dev` and `prod` are both the default target",
    ),
    "a bad cron": Broken(
        JOB,
        (*SHOP, "schedule", "quartz_cron_expression"),
        "0 6 * * *",
        CHECK,
        "`0 6 * * *` is no schedule: it has 5 fields, not 6 or 7, of which the first is seconds",
    ),
    "an absent file": Broken(
        JOB,
        (*TASK, "spark_python_task", "python_file"),
        "generate_data.py",
        CHECK,
        "there is no file `generate_data.py`",
    ),
    "schedule and trigger both": Broken(
        JOB,
        (*SHOP, "trigger"),
        {"file_arrival": {"url": "/Volumes/main/shop/in/"}},
        CHECK,
        "`schedule` and `trigger` exclude each other",
    ),
    # And others.
    "environments beside targets": Broken(
        ROOT,
        ("environments",),
        {},
        CHECK,
        "`environments` is the old name of `targets`, and beside it an error",
    ),
    "an include of no file": Broken(
        ROOT,
        ("include", 1),
        "jobs/*.yml",
        CHECK,
        "no file of the bundle fits `jobs/*.yml`",
    ),
    "production without a path": Broken(
        ROOT,
        ("targets", "prod", "workspace"),
        GONE,
        CHECK,
        "a production target has a `workspace.root_path` or a `run_as`",
        where="targets.prod.mode",
    ),
    "an unknown key of a target": Broken(
        ROOT, ("targets", "dev", "name"), "x", CHECK, "a target has no `name`"
    ),
    "a target as a list": Broken(
        ROOT, ("targets", "dev"), [], CHECK, "`dev` is no mapping"
    ),
    "a variable as a text": Broken(
        ROOT, ("variables", "catalog"), "main", CHECK, "`catalog` is no mapping"
    ),
    "targets as a list": Broken(
        ROOT, ("targets",), [{"dev": {}}], CHECK, "`targets` is no mapping"
    ),
    "a target's value for an unknown variable": Broken(
        ROOT,
        ("targets", "dev", "variables", "sclae"),
        "2",
        CHECK,
        "there is no variable `sclae`",
    ),
    "a bad permission of a target": Broken(
        ROOT,
        ("targets", "prod", "permissions", 0, "level"),
        "CAN_MANGE",
        CHECK,
        "there is no permission `CAN_MANGE`",
    ),
    "an unknown kind in a target": Broken(
        ROOT,
        ("targets", "dev", "resources"),
        {"pipeline": {}},
        CHECK,
        "there is no kind of resource `pipeline`",
        where="targets.dev.resources.pipeline",
    ),
    "a reference without var": Broken(
        JOB, (*SHOP, "name"), "shop-${schema}", CHECK, "`${schema}` leads nowhere"
    ),
    "a reference to nothing of the bundle": Broken(
        ROOT,
        ("targets", "prod", "workspace", "root_path"),
        "/${bundle.nmae}",
        CHECK,
        "`${bundle.nmae}` leads nowhere",
    ),
    "a reference to an unknown job": Broken(
        JOB,
        (*SHOP, "description"),
        "after ${resources.jobs.shp.id}",
        CHECK,
        "there is no `shp` among the `jobs`",
    ),
    "a reference to an unknown kind": Broken(
        JOB,
        (*SHOP, "description"),
        "after ${resources.job.shop.id}",
        CHECK,
        "there is no kind of resource `job`",
    ),
    "a dangling job_cluster_key": Broken(
        JOB,
        (*TASK, "job_cluster_key"),
        "big",
        CHECK,
        "the job has no job cluster `big`",
    ),
    "a dangling dependency": Broken(
        JOB,
        (*CHECK_TASK, "depends_on", 0, "task_key"),
        "genrate",
        CHECK,
        "the job has no task `genrate`",
    ),
    "two tasks of one key": Broken(
        JOB,
        (*SHOP, "tasks", 2),
        {"task_key": "check", "existing_cluster_id": "1"},
        CHECK,
        "there are two tasks `check`",
        where="resources.jobs.shop.tasks[2].task_key",
    ),
    "two parameters of one name": Broken(
        JOB,
        (*SHOP, "parameters", 3),
        {"name": "scale", "default": ""},
        CHECK,
        "there are two parameters `scale`",
        where="resources.jobs.shop.parameters[3].name",
    ),
    "a serverless task without an environment": Broken(
        JOB,
        (*TASK, "environment_key"),
        GONE,
        CHECK,
        "a serverless task of Python has an `environment_key`",
        where="resources.jobs.shop.tasks[0]",
    ),
    "a notebook that is not there": Broken(
        JOB,
        (*SHOP, "tasks", 2),
        {"task_key": "look", "notebook_task": {"notebook_path": "./look.ipynb"}},
        CHECK,
        "there is no file `./look.ipynb`",
        where="resources.jobs.shop.tasks[2].notebook_task.notebook_path",
    ),
    "an unknown time zone": Broken(
        JOB,
        (*SHOP, "schedule", "timezone_id"),
        "Europe/Pariss",
        CHECK,
        "there is no time zone `Europe/Pariss`",
    ),
    "client beside the version": Broken(
        JOB,
        (*SPEC, "client"),
        "4",
        CHECK,
        "`client` is the old name of `environment_version`",
    ),
    "client in place of the version": Broken(
        JOB,
        SPEC,
        {"client": "4"},
        CHECK,
        "`client` is the old name of `environment_version`",
        where="resources.jobs.shop.environments[0].spec.client",
    ),
    "a parameter that the job has not": Broken(
        JOB,
        (*TASK, "spark_python_task", "parameters", 1),
        "{{ job.parameters.catalogue }}",
        CHECK,
        "the job has no parameter `catalogue`",
    ),
    "a target's trigger beside the job's schedule": Broken(
        ROOT,
        (*PROD_SHOP, "continuous"),
        {"pause_status": "PAUSED"},
        CHECK,
        "`schedule` and `continuous` exclude each other",
    ),
    "a target's task with a dangling environment": Broken(
        ROOT,
        (*PROD_SHOP, "tasks", 0, "environment_key"),
        "big",
        CHECK,
        "the job has no environment `big`",
    ),
    "a task in a loop with a dangling environment": Broken(
        JOB,
        (*SHOP, "tasks", 2),
        {
            "task_key": "loop",
            "for_each_task": {
                "inputs": "[1]",
                "task": {"task_key": "each", "environment_key": "none"},
            },
        },
        CHECK,
        "the job has no environment `none`",
        where="resources.jobs.shop.tasks[2].for_each_task.task.environment_key",
    ),
    "jobs in a list": Broken(
        ROOT,
        ("targets", "prod", "resources", "jobs"),
        [{}],
        CHECK,
        "`jobs` is no mapping",
    ),
    # Of Unity Catalog.
    "a schema without its catalog": Broken(
        JOB,
        (*SCHEMA, "catalog_name"),
        GONE,
        BOTH,
        "the schema `shop_schema` has no `catalog_name`",
        where="resources.schemas.shop_schema",
    ),
    "a volume without its schema": Broken(
        JOB,
        (*VOLUME, "schema_name"),
        GONE,
        BOTH,
        "the volume `shop_volume` has no `schema_name`",
        where="resources.volumes.shop_volume",
    ),
    "a volume without a name": Broken(
        JOB,
        (*VOLUME, "name"),
        "",
        CHECK,
        "the volume `shop_volume` has no `name`",
        where="resources.volumes.shop_volume",
    ),
    "an unknown field of a volume": Broken(JOB, (*VOLUME, "path"), "/x", MODEL),
    "a schema as a text": Broken(
        JOB, ("resources", "schemas", "other"), "main.x", BOTH, "`other` is no mapping"
    ),
    "schemas in a list": Broken(
        ROOT,
        ("targets", "prod", "resources", "schemas"),
        [{}],
        CHECK,
        "`schemas` is no mapping",
    ),
    "a volume with the job's key": Broken(
        JOB,
        ("resources", "volumes", "shop"),
        {"catalog_name": "main", "schema_name": "x", "name": "y"},
        CHECK,
        "another resource has the key `shop`, that of the `jobs`",
    ),
    "a parameter of a schema that is not there": Broken(
        JOB,
        (*SHOP, "parameters", 1, "default"),
        "${resources.schemas.shop.name}",
        CHECK,
        "there is no `shop` among the `schemas`",
    ),
    # Mails, and the health that some need.
    "a warning without a health": Broken(
        JOB,
        (*SHOP, "health"),
        GONE,
        CHECK,
        NO_RULE,
        where=f"resources.jobs.shop.email_notifications.{WARNED}",
    ),
    "a warning with another health": Broken(
        JOB,
        (*RULE, "metric"),
        "STREAMING_BACKLOG_FILES",
        CHECK,
        NO_RULE,
        where=f"resources.jobs.shop.email_notifications.{WARNED}",
    ),
    "a task's warning without a health of its own": Broken(
        JOB,
        (*TASK, "email_notifications"),
        {WARNED: ["ann@shop.example"]},
        CHECK,
        NO_RULE,
        where=f"resources.jobs.shop.tasks[0].email_notifications.{WARNED}",
    ),
    "a warning behind the end": Broken(
        JOB,
        (*RULE, "value"),
        7200,
        CHECK,
        "a run ends after 7200 seconds, before it takes 7200",
    ),
    "one address in place of a list": Broken(
        JOB,
        (*MAILS, "on_failure"),
        "ann@shop.example",
        BOTH,
        "`on_failure` is no list",
    ),
    "an unknown event": Broken(JOB, (*MAILS, "on_falure"), [], MODEL),
    "an unknown metric": Broken(
        JOB,
        (*SHOP, "health", "rules", 1),
        {"metric": "RUN_DURATION", "op": "GREATER_THAN", "value": 1},
        MODEL,
    ),
    "rules as a map": Broken(
        JOB,
        (*SHOP, "health", "rules"),
        {"RUN_DURATION_SECONDS": 1},
        BOTH,
        "`rules` is no list",
    ),
}
