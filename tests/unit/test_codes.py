"""The registry of diagnostic codes."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from faker import Faker

from compiler.cli import main
from compiler.codes import CODES, Code, explain
from compiler.pipeline import compile_spec
from compiler.plan.expression import FUNCTIONS
from compiler.spec.columns import KINDS
from compiler.spec.schema import schema
from tests.support.codes import example, with_example

ROOT = Path(__file__).parents[2]


def test_all_codes_of_the_language_are_there() -> None:
    assert " ".join(CODES) == (
        "E001 E002 E003 E101 E102 E103 E104 E105 E106 E107 E108 E109 E110 E112 E113 "
        "E114 "
        "E201 E202 E203 E204 E205 E206 E207 E208 E209 E210 E211 E212 E213 E214 E215 E216 E217 E218 "
        "E219 E220 E221 "
        "E301 E302 E303 E304 E305 E306 E307 E501 E502 E503 E504 E505 E601 E602 "
        "E701 E702 E703 E704 E705 E706 E707 E708 "
        "W401 W402 W403 W404 W405 W406 W407 W408 W409 W410 W411 W412 W413 W414 W415 W416 "
        "W417 W418 W419"
    )


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_an_explanation_is_short_and_fits_a_terminal(code: Code) -> None:
    lines = code.explanation.splitlines()
    assert 2 <= len(lines) <= 6
    assert all(len(line) <= 96 for line in lines)
    assert code.title == code.title.strip().rstrip(".")


def test_nearly_every_code_has_an_example() -> None:
    without = set(CODES) - {code.code for code in with_example}
    assert without == {
        "E002",
        "E003",
        "E501",
        "E502",
        "E503",
        "E504",
        "E505",
        "E601",
        "E602",
        "E701",
        "E702",
        "E703",
        "E704",
        "E705",
        "E706",
        "E707",
        "E708",
    }


@pytest.mark.parametrize("code", with_example, ids=lambda code: code.code)
def test_the_right_example_is_toml_and_differs_from_the_wrong_one(code: Code) -> None:
    right = tomllib.loads(example(code, "right"))
    wrong = example(code, "warns" if code.code.startswith("W") else "wrong")
    if code.code == "E001":
        with pytest.raises(tomllib.TOMLDecodeError):
            tomllib.loads(wrong)
    else:
        assert tomllib.loads(wrong) not in ({}, right)


@pytest.mark.parametrize("code", [c for c in CODES.values() if c.code.startswith("W")])
def test_a_warning_tells_at_its_end_how_to_allow_it(code: Code) -> None:
    last = code.explanation.splitlines()[-1]
    assert f'`allow = ["{code.code}"]`' in last
    assert '`"*"` for all' in last


def test_explain_takes_either_case_and_knows_what_it_does_not_know() -> None:
    text = explain("w401")
    assert text is not None
    assert text.startswith("W401: a uniform distribution\n\n")
    assert text == explain(" W401 ")
    assert explain("E999") is None
    assert explain("") is None


# --- what explanations say is so ------------------------------------------------------------


def keys(part: dict[str, Any]) -> set[str]:
    """The keys of a part of the schema."""
    return set(part.get("properties", {}))


COMMANDS = {"scaffold", *main.commands}
OPTIONS = {
    option
    for command in main.commands.values()
    for parameter in command.params
    for option in parameter.opts
}
WORDS = {
    *KINDS,
    *FUNCTIONS,
    *(key for part in [schema(), *schema()["$defs"].values()] for key in keys(part)),
    *("_bad_data", "default", "kind"),  # a table, a calendar, the key of all columns
    *("a if c else b", "*"),
    *dir(Faker()),  # providers
}


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_what_an_explanation_names_exists(code: Code) -> None:
    text = re.sub(r"^  wrong:.*", "", code.explanation, flags=re.MULTILINE)
    assert set(re.findall(r"\b[EW]\d{3}\b", text)) <= set(CODES)
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]*", text)) <= OPTIONS
    for command in re.findall(r"scaffold ([\w./-]+)", text):
        assert command in COMMANDS or (ROOT / command).exists(), command
    for path in re.findall(r"\b(?:docs|specs)/[\w./-]+\w", text):
        assert (ROOT / path).exists(), path
    for quoted in re.findall(r"`([^`]+)`", text):
        known = quoted.strip('"') in WORDS or quoted.startswith(("scaffold ", "--"))
        assert known or tomllib.loads(quoted), quoted


@pytest.mark.parametrize("code", [c for c in CODES.values() if c.code.startswith("W")])
def test_a_warning_is_allowed_just_where_its_explanation_says(code: Code) -> None:
    spec = ROOT / "tests" / "cases" / f"{code.code.lower()}_allowed" / "spec.toml"
    tree = tomllib.loads(spec.read_text("utf-8"))
    for part in parts_with_allow(tree):
        part.pop("allow", None)
    of_the_spec = "at the top level" in code.explanation
    tree["tables"] = {
        name: {**table, "allow": [code.code]} for name, table in tree["tables"].items()
    }
    text = json.dumps(tree, default=str)
    found = {one.code for one in compile_spec("spec.json", text).diagnostics}
    assert (code.code in found) == of_the_spec


def parts_with_allow(tree: Any) -> list[dict[str, Any]]:
    """All tables of a spec's tree."""
    if not isinstance(tree, dict):
        return []
    return [tree, *(one for child in tree.values() for one in parts_with_allow(child))]
