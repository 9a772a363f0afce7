"""A first spec of a source: its text, which compiles, and its plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.diagnostics import Diagnostic
from compiler.profiling.draft import Draft, DraftColumn, Settings
from compiler.profiling.model import Options
from compiler.profiling.profile import draft_of
from compiler.profiling.text import to_toml
from compiler.sources.read import read_sources

if TYPE_CHECKING:
    from compiler.pipeline import Compiled

ROUNDS = 20
"""So many times columns that do not compile are made plain."""
PLAIN: dict[str, Settings] = {
    "moment": {"kind": "timestamp"},
    "number": {"kind": "normal", "mean": 100, "sd": 20},
    "text": {"kind": "faker", "provider": "word"},
}


@dataclass(frozen=True)
class Drafted:
    """A first spec, and what is to be said about its sources."""

    compiled: Compiled | None
    """With the text and the plan; None where nothing could be read."""
    problems: list[Diagnostic]
    """Of the sources; those that could be read are in the spec all the same."""
    notes: tuple[str, ...] = ()


def spec_from(
    paths: Sequence[Path],
    name: str,
    path: str,
    options: Options,
    dialect: str | None = None,
    settings: Settings | None = None,
) -> Drafted:
    """The spec `name` of what the paths hold, as if it was written to `path`.

    `settings` are of the top level: `description`, `output` and the like.
    """
    source, problems = read_sources(paths, dialect=dialect)
    if source is None or any(one.severity == "error" for one in problems):
        return Drafted(None, problems)
    draft = draft_of(source, name, options)
    more = dict(settings or {})
    draft.description = more.pop("description", draft.description)
    draft.settings |= more
    listed = " ".join(f"--from {each}" for each in paths)
    about = f"A first spec, by `scaffold new {name} {listed}`. Each comment is a guess's reason."
    draft.comments.insert(0, about)
    return Drafted(compiling(draft, path), problems, source.notes)


def compiling(draft: Draft, path: str) -> Compiled:
    """The spec of a draft, without what does not compile, and with its warnings allowed."""
    from compiler.pipeline import plan_spec

    for _ in range(ROUNDS):
        text = to_toml(draft)
        compiled = plan_spec(path, text)
        if not compiled.failed:
            break
        make_plain(draft, text, compiled.diagnostics)
    allowed = sorted({one.code for one in compiled.diagnostics})
    if compiled.failed or not allowed:
        return compiled
    draft.settings["allow"] = allowed
    draft.comments.append(f"The data is so: {', '.join(map(described, allowed))}.")
    return plan_spec(path, to_toml(draft))


def described(code: str) -> str:
    from compiler.codes import CODES

    return f"{code} ({CODES[code].title})"


def make_plain(draft: Draft, text: str, problems: Iterable[Diagnostic]) -> None:
    """Draws the columns with these problems from something plain, and says so."""
    lines = text.splitlines()
    for problem in problems:
        if problem.span is None:
            continue
        place = column_at(draft, lines, problem.span.line)
        if place is not None:
            place.comments.append(f"it was made plain: {problem.message}")
            place.settings = plain_of(place)


def column_at(draft: Draft, lines: Sequence[str], line: int) -> DraftColumn | None:
    """The column whose text has a line of the spec."""
    for number in range(line - 1, -1, -1):
        start = lines[number]
        if start.startswith("[tables."):
            break
    else:
        return None
    table, *rest = start.strip("[]").removeprefix("tables.").split(".")
    name = rest[1] if len(rest) == 2 else lines[line - 1].partition(" =")[0]
    if not rest:
        return None
    columns = [each.columns for each in draft.tables if each.name == table]
    return next((one for one in columns[0] if one.name == name), None)


def plain_of(column: DraftColumn) -> Settings:
    """Settings that compile whatever is beside them."""
    kind = column.settings.get("kind")
    if kind in ("date", "timestamp", "offset"):
        return dict(PLAIN["moment"])
    if kind in ("choice", "faker", "template", "email", "constant"):
        return dict(PLAIN["text"])
    return dict(PLAIN["number"])
