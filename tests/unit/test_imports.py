"""No modules import each other, not even inside of functions or for types alone."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]

Graph = dict[str, set[str]]


def name_of(path: Path) -> str:
    """The name of the module in a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def imports_of(path: Path, modules: set[str]) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"a relative import in {path}"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & modules
            if names - modules:
                found.add(node.module)
    return found & modules - {name_of(path)}


def import_graph() -> Graph:
    """Each module of the compiler, and those that it imports."""
    files = {name_of(path): path for path in (ROOT / "compiler").rglob("*.py")}
    return {name: imports_of(path, {*files}) for name, path in files.items()}


def reachable(graph: Graph, start: str) -> set[str]:
    """All modules that one imports, directly or not."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = graph[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found


def circles(graph: Graph) -> set[frozenset[str]]:
    """The groups of modules of which each imports all others, directly or not."""
    reached = {name: reachable(graph, name) for name in graph}
    return {
        frozenset(other for other in reached[name] if name in reached[other])
        for name in graph
        if name in reached[name]
    }


def test_circles_are_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}
    assert circles(graph) == {frozenset("bc")}
    assert circles({**graph, "c": {"d"}}) == {frozenset("abcd")}
    assert not circles({**graph, "c": set()})


def test_no_modules_import_each_other() -> None:
    graph = import_graph()
    assert len(graph) > 100
    assert not circles(graph)
