"""Plan to {path: text}: the script and what stands beside it."""

from __future__ import annotations

from compiler.plan.model import Plan


def emit(plan: Plan) -> dict[str, str]:
    """The files of `generated/NAME/`, by their path in it."""
    from compiler.emit.needed import needed
    from compiler.emit.script import script

    return {"generate_data.py": script(needed(plan))}
