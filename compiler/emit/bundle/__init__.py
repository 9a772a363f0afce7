"""The Databricks bundle beside the script, and the page that explains how to run both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from compiler.emit.bundle.check import Problem, problems
from compiler.emit.bundle.context import context_of
from compiler.emit.bundle.own import own_bundle
from compiler.emit.bundle.render import NoRoom, TemplateError, rendered
from compiler.plan.model import Plan

__all__ = ["NoRoom", "Problem", "TemplateError", "bundle", "problems"]

WITHOUT_JOB = (".gitignore", "AGENTS.md", "README.md")
"""What is made where the script cannot run as a job."""


def bundle(
    plan: Plan, dependencies: Sequence[str], template: Path | None = None
) -> dict[str, str]:
    """The files of the bundle by their path, made by our template or by another.

    `dependencies` are the packages that the script needs.

    Raises `TemplateError` where the template cannot be rendered.
    """
    context = context_of(plan, dependencies)
    if template is not None:
        return rendered(template, context)
    files = own_bundle(context)
    if not context["has_job"]:
        return {path: files[path] for path in WITHOUT_JOB}
    return files
