"""`scaffold new --from`: a first spec of files, databases and schemas."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compiler.cli.new_file import path_of
from compiler.cli.options import USAGE
from compiler.cli.report import show
from compiler.printing import print_line, progress

if TYPE_CHECKING:
    from compiler.diagnostics import Diagnostic
    from compiler.pipeline import Compiled

OF_STORIES = ("rows", "skew", "joins", "bad_data", "languages", "append")
"""Options that a source decides: they are of stories that are made up."""
IN_OUTPUT = ("engine", "format", "catalog", "schema")
IN_JOB = ("schedule", "timezone", "compute", "node_type")


def spec_of_sources(
    sources: Sequence[str],
    name: str | None,
    output: str | None,
    given: Mapping[str, Any],
) -> tuple[Path, Compiled]:
    """Where the spec is to be written, and the spec with its plan.

    Shows what is wrong with the sources, and exits if nothing can be read.
    """
    from compiler.profiling.model import Options
    from compiler.profiling.names import snake
    from compiler.profiling.spec import spec_from

    for option in OF_STORIES:
        if given[option] not in (None, ()):
            words = option.replace("_", "-")
            message = f"`--{words}` goes without `--from`: edit the spec that it writes"
            raise click.UsageError(message)
    named = Path(output) if output else Path(sources[0]).resolve()
    name = name or snake(named.name.partition(".")[0])
    path = path_of(name, output)
    options = Options(given["least_rows"], not given["no_values"])
    paths = [Path(source) for source in sources]
    with progress(f"reading {', '.join(sources)}") as report:
        found = spec_from(
            paths,
            name,
            path.as_posix(),
            options,
            given["dialect"],
            settings_of(given),
            report,
        )
    for note in found.notes:
        print_line(f"note: {note}", err=True)
    show(found.problems, texts_of(found.problems))
    if found.compiled is None or found.compiled.failed:
        if found.compiled is not None:
            show(
                found.compiled.diagnostics, {path.as_posix(): found.compiled.text or ""}
            )
        sys.exit(USAGE)
    return path, found.compiled


def settings_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The top of a spec that the options ask for."""
    parts = {
        part: {key: given[key] for key in keys if given[key] is not None}
        for part, keys in (("output", IN_OUTPUT), ("job", IN_JOB))
    }
    settings: dict[str, Any] = {part: found for part, found in parts.items() if found}
    if given["description"]:
        settings["description"] = given["description"]
    return settings


def texts_of(problems: Sequence[Diagnostic]) -> dict[str, str]:
    """The texts of the files that diagnostics point into, so that lines are shown."""
    from compiler.reading import Unreadable, read_text

    texts = {}
    for path in {one.span.path for one in problems if one.span is not None}:
        try:
            texts[path] = read_text(path)
        except Unreadable:
            continue
    return texts
