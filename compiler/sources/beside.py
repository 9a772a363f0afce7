"""Values in files beside a spec: their rows take the places of the paths in the spec's tree."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from compiler.diagnostics import Diagnostic, Help, Label, did_you_mean
from compiler.source import Document, json, toml
from compiler.source.edits import advised
from compiler.source.places import Mistake
from compiler.sources.small_files import Rows, Unusable, rows_of
from compiler.spec.base import IDENTIFIER_NAME, suggest_name

Place = tuple[str | int, ...]
MOST = 10_000
"""Rows of a file: they are written into the script."""


@dataclass(frozen=True)
class Named:
    """A file that a spec names: the place of its path, and the path as it is written."""

    place: Place
    path: str

    @property
    def is_beside(self) -> bool:
        """Whether it is in the spec's folder, or below it."""
        path = PurePosixPath(self.path.replace("\\", "/"))
        outside = path.is_absolute() or ".." in path.parts or ":" in path.parts[0]
        return bool(path.parts) and not outside and self.path.isprintable()


def files_in(tree: Mapping[str, Any]) -> Iterator[Named]:
    """The files that a spec's tables and choices name."""
    tables = tree.get("tables")
    for name, table in tables.items() if isinstance(tables, dict) else ():
        if not isinstance(table, dict):
            continue
        if isinstance(table.get("data"), str):
            yield Named(("tables", name, "data"), table["data"])
        columns = table.get("columns")
        for column, spec in columns.items() if isinstance(columns, dict) else ():
            for keys, part in choices_in(spec):
                if isinstance(part.get("file"), str):
                    place = ("tables", name, "columns", column, *keys, "file")
                    yield Named(place, part["file"])


def choices_in(spec: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    """A choice and its cases, each with its place below the column."""
    if not isinstance(spec, dict) or spec.get("kind") != "choice":
        return
    yield (), spec
    cases = spec.get("cases")
    for case, part in cases.items() if isinstance(cases, dict) else ():
        if isinstance(part, dict):
            yield ("cases", case), part
    if isinstance(spec.get("otherwise"), dict):
        yield ("otherwise",), spec["otherwise"]


def hashes(text: str, path: str) -> list[tuple[str, str]]:
    """The hash of each file that the spec at a path names; empty for one that cannot be read."""
    if "data" not in text and "file" not in text:  # as most specs
        return []
    parse = json.parse if path.lower().endswith(".json") else toml.parse
    tree = parse(text.removeprefix("\ufeff"))
    found = {}
    for named in () if isinstance(tree, Mistake) else files_in(tree):
        try:
            content = Path(path).parent.joinpath(named.path).read_bytes()
            found[named.path] = hashlib.sha256(content).hexdigest()
        except (OSError, ValueError):
            found[named.path] = ""
    return sorted(found.items())


def with_files(document: Document) -> tuple[Document, list[Diagnostic]]:
    """The document with the values of its files in place of their paths, and what is wrong."""
    named = [*files_in(document.tree)]
    if not named:
        return document, []
    reader = Reader(document)
    tables = {name: dict_of(table) for name, table in document.tree["tables"].items()}
    for each in named:
        _, table, key, *rest = each.place
        rows = reader.rows(each)
        if key == "data":
            tables[table]["data"] = reader.data(each, rows)
            continue
        columns = tables[table]["columns"] = dict_of(tables[table]["columns"])
        column, *keys, _ = rest
        spec = columns[column] = dict_of(columns[column])
        part = spec
        for one in keys:
            part[one] = dict_of(part[one])
            part = part[one]
        of_all = document.tree["tables"][table]["columns"][column]
        part["weights"] = reader.weights(each, rows, {**of_all, **part})
        for name in ("value", "weight"):
            if keys:
                part.pop(name, None)
        part.pop("file", None)
    for each in named:  # what the cases of a choice share is in their weights
        if each.place[2] == "columns":
            _, table, _, column, *_ = each.place
            for name in ("value", "weight"):
                tables[table]["columns"][column].pop(name, None)
    return (
        replace(document, tree={**document.tree, "tables": tables}),
        reader.diagnostics,
    )


def dict_of(part: Any) -> Any:
    """A part of a tree that may be changed."""
    return dict(part) if isinstance(part, dict) else part


class Reader:
    """Reads the files of a document, each once, and collects what is wrong."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.diagnostics: list[Diagnostic] = []
        self._known: dict[str, Rows | Unusable] = {}

    def problem(self, place: Place, message: str, help: Help = None) -> None:
        label = (Label(self.document.value(place)),)
        found = advised(self.document, "E114", message, label, help)
        if found not in self.diagnostics:
            self.diagnostics.append(found)

    def rows(self, named: Named) -> Rows:
        """The rows of a file; none where it cannot be used."""
        if named.path not in self._known:
            self._known[named.path] = self._read(named)
        found = self._known[named.path]
        if isinstance(found, Rows):
            return found
        self.problem(named.place, found.message, found.help)
        return Rows((), ())

    def _read(self, named: Named) -> Rows | Unusable:
        if not named.is_beside:
            help = (
                "name a file in the spec's folder, or below it, by its path from there"
            )
            return Unusable(f"`{named.path}` is not beside the spec", help)
        path = Path(self.document.path).parent / named.path
        try:
            rows = rows_of(path, named.path)
        except Unusable as found:
            return found
        if len(rows.cells) > MOST:
            help = "draw the rows, or take fewer: they are written into the script"
            many = (
                f"{named.path} has {len(rows.cells):,} rows, and {MOST:,} are the most"
            )
            return Unusable(many, help)
        if not rows.cells:
            return Unusable(f"{named.path} has no rows", "give it one at least")
        return rows

    def data(self, named: Named, rows: Rows) -> list[dict[str, Any]]:
        """The rows of a table; one stand-in where the file cannot be used for it."""
        before = len(self.diagnostics)
        for number, name in enumerate(rows.names):
            if not IDENTIFIER_NAME.fullmatch(name):
                message = f"the column `{name}` of {named.path} has no name for a table"
                help = f"rename it in the file: `{suggest_name(name)}`"
                self.problem(named.place, message, help)
            self.check_cells(named, rows, number)
        if not rows.cells or len(self.diagnostics) > before:
            return [{"stand_in": 1}]
        return [dict(zip(rows.names, row, strict=True)) for row in rows.cells]

    def check_cells(self, named: Named, rows: Rows, number: int) -> None:
        """A column of a file has a value in each row, all of one type."""
        name = rows.names[number]
        kinds: dict[type, int] = {}
        for line, row in enumerate(rows.cells, start=1):
            cell = row[number]
            if cell is None:
                message = f"`{name}` of {named.path} is empty in row {line}"
                help = "given data has a value in each cell: fill it, or leave out the column"
                return self.problem(named.place, message, help)
            if isinstance(cell, float) and not math.isfinite(cell):
                message = f"`{name}` of {named.path} is {cell} in row {line}"
                return self.problem(named.place, message, "a number must be finite")
            kind = float if type(cell) is int else type(cell)
            kinds.setdefault(kind, line)
        if len(kinds) > 1:
            first, other, *_ = kinds.values()
            message = f"`{name}` of {named.path} holds values of two types"
            help = f"make rows {first} and {other} alike: a column's values are of one type"
            return self.problem(named.place, message, help)
        return None

    def weights(
        self, named: Named, rows: Rows, spec: Mapping[str, Any]
    ) -> dict[str, float]:
        """The values of a file, each with its weight: without a column of those, its rows."""
        stand_in, before = {"value": 1.0}, len(self.diagnostics)
        columns: dict[str, int] = {}
        for key in ("value", "weight"):
            name = spec.get(key)
            if name is None and key == "weight":
                continue
            if name is None and rows.cells:
                message = "`file` needs `value`: the column of the values"
                self.problem(named.place, message, f'such as value = "{rows.names[0]}"')
                return stand_in
            if name not in rows.names:
                if rows.cells:
                    place = (*named.place[:-1], key)
                    message = f"{named.path} has no column `{name}`"
                    self.problem(place, message, did_you_mean(str(name), rows.names))
                return stand_in
            columns[key] = rows.names.index(name)
            self.check_cells(named, rows, columns[key])
        if not rows.cells or len(self.diagnostics) > before:
            return stand_in
        found: dict[str, float] = {}
        for row in rows.cells:
            value, weight = row[columns["value"]], 1.0
            if "weight" in columns:
                weight = row[columns["weight"]]
                if isinstance(weight, bool) or not isinstance(weight, int | float):
                    message = f"`{spec['weight']}` of {named.path} holds no numbers"
                    self.problem((*named.place[:-1], "weight"), message)
                    return stand_in
            text = str(value).lower() if isinstance(value, bool) else str(value)
            found[text] = found.get(text, 0) + weight
        return found
