"""Pydantic's errors as diagnostics: the place in the file, our words, a way out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from compiler.diagnostics import Diagnostic, Label, did_you_mean
from compiler.source import Document
from compiler.spec.time import shown

Place = tuple[str | int, ...]

KINDS_OF_VALUES = {
    bool: "true or false",
    int: "an integer",
    float: "a number",
    str: "text",
}
RANGE = re.compile(r"^(greater|less)_than|^too_|^finite|string_too|_size$")


def diagnose(
    error: ValidationError,
    document: Document,
    place: Place,
    model: type[BaseModel] | None,
) -> list[Diagnostic]:
    """Each of the errors that a model found at a place of the document, said once."""
    found: dict[Place, dict[str, Any]] = {}
    for details in error.errors(include_url=False):
        spot = located(document.tree, (*place, *details["loc"]), details["type"])
        kept = found.get(spot)
        # Of a union's complaints about one value the last is told: the others are its siblings.
        if kept is None or kept["type"].endswith("_type"):
            found[spot] = dict(details)
    told = {
        spot: details
        for spot, details in found.items()
        if not (
            details["type"].endswith("_type")
            and any(below(spot, other) for other in found)
        )
    }
    return [
        diagnostic(spot, details, document, model) for spot, details in told.items()
    ]


def below(place: Place, other: Place) -> bool:
    return len(other) > len(place) and other[: len(place)] == place


def located(tree: Any, loc: Place, kind: str) -> Place:
    """The place in the tree: pydantic's own steps (a union's branches) left out."""
    node, place = tree, list[str | int]()
    for depth, part in enumerate(loc):
        if isinstance(node, dict) and isinstance(part, str) and part in node:
            node = node[part]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        elif depth < len(loc) - 1 or kind != "missing":
            continue
        place.append(part)
    return tuple(place)


def diagnostic(
    place: Place,
    details: Mapping[str, Any],
    document: Document,
    model: type[BaseModel] | None,
) -> Diagnostic:
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    name = str(place[-1]) if place else ""
    at_value = (Label(document.value(place)),)
    at_key = (Label(document.key(place)),)
    if "message" in context:
        return Diagnostic(
            kind, context["message"], at_value, context.get("help") or None
        )
    if kind == "extra_forbidden":
        known = list(model.model_fields) if model else []
        return Diagnostic(
            "E101", f"unknown key `{name}`", at_key, did_you_mean(name, known)
        )
    if kind == "missing":
        return missing(place, document, model)
    if kind == "union_tag_not_found":
        return Diagnostic(
            "E102", "`kind` is missing", at_key, "what kind of column is it?"
        )
    if kind == "union_tag_invalid":
        kinds = re.findall(r"'(\w+)'", context["expected_tags"])
        spot = (Label(document.value((*place, "kind"))),)
        tag = str(context["tag"])
        return Diagnostic(
            "E107", f"unknown column kind `{tag}`", spot, did_you_mean(tag, kinds)
        )
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context["expected"])
        message = f"`{name}` cannot be {shown(value)}"
        return Diagnostic("E105", message, at_value, did_you_mean(str(value), allowed))
    said = details["msg"].removeprefix("Input should be ").removeprefix("Value should ")
    if RANGE.search(kind):
        said = (
            details["msg"]
            .replace("Input should", "must")
            .replace("Value should", "must")
        )
        return Diagnostic("E104", f"`{name}` is {shown(value)}: it {said}", at_value)
    message = f"`{name}` is {kind_of(value)}, where {said.removeprefix('a valid ')} is expected"
    return Diagnostic("E103", message, at_value)


def missing(
    place: Place, document: Document, model: type[BaseModel] | None
) -> Diagnostic:
    name = str(place[-1])
    field = model.model_fields.get(name) if model else None
    help = f"{name}: {field.description}" if field and field.description else None
    return Diagnostic(
        "E102", f"`{name}` is missing", (Label(document.key(place[:-1])),), help
    )


def kind_of(value: object) -> str:
    """What a value is, in the words of the spec's own page."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return KINDS_OF_VALUES.get(type(value), "a moment")
