"""The map of modules in CONTRIBUTING.md is that of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.goldens import HINT, accepting, difference
from tests.support.module_map import END, PAGE, START, module_map, with_map


def test_the_map_of_modules_is_that_of_the_code() -> None:
    page = PAGE.read_text("utf-8")
    fresh = with_map(page, module_map())
    if accepting():
        PAGE.write_text(fresh, "utf-8")
        page = fresh
    if found := difference({PAGE.name: page}, {PAGE.name: fresh}, "."):
        pytest.fail(f"{found}\n{HINT}", pytrace=False)


def test_a_new_module_and_a_new_docstring_are_a_difference(tmp_path: Path) -> None:
    package = tmp_path / "compiler" / "emit"
    package.mkdir(parents=True)
    (tmp_path / "compiler" / "__init__.py").write_text('"""The compiler."""')
    (package / "__init__.py").write_text('"""A `Plan` as code, <all> of it."""')
    (package / "one.py").write_text('"""The first.\n\nMore of it.\n"""')
    first = with_map(f"Modules\n{START}\nstale\n{END}\nmore", module_map(tmp_path))
    assert "- `one`: The first.\n" in first and "More of it" not in first
    assert "<code>compiler/emit/</code>: A <code>Plan</code> as code, &lt;all&gt;" in (
        first
    )
    assert first.startswith("Modules\n") and first.endswith(f"{END}\nmore")
    assert "stale" not in first
    (package / "two.py").write_text('"""The second."""')
    assert "- `two`: The second.\n" in module_map(tmp_path)
