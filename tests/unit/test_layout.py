"""Where the code of the tests is: beside the tests are only their data."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]
SHARED = (TESTS / "support", TESTS / "strategies", TESTS / "golden" / "scripts")


def test_code_that_is_no_test_is_support_or_a_strategy() -> None:
    others = [
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if not path.name.startswith("test_") and path.name != "conftest.py"
        if not any(path.is_relative_to(folder) for folder in SHARED)
    ]
    assert others == []


def test_no_test_file_is_imported() -> None:
    """What two of them need is easier to find in `tests.support`."""
    imported = {
        (path.name, node.module)
        for path in TESTS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module is not None
        if node.module.startswith("tests.") and ".test_" in node.module
    }
    assert imported == set()
