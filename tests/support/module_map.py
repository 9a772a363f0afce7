"""The map of the compiler's modules in CONTRIBUTING.md, made from their docstrings."""

from __future__ import annotations

import ast
import html
import re
from pathlib import Path

from tests.support.goldens import ROOT

START, END = "<!-- modules: written by make golden -->", "<!-- end of modules -->"
PAGE = ROOT / "CONTRIBUTING.md"


def summary_of(path: Path) -> str:
    """The first line of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert text, f"{path} has no docstring"
    return text.splitlines()[0]


def package_map(folder: Path, root: Path) -> str:
    """A package, and below it each of its modules: on a page, a line that can be opened."""
    what = html.escape(summary_of(folder / "__init__.py"), quote=False)
    what = re.sub(r"`([^`]+)`", r"<code>\1</code>", what)
    place = folder.relative_to(root).as_posix()
    title = f"<summary><code>{place}/</code>: {what}</summary>"
    modules = [path for path in sorted(folder.glob("*.py")) if path.stem[:2] != "__"]
    if not modules:
        return f"<details>{title}</details>\n"
    lines = [f"- `{path.stem}`: {summary_of(path)}" for path in modules]
    return "\n".join([f"<details>{title}", "", *lines, "", "</details>", ""])


def module_map(root: Path = ROOT) -> str:
    """All packages of the compiler."""
    packages = sorted(path.parent for path in (root / "compiler").rglob("__init__.py"))
    return "".join(package_map(folder, root) for folder in packages)


def with_map(page: str, modules: str) -> str:
    """A page with this map between its two marks."""
    before, _, rest = page.partition(START)
    _, found, after = rest.partition(END)
    assert found, "the page has both marks"
    return f"{before}{START}\n{modules}{END}{after}"
