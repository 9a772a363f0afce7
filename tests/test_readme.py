"""What the README shows is what comes out."""

from __future__ import annotations

import re
from pathlib import Path

from compiler.pipeline import compile_spec
from compiler.render import to_text

ROOT = Path(__file__).resolve().parents[1]


def test_the_mistake_in_the_readme_is_reported_so() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.search(r"```\n(error\[E202\].*?)```", readme, re.DOTALL)
    assert shown is not None
    path = "specs/ecom.toml"
    text = (ROOT / path).read_text("utf-8")
    wrong = text.replace(
        'by = "cart_id.customer_id.tier"', 'by = "cart_id.customer_id.teir"', 1
    )
    assert wrong != text
    found = to_text(compile_spec(path, wrong).diagnostics, {path: wrong}, color=False)
    assert found.startswith(shown[1].rstrip())


def test_the_tests_that_docs_name_are_there() -> None:
    docs = (ROOT / "docs" / "spark.md").read_text("utf-8")
    named = re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", docs)
    assert len(named) > 30
    for file, test in named:
        found = [path.read_text("utf-8") for path in (ROOT / "tests").rglob(file)]
        assert any(f"def {test}" in text for text in found), (file, test)
