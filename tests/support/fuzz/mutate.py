"""Mutations of a spec: of its tree, then of its text. The same seed gives the same mutations."""

from __future__ import annotations

import copy
import json
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.support.fuzz.toml import as_toml
from tests.support.fuzz.values import (
    KINDS,
    NAMES,
    NUMBERS,
    OPTIONS,
    OTHERS,
    SETTINGS,
    TEXTS,
)

SPECS = sorted((Path(__file__).parents[3] / "specs").glob("*.toml"))
Spot = tuple[Any, Any]
"""A table or list of the tree, and a key or index in it."""


@dataclass(frozen=True)
class Mutant:
    """A mutated spec, and what was done to get it."""

    path: str
    text: str
    steps: tuple[str, ...]


def mutant(seed: int, number: int) -> Mutant:
    """The mutant of that number: always the same one for a seed."""
    rng = random.Random(f"{seed}:{number}")
    path = rng.choice(SPECS)
    steps = [f"of {path.name}"]
    if rng.random() < 0.1:
        text = path.read_text("utf-8")
        for _ in range(rng.choice((1, 1, 2, 4, 16))):
            text, step = damaged(rng, text)
            steps.append(step)
        return Mutant(path.name, text, tuple(steps))
    tree = tomllib.loads(path.read_text("utf-8"))
    if rng.random() < 0.5:
        steps += smaller(rng, tree)
    # Most of them gently: many of these are accepted, and their scripts written.
    gently = rng.random() < 0.7
    for _ in range(rng.choice((1, 1, 1, 2) if gently else (1, 1, 1, 2, 3, 6))):
        steps.append(rng.choice(GENTLE if gently else MUTATIONS)(rng, tree))
    if rng.random() < 0.5:
        text, name = json.dumps(tree, default=str, indent=rng.choice((None, 1))), "json"
    else:
        text, name = as_toml(tree), "toml"
    if rng.random() < 0.05:
        text, step = damaged(rng, text)
        steps.append(step)
    return Mutant(f"{path.stem}.{name}", text, tuple(steps))


# ---------------------------------------------------------------------------- the tree


def spots(node: Any) -> Iterator[Spot]:
    """Every place of the tree that holds a value."""
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key
        if isinstance(value, (dict, list)):
            yield from spots(value)


def any_spot(rng: random.Random, tree: Any) -> Spot:
    return rng.choice(list(spots(tree)) or [({"": 0}, "")])


def columns_of(tree: Any) -> list[Spot]:
    found: list[Spot] = []
    tables = tree.get("tables")
    for table in tables.values() if isinstance(tables, dict) else ():
        columns = table.get("columns") if isinstance(table, dict) else None
        found += [(columns, n) for n in columns] if isinstance(columns, dict) else []
    return found


def any_column(rng: random.Random, tree: Any) -> Spot:
    return rng.choice(columns_of(tree) or [any_spot(rng, tree)])


def smaller(rng: random.Random, tree: Any) -> list[str]:
    """Other settings of the whole, so that all engines and modes meet all mutations."""
    output = {
        "engine": rng.choice(("polars", "pandas", "spark")),
        "format": rng.choice(("parquet", "csv", "json", "delta")),
        "mode": rng.choice(("overwrite", "append")),
    }
    tree["output"] = output
    tree["window"] = {"end": date(2026, 6, 30), "days": rng.choice((1, 30, 400))}
    return [f"output = {output}"]


def delete(rng: random.Random, tree: Any) -> str:
    node, key = any_spot(rng, tree)
    del node[key]
    return f"delete {key!r}"


def duplicate(rng: random.Random, tree: Any) -> str:
    node, key = any_spot(rng, tree)
    value = copy.deepcopy(node[key])
    if isinstance(node, dict):
        node[f"{key}{rng.choice(('_2', '2', ' ', 's'))}"] = value
    else:
        node.insert(key, value)
    return f"duplicate {key!r}"


def swap(rng: random.Random, tree: Any) -> str:
    (one, a), (other, b) = any_spot(rng, tree), any_spot(rng, tree)
    # Copies, since one of them can hold the other.
    values = copy.deepcopy(one[a]), copy.deepcopy(other[b])
    one[a], other[b] = values[1], values[0]
    return f"swap {a!r} and {b!r}"


def replace(rng: random.Random, tree: Any) -> str:
    node, key = any_spot(rng, tree)
    node[key] = copy.deepcopy(rng.choice(rng.choice((NUMBERS, TEXTS, OTHERS))))
    return f"{key!r} = {str(node[key])[:60]!r}"


def like(value: Any, kinds: type | tuple[type, ...]) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


def number(rng: random.Random, tree: Any) -> str:
    found = [(node, key) for node, key in spots(tree) if like(node[key], (int, float))]
    node, key = rng.choice(found or [any_spot(rng, tree)])
    node[key] = rng.choice(NUMBERS)
    return f"{key!r} = {node[key]}"


def text(rng: random.Random, tree: Any) -> str:
    found = [(node, key) for node, key in spots(tree) if like(node[key], str)]
    node, key = rng.choice(found or [any_spot(rng, tree)])
    node[key] = rng.choice(TEXTS)
    return f"{key!r} = {node[key][:60]!r}"


def part_of_text(rng: random.Random, tree: Any) -> str:
    found = [(node, key) for node, key in spots(tree) if like(node[key], str)]
    node, key = rng.choice(found or [any_spot(rng, tree)])
    if isinstance(node[key], str):
        node[key], step = damaged(rng, node[key])
        return f"{key!r}: {step}"
    return "nothing"


def rename(rng: random.Random, tree: Any) -> str:
    found = [(node, key) for node, key in spots(tree) if isinstance(node, dict)]
    node, key = rng.choice(found or [({"": 0}, "")])
    new = rng.choice(
        (*TEXTS, f"{key}_x", str(key)[:-1], str(key).upper(), "id", "name")
    )
    items = [(new if one == key else one, value) for one, value in node.items()]
    node.clear()
    node.update(items)
    return f"rename {key!r} to {new[:60]!r}"


def kind(rng: random.Random, tree: Any) -> str:
    node, key = any_column(rng, tree)
    if isinstance(node[key], dict):
        node[key]["kind"] = rng.choice(KINDS)
        return f"{key!r} is a {node[key]['kind']}"
    return "nothing"


def swap_kinds(rng: random.Random, tree: Any) -> str:
    (one, a), (other, b) = any_column(rng, tree), any_column(rng, tree)
    one[a], other[b] = other[b], one[a]
    return f"swap the columns {a!r} and {b!r}"


def move_column(rng: random.Random, tree: Any) -> str:
    node, key = any_column(rng, tree)
    to, _ = any_column(rng, tree)
    if isinstance(node, dict) and isinstance(to, dict):
        to[key] = node.pop(key)
    return f"move {key!r} to another table"


def borrow(rng: random.Random, tree: Any) -> str:
    """A key of another place: one that the language has, where it may not belong."""
    found = [(node, key) for node, key in spots(tree) if isinstance(node, dict)]
    (node, key), (to, _) = (rng.choice(found or [({"": 0}, "")]) for _ in range(2))
    to[key] = copy.deepcopy(node[key])
    return f"borrow {key!r}"


def free_text(rng: random.Random, tree: Any) -> str:
    """A text where any is allowed: descriptions, values, constants, names of data."""
    found = [
        (node, key)
        for node, key in spots(tree)
        if key in ("description", "value", "text", "path", "catalog", "schema")
        and isinstance(node[key], str)
    ]
    node, key = rng.choice(found or [any_spot(rng, tree)])
    new = rng.choice(TEXTS)
    node[key] = new.replace("{", "").replace("}", "") if key == "text" else new
    return f"{key!r} = {new[:60]!r}"


def free_name(rng: random.Random, tree: Any) -> str:
    """Another name for a value of `weights`, `cases` and the like."""
    found = [
        (node, key)
        for node, key in spots(tree)
        if key in ("weights", "cases", "domains", "args")
        and isinstance(node[key], dict)
    ]
    node, key = rng.choice(found or [(tree, next(iter(tree), ""))])
    names = node.get(key)
    if not isinstance(names, dict) or not names:
        return "nothing"
    old, new = rng.choice(list(names)), rng.choice(TEXTS)
    written = json.dumps(tree, default=str)  # in all places: cases name values, too
    tree.update(json.loads(written.replace(json.dumps(old), json.dumps(new))))
    return f"{old!r} is {new[:60]!r}"


def rename_all(rng: random.Random, tree: Any) -> str:
    """Another name for a column or table, in all the places that name it."""
    old = rng.choice(list(tree.get("tables") or [""]))
    if rng.random() < 0.7:
        old = any_column(rng, tree)[1]
    new = rng.choice(NAMES)
    written = json.dumps(tree, default=str)
    renamed = json.loads(
        re.sub(rf"(?<![\w$]){re.escape(str(old))}(?!\w)", new, written)
    )
    tree.clear()
    tree.update(renamed)
    return f"{old!r} is {new!r} everywhere"


def mild_number(rng: random.Random, tree: Any) -> str:
    found = [(node, key) for node, key in spots(tree) if like(node[key], (int, float))]
    node, key = rng.choice(found or [any_spot(rng, tree)])
    times = rng.choice((0.0, 0.001, 0.1, 0.5, 0.999, 1.001, 2, 10, 1000, -1))
    if like(node[key], (int, float)):
        node[key] = type(node[key])(node[key] * times)
    return f"{key!r} = {node[key]}"


def option(rng: random.Random, tree: Any) -> str:
    """One more setting for a column, mostly one that its kind has."""
    node, name = any_column(rng, tree)
    key, value = rng.choice(OPTIONS)
    if isinstance(node[name], dict):
        node[name][key] = copy.deepcopy(value)
    return f"{key!r} = {value} for {name!r}"


def setting(rng: random.Random, tree: Any) -> str:
    key, value = rng.choice(SETTINGS)
    tree[key] = copy.deepcopy(value)
    return f"{key!r} = {value}"


GENTLE: tuple[Callable[[random.Random, Any], str], ...] = (
    free_text,
    free_text,
    free_name,
    free_name,
    rename_all,
    mild_number,
    mild_number,
    option,
    option,
    setting,
    swap_kinds,
    delete,
)

MUTATIONS: tuple[Callable[[random.Random, Any], str], ...] = (
    delete,
    duplicate,
    swap,
    replace,
    number,
    number,
    text,
    text,
    part_of_text,
    rename,
    kind,
    swap_kinds,
    move_column,
    borrow,
)

# ---------------------------------------------------------------------------- the text

SIGNS = "\"'[]{}=,.#\\\n\t \x00\x1b\ud800é日0-+_:%$`*|<>&;"


def damaged(rng: random.Random, text: str) -> tuple[str, str]:
    """A text with a stretch lost, repeated, moved, or another sign somewhere."""
    start = rng.randrange(len(text) + 1)
    end = min(len(text), start + rng.choice((1, 1, 2, 8, 64, len(text))))
    match rng.randrange(5):
        case 0:
            return text[:start] + text[end:], f"lose {start}:{end}"
        case 1:
            return text[:end] + text[start:], f"repeat {start}:{end}"
        case 2:
            sign = rng.choice(SIGNS)
            return text[:start] + sign + text[start:], f"insert {sign!r} at {start}"
        case 3:
            sign = rng.choice(SIGNS)
            return text[:start] + sign + text[end:], f"{sign!r} for {start}:{end}"
    to = rng.randrange(len(text) + 1)
    rest = text[:start] + text[end:]
    return rest[:to] + text[start:end] + rest[to:], f"move {start}:{end} to {to}"
