"""What a bundle template is given. docs/bundle-templates.md lists it for those who write one."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from compiler.emit.bundle.job import (
    dynamic,
    moment_of,
    options_of,
    payload,
    settings_of,
    variables_of,
    workers_of,
)
from compiler.emit.bundle.pages import diagram, plan_page
from compiler.emit.header import source_of
from compiler.plan.jobs import runs_as_job
from compiler.plan.model import Plan
from compiler.spec.types import Data

SQL = {
    Data.TEXT: "STRING",
    Data.INTEGER: "BIGINT",
    Data.BOOLEAN: "BOOLEAN",
    Data.DATE: "DATE",
}
"""The types of the columns that can be folders."""


def context_of(plan: Plan, dependencies: Sequence[str]) -> dict[str, Any]:
    """The values of `cookiecutter.…`; `dependencies` are the packages of the script."""
    job, moment = plan.job, moment_of(plan)
    catalog, schema, volume = plan.output.unity_names(plan.name)
    return {
        "name": plan.name,
        "description": plan.description,
        "source": source_of(plan),
        "engine": plan.output.engine,
        "format": plan.output.format,
        "separator": separator_of(plan),
        "file_suffix": f".{plan.output.suffix}" if plan.output.has_single_files else "",
        "partitions": {
            table.name: [
                {"name": name, "type": SQL[table.columns[name].type.data]}
                for name in table.partition_by
            ]
            for table in plan.written
            if table.partition_by
        },
        "catalog": catalog,
        "schema": schema,
        "volume": volume,
        "create_catalog": plan.output.create_catalog,
        "tags": plan.output.has_tags,
        "path": plan.output.path or f"output/{plan.name}",
        "ignored": ignored_of(plan),
        "has_job": runs_as_job(plan.output),
        "appends": plan.appends,
        "last_day": str(plan.end - timedelta(days=1)) if plan.end else "",
        "variables": variables_of(plan),
        "moment": moment
        and {"name": moment.name, "default": dynamic(moment.reference)},
        "options": options_of(plan),
        "dependencies": [*dependencies],
        "settings": settings_of(plan),
        "compute": job.compute,
        "environment_version": job.environment_version,
        "spark_version": job.spark_version,
        "node_type": job.node_type,
        "workers": workers_of(plan),
        "cluster_id": job.cluster_id,
        "schedule": job.schedule,
        "timezone": job.timezone,
        "plan": plan_page(plan, plan.written),
        "diagram": diagram(plan),
        "job": json.dumps(payload(plan, [*dependencies]), indent=2, ensure_ascii=False),
    }


def separator_of(plan: Plan) -> str:
    """The delimiter of CSV as SQL has it; empty for a comma."""
    return (plan.output.own_delimiter or "").replace("\t", r"\t")


def ignored_of(plan: Plan) -> str:
    """The folder of local runs as a line of a .gitignore; "" where it is none of this folder."""
    path = PurePosixPath(plan.output.path or "output")
    name = str(path)
    if path.is_absolute() or name.startswith(("..", "~")) or name == "." or ":" in name:
        return ""
    marked = re.sub(r"([\\*?\[\]!#])", r"\\\1", name)
    return f"/{marked}/" if marked == marked.strip() else ""
