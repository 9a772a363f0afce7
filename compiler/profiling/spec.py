"""A first spec of a source: its text, which compiles, and its plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.diagnostics import Diagnostic
from compiler.profiling.draft import Draft, DraftColumn, DraftTable, Settings
from compiler.profiling.model import Options
from compiler.profiling.profile import draft_of, silent
from compiler.profiling.schema_only import ROWS
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
    report: Callable[[str], None] = silent,
) -> Drafted:
    """The spec `name` of what the paths hold, as if it was written to `path`.

    `settings` are of the top level: `description`, `output` and the like; `report` gets each
    step in words, before it is done.
    """
    source, problems = read_sources(paths, dialect=dialect)
    if source is None or any(one.severity == "error" for one in problems):
        return Drafted(None, problems)
    draft = draft_of(source, name, options, report)
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
    """Takes out what has these problems, and says so: a column becomes plain, a key goes."""
    lines = text.splitlines()
    for problem in problems:
        if problem.span is None:
            continue
        table, column, key = place_of(draft, lines, problem.span.line)
        reason = f"it was made plain: {problem.message}"
        if column is not None:
            column.comments.append(reason)
            column.settings = plain_of(column)
        elif table is not None and key == "rows":
            table.comments.append(reason)
            table.settings["rows"] = ROWS
        elif table is not None and key in table.settings:
            table.comments.append(f"{key} was left out: {problem.message}")
            del table.settings[key]


def place_of(
    draft: Draft, lines: Sequence[str], line: int
) -> tuple[DraftTable | None, DraftColumn | None, str]:
    """The table and the column that a line of the spec is about, and the line's key."""
    heads = (lines[n] for n in range(line - 1, -1, -1) if lines[n].startswith("["))
    parts = next(heads, "").strip("[]").split(".")
    key = lines[line - 1].partition(" =")[0]
    if parts[0] != "tables" or len(parts) < 2:
        return None, None, key
    table = next((one for one in draft.tables if one.name == parts[1]), None)
    name = parts[3] if len(parts) > 3 else key if len(parts) == 3 else ""
    columns = table.columns if table is not None else []
    return table, next((one for one in columns if one.name == name), None), key


def plain_of(column: DraftColumn) -> Settings:
    """Settings that compile whatever is beside them."""
    kind = column.settings.get("kind")
    if kind in ("date", "timestamp", "offset"):
        return dict(PLAIN["moment"])
    if kind in ("choice", "faker", "template", "email", "constant"):
        return dict(PLAIN["text"])
    return dict(PLAIN["number"])
