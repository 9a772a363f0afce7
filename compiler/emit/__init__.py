"""Plan to {path: text}: the script and the files beside it."""

from __future__ import annotations

from pathlib import Path

from compiler.plan.model import Plan


def emit(plan: Plan, template: Path | None = None) -> dict[str, str]:
    """The files of `generated/NAME/`, by their path in it; `template` makes another bundle.

    Raises `bundle.TemplateError` where that template cannot be rendered.
    """
    from compiler.emit.bundle import bundle
    from compiler.emit.needed import needed
    from compiler.emit.script import script

    made = script(needed(plan))
    return {"generate_data.py": made.text, **bundle(plan, made.dependencies, template)}
