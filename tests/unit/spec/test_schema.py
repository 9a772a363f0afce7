"""The JSON Schema: right in itself, right about specs, and as committed."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiler.cli import main
from compiler.codes import CODES
from compiler.source import read
from compiler.spec.columns import KINDS
from compiler.spec.load import load
from compiler.spec.schema import schema
from tests.strategies.specs import specs
from tests.support import Tree, spec, table
from tests.support.mistyped import MISTYPED, ROOT, SHIPPED, with_mistake

CASES = ROOT / "tests" / "cases"

SCHEMA = schema()
validator = jsonschema.Draft202012Validator(SCHEMA)


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


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_described(kind: str) -> None:
    defs = SCHEMA["$defs"]
    definition = defs[KINDS[kind].__name__]
    column = defs["Column"]
    assert kind in column["properties"]["kind"]["enum"]
    assert definition["properties"].keys() <= column["properties"].keys()
    assert definition["additionalProperties"] is False
    assert definition["description"]


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


def test_there_is_no_union_whose_branches_an_editor_would_list() -> None:
    made = schema()

    def below(node: Any, inside_if: bool) -> None:
        if isinstance(node, list):
            for one in node:
                below(one, inside_if)
        if isinstance(node, dict):
            assert inside_if or not {"anyOf", "oneOf"} & node.keys(), node
            for key, value in node.items():
                below(value, key == "if")

    below(made, inside_if=False)


@pytest.mark.parametrize(("place", "value", "name"), MISTYPED, ids=str)
def test_one_mistake_gives_one_message_that_names_it(
    place: str, value: Any, name: str
) -> None:
    tree = with_mistake(place, value)
    (error,) = validator.iter_errors(tree)
    assert name in error.message
    below = [*(["columns"] if place == "a" else []), place]
    assert list(error.absolute_path)[: 2 + len(below)] == ["tables", "things", *below]


FREE = (
    *("tables", "calendars", "columns", "cases", "weights", "domains", "args"),
    *("states", "to", "types"),
)
"""Keys below which there are names of the user's own."""


def mistyped(tree: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where a key could be mistyped, which nobody but the language names."""
    if isinstance(tree, list):
        for n, one in enumerate(tree):
            yield from mistyped(one, (*place, n))
    if not isinstance(tree, dict) or "data" in place:
        return
    own = bool(place) and (place[-1] in FREE or place[-2:-1] == ("weights",))
    own = own or (place[-1:] == ("locale",) and "by" not in tree)
    for key, value in tree.items():
        if not own and key != "kind":
            yield (*place, key)
        yield from mistyped(value, (*place, key))


def sort_of(tree: Any, place: tuple[Any, ...]) -> tuple[Any, ...]:
    """What tells one key of the language from another: its table, and of a column the kind."""
    kind = None
    for step in place:
        kind = tree.get("kind", kind) if isinstance(tree, dict) else kind
        tree = tree[step]
    return len(place), place[0], *place[-2:][: len(place) < 4], kind, place[-1]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_mistyped_key_is_refused_in_its_place_by_schema_and_models(
    path: Path,
) -> None:
    tree = plain(tomllib.loads(path.read_text("utf-8")))
    places = [*{sort_of(tree, place): place for place in mistyped(tree)}.values()]
    assert len(places) > 50
    while places:
        together = apart(places)
        places = [place for place in places if place not in together]
        changed = copy.deepcopy(tree)
        for *above, key in together:
            part = changed
            for step in above:
                part = part[step]
            part[f"{key}zz"] = part.pop(key)
        errors = list(validator.iter_errors(changed))
        found = {tuple(error.absolute_path): error.message for error in errors}
        assert len(errors) == len(together)
        assert found.keys() == {place[:-1] for place in together}
        for *above, key in together:
            assert f"'{key}zz' was unexpected" in found[(*above,)]


def apart(places: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Some of the places, of which none is in another, or beside it."""
    found: list[tuple[Any, ...]] = []
    for place in places:
        part = place[:-1]
        if not any(
            place[: len(other)] == other
            or part == other[:-1]
            or other[: len(place)] == place
            for other in found
        ):
            found.append(place)
    return found


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(specs(), st.randoms(use_true_random=False))
def test_a_mistyped_key_of_any_spec_is_refused_by_both(tree: Tree, chance: Any) -> None:
    tree = copy.deepcopy(tree)
    *above, key = chance.choice(list(mistyped(tree)))
    part: Any = tree
    for step in above:
        part = part[step]
    part[f"{key}zz"] = part.pop(key)
    (message,) = {error.message for error in validator.iter_errors(tree)}
    assert f"'{key}zz' was unexpected" in message
    document, _ = read(json.dumps(tree, default=str), "spec.json")
    assert document is not None
    _, found = load(document)
    assert f"unknown key `{key}zz`" in " ".join(one.message for one in found)


def test_golden_cases_of_warnings_alone_are_valid() -> None:
    for path in sorted(CASES.glob("w4*/spec.*")):
        text = path.read_text("utf-8")
        tree = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        assert mistakes(plain(tree)) == [], path.parent.name
