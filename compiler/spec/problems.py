"""Pydantic's errors as diagnostics: the place in the file, a clear message, a fix."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError

from compiler.diagnostics import (
    Diagnostic,
    Help,
    Label,
    did_you_mean,
    meant_name,
)
from compiler.names import nearest
from compiler.source import Document
from compiler.source.edits import advised
from compiler.spec.columns import KINDS
from compiler.spec.nested import model_at
from compiler.spec.time import shown
from compiler.spec.ways_out import (
    as_share,
    described,
    help_for_key,
    help_for_type,
    in_brackets,
    limit,
    takes,
)
from compiler.synonyms import KINDS as KINDS_MEANT
from compiler.synonyms import about_kind

Place = tuple[str | int, ...]
Labels = tuple[Label, ...]

KINDS_OF_VALUES = {
    bool: "true or false",
    int: "an integer",
    float: "a number",
    str: "text",
    type(None): "null",
}
EXPECTED = {
    "int_type": "an integer",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "text",
    "date_type": "a date",
    "datetime_type": "a timestamp",
    "list_type": "a list",
    "dict_type": "a table",
    "mapping_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "literal_error": "one of the words",
}
"""What is expected at a place, by pydantic's type of error."""
RANGE = re.compile(r"^(greater|less)_than|^too_|^finite|string_too|_size$")
TABLES = {"rows", "data", "columns"}
"""Keys that mark a table of the spec as one of data."""
KEYED = ("E101", "E102", "E106", "E206")
"""Codes of mistakes in a key, not in its value."""


def diagnose(
    error: ValidationError,
    document: Document,
    place: Place,
    model: type[BaseModel] | None,
) -> list[Diagnostic]:
    """The errors that a model found at a place of the document, without duplicates."""
    found: dict[Place, list[dict[str, Any]]] = {}
    for details in error.errors(include_url=False):
        spot = located(document.tree, (*place, *details["loc"]), details["type"])
        found.setdefault(spot, []).append(dict(details))
    above = {spot[:length] for spot in found for length in range(len(spot))}
    reported = {
        spot: chosen(errors)
        for spot, errors in found.items()
        if not (is_of_type(errors) and spot in above)
    }
    reported = without_twins(reported, model)
    found_here = [
        (spot, diagnostic(spot, details, document, model_at(spot, model)))
        for spot, details in reported.items()
    ]
    return once_for_each_table(found_here)


NAMED = ("weights", "domains", "cases")
"""Keys whose entries all have the same type."""
MOST_LABELS = 5


def once_for_each_table(found: list[tuple[Place, Diagnostic]]) -> list[Diagnostic]:
    """Values of a table that are wrong in the same way are one mistake with several places."""
    groups: dict[object, list[Diagnostic]] = {}
    for number, (spot, one) in enumerate(found):
        same = one.message.replace(f"`{spot[-1]}`", "") if spot else ""
        alike = len(spot) > 1 and spot[-2] in NAMED and one.code == "E103"
        key = (spot[:-1], same) if alike else number
        groups.setdefault(key, []).append(one)
    return [
        replace(group[0], labels=sum((one.labels for one in group), ())[:MOST_LABELS])
        for group in groups.values()
    ]


def is_of_type(errors: list[dict[str, Any]]) -> bool:
    return all(details["type"] in EXPECTED for details in errors)


def chosen(errors: list[dict[str, Any]]) -> dict[str, Any]:
    """The errors of a union about one value: our own, or one error with all types."""
    for details in errors:
        if "message" in details.get("ctx", {}):
            return details
    for details in errors:
        if details["type"] not in EXPECTED:
            return details
    words = dict.fromkeys(map(expected_by, errors))
    return errors[0] | {"expected": " or ".join(words)}


def expected_by(details: Mapping[str, Any]) -> str:
    """What is expected at a place, from one error; words are quoted, `False` is not."""
    if details["type"] == "literal_error" and details["ctx"]["expected"] == "False":
        return "`false`"
    return EXPECTED[details["type"]]


def without_twins(
    reported: dict[Place, dict[str, Any]], model: type[BaseModel] | None
) -> dict[Place, dict[str, Any]]:
    """A missing key and an unknown one are usually the same, misspelled: one error."""
    missing = [
        spot for spot, details in reported.items() if details["type"] == "missing"
    ]
    missing_in = Counter(spot[:-1] for spot in missing)
    unknown: dict[Place, list[Place]] = {}
    for spot, details in reported.items():
        if details["type"] == "extra_forbidden":
            unknown.setdefault(spot[:-1], []).append(spot)
    reported = dict(reported)
    for spot in missing:
        beside = unknown.get(spot[:-1], [])
        if len(beside) == 1 and missing_in[spot[:-1]] == 1:
            del reported[spot]
            reported[beside[0]] = reported[beside[0]] | {"missing": str(spot[-1])}
            continue
        near = [
            help_for_key(str(other[-1]), model_at(other, model)) for other in beside
        ]
        if f"did you mean `{spot[-1]}`?" in map(str, near):
            del reported[spot]
    return reported


def located(tree: Any, loc: Place, kind: str) -> Place:
    """The place in the tree, without pydantic's own steps (the branches of a union)."""
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
    """One error as a diagnostic."""
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    at_value = (Label(document.value(place)),)
    at_key = (Label(document.key(place)),)

    def report(
        code: str, message: str, labels: Labels, help: Help = None
    ) -> Diagnostic:
        return advised(document, code, message, labels, help)

    if "message" in context:
        labels = labels_of(kind, place, context, document)
        return report(kind, context["message"], labels, context.get("help"))
    if kind == "extra_forbidden":
        message = f"unknown key `{name}`"
        if "missing" in details:
            message += f", and `{details['missing']}` is missing"
        if place == (name,) and isinstance(value, dict) and TABLES & value.keys():
            return report("E101", message, at_key, f"write `[tables.{name}]`")
        return report("E101", message, at_key, help_for_key(name, model))
    if kind == "missing":
        return missing(place, document, model)
    if kind == "union_tag_not_found":
        return Diagnostic("E102", "`kind` is missing", at_key, all_kinds())
    if kind == "union_tag_invalid":
        return unknown_kind(place, context["tag"], value, document)
    if kind == "literal_error" and isinstance(value, str):
        allowed = re.findall(r"'([^']*)'", context["expected"])
        message = f"`{name}` cannot be {shown(value)}"
        return report("E105", message, at_value, did_you_mean(value, allowed))
    if RANGE.search(kind):
        message = f"`{name}` is {shown(value)}: {limit(kind, context, details['msg'])}"
        return report("E104", message, at_value, as_share(name, value, model))
    expected = details.get("expected") or EXPECTED.get(kind, "something else")
    given = shown(value) if isinstance(value, bool) else kind_of(value)
    message = f"`{name}` is {given}, where {expected} is expected"
    help: Help = None
    if expected == "a list" and takes(model, name, [value]):
        help = in_brackets(place, value, document)
    return report("E103", message, at_value, help or help_for_type(name, value, model))


def labels_of(
    code: str, place: Place, context: Mapping[str, Any], document: Document
) -> tuple[Label, ...]:
    """The places of an error of ours: the keys that it names, or the value itself."""
    if context.get("within"):
        spot = (*place, *context["at"][0])
        return (Label(document.within(spot, *context["within"])),)
    keyed = code in KEYED
    spots = [(*place, *keys) for keys in context.get("at", ())] or [place]
    return tuple(
        Label(document.key(spot) if keyed else document.value(spot)) for spot in spots
    )


def unknown_kind(
    place: Place, tag: object, value: object, document: Document
) -> Diagnostic:
    spot = (Label(document.value((*place, "kind"))),)
    given = value.get("kind") if isinstance(value, dict) else tag
    if not isinstance(given, str):
        message = f"`kind` is {kind_of(given)}, where text is expected"
        return Diagnostic("E103", message, spot, all_kinds())
    near = nearest(given, KINDS, KINDS_MEANT)
    help: Help = about_kind(given) or all_kinds()
    if near and help == all_kinds():
        help = meant_name(given, near)
    return advised(document, "E107", f"unknown column kind `{given}`", spot, help)


def all_kinds() -> str:
    return f"the kinds: {', '.join(KINDS)}"


def missing(
    place: Place, document: Document, model: type[BaseModel] | None
) -> Diagnostic:
    name = str(place[-1])
    about = described(name, model)
    help = f"write {name} = …" + (f" ({about})" if about else "")
    label = (Label(document.key(place[:-1])),)
    return Diagnostic("E102", f"`{name}` is missing", label, help)


def kind_of(value: object) -> str:
    """The type of a value, in the words of the language's page."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return KINDS_OF_VALUES.get(type(value), "a moment")
