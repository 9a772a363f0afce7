"""The JSON Schema: right in itself, right about specs, and as committed."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from compiler.cli import main
from compiler.codes import CODES
from compiler.spec.columns import AnyColumn
from compiler.spec.schema import schema
from tests.support import Tree, spec, table
from tests.unit.spec.random_specs import specs

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases"
SHIPPED = sorted((ROOT / "specs").glob("*.toml"))

MODELS = {
    model.model_fields["kind"].annotation.__args__[0]: model
    for model in AnyColumn.__origin__.__args__  # type: ignore[attr-defined]
}
validator = jsonschema.Draft202012Validator(schema())


def mistakes(tree: Any) -> list[str]:
    return [error.message for error in validator.iter_errors(tree)]


def plain(tree: Any) -> Any:
    """A TOML tree as JSON has it: moments are text."""
    return json.loads(json.dumps(tree, default=str))


def test_it_is_a_schema_of_draft_2020_12() -> None:
    made = schema()
    jsonschema.Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_command_prints_it_as_the_repository_holds_it() -> None:
    done = CliRunner().invoke(main, ["schema"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == schema()
    committed = (ROOT / "specs" / "spec.schema.json").read_text("utf-8")
    assert committed == done.stdout


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_spec_is_valid_and_names_the_schema(path: Path) -> None:
    text = path.read_text("utf-8")
    assert mistakes(plain(tomllib.loads(text))) == []
    assert text.startswith("#:schema ./spec.schema.json\n")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(specs())
def test_what_compiles_is_valid(tree: Tree) -> None:
    assert mistakes(tree) == []


@pytest.mark.parametrize("kind", MODELS)
def test_every_kind_is_described(kind: str) -> None:
    defs = schema()["$defs"]
    definition = defs[MODELS[kind].__name__]
    assert definition["properties"]["kind"] == {
        "const": kind,
        "title": "Kind",
        "type": "string",
    }
    assert definition["additionalProperties"] is False


@pytest.mark.parametrize(
    "column",
    [
        {"kind": "normal", "mean": 4},
        {"kind": "normal", "mean": 4, "sd": 0},
        {"kind": "normal", "mean": "4", "sd": 1},
        {"kind": "normal", "mean": 4, "sd": 1, "sigma": 2},
        {"kind": "nromal", "mean": 4, "sd": 1},
        {"kind": "bool", "chance": 1.5},
        {"kind": "timestamp", "hours": "nightly"},
        {"kind": "normal", "mean": 4, "by": "id", "cases": {}},
        {"kind": "normal", "sd": 1, "by": "id", "cases": {"< 4": {"maen": 4}}},
        {"kind": "normal", "mean": 4, "sd": 1, "cases": {"< 4": {"mean": 4}}},
        {"kind": "key", "by": "id", "cases": {"< 4": {}}},
        {"mean": 4, "sd": 1},
        "normal",
    ],
    ids=str,
)
def test_a_column_of_the_wrong_shape_is_not_valid(column: Any) -> None:
    assert mistakes(spec(things=table(20, value={"kind": "bool", "chance": 0.5}))) == []
    tree = spec(things=table(20))
    tree["tables"]["things"]["columns"]["value"] = column
    assert mistakes(tree)


@pytest.mark.parametrize(
    "change",
    [{"name": "My Shop"}, {"sede": 7}, {"seed": "7"}, {"window": 3}],
    ids=str,
)
def test_a_top_of_the_wrong_shape_is_not_valid(change: Tree) -> None:
    assert mistakes({**spec(things=table(20)), **change})


def test_moments_and_lengths_of_toml_are_valid() -> None:
    text = """
    name = "shop"
    description = "x"
    window = { start = 2026-01-01, end = 2026-06-30 }
    [tables.things]
    rows = 20
    [tables.things.columns]
    at = { kind = "timestamp", start = 2026-01-01T10:00:00Z, end = "-3h" }
    on = { kind = "constant", value = 2026-01-01 }
    """
    assert mistakes(plain(tomllib.loads(text))) == []


def test_allow_takes_the_codes_of_warnings() -> None:
    warnings = [code for code in CODES if code.startswith("W")]
    assert mistakes({**spec(things=table(20)), "allow": warnings}) == []
    assert mistakes({**spec(things=table(20)), "allow": "W401"})


def test_golden_cases_of_warnings_alone_are_valid() -> None:
    for path in sorted(CASES.glob("w4*/spec.*")):
        text = path.read_text("utf-8")
        tree = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        assert mistakes(plain(tree)) == [], path.parent.name
