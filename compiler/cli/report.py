"""What the commands print of compiled specs: plans, diagnostics, written files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from compiler.escape.terminal import as_terminal
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
    from pathlib import Path

    from compiler.cli.checking import Finding
    from compiler.pipeline import Compiled
    from compiler.regen.diffs import Diff
    from compiler.regen.planning import Writing

STYLES = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}
"""The colours of a diff's lines, by how they begin."""


def show_plans(compiled: list[Compiled], err: bool = True) -> None:
    from compiler.styled import as_text

    for one in compiled:
        if one.summary:
            print_styled(as_text(one.summary.shown), err=err)


def show_diagnostics(compiled: list[Compiled]) -> None:
    found = [diagnostic for one in compiled for diagnostic in one.diagnostics]
    show(found, {one.path: one.text for one in compiled if one.text is not None})


def show(diagnostics: Sequence[Any], sources: Mapping[str, str]) -> None:
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
    """Prints what was done with each file; of a merge, how many lines are new in it."""
    from compiler.regen.diffs import merged_lines

    for writing in writings:
        counts = {
            path: f"  +{diff.added} -{diff.removed}"
            for path, diff in merged_lines(writing).items()
        }
        for decision in writing.decisions:
            path = writing.folder / decision.path
            counted = counts.get(decision.path, "")
            print_line(f"{decision.action.value} {path}{counted}", err=True)


def show_other_build(folder: Path, options: Mapping[str, str | None]) -> None:
    """Prints the options of the last build of a folder, where this one has others."""
    from compiler.cli.targets import origin_in
    from compiler.regen.origin import options_here, words_of

    origin = origin_in(folder)
    if origin is None:
        return
    before = options_here(folder, origin)
    given = {name: value for name, value in options.items() if value is not None}
    if before != given:
        words = [" ".join(words_of(each)) or "no options" for each in (before, given)]
        text = (
            f"note: the last build of {folder} had {words[0]}; this one has {words[1]}"
        )
        print_line(text, err=True)


def show_edits(writings: Sequence[Writing], conflict: str) -> bool:
    """Prints the edits that are about to be merged or lost; returns whether some may be lost."""
    from compiler.regen.decide import Action
    from compiler.regen.diffs import edits_before

    merges = {Action.MERGE, Action.CONFLICT}
    merged = [each for one in writings for each in edits_before(one, merges)]
    lost = [each for one in writings for each in edits_before(one, {Action.OVERWRITE})]
    wins = " (the new text wins where both changed)" if conflict == "theirs" else ""
    titles = (
        (f"Your edits, which are merged with the new text{wins}:", merged),
        ("Your edits, which are LOST by --force:", lost),
    )
    for title, diffs in titles:
        if diffs:
            print_line(title, err=True)
            print_line(err=True)
            show_diffs(diffs, err=True)
    return bool(lost or (merged and wins))


def show_diffs(diffs: Iterable[Diff], err: bool = False) -> None:
    """Prints differences of files, in colour on a terminal."""
    stream = sys.stderr if err else sys.stdout
    styles = STYLES if stream.isatty() and "NO_COLOR" not in os.environ else {}
    for diff in diffs:
        for line in diff.lines:
            text = as_terminal(line)
            code = next((styles[sign] for sign in styles if line.startswith(sign)), "")
            shown = f"\x1b[{code}m{text}\x1b[0m" if code else text
            print_text(f"{shown}\n", err=err)
        print_line(err=err)


def show_stat(diffs: Iterable[Diff]) -> None:
    """Prints how many lines each file gains and loses."""
    for diff in diffs:
        print_line(f"{diff.file}  +{diff.added} -{diff.removed}")
    print_line()


def show_findings(findings: Sequence[Finding], failing: Collection[Finding]) -> None:
    """Prints what `check` found, a line each; in a GitHub workflow also as annotations."""
    from compiler.diagnostics import Diagnostic, Label, Span
    from compiler.render import to_github

    width = max((len(one.path) for one in findings), default=0)
    for one in findings:
        reason = f"{one.reason}: " if one.reason else ""
        print_line(f"{one.state.value:<10}  {one.path:<{width}}  {reason}{one.command}")
    if in_workflow():
        print_commands(
            to_github(
                [
                    Diagnostic(
                        one.state.value,
                        one.reason or f"{one.path} is {one.state.value}",
                        (Label(Span(one.path, 1, 1, 1, 1)),),
                        one.command,
                        "error" if one in failing else "warning",
                    )
                    for one in findings
                ]
            )
        )


def print_result(compiled: list[Compiled], writings: list[Writing]) -> None:
    """Prints what was found, and what was done with each file, as JSON."""
    from compiler.render import to_json

    files = [
        {
            "path": str(writing.folder / decision.path),
            "action": decision.action.value,
        }
        for writing in writings
        for decision in writing.decisions
        if not writing.diagnostics
    ]
    left = [one for each in writings for one in (*each.diagnostics, *each.notices)]
    found = diagnostics_data(compiled) + json.loads(to_json(left))
    print_json({"files": files, "diagnostics": found})
