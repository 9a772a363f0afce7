"""Our own template is one of cookiecutter's, and rendered without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.emit.bundle.context import context_of
from compiler.emit.bundle.own import FOLDER, own_bundle
from compiler.emit.bundle.render import rendered
from compiler.pipeline import plan_spec
from tests.support import compiled, spec, table

ROOT = Path(__file__).parents[2]
SPECS = [*(ROOT / "specs").glob("*.toml"), *ROOT.glob("tests/golden/specs/*.toml")]
HOSTILE = "{{ cookiecutter.name }} {% raw %} {# 'x' \"y\" # z: - {a} \\ é \U0001f600"


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_our_bundle_is_what_cookiecutter_makes(path: Path) -> None:
    plan = plan_spec(str(path), path.read_text("utf-8")).plan
    assert plan
    context = context_of(plan, ["polars~=2.1", "numpy"])
    assert own_bundle(context) == rendered(FOLDER, context)


def test_texts_of_a_spec_are_no_templates() -> None:
    tree = spec({"description": HOSTILE}, things=table(20) | {"description": HOSTILE})
    plan = compiled(tree).plan
    assert plan
    context = context_of(plan, [])
    files = own_bundle(context)
    assert files == rendered(FOLDER, context)
    assert "cookiecutter" in files["README.md"]
