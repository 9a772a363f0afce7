"""The rules of the warnings: each with its code, its reason and its tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from compiler.codes import CODES, explain
from compiler.plan.lint import OF_COLUMNS, OF_SPECS, OF_TABLES
from compiler.plan.lint.rule import Rule

CASES = Path(__file__).parents[2] / "cases"
RULES: list[Rule[Any]] = [*OF_SPECS, *OF_TABLES, *OF_COLUMNS]


def test_each_warning_has_one_rule() -> None:
    codes = [rule.code for rule in RULES]
    assert sorted(codes) == [code for code in CODES if code.startswith("W")]


def test_rules_of_whole_specs_are_explained_as_such() -> None:
    only_at_the_top = {
        code for code, one in CODES.items() if '"]` at the top level' in one.explanation
    }
    assert {rule.code for rule in OF_SPECS} == only_at_the_top


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_reason(rule: Rule[Any]) -> None:
    first = rule.reason.partition("\n")[0]
    assert first.endswith(".") and len(first.split()) > 4


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_source(rule: Rule[Any]) -> None:
    code = CODES[rule.code]
    assert code.source.endswith((".", "limitations", "medallion"))
    text = explain(rule.code)
    assert text is not None and text.endswith(f"Source: {code.source}\n")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_spec_that_it_finds_and_one_that_allows_it(
    rule: Rule[Any],
) -> None:
    folders = {path.name for path in CASES.glob(f"{rule.code.lower()}_*")}
    allowed = f"{rule.code.lower()}_allowed"
    assert allowed in folders
    assert not (CASES / allowed / "expected.txt").read_text(encoding="utf-8").strip()
    found = [CASES / name / "expected.txt" for name in folders - {allowed}]
    assert any(rule.code in path.read_text(encoding="utf-8") for path in found)
