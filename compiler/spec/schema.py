"""The JSON Schema of a spec, for editors; made from the models."""

from __future__ import annotations

from typing import Any

from compiler.spec.base import Model
from compiler.spec.cases import Cased
from compiler.spec.columns import KINDS
from compiler.spec.rows import Per
from compiler.spec.spec import Spec


def schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12."""
    made = Spec.model_json_schema()
    models: tuple[type[Model], ...] = (Per, *KINDS.values())
    for model in models:
        if issubclass(model, Cased):
            add_cases(made["$defs"][model.__name__], model)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Scaffold spec",
    }


def add_cases(definition: dict[str, Any], model: type[Cased]) -> None:
    """A case takes the kind's parameters, and may hold those that the column lacks."""
    properties = definition["properties"]
    case = {
        "type": "object",
        "properties": {
            key: value
            for key, value in properties.items()
            if key not in model.fixed_keys()
        },
        "additionalProperties": False,
    }
    properties["cases"] |= {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": case,
    }
    properties["otherwise"] = case | {
        "description": model.model_fields["otherwise"].description
    }
    for key in ("cases", "otherwise"):
        properties[key].pop("default", None)
    fixed = {"kind", *model.own_keys}
    needed = [key for key in definition.get("required", []) if key not in fixed]
    definition["required"] = [key for key in definition["required"] if key in fixed]
    if needed:
        definition["anyOf"] = [{"required": needed}, {"required": ["by", "cases"]}]
    definition["dependentRequired"] = {
        "by": ["cases"],
        "cases": ["by"],
        "otherwise": ["by"],
    }
