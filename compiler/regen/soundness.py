"""What a merge may have broken in a text, although each side is right by itself."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterator
from symtable import symtable
from typing import NamedTuple

import yaml

from compiler.emit.library.link import names_in

ALWAYS = {"__file__"}
"""Names that every module has, besides Python's own."""


class Fault(NamedTuple):
    """Something that is wrong in a text."""

    line: int
    what: str


def faults(path: str, text: str) -> list[Fault]:
    """What is wrong in a file's text: its syntax; in Python, names defined twice or nowhere."""
    try:
        if path.endswith(".json"):
            json.loads(text)
        elif path.endswith((".yml", ".yaml")):
            yaml.safe_load(text)
        elif path.endswith(".py"):
            return [*twice(text), *nowhere(text)]
    except SyntaxError as error:
        return [Fault(error.lineno or 1, f"{error.msg}")]
    except json.JSONDecodeError as error:
        return [Fault(error.lineno, error.msg)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return [Fault(mark.line + 1 if mark else 1, error.problem or "no YAML")]
    except (ValueError, yaml.YAMLError) as error:
        return [Fault(1, str(error))]
    return []


def new_faults(path: str, merged: str, ours: str, theirs: str) -> list[Fault]:
    """The faults of a merged text that neither side has."""
    found = faults(path, merged)
    sides = (ours, theirs) if found else ()
    known = {fault.what for side in sides for fault in faults(path, side)}
    return [fault for fault in found if fault.what not in known]


def twice(text: str) -> Iterator[Fault]:
    """Functions and classes that are defined more than once."""
    kinds = ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef
    found = [node for node in ast.parse(text).body if isinstance(node, kinds)]
    count = Counter(node.name for node in found)
    last = {node.name: node.lineno for node in found}
    for name, line in last.items():
        if count[name] > 1:
            yield Fault(line, f"{name} is defined twice")


def nowhere(text: str) -> Iterator[Fault]:
    """Names that are read, and defined neither in the module nor by Python."""
    top = symtable(text, "script", "exec")
    defined = {
        one.get_name()
        for one in top.get_symbols()
        if one.is_assigned() or one.is_imported() or one.is_namespace()
    }
    lines: dict[str, int] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name):
            lines.setdefault(node.id, node.lineno)
    for name in sorted(names_in(text) - defined - ALWAYS):
        yield Fault(lines.get(name, 1), f"{name} is not defined")
