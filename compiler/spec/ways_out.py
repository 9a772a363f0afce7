"""The way out of an error that pydantic found: what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from compiler.diagnostics import Help, Hint, Write, meant_name
from compiler.names import nearest
from compiler.source import Document
from compiler.spec import words
from compiler.spec.cases import BY_KEYS, Cased
from compiler.spec.columns import Column

Place = tuple[str | int, ...]


def help_for_key(name: str, model: type[BaseModel] | None) -> Help:
    """The key that was meant, or all that exist."""
    if model is None:
        return None
    implied = {"kind", *BY_KEYS} if issubclass(model, Cased) else {"kind"}
    fields = model.model_fields
    own = [key for key in fields if key in model.__annotations__]
    ordered = dict.fromkeys([*own, *fields])
    known = [written_as(model, key) for key in ordered if key not in implied]
    near = nearest(name, [*known, *(key for key in fields if key in BY_KEYS)])
    if near is not None:
        return meant_name(name, near)
    common = set(Column.model_fields) if issubclass(model, Column) else set()
    taken = [f"`{key}`" for key in known if key not in common]
    return f"it takes {', '.join(taken)}" if taken else None


def written_as(model: type[BaseModel], field: str) -> str:
    """The key of a field in a spec."""
    return model.model_fields[field].alias or field


def described(name: str, model: type[BaseModel] | None) -> str | None:
    """The description of a key of the model."""
    fields = model.model_fields.items() if model else ()
    found = (field for key, field in fields if name in (key, field.alias))
    return next((field.description for field in found), None)


def help_for_type(name: str, value: object, model: type[BaseModel] | None) -> Help:
    """The fix for a value of the wrong type, if there is an obvious one."""
    if isinstance(value, str) and re.fullmatch(r"-?[\d_]+(\.\d+)?", value):
        return Hint(f"without quotes: {name} = {value}", Write(value))
    about = described(name, model)
    return f"{name}: {about}" if about else None


def takes(model: type[BaseModel] | None, name: str, value: object) -> bool:
    """Whether a key of the model accepts a value."""
    if model is None or name not in model.model_fields:
        return False
    field = model.model_fields[name]
    alone = create_model("Alone", **{name: (field.annotation, copy(field))})  # type: ignore[call-overload]
    try:
        alone.model_validate({name: value})
    except ValidationError:
        return False
    return True


def in_brackets(place: Place, value: object, document: Document) -> Help:
    """A help for a single value where a list is expected."""
    text = document.at(document.value(place))
    inline = not isinstance(value, dict) or text.startswith("{")
    if value is None or not inline or "\n" in text:
        return None
    return Hint(f"a list has brackets: {place[-1]} = [{text}]", Write(f"[{text}]"))


def as_share(name: str, value: object, model: type[BaseModel] | None) -> Help:
    """A help for a share that was written in percent."""
    if not isinstance(value, int | float) or not 2 <= value <= 100:
        return None
    share = round(value / 100, 12)
    if not takes(model, name, share):
        return None
    return Hint(f"{words.percent(share)} are {share:g}", Write(f"{share:g}"))


def limit(kind: str, context: Mapping[str, Any], message: str) -> str:
    """The limit of a number, in words."""
    words = {
        "greater_than_equal": "it is {ge:,} or more",
        "greater_than": "it is above {gt:,}",
        "less_than_equal": "it is at most {le:,}",
        "less_than": "it is below {lt:,}",
        "too_short": "{min_length} or more are needed",
    }
    return words[kind].format(**context) if kind in words else message.lower()
