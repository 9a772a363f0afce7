"""Local variables in functions of a script: which are bound, and which are read too early."""

from __future__ import annotations

import ast
from collections.abc import Iterator

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def locals_of(tree: ast.Module) -> dict[str, frozenset[str]]:
    """The names that each function of a module binds: parameters and variables."""
    return {
        node.name: bound_in(node)
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def bound_in(function: ast.FunctionDef) -> frozenset[str]:
    """The names that a function binds, those of functions in it included."""
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


def read_too_early(function: ast.FunctionDef) -> Iterator[ast.Name]:
    """The variables that a function reads in a statement before those that set them.

    What a block sets counts as set in the whole of it, so nothing is reported that works.
    """
    variables = {name for part in function.body for name in bound_by(part)}
    outer = (ast.Global, ast.Nonlocal)
    free = [node for node in ast.walk(function) if isinstance(node, outer)]
    variables -= {name for node in free for name in node.names}
    known = parameters(function)
    for part in function.body:
        simple = isinstance(part, ast.Assign | ast.AnnAssign | ast.AugAssign)
        here = set() if simple else {*bound_by(part)}
        here |= {
            node.target.id for node in ast.walk(part) if isinstance(node, ast.NamedExpr)
        }
        reads = [*read_by(part)]
        if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name):
            reads.append(part.target)
        yield from (name for name in reads if name.id in variables - known - here)
        known |= {*bound_by(part)}
