"""A bundle's YAML as plain values, and places in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True)
class Problem:
    """What a deployment would stumble over, and the way out."""

    path: str  # the file of the bundle
    where: str  # the dotted place in it; "" for the file
    message: str
    help: str


@dataclass(frozen=True)
class Spot:
    """A place in a file of the bundle: the keys and positions that lead there."""

    path: str
    steps: tuple[str | int, ...] = ()

    def at(self, *steps: str | int) -> Spot:
        """A place within this one."""
        return Spot(self.path, self.steps + steps)

    def problem(self, message: str, help: str) -> Problem:
        """What is wrong here."""
        where = "".join(
            f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.steps
        )
        return Problem(self.path, where.removeprefix("."), message, help)


class _Loader(yaml.SafeLoader):
    """YAML as the Databricks CLI reads it: `on`, `yes` and dates are texts."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern in (
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
    ("float", r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"),
    ("merge", r"<<"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), None
    )


def read(path: str, text: str) -> tuple[Any, list[Problem]]:
    """What a file holds, None where it cannot be read; and what is wrong with it as YAML."""
    file = Spot(path)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        found = list(_of_keys(file, node, set()))
        return (loader.construct_document(node) if node else None), found
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        what = str(error.problem or error.context).replace("\n", " ")
        return None, [file.problem(f"it is no YAML{line}: {what}", "correct it there")]
    except RecursionError:
        return None, [file.problem("it is nested too deeply", "nest it less")]
    except Exception as error:  # PyYAML lets all kinds pass, as of int() at `!!int x`
        what = str(error).splitlines()[0] if str(error) else type(error).__name__
        return None, [file.problem(f"it is no YAML: {what}", "correct it")]


def _of_keys(spot: Spot, node: yaml.Node | None, seen: set[int]) -> Iterator[Problem]:
    """Keys that are given twice, of which YAML takes the last; keys that are no texts."""
    if id(node) in seen:  # an alias
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _of_keys(spot.at(index), item, seen)
    if isinstance(node, yaml.MappingNode):
        keys = set()
        for key, value in node.value:
            here = spot.at(str(key.value) if isinstance(key.value, str) else "?")
            name = here.steps[-1]
            if key.tag not in (TEXT, "tag:yaml.org,2002:merge"):
                yield here.problem(f"the key `{name}` is no text", "put it in quotes")
            elif name in keys:
                yield here.problem(f"`{name}` is given twice", "leave out one of them")
            keys.add(name)
            yield from _of_keys(here, value, seen)


def mapping(value: Any) -> dict[str, Any]:
    """A mapping's entries that have texts as keys; none of what is no mapping."""
    if not isinstance(value, dict):
        return {}
    return {key: one for key, one in value.items() if isinstance(key, str)}


def mappings(spot: Spot, value: Any) -> list[tuple[Spot, dict[str, Any]]]:
    """The mappings in a list, each with its place; none of what is no list."""
    items = enumerate(value) if isinstance(value, list) else ()
    return [(spot.at(i), mapping(one)) for i, one in items if isinstance(one, dict)]


def texts(spot: Spot, value: Any) -> Iterator[tuple[Spot, str]]:
    """All texts in a value, those of keys too; what is reached by two ways only once."""
    return _texts(spot, value, set())


def _texts(spot: Spot, value: Any, seen: set[int]) -> Iterator[tuple[Spot, str]]:
    if isinstance(value, str):
        yield spot, value
    if not isinstance(value, dict | list) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(spot.at(index), item, seen)
    else:
        for key, item in mapping(value).items():
            yield spot.at(key), key
            yield from _texts(spot.at(key), item, seen)


def is_reference(value: Any) -> bool:
    """Whether only the bundle's variables tell what a value will be."""
    return isinstance(value, str) and "${" in value


def of_shape(
    spot: Spot, value: dict[str, Any], shapes: Iterable[tuple[str, type]]
) -> Iterator[Problem]:
    """Parts that are lists in place of mappings, or the other way round."""
    for key, shape in shapes:
        one = value.get(key)
        if not (one is None or isinstance(one, shape) or is_reference(one)):
            what, how = "mapping", f"`{key}` holds names with their values"
            if shape is list:
                what, how = "list", f"`{key}` holds items, each behind a `-`"
            yield spot.at(key).problem(f"`{key}` is no {what}", how)
