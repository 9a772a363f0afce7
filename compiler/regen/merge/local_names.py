"""Local variables in functions of a script: which are bound, and which are read too early.

A merge compares four texts that have most functions in common, so each is looked at once.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
LINE_END = re.compile(r"\r\n?|\n")  # as the parser counts lines
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Function(NamedTuple):
    """A function of a module, as text."""

    line: int
    source: str


@functools.lru_cache(maxsize=8)
def module_of(text: str) -> ast.Module:
    """The tree of a module, which nobody may change; raises what `ast.parse` does."""
    return ast.parse(text)


@functools.lru_cache(maxsize=8)
def functions_of(text: str) -> dict[str, Function]:
    """The functions of a module; raises what `ast.parse` does."""
    lines = LINE_END.split(text)
    return {
        node.name: Function(
            node.lineno, "\n".join(lines[node.lineno - 1 : node.end_lineno])
        )
        for node in module_of(text).body
        if isinstance(node, ast.FunctionDef)
    }


@functools.lru_cache(maxsize=2_000)
def parsed(source: str) -> ast.FunctionDef:
    """The tree of a function, which nobody may change."""
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    return function


def locals_of(text: str) -> dict[str, frozenset[str]]:
    """The names that each function of a module binds: parameters and variables."""
    return {name: bound_in(one.source) for name, one in functions_of(text).items()}


@functools.lru_cache(maxsize=2_000)
def bound_in(source: str) -> frozenset[str]:
    """The names that a function binds, those of functions in it included."""
    function = parsed(source)
    free = {
        name
        for node in ast.walk(function)
        if isinstance(node, ast.Global)
        for name in node.names
    }
    bound = {name for part in function.body for name in bound_by(part, deep=True)}
    return frozenset((bound | parameters(function)) - free)


def parameters(function: ast.FunctionDef) -> set[str]:
    """The names of a function's parameters."""
    return {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}


def bound_by(node: ast.AST, deep: bool = False) -> Iterator[str]:
    """The names that a statement binds; `deep`: in the functions in it, too."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.alias():
            yield (node.asname or node.name).partition(".")[0]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            yield name
        case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name
        case ast.ClassDef(name=name):
            yield name
        case ast.arg(arg=name):
            yield name
    if deep or not isinstance(node, SCOPES):
        for child in ast.iter_child_nodes(node):
            yield from bound_by(child, deep)


def read_by(node: ast.AST) -> Iterator[ast.Name]:
    """The names that a statement reads when it runs: not in functions that it defines."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node
    if isinstance(node, SCOPES):
        return
    own: set[str] = set()
    if isinstance(node, COMPREHENSIONS):
        own = {name for each in node.generators for name in bound_by(each.target)}
    for child in ast.iter_child_nodes(node):
        yield from (one for one in read_by(child) if one.id not in own)


@functools.lru_cache(maxsize=2_000)
def read_too_early(source: str) -> tuple[tuple[str, int], ...]:
    """The variables that a function reads in a statement before those that set them.

    Each with its line, counted from 0. What a block sets counts as set in the whole of it, so
    nothing is reported that works.
    """
    function = parsed(source)
    variables = {name for part in function.body for name in bound_by(part)}
    outer = (ast.Global, ast.Nonlocal)
    free = [node for node in ast.walk(function) if isinstance(node, outer)]
    variables -= {name for node in free for name in node.names}
    known = parameters(function)
    found = []
    for part in function.body:
        simple = isinstance(part, ast.Assign | ast.AnnAssign | ast.AugAssign)
        here = set() if simple else {*bound_by(part)}
        here |= {
            node.target.id for node in ast.walk(part) if isinstance(node, ast.NamedExpr)
        }
        reads = [*read_by(part)]
        if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name):
            reads.append(part.target)
        early = variables - known - here
        found += [(name.id, name.lineno - 1) for name in reads if name.id in early]
        known |= {*bound_by(part)}
    return tuple(found)
