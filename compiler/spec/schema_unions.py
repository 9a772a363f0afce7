"""Removes titles, nulls and unions from a schema of pydantic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

OF_ONE_TYPE = {
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "pattern", "format"),
    *("items", "minItems", "maxItems"),
    *("properties", "additionalProperties", "propertyNames", "minProperties"),
}
"""Keywords that do not apply to values of other types."""


def plain(node: Any, definitions: Mapping[str, Schema]) -> Any:
    """A schema with one description for each value, not several alternatives."""
    if not isinstance(node, dict):
        return node
    if "discriminator" in node:
        return {"$ref": "#/$defs/Column"}
    kept = {
        key: value
        for key, value in node.items()
        if key not in ("title", "anyOf", "oneOf")
        and not (key == "default" and value is None)
    }
    for key in ("items", "additionalProperties"):
        if key in kept:
            kept[key] = plain(kept[key], definitions)
    if "properties" in kept:
        properties = kept["properties"].items()
        kept["properties"] = {key: plain(one, definitions) for key, one in properties}
    if "patternProperties" in kept:
        kept |= named(kept, definitions)
        del kept["patternProperties"]
    branches = [*node.get("anyOf", ()), *node.get("oneOf", ())]
    if branches:
        kept = one_of(branches, definitions) | kept
    return kept


def named(node: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """A table with names as keys: an invalid name is refused, not ignored."""
    ((pattern, value),) = node["patternProperties"].items()
    names = node.get("propertyNames", {}) | {"pattern": pattern}
    return {"propertyNames": names, "additionalProperties": plain(value, definitions)}


def one_of(branches: list[Schema], definitions: Mapping[str, Schema]) -> Schema:
    """What any of the branches allows; each applies to values of its type only."""
    groups: dict[str, list[Schema]] = {}
    for branch in flat(branches):
        one = plain(branch, definitions)
        groups.setdefault(type_of(one, definitions), []).append(one)
    groups.pop("null", None)
    if "number" in groups:
        groups.pop("integer", None)
    if len(groups) == 1 and len(next(iter(groups.values()))) == 1:
        return next(iter(groups.values()))[0]
    merged: Schema = {"type": list(groups) if len(groups) > 1 else next(iter(groups))}
    for type, group in groups.items():
        one = {
            key: value
            for key, value in joined(group, definitions).items()
            if key != "type"
        }
        if set(one) <= OF_ONE_TYPE:
            merged |= one
        else:
            merged.setdefault("allOf", []).append({"if": {"type": type}, "then": one})
    return merged


def flat(branches: list[Schema]) -> list[Schema]:
    """The branches, including those of nested unions."""
    return [
        one
        for branch in branches
        for one in (
            flat([*branch.get("anyOf", ()), *branch.get("oneOf", ())])
            if {"anyOf", "oneOf"} & branch.keys()
            else [branch]
        )
    ]


def type_of(branch: Schema, definitions: Mapping[str, Schema]) -> str:
    if "$ref" in branch:
        branch = definitions[branch["$ref"].rpartition("/")[2]]
    return str(branch["type"])


def joined(group: list[Schema], definitions: Mapping[str, Schema]) -> Schema:
    """Branches of one type: the widest; of tables, the one whose keys are present."""
    if len(group) == 1:
        return group[0]
    bare = [one for one in group if set(one) == {"type"}]
    if bare:
        return bare[0]
    (fixed,) = (one for one in group if "$ref" in one)
    (free,) = (one for one in group if "$ref" not in one)
    own = definitions[fixed["$ref"].rpartition("/")[2]]["properties"]
    any_key = {"anyOf": [{"required": [key]} for key in own]}
    return {"if": any_key, "then": fixed, "else": free}
