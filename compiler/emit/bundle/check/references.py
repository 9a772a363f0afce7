"""References, `${…}`, and whether they lead anywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from compiler.diagnostics import did_you_mean
from compiler.emit.bundle.check.tree import Problem, Spot, texts

KINDS = (
    *("alerts", "apps", "catalogs", "cluster_policies", "clusters", "dashboards"),
    *("database_catalogs", "database_instances", "experiments", "external_locations"),
    *("genie_spaces", "instance_pools", "job_runs", "jobs", "model_serving_endpoints"),
    *("models", "pipelines", "postgres_branches", "postgres_catalogs"),
    *("postgres_databases", "postgres_endpoints", "postgres_projects"),
    *("postgres_roles", "postgres_snapshot_schedules", "postgres_synced_tables"),
    *("quality_monitors", "registered_models", "schemas", "secret_scopes", "secrets"),
    *("sql_warehouses", "synced_database_tables", "vector_search_endpoints"),
    *("vector_search_indexes", "volumes"),
)
OF_BUNDLE = ("name", "target", "git", "uuid", "environment")
ROOTS = ("var", "variables", "bundle", "workspace", "resources")
REFERENCE = re.compile(r"(?<!\$)\$\{([^{}]*)\}")  # "$${" is the text "${"


def of_references(
    spot: Spot,
    tree: Any,
    variables: Collection[str],
    resources: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    """References to what is not there, anywhere in a file."""
    for place, text in texts(spot, tree):
        for reference in REFERENCE.findall(text):
            root = reference.partition(".")[0]
            if root not in ROOTS and place.steps[0] in ("artifacts", "scripts"):
                continue  # a variable of the shell
            if wrong := _wrong(reference, variables, resources):
                yield place.problem(*wrong)


def _wrong(
    reference: str,
    variables: Collection[str],
    resources: Mapping[str, Collection[str]],
) -> tuple[str, str] | None:
    """What is wrong with a reference, and the way out."""
    root, *steps = re.split(r"[.[]", reference)
    if root in ("var", "variables") and steps:
        if steps[0] in variables:
            return None
        help = did_you_mean(steps[0], variables)
        message = f"there is no variable `{steps[0]}`"
        return message, str(help or "define it under `variables`")
    if root == "resources" and len(steps) > 2:
        kind, name = steps[:2]
        if kind not in KINDS:
            help = str(did_you_mean(kind, KINDS) or "leave it out")
            return f"there is no kind of resource `{kind}`", help
        names = resources.get(kind, ())
        if name in names:
            return None
        help = str(did_you_mean(name, names) or "define it under `resources`")
        return f"there is no `{name}` among the `{kind}`", help
    if root == "workspace" and steps:
        return None
    if root == "bundle" and steps and steps[0] in OF_BUNDLE:
        return None
    near = did_you_mean(root, ROOTS)
    if root == "bundle" and steps:
        near = did_you_mean(steps[0], OF_BUNDLE)
    if reference in variables:
        near = f"did you mean `${{var.{reference}}}`?"
    return f"`${{{reference}}}` leads nowhere", str(near or "leave it out")
