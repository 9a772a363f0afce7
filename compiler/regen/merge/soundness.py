"""What a merge may have broken in a text, although each side is right by itself."""

from __future__ import annotations

import ast
import functools
import json
from collections.abc import Iterable, Iterator
from symtable import symtable
from typing import NamedTuple

from compiler.regen.merge.local_names import (
    bound_by,
    bound_in,
    functions_of,
    module_of,
    parsed,
    read_too_early,
)
from compiler.symbols import names_in

ALWAYS = {"__file__"}
"""Names that every module has, besides Python's own."""


class Fault(NamedTuple):
    """Something that is wrong in a text."""

    line: int
    what: str
    is_invalid: bool = True
    """Whether the text cannot be read at all; otherwise some of its names or values are wrong."""


TOO_DEEP = Fault(1, "it is too deeply nested to be checked")
SUM = 1e-6
"""How far from 1 shares may add up."""


def faults(path: str, text: str) -> tuple[Fault, ...]:
    """What is wrong in a text: its syntax; in Python, names defined twice, nowhere or too late."""
    if path.endswith((".yml", ".yaml")):
        return yaml_faults(text)
    try:
        if path.endswith(".json"):
            json.loads(text)
        elif path.endswith(".py"):
            return python_faults(text)
    except SyntaxError as error:
        return (Fault(error.lineno or 1, f"{error.msg}"),)
    except json.JSONDecodeError as error:
        return (Fault(error.lineno, error.msg),)
    except ValueError as error:
        return (Fault(1, str(error)),)
    except (RecursionError, MemoryError):
        return (TOO_DEEP,)
    return ()


@functools.lru_cache(maxsize=8)
def python_faults(text: str) -> tuple[Fault, ...]:
    """What is wrong in a text of Python; raises what `ast.parse` does."""
    return (*twice(text), *nowhere(text), *too_early(text))


def yaml_faults(text: str) -> tuple[Fault, ...]:
    """What is wrong in a text of YAML."""
    import yaml

    try:
        yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return (Fault(mark.line + 1 if mark else 1, error.problem or "no YAML"),)
    except (ValueError, yaml.YAMLError) as error:
        return (Fault(1, str(error)),)
    except (RecursionError, MemoryError):
        return (TOO_DEEP,)
    return ()


def new_faults(
    path: str, merged: str, ours: str, theirs: str, base: str | None = None
) -> list[Fault]:
    """The faults of a merged text that neither side has."""
    found = faults(path, merged)
    sides = (ours, theirs) if found else ()
    known = {fault.what for side in sides for fault in faults(path, side)}
    new = [fault for fault in found if fault.what not in known]
    if path.endswith(".py") and not new:
        new += lost_sums(merged, ours, theirs)
    if path.endswith(".py") and not new and base is not None:
        new += shared_variables(merged, ours, theirs, base)
    return new


def shared_variables(merged: str, ours: str, theirs: str, base: str) -> list[Fault]:
    """Variables that both sides added to a function, and that are now set by both."""
    try:
        texts = (merged, ours, theirs, base)
        found, own, new, old = (functions_of(text) for text in texts)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    faults = []
    for name in found.keys() & own.keys() & new.keys() & old.keys():
        before = old[name].source
        if before in (own[name].source, new[name].source):
            continue  # a side left it as it was
        added = [bound_in(side[name].source) - bound_in(before) for side in (own, new)]
        for variable in sorted(added[0] & added[1] & bound_in(found[name].source)):
            sides = [bindings(each[name].source, variable) for each in (own, new)]
            if bindings(found[name].source, variable) not in sides:
                what = (
                    f"{variable} in {name} is a variable of yours and of the new text"
                )
                faults.append(Fault(found[name].line, what, is_invalid=False))
    return faults


def bindings(source: str, variable: str) -> list[str]:
    """The statements of a function that bind a variable."""
    parts = [part for part in parsed(source).body if variable in {*bound_by(part)}]
    return [ast.unparse(part) for part in parts]


def too_early(text: str) -> Iterator[Fault]:
    """Variables of functions that are read before they are set."""
    for name, function in functions_of(text).items():
        for variable, line in read_too_early(function.source):
            what = f"{variable} is read before it is set, in {name}"
            yield Fault(function.line + line, what, is_invalid=False)


def lost_sums(merged: str, ours: str, theirs: str) -> list[Fault]:
    """The constants whose shares add up to 1 on each side, and not after the merge."""
    try:
        found, *sides = (sums_in(module_of(text)) for text in (merged, ours, theirs))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [
        Fault(line, f"the shares of {name} add up to {total:.6g}", is_invalid=False)
        for name, (total, line) in found.items()
        if abs(total - 1) > SUM
        and all(name in side and abs(side[name][0] - 1) <= SUM for side in sides)
    ]


def sums_in(tree: ast.Module) -> dict[str, tuple[float, int]]:
    """What the numbers of each dictionary of the constants add up to, and its line."""
    found: dict[str, tuple[float, int]] = {}

    def add(name: str, value: ast.expr) -> None:
        if not isinstance(value, ast.Dict):
            return
        numbers = [
            each.value
            for each in value.values
            if isinstance(each, ast.Constant) and isinstance(each.value, int | float)
        ]
        if numbers and len(numbers) == len(value.values):
            found[name] = sum(numbers), value.lineno
        for key, each in zip(value.keys, value.values, strict=True):
            if key is not None:
                add(f"{name}[{ast.unparse(key)}]", each)

    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            add(node.targets[0].id, node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            add(ast.unparse(node.target), node.value)
    return found


def twice(text: str) -> Iterator[Fault]:
    """Functions, classes and constants that are defined more than once, and keys, too."""
    tree = module_of(text)
    defined = [(name, node.lineno) for node in tree.body for name in names_of(node)]
    for name, line in repeated(defined):
        yield Fault(line, f"{name} is defined twice", is_invalid=False)
    keys = [
        (key, line + below)
        for line, source in functions_of(text).values()
        for key, below in keys_twice(source)
    ]
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            keys += repeated_keys(node)
    for key, line in keys:
        yield Fault(line, f"{key} is twice in a dictionary", is_invalid=False)


@functools.lru_cache(maxsize=2_000)
def keys_twice(function: str) -> tuple[tuple[str, int], ...]:
    """The keys that come again in a dictionary of a function; lines are counted from 0."""
    return tuple((key, line - 1) for key, line in repeated_keys(parsed(function)))


def repeated_keys(statement: ast.stmt) -> Iterator[tuple[str, int]]:
    """The keys that come again in a dictionary of a statement, with their lines."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Dict):
            keys = [key for key in node.keys if isinstance(key, ast.Constant)]
            yield from repeated((ast.unparse(key), key.lineno) for key in keys)


def names_of(node: ast.stmt) -> list[str]:
    """What a statement of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
    return [target.id for target in targets if isinstance(target, ast.Name)]


def repeated(found: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The names that come again, each with the line of the last."""
    lines: dict[str, int] = {}
    again: dict[str, int] = {}
    for name, line in found:
        if name in lines:
            again[name] = line
        lines[name] = line
    yield from again.items()


def nowhere(text: str) -> Iterator[Fault]:
    """Names that are read, and defined neither in the module nor by Python."""
    top = symtable(text, "script", "exec")
    defined = {
        one.get_name()
        for one in top.get_symbols()
        if one.is_assigned() or one.is_imported() or one.is_namespace()
    }
    missing = names_in(text) - defined - ALWAYS
    lines: dict[str, int] = {}
    for node in ast.walk(module_of(text)) if missing else ():
        if isinstance(node, ast.Name):
            lines.setdefault(node.id, node.lineno)
    for name in sorted(missing):
        yield Fault(lines.get(name, 1), f"{name} is not defined", is_invalid=False)
