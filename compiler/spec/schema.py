"""The JSON Schema of a spec, for editors; made from the models.

Editors print an error for each branch of a union, so the schema has no unions: differences by kind
or type are an `if` and a `then`, and one mistake gives one message. Required keys are only checked
if all keys are known, so a misspelled key is not also reported as missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compiler.spec.cases import BY_KEYS, Cased
from compiler.spec.columns import KINDS, ByCase, Column
from compiler.spec.rows import Per
from compiler.spec.schema_unions import plain
from compiler.spec.spec import Spec

Schema = dict[str, Any]


def schema() -> Schema:
    """JSON Schema, draft 2020-12."""
    made = Spec.model_json_schema()
    definitions: dict[str, Schema] = made.pop("$defs")
    definitions = {name: plain(one, definitions) for name, one in definitions.items()}
    kinds = {kind: model.__name__ for kind, model in KINDS.items()}
    shared = shared_keys([definitions[name] for name in kinds.values()])
    for name in kinds.values():
        definition = definitions[name]
        definition["properties"] |= dict.fromkeys(
            {*shared, "kind"} & keys(definition), True
        )
    column = column_of(definitions, shared)
    definitions |= with_cases(definitions["Per"], Per, {})
    for model in KINDS.values():
        if issubclass(model, ByCase):
            definitions |= with_cases(definitions[model.__name__], model, shared)
    for name in {*definitions} - {*kinds.values()}:
        needed = definitions[name].pop("required", [])
        asked = (
            needed_beside_cases(Per, needed) if name == "Per" else {"required": needed}
        )
        ask_where_keys_are_known(definitions[name], asked)
    top = plain(made, definitions)
    ask_where_keys_are_known(top, {"required": top.pop("required")})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **top,
        "title": "Scaffold spec",
        "$defs": dict(sorted({**definitions, "Column": column}.items())),
    }


def keys(definition: Schema) -> set[str]:
    return set(definition["properties"])


def shared_keys(definitions: list[Schema]) -> dict[str, Schema]:
    """The keys that have the same meaning in all kinds."""
    found: dict[str, list[Schema]] = {}
    for definition in definitions:
        for key, value in definition["properties"].items():
            found.setdefault(key, []).append(value)
    return {
        key: values[0]
        for key, values in found.items()
        if all(value == values[0] for value in values) and key not in BY_KEYS
    } | {"by": found["by"][0]}


def column_of(
    definitions: Mapping[str, Schema], shared: Mapping[str, Schema]
) -> Schema:
    """A column: the keys of all kinds, for completion, then those that its own kind allows."""
    every: dict[str, Any] = {"kind": {"enum": list(KINDS)}}
    for model in KINDS.values():
        for key in definitions[model.__name__]["properties"]:
            every.setdefault(key, shared.get(key, True))
    return {
        "description": "A column; its `kind` determines how its values are generated.",
        "type": "object",
        "properties": every,
        "required": ["kind"],
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"allOf": of_kind(definitions[model.__name__], model)},
            }
            for kind, model in KINDS.items()
        ],
    }


def of_kind(definition: Schema, model: type[Column]) -> list[Schema]:
    """What a kind allows and, if no key is unknown, what it requires."""
    here = {"$ref": f"#/$defs/{model.__name__}"}
    needed = [key for key in definition.pop("required", []) if key != "kind"]
    asked = {"required": needed}
    if issubclass(model, ByCase):
        asked = needed_beside_cases(model, needed)
    return [here, {"if": here, "then": asked}] if asked != {"required": []} else [here]


def needed_beside_cases(model: type[Cased], needed: list[str]) -> Schema:
    """The required keys with and without `by` and `cases`: a case may have the missing ones."""
    fixed = [key for key in needed if key in model.own_keys]
    return {
        "if": {"anyOf": [{"required": [key]} for key in sorted(BY_KEYS)]},
        "then": {"required": ["by", "cases", *fixed]},
        "else": {"required": needed},
    }


def with_cases(
    definition: Schema, model: type[Cased], shared: Mapping[str, Schema]
) -> dict[str, Schema]:
    """Adds the cases, which have the model's parameters; returns the definition of a case."""
    own, name = f"#/$defs/{model.__name__}/properties", f"{model.__name__}Case"
    column = "#/$defs/Column/properties"
    properties = definition["properties"]
    parameters = {
        key: {"$ref": f"{column if key in shared else own}/{key}"}
        for key in properties
        if key not in model.fixed_keys()
    }
    case = {"$ref": f"#/$defs/{name}"}
    cases = {"type": "object", "minProperties": 1, "additionalProperties": case}
    properties |= {"cases": cases, "otherwise": case}
    return {
        name: {
            "type": "object",
            "properties": parameters,
            "additionalProperties": False,
        }
    }


def ask_where_keys_are_known(definition: Schema, asked: Schema) -> None:
    """Makes the required keys depend on whether all keys are known."""
    if asked != {"required": []}:
        known = {"propertyNames": {"enum": list(definition["properties"])}}
        definition |= {"if": known, "then": asked}
