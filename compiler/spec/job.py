"""The Databricks job that runs the script."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from compiler.diagnostics import leave_out
from compiler.quartz import mistake
from compiler.spec.base import Model, Seen, problem
from compiler.spec.job_settings import (
    Health,
    Notifications,
    Permissions,
    RunLength,
    Tags,
    check_order,
)
from compiler.spec.zones import check_timezone

SPARK_VERSION = "17.3.x-scala2.13"
"""A Databricks Runtime with long-term support; its Python is 3.12."""
OLDEST_RUNTIME = (16, 4)
"""The first with long-term support and Python 3.12; earlier ones have too old numpy and pyarrow."""
ENVIRONMENT = "5"
"""The serverless environment of Databricks' own templates."""
OLDEST_ENVIRONMENT = 3
"""The first serverless environment with Python 3.12."""
TOO_OLD = "numpy and pyarrow of those before are too old for the script"

OF_SERVERLESS = ("environment_version", "performance_target", "budget_policy_id")
OF_CLASSIC = ("spark_version", "node_type", "workers", "cluster_id")
OF_A_NEW_CLUSTER = ("spark_version", "node_type", "workers")


def check_schedule(schedule: str) -> str:
    """A cron expression of Quartz; otherwise raises E109."""
    wrong = mistake(schedule)
    if wrong:
        help = 'seconds, minutes, hours, day, month, weekday: "0 0 6 * * ?" is every day at six'
        raise problem(
            "E109", f"`{schedule}` is no Quartz cron expression: {wrong}", help
        )
    return schedule


def check_environment(version: str) -> str:
    """A version of Databricks' serverless environment; otherwise raises E105."""
    if (
        not version.isascii()
        or not version.isdigit()
        or int(version) < OLDEST_ENVIRONMENT
    ):
        help = f'such as "{ENVIRONMENT}"; from "{OLDEST_ENVIRONMENT}" on: {TOO_OLD}'
        raise problem(
            "E105", f"`{version}` is no environment that can run the script", help
        )
    return version


def check_runtime(version: str) -> str:
    """A Databricks Runtime; otherwise raises E105."""
    found = re.fullmatch(r"(\d{1,3})\.(\d{1,3})\.x(-[a-z0-9]+)*-scala2\.1[23]", version)
    if not found or (int(found[1]), int(found[2])) < OLDEST_RUNTIME:
        oldest = ".".join(map(str, OLDEST_RUNTIME))
        help = f'such as "{SPARK_VERSION}"; from {oldest} on: {TOO_OLD}'
        raise problem(
            "E105", f"`{version}` is no runtime that can run the script", help
        )
    return version


class Job(Model):
    """Where and when Databricks runs the script."""

    compute: Literal["serverless", "classic"] = Field(
        "serverless", description="the compute that it runs on"
    )
    schedule: Annotated[str, AfterValidator(check_schedule)] | None = Field(
        None, description='when it runs, as a Quartz cron expression: "0 0 6 * * ?"'
    )
    timezone: Annotated[str, AfterValidator(check_timezone)] = Field(
        "UTC", description="the time zone of the schedule"
    )
    environment_version: Annotated[str, AfterValidator(check_environment)] = Field(
        ENVIRONMENT,
        description=f'version of the serverless environment, as text: "{ENVIRONMENT}"',
    )
    spark_version: Annotated[str, AfterValidator(check_runtime)] = Field(
        SPARK_VERSION, description="the runtime of a new cluster"
    )
    node_type: Seen | None = Field(
        None, description="the machine type of a new cluster"
    )
    workers: int | None = Field(
        None,
        ge=0,
        le=100_000,
        description="workers of a new cluster, without its driver: 2 for Spark, else 0",
    )
    cluster_id: Seen | None = Field(
        None, description="the id of an existing cluster, instead of a new one"
    )
    performance_target: Literal["standard", "performance_optimized"] | None = Field(
        None, description="serverless compute: cheaper, or faster to start"
    )
    budget_policy_id: Seen | None = Field(
        None, description="the id of the budget policy of serverless compute"
    )
    timeout: RunLength | None = Field(
        None, description='a run that takes longer is ended: "2h"'
    )
    health: Health | None = Field(
        None, description="a run that takes longer gets a warning"
    )
    notifications: Notifications | None = Field(
        None, description="who gets mail, and when"
    )
    permissions: Permissions = Field(
        [], description="who may look at the job, run it or change it"
    )
    tags: Tags = Field(
        {}, description="tags of the job, in addition to data = synthetic"
    )

    @model_validator(mode="after")
    def _warnings_that_come(self) -> Self:
        mails = self.notifications and self.notifications.on_duration_warning
        if mails and self.health is None:
            message = "`on_duration_warning` needs a `health`, and there is none"
            help = 'health = { run_duration = "1h" }'
            at = [("notifications", "on_duration_warning")]
            raise problem("E106", message, help, at=at)
        check_order(self.timeout, self.health)
        return self

    @model_validator(mode="after")
    def _keys_that_fit(self) -> Self:
        given = self.model_fields_set
        if "timezone" in given and self.schedule is None:
            message = "`timezone` needs a `schedule`, and there is none"
            raise problem(
                "E106", message, 'schedule = "0 0 6 * * ?"', at=[("timezone",)]
            )
        strange = OF_CLASSIC if self.compute == "serverless" else OF_SERVERLESS
        for key in strange:
            if key in given:
                other = "classic" if key in OF_CLASSIC else "serverless"
                message = (
                    f"`{key}` is for {other} compute, and this job's is {self.compute}"
                )
                raise problem("E106", message, f'compute = "{other}"', at=[(key,)])
        if self.compute == "classic":
            twice = [key for key in OF_A_NEW_CLUSTER if key in given]
            if self.cluster_id and twice:
                message = f"`{twice[0]}` is for a new cluster, `cluster_id` for an existing one"
                one = leave_out("one of the two")
                raise problem("E106", message, one, at=[(twice[0],), ("cluster_id",)])
            if not self.cluster_id and not self.node_type:
                help = 'node_type = "m5d.large", or "Standard_D4ds_v5": they differ by cloud'
                raise problem(
                    "E106", "classic compute needs `node_type` or `cluster_id`", help
                )
        return self
