"""Runs an emitted script with this Python; its output goes to this terminal."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from compiler.printing import print_line

NOT_INSTALLED = 2
EXTRAS = {"pyspark": "spark", "duckdb": "pandas", "deltalake": "delta"}
"""The extra of this package to install, by a module that a script imports."""


def run(script: Path, arguments: Sequence[str] = (), quiet: bool = False) -> int:
    """Runs the script and returns its exit code; if `quiet`, only stderr is shown."""
    tree = parsed(script)
    missing = [name for name in imports(tree.body) if not is_installed(name, script)]
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        print_line(f"error: {script} needs {names}: not installed here", err=True)
        print_line(f"help: {install(imports(ast.walk(tree)), missing)}", err=True)
        return NOT_INSTALLED
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        stdout=subprocess.DEVNULL if quiet else None,
        check=False,
    ).returncode


def parsed(script: Path) -> ast.Module:
    """The script's syntax tree; an empty one if it cannot be parsed (running it shows why)."""
    try:
        return ast.parse(script.read_text("utf-8"))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def imports(nodes: Iterable[ast.AST]) -> list[str]:
    """The packages that these statements import, each once."""
    names: dict[str, None] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0]: None for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names[node.module.partition(".")[0]] = None
    return list(names)


def is_installed(name: str, script: Path) -> bool:
    """Whether a package can be imported, or is in the folder of the script."""
    if any(script.with_name(beside).exists() for beside in (name, f"{name}.py")):
        return True
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def install(imported: Sequence[str], missing: Sequence[str]) -> str:
    """How to install what is missing."""
    extras = [extra for module, extra in EXTRAS.items() if module in imported]
    command = f"pip install 'scaffold-data[{','.join(extras)}]'" if extras else ""
    return command or f"pip install {' '.join(missing)}"
