"""What the commands print of compiled specs: plans, diagnostics, written files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from compiler.printing import (
    in_workflow,
    print_commands,
    print_json,
    print_line,
    print_styled,
    print_text,
)

# Everything else is imported where it is used, so `--version` and `--help` are fast.
if TYPE_CHECKING:
    from compiler.pipeline import Compiled
    from compiler.regen import Writing


def show_plans(compiled: list[Compiled], err: bool = True) -> None:
    from compiler.show import as_text

    for one in compiled:
        if one.plan:
            print_styled(as_text(one.plan), err=err)


def show_diagnostics(compiled: list[Compiled]) -> None:
    found = [diagnostic for one in compiled for diagnostic in one.diagnostics]
    show(found, {one.path: one.text for one in compiled if one.text is not None})


def show(diagnostics: Sequence[Any], sources: dict[str, str]) -> None:
    """Prints diagnostics on stderr; in a GitHub workflow also as annotations."""
    from compiler.render import to_github, to_text

    if not diagnostics:
        return
    color = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    print_text(to_text(diagnostics, sources, color=color) + "\n", err=True)
    if in_workflow():
        print_commands(to_github(diagnostics))


def diagnostics_data(compiled: list[Compiled]) -> list[Any]:
    from compiler.render import to_json

    return [item for one in compiled for item in json.loads(to_json(one.diagnostics))]


def show_files(writings: Sequence[Writing]) -> None:
    """Prints what was done with each file."""
    for writing in writings:
        for decision in writing.decisions:
            path = writing.folder / decision.path
            print_line(f"{decision.action.value} {path}", err=True)


def print_result(
    compiled: list[Compiled], writings: list[Writing], refusals: Sequence[Any]
) -> None:
    """Prints what was found, and what was done with each file, as JSON."""
    from compiler.render import to_json

    files = [
        {
            "path": str(writing.folder / decision.path),
            "action": decision.action.value,
        }
        for writing in writings
        for decision in writing.decisions
    ]
    found = diagnostics_data(compiled) + json.loads(to_json(refusals))
    print_json({"files": files if not refusals else [], "diagnostics": found})
