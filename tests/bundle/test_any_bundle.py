"""Whatever a bundle's files hold: what is wrong is told, what is right let alone."""

from __future__ import annotations

import os
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiler.emit.bundle.check import problems
from tests.strategies.bundles import texts, trees
from tests.support.broken_bundles import JOB, ROOT
from tests.support.bundles import bundle


def alone() -> dict[str, str]:
    """The bundle without what a target changes in the job."""
    return {**bundle(), ROOT: bundle()[ROOT].partition("    resources:")[0]}


TEXTS = {
    "no databricks.yml": (ROOT, None, "", "there is no `databricks.yml`"),
    "an unclosed list": (
        ROOT,
        "include: [",
        "",
        "it is no YAML in line 1, column 11: expected the node content, but found '<stream end>'",
    ),
    "a tab": (
        ROOT,
        "bundle:\n\tname: shop\n",
        "",
        "it is no YAML in line 2, column 1: found character '\\t' that cannot start any token",
    ),
    "a list": (JOB, "- resources", "", "it holds no names with their values"),
    "a key twice": (JOB, "sync: {}\nsync: {}\n", "sync", "`sync` is given twice"),
    "a key twice within": (
        JOB,
        "sync: {paths: [a: 1, {b: 1, b: 2}]}\n",
        "sync.paths[1].b",
        "`b` is given twice",
    ),
    "a key that is a boolean": (
        JOB,
        "sync: {true: 1}\n",
        "sync.true",
        "the key `true` is no text",
    ),
    "an unknown tag": (
        JOB,
        "sync: !!python/name:os.system\n",
        "",
        "it is no YAML in line 1, column 7: could not determine a constructor for the tag "
        "'tag:yaml.org,2002:python/name:os.system'",
    ),
    "no number": (
        JOB,
        "sync: {a: !!int x}\n",
        "",
        "it is no YAML: invalid literal for int() with base 10: 'x'",
    ),
    "too many brackets": (JOB, "[" * 5000, "", "it is nested too deeply"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_no_yaml_is_told(name: str) -> None:
    path, text, where, message = TEXTS[name]
    files = {**alone(), path: text or ""}
    if text is None:
        del files[path]
    (one,) = problems(files)
    assert (one.path, one.where, one.message) == (path, where, message)
    assert one.help


FINE = {
    "yes and on are texts, as is a date": (
        "resources: {jobs: {shop: {tags: {yes: on, day: 2026-01-01}}}}"
    ),
    "an alias": "resources: {jobs: {shop: {tags: &t {a: b}}, two: {tags: *t}}}",
    "a merge": "resources: {jobs: {shop: {tags: &t {a: b}}, two: {tags: {<<: *t, a: c}}}}",
    "an alias within itself": "sync: &s {paths: [*s]}",
    "a job that only a target completes": "resources: {jobs: {shop: {name: x}}}",
    "an escaped reference": "resources: {jobs: {shop: {name: 'costs $${x}'}}}",
    "a variable of the shell": "artifacts: {wheel: {build: 'make ${TARGET}'}}",
    "a file elsewhere": (
        "resources: {jobs: {shop: {tasks: [{task_key: a, existing_cluster_id: '1', "
        "spark_python_task: {python_file: /Workspace/Shared/a.py}}]}}}"
    ),
    "a file in git": (
        "resources: {jobs: {shop: {git_source: {git_url: x}, tasks: [{task_key: a, "
        "existing_cluster_id: '1', spark_python_task: {python_file: a.py}}]}}}"
    ),
    "lists that are variables": (
        "resources: {jobs: {shop: {environments: '${var.scale}', parameters: '${var.scale}', "
        "tasks: [{task_key: a, environment_key: any, description: '{{job.parameters.x}}'}]}}}"
    ),
    "a name that is a variable": (
        "resources: {jobs: {shop: {environments: [{environment_key: '${var.scale}'}], "
        "tasks: [{task_key: a, environment_key: any}]}}}"
    ),
    "a zone of Java": (
        "resources: {jobs: {shop: {schedule: {quartz_cron_expression: '0 0 6 * * ?', "
        "timezone_id: 'GMT+02:00'}}}}"
    ),
    "nothing": "",
}


@pytest.mark.parametrize("name", FINE)
def test_what_is_right_is_let_alone(name: str) -> None:
    assert problems({**alone(), JOB: FINE[name]}) == []


often = settings(
    derandomize=bool(os.environ.get("CI")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@often
@given(st.sampled_from(sorted(bundle())), texts)
def test_any_text_has_problems_or_none(path: str, text: str) -> None:
    problems({**bundle(), path: text})


@often
@given(st.data())
def test_any_tree_has_problems_or_none(data: st.DataObject) -> None:
    """Something else stands anywhere in a file."""
    path = data.draw(st.sampled_from([ROOT, JOB]))
    tree = {"": yaml.safe_load(bundle()[path])}
    inner: Any = tree
    step: Any = ""
    while isinstance(inner[step], dict | list) and inner[step]:
        if data.draw(st.integers(0, 4)) == 0:
            break
        inner = inner[step]
        step = data.draw(
            st.sampled_from(
                list(inner) if isinstance(inner, dict) else range(len(inner))
            )
        )
    inner[step] = data.draw(trees)
    problems({**bundle(), path: yaml.safe_dump(tree[""], allow_unicode=True)})
