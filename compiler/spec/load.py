"""Turns a document's tree into a Spec, part by part, so that all mistakes are reported at once."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from compiler.diagnostics import Diagnostic, Hint, Label, Remove
from compiler.source import Document
from compiler.source.edits import advised
from compiler.spec.bad_data import BadData
from compiler.spec.base import check_name
from compiler.spec.calendar import Calendar, Event, Window
from compiler.spec.columns import KINDS, Column, any_column
from compiler.spec.columns.given import ErrorColumn
from compiler.spec.inheritance import inherited
from compiler.spec.job import Job
from compiler.spec.output import Output
from compiler.spec.problems import Place, diagnose
from compiler.spec.rows import Per
from compiler.spec.spec import Spec
from compiler.spec.table import Table

M = TypeVar("M", bound=BaseModel)


def load(document: Document) -> tuple[Spec, list[Diagnostic]]:
    """The spec, and all mistakes in its structure.

    Wrong parts are replaced (by a default, an `ErrorColumn`), so that later stages can find
    more mistakes. A spec with errors must not be compiled.
    """
    return Loader(document).spec()


class Loader:
    """Loads one document and collects its diagnostics."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.diagnostics: list[Diagnostic] = []
        self.tree = self.without_nulls(document.tree, ())

    def spec(self) -> tuple[Spec, list[Diagnostic]]:
        tables = {
            name: self.table(tree, ("tables", name))
            for name, tree in self.named(self.tree, ("tables",), "table").items()
        }
        calendars = {
            name: self.part(Calendar, tree, ("calendars", name))
            for name, tree in self.named(self.tree, ("calendars",), "calendar").items()
        }
        calendars, wrong = inherited(calendars, self.document)
        self.diagnostics += wrong
        rest = {
            key: value
            for key, value in self.tree.items()
            if key not in ("tables", "calendars")
        }
        if self.tree.get("tables") == {}:
            rest["tables"] = {}
        elif "tables" in self.tree:
            rest["tables"] = {"stand_in": {"rows": 1}}
        parts: dict[str, Any] = {
            "output": self.part(Output, rest.pop("output", {}), ("output",)),
            "job": self.part(Job, rest.pop("job", {}), ("job",)),
            "window": self.part(Window, rest.pop("window", {}), ("window",)),
        }
        if "bad_data" in rest:
            parts["bad_data"] = self.part(BadData, rest.pop("bad_data"), ("bad_data",))
        spec = self.part(Spec, rest, ())
        parts |= {"tables": tables, "calendars": calendars}
        return spec.model_copy(update=parts), self.diagnostics

    def without_nulls(self, tree: Any, place: Place) -> Any:
        """The tree without null values, which only JSON has; each is an error."""
        if isinstance(tree, list):
            return [self.without_nulls(one, (*place, n)) for n, one in enumerate(tree)]
        if not isinstance(tree, dict):
            return tree
        kept = {}
        for key, value in tree.items():
            if value is None:
                label = Label(self.document.value((*place, key)))
                help = Hint("leave the key out", Remove())
                message = f"`{key}` is null, and a key has a value"
                self.diagnostics.append(
                    advised(self.document, "E103", message, (label,), help)
                )
            else:
                kept[key] = self.without_nulls(value, (*place, key))
        return kept

    def named(self, tree: Any, place: Place, what: str) -> dict[str, Any]:
        """The named parts below a key, with checked names."""
        parts = tree.get(place[-1], {})
        if not isinstance(parts, dict):
            message = f"`{place[-1]}` is a table of {what}s, each by its name"
            self.diagnostics.append(
                Diagnostic("E103", message, (Label(self.document.value(place)),))
            )
            return {}
        for name in parts:
            try:
                check_name(name)
            except PydanticCustomError as error:
                label = Label(self.document.key((*place, name)))
                context = error.context or {}
                self.diagnostics.append(
                    advised(
                        self.document,
                        error.type,
                        context["message"],
                        (label,),
                        context["help"],
                    )
                )
        return parts

    def table(self, tree: Any, place: Place) -> Table:
        columns: dict[str, Column] = {}
        if isinstance(tree, dict):
            columns = {
                name: self.column(column, (*place, "columns", name))
                for name, column in self.named(
                    tree, (*place, "columns"), "column"
                ).items()
            }
            tree = {key: value for key, value in tree.items() if key != "columns"}
        return self.part(Table, tree, place).model_copy(update={"columns": columns})

    def column(self, tree: Any, place: Place) -> Column:
        kind = tree.get("kind") if isinstance(tree, dict) else None
        model = KINDS.get(kind) if isinstance(kind, str) else None
        try:
            # With the model of the kind: the union would add the kind to the place of each error.
            if model is not None:
                return model.model_validate(tree)
            return any_column().validate_python(tree)
        except ValidationError as error:
            self.diagnostics += diagnose(error, self.document, place, model)
            return ErrorColumn()

    def part(self, model: type[M], tree: Any, place: Place) -> M:
        """A part as its model; wrong keys are left out."""
        try:
            return model.model_validate(tree)
        except ValidationError as error:
            self.diagnostics += diagnose(error, self.document, place, model)
            bad = {details["loc"][0] for details in error.errors() if details["loc"]}
            good = tree.items() if isinstance(tree, dict) and bad else ()
            kept = {key: value for key, value in good if key not in bad}
        try:
            return model.model_validate(STAND_INS.get(model, {}) | kept)
        except ValidationError:
            return model.model_validate(STAND_INS.get(model, {}))

    @staticmethod
    def at(tree: Any, place: Place) -> Any:
        for part in place:
            tree = tree[part]
        return tree


STAND_INS: dict[type[BaseModel], dict[str, Any]] = {
    Spec: {
        "name": "broken",
        "description": "broken",
        "tables": {"stand_in": {"rows": 1}},
    },
    Table: {"rows": 1},
    Per: {"per": "broken", "mean": 1.0},
    Event: {"name": "broken", "days_ago": [2, 1], "factor": 1.0},
}
"""Values for the required keys that are wrong or missing."""
