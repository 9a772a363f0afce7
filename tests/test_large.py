"""Large and deep specs: the work grows with the size, and what is too deep is a diagnostic."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest

from benchmarks.large import SHAPES
from compiler.diagnostics import Diagnostic
from compiler.names import FEW, MANY, nearest
from compiler.pipeline import compile_spec, plan_spec
from compiler.render import SHOWN, to_github, to_json, to_text
from compiler.source import read
from compiler.source.places import LONGEST_TEXT
from tests.support import spec, table

PARTS = 150  # more than the names that are each compared with a mistyped one
FEWER = {"wide_tables": 30}  # which have fifty columns each
NAMES = list(SHAPES)


def calls_of(work: Callable[[], object]) -> int:
    """How many functions are called: a measure of work that is the same on every machine."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def checked(path: str, text: str) -> None:
    """All stages up to the plan, and the diagnostics as text."""
    found = plan_spec(path, text).diagnostics
    to_text(found, {path: text}, color=False)
    to_json(found)


@pytest.mark.parametrize("name", NAMES)
def test_twice_as_large_is_twice_the_work(name: str) -> None:
    make, _ = SHAPES[name]
    parts = FEWER.get(name, PARTS)
    checked(*make(parts))  # what is made once
    one, two, four = (
        calls_of(lambda: checked(*make(parts * times)))  # noqa: B023
        for times in (1, 2, 4)
    )
    assert four - two < 2.5 * (two - one)


def diagnostics_of(text: str, path: str = "spec.toml") -> list[Diagnostic]:
    return compile_spec(path, text).diagnostics


def of_column(**column: object) -> list[Diagnostic]:
    tree = spec(things=table(10, x=column, name={"kind": "faker", "provider": "name"}))
    return diagnostics_of(json.dumps(tree), "spec.json")


DEEP = {
    "brackets of JSON": ("spec.json", "[" * 100_000),
    "objects of JSON": ("spec.json", '{"a":' * 100_000 + "1" + "}" * 100_000),
    "brackets of TOML": ("spec.toml", "a = " + "[" * 100_000),
    "a dotted key": ("spec.toml", ".".join(["a"] * 10_000) + " = 1"),
    "a dotted header": ("spec.toml", "[" + ".".join(["a"] * 10_000) + "]"),
}


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_too_deep_is_one_error(name: str) -> None:
    path, text = DEEP[name]
    (one,) = diagnostics_of(text, path)
    assert one.code == "E001"
    assert "more than 100" in one.message


EXPRESSIONS = {
    "parentheses": "(" * 10_000 + "1" + ")" * 10_000,
    "a long sum": "+".join(["1"] * 40_000),
    "a deep sum": "+".join(["1"] * 4_000),
    "signs": "-" * 9_000 + "1",
    "ifs": "1 if x else " * 700 + "2",
    "calls": "abs(" * 1_500 + "1" + ")" * 1_500,
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_too_long_or_deep_is_one_error(name: str) -> None:
    (one,) = of_column(kind="expr", expr=EXPRESSIONS[name])
    assert one.code == "E302"


def test_a_template_of_too_many_places_is_one_error() -> None:
    (one,) = of_column(kind="template", text="{name}" * 101)
    assert (one.code, one.message.count("100 places")) == ("E104", 1)
    assert of_column(kind="template", text="{name}" * 100) == []


def test_a_path_of_too_many_steps_is_one_error() -> None:
    ref = {"kind": "ref", "table": "things"}
    for steps, codes in ((19, []), (20, ["E104"]), (20_000, ["E104"])):
        lookup = {"kind": "lookup", "path": "up." * steps + "id"}
        tree = spec(things=table(10, up=ref, x=lookup))
        found = diagnostics_of(json.dumps(tree), "spec.json")
        assert [one.code for one in found] == codes


def test_columns_that_read_each_other_in_a_long_row() -> None:
    def chain(length: int, last: str) -> list[str]:
        columns: dict[str, object] = {
            f"c{n}": {"kind": "expr", "expr": f"c{n + 1} + 1"} for n in range(length)
        }
        columns[f"c{length}"] = {"kind": "expr", "expr": last}
        tree = spec(things=table(10, **columns))  # type: ignore[arg-type]
        found = diagnostics_of(json.dumps(tree), "spec.json")
        return [one.code for one in found]

    assert chain(250, "1") == []
    assert set(chain(2_000, "1")) == {"E204"}
    assert chain(250, "c0") == ["E204"]
    assert set(chain(2_000, "c0")) == {"E204"}


QUOTES = {
    "TOML": ("spec.toml", 'x = "' + '\\"' * 500_000),
    "long in TOML": ("spec.toml", 'x = """' + '"" ' * 300_000),
    "literal in TOML": ("spec.toml", "x = '''" + "'' " * 300_000),
    "JSON": ("spec.json", '{"a":"' + '\\"' * 500_000),
    "digits in JSON": ("spec.json", '{"a":[' + f"{'1' * 4_299}," * 300),
}


@pytest.mark.parametrize("name", QUOTES)
def test_a_string_that_is_not_closed_is_looked_at_once(name: str) -> None:
    """It took minutes: each quote in it could have been the first one."""
    path, text = QUOTES[name]
    (one,) = diagnostics_of(text, path)
    assert one.code == "E001"


def test_a_text_or_name_too_long_is_one_error() -> None:
    long = "x" * (LONGEST_TEXT + 1)
    for text in (f'a = "{long}"', f"{long} = 1"):
        _, found = read(text, "spec.toml")
        assert [one.code for one in found] == ["E104"]
        assert len(to_text(found, {"spec.toml": text}, color=False)) < 1_000
    assert read(f'a = "{long[1:]}"', "spec.toml")[1] == []


def test_a_message_is_cut_where_nobody_would_read_on() -> None:
    found = of_column(kind="k" * 50_000)
    assert len(to_text(found, {}, color=False)) < 5_000
    assert len(to_github(found)) < 5_000
    assert "k" * 50_000 in to_json(found)


def test_of_thousands_of_errors_the_first_are_shown() -> None:
    wrong = {f"k{number}": 1 for number in range(SHOWN + 100)}
    found = diagnostics_of(json.dumps({**spec(things=table(10)), **wrong}), "spec.json")
    text = to_text(found, {}, color=False)
    assert text.count("error[") == SHOWN == to_github(found).count("\n")
    assert text.endswith(
        f"\n{SHOWN + 100} errors; the first {SHOWN} are shown, `--json` has all\n"
    )
    assert len(json.loads(to_json(found))) == SHOWN + 100


def test_among_many_names_the_nearest_is_found_as_among_few() -> None:
    names = [f"{what}_{n}" for n in range(FEW) for what in ("amount", "region", "paid")]
    assert nearest("amuont_17", names) == "amount_17"
    assert nearest("regoin_4", names) == "region_4"
    assert nearest("Paid-99", names) == "paid_99"
    assert nearest("nothing_like_it", ["zz" + name[:3] for name in names]) is None
    assert nearest("amuont_17", [f"amount_{n}" for n in range(MANY + 1)]) is None


def test_a_long_name_is_compared_with_nothing() -> None:
    long = "ab" * 50_000
    assert calls_of(lambda: nearest(long, [long[1:], "ab"])) < 1_000
