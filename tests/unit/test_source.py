"""Reading specs: the tree, the place of every part of it, and what is no spec."""

from __future__ import annotations

import json
import math
import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compiler.diagnostics import Diagnostic, Span
from compiler.source import Document, read
from tests.strategies.toml import (
    Path,
    Writer,
    fragments,
    moments,
    numbers,
    texts,
    trees,
)


def document(text: str, path: str = "s.toml") -> Document:
    found, diagnostics = read(text, path)
    assert diagnostics == []
    assert found is not None
    return found


def refused(text: str, path: str = "s.toml") -> Diagnostic:
    found, diagnostics = read(text, path)
    assert found is None
    assert len(diagnostics) == 1
    return diagnostics[0]


def at(text: str, span: Span) -> str:
    """The text that a span covers."""
    lines = text.removeprefix("\ufeff").split("\n")
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    first, last = lines[span.line - 1][span.column - 1 :], lines[span.end_line - 1]
    return "\n".join(
        [first, *lines[span.line : span.end_line - 1], last[: span.end_column - 1]]
    )


def place(diagnostic: Diagnostic, label: int = 0) -> tuple[int, int]:
    span = diagnostic.labels[label].span
    return span.line, span.column


# --- places in TOML -------------------------------------------------------------------------

TOML = '''\
name = "ecom"  # a comment with "quotes" and [brackets]
window . days = 180

[tables.customers]
rows = 5_000
"a key" = 'lit # eral'
since = 2024-01-01 12:30:00Z
story = """
two
lines"""""
[tables.customers.columns]
tier = { kind = "choice", weights = { Free = 0.6, "Pro \\u00e9" = 0.4 } }
list = [
  1,  # one ]
  [2, 3],
  { a.b = true },
]

[[events]]
name = "first"
[events.span]
days = 1
[[ events ]]
name = "second"
[events.span]
days = 2
'''


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("name",), "name", '"ecom"'),
        (("window",), "window", "window"),
        (("window", "days"), "days", "180"),
        (("tables",), "tables", "[tables.customers]"),
        (("tables", "customers"), "customers", "[tables.customers]"),
        (("tables", "customers", "rows"), "rows", "5_000"),
        (("tables", "customers", "a key"), '"a key"', "'lit # eral'"),
        (("tables", "customers", "since"), "since", "2024-01-01 12:30:00Z"),
        (("tables", "customers", "story"), "story", '"""\ntwo\nlines"""""'),
        (("tables", "customers", "columns"), "columns", "[tables.customers.columns]"),
        (("events",), "events", "[[events]]"),
        (("events", 0), "events", "[[events]]"),
        (("events", 0, "name"), "name", '"first"'),
        (("events", 0, "span", "days"), "days", "1"),
        (("events", 1), "events", "[[ events ]]"),
        (("events", 1, "name"), "name", '"second"'),
        (("events", 1, "span"), "span", "[events.span]"),
        (("events", 1, "span", "days"), "days", "2"),
    ],
)
def test_toml_places(path: Path, key: str, value: str) -> None:
    spec = document(TOML)
    assert at(TOML, spec.key(path)) == key
    assert at(TOML, spec.value(path)) == value


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("tier", "kind"), "kind", '"choice"'),
        (("tier", "weights"), "weights", '{ Free = 0.6, "Pro \\u00e9" = 0.4 }'),
        (("tier", "weights", "Pro é"), '"Pro \\u00e9"', "0.4"),
        (("list", 0), "1", "1"),
        (("list", 1), "[2, 3]", "[2, 3]"),
        (("list", 1, 1), "3", "3"),
        (("list", 2, "a"), "a", "a"),
        (("list", 2, "a", "b"), "b", "true"),
    ],
)
def test_toml_places_within_values(path: Path, key: str, value: str) -> None:
    spec = document(TOML)
    path = ("tables", "customers", "columns", *path)
    assert at(TOML, spec.key(path)) == key
    assert at(TOML, spec.value(path)) == value


def test_a_repeated_segment_has_the_place_of_the_header_that_declares_it() -> None:
    text = "[a.b]\n[a]\n"
    assert document(text).key(("a",)) == Span("s.toml", 2, 2, 2, 3)


def test_line_ends_of_windows_do_not_shift_places() -> None:
    text = TOML.replace("\n", "\r\n")
    spec = document(text)
    for path in (
        ("name",),
        ("events", 1, "span", "days"),
        ("tables", "customers", "rows"),
    ):
        assert spec.value(path) == document(TOML).value(path)


def test_a_byte_order_mark_counts_for_nothing() -> None:
    for text, path in (("a = 1", "s.toml"), ('{"a": 1}', "s.json")):
        assert document("\ufeff" + text, path).tree == {"a": 1}
        assert document("\ufeff" + text, path).key(("a",)) == document(text, path).key(
            ("a",)
        )


def test_what_does_not_exist_has_the_place_of_its_nearest_ancestor() -> None:
    spec = document(TOML)
    tier = ("tables", "customers", "columns", "tier")
    assert spec.value((*tier, "missing", 3, "deeper")) == spec.value(tier)
    assert spec.key((*tier, "missing")) == spec.key(tier)
    assert (
        spec.value(("nothing",)) == spec.key(("nothing",)) == Span("s.toml", 1, 1, 1, 1)
    )
    assert spec.value(()) == spec.key(()) == Span("s.toml", 1, 1, 1, 1)


# --- places in JSON -------------------------------------------------------------------------

JSON = '{ "name": "ecom",\n  "k\\u00e9y": [1, {"a": "b]"}, []],\n\t"x" : {} }\n'


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("name",), '"name"', '"ecom"'),
        (("kéy",), '"k\\u00e9y"', '[1, {"a": "b]"}, []]'),
        (("kéy", 0), "1", "1"),
        (("kéy", 1, "a"), '"a"', '"b]"'),
        (("kéy", 2), "[]", "[]"),
        (("x",), '"x"', "{}"),
        ((), JSON.strip(), JSON.strip()),
    ],
)
def test_json_places(path: Path, key: str, value: str) -> None:
    spec = document(JSON, "s.JSON")
    assert at(JSON, spec.key(path)) == key
    assert at(JSON, spec.value(path)) == value


# --- places within strings ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ['x = "a + bcd"', "x = 'a + bcd'", 'x = """a + bcd"""']
)
def test_a_stretch_of_a_plain_string(text: str) -> None:
    spec = document(text)
    assert at(text, spec.within(("x",), 4, 7)) == "bcd"
    assert at(text, spec.within(("x",), 2, 99)) == "+ bcd"
    end = spec.within(("x",), 7, 7)
    assert (end.column, end.end_column) == (text.index("bcd") + 4,) * 2


@pytest.mark.parametrize(
    "text",
    ['x = "a\\u0020+ b"', 'x = """\na + b"""', 'x = "a\\tb"', "x = 12345", "x = [1]"],
)
def test_a_stretch_of_any_other_value_is_the_whole(text: str) -> None:
    spec = document(text)
    assert spec.within(("x",), 1, 2) == spec.value(("x",))
    assert at(text, spec.within(("x",), 1, 2)) == text[4:]


def test_a_stretch_of_what_is_no_value() -> None:
    spec = document("[a]\nb = 1\n")
    assert spec.within(("a",), 0, 1) == spec.value(("a",))
    assert spec.within(("a", "c"), 0, 1) == spec.value(("a",))
    assert spec.within((), 0, 1) == spec.value(())


# --- what is not valid ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "help"),
    [
        ("a = 1\nkind = choice\n", 2, 8, '`"choice"`'),
        ("kind = choice of tiers # no\n", 1, 8, '`"choice of tiers"`'),
        ('name = ecom"', 1, 8, 'opening quote is missing: `"ecom"`'),
        ('name = "ecom\nseed = 1', 1, 13, "closing quote is missing"),
        ("name = 'ecom\nseed = 1", 1, 13, "closing quote is missing"),
        ("name = 'ecom", 1, 13, "closing quote is missing"),
        ('name = "ecom', 1, 13, "closing quote is missing"),
        ('name "ecom"', 1, 6, "`=` is missing"),
        ("name: 1", 1, 5, "without `:`"),
        ("name", 1, 5, "`key = value`"),
        ("my key = 1", 1, 4, "needs quotes"),
        ("a =\nb = 1", 1, 4, "value is missing after `=`"),
        ("a = 1\nb =", 2, 4, "value is missing after `=`"),
        ("a = -6mo", 1, 7, '`"-6mo"`'),
        ("a = { every = 15m }", 1, 17, '`"15m"`'),
        ("a = [1d]", 1, 7, '`"1d"`'),
        ("a = 5,000", 1, 6, "`5_000`"),
        ("a = 5 000", 1, 7, "`5_000`"),
        ("a = 2026-7-4", 1, 9, "`2026-07-04`"),
        ("a = 5%", 1, 6, "between 0 and 1"),
        ("a = True", 1, 5, "`true`"),
        ("a = null", 1, 5, "no null"),
        ("a = .5", 1, 5, "`0.5`"),
        ("a = 007", 1, 6, "leading zeros"),
        ("a = “x”", 1, 5, "straight quotes"),
        ('a = "C:\\data"', 1, 8, "single quotes"),
        ('a = "say "x""', 1, 11, '`\\"`'),
        ("a = 1 b = 2", 1, 7, "line of its own"),
        ("a = 1,\n", 1, 6, "without a comma"),
        ("// hello", 1, 1, "`#`"),
        ("a = { b = 1, }", 1, 14, "no comma before `}`"),
        ("a = {\n  b = 1\n}", 1, 6, "written on one line"),
        ("[tables.customers\nrows = 1", 1, 18, "closing bracket"),
        ('{ "name": "ecom" }', 1, 1, "`.json`"),
        ("é = 1", 1, 1, "needs quotes"),
        ("a\r\n= 1\r\n", 1, 2, "`key = value`"),
    ],
)
def test_toml_that_is_not_valid(text: str, line: int, column: int, help: str) -> None:
    diagnostic = refused(text)
    assert diagnostic.code == "E001"
    assert diagnostic.message.startswith("not valid TOML: ")
    assert place(diagnostic) == (line, column)
    assert help in (diagnostic.help or "")


@pytest.mark.parametrize(
    ("text", "opened", "end"),
    [
        ("a = [\n  1, # one\n\n", (1, 5), (2, 11)),
        ("a = [1,\n2\nb = 3\n", (1, 5), (3, 1)),
        ('a = """x\ny\n', (1, 5), (2, 2)),
    ],
)
def test_what_is_not_closed_shows_where_it_opens(
    text: str, opened: tuple[int, int], end: tuple[int, int]
) -> None:
    diagnostic = refused(text)
    assert place(diagnostic) == end
    assert place(diagnostic, 1) == opened
    assert diagnostic.labels[1].text == "opened here"


@pytest.mark.parametrize(
    ("text", "name", "again", "first"),
    [
        ("x = 1\ny = 2\nx = 3\n", "x", (3, 1), (1, 1)),
        ("[a.b]\nc = 1\n[d]\n[a.b]\n", "a.b", (4, 4), (1, 4)),
        ("a = { b = 1, b = 2 }", "a.b", (1, 14), (1, 7)),
        ("a = { b = 1 }\n[a]\n", "a", (2, 2), (1, 1)),
        ("a.b = 1\na = 2", "a", (2, 1), (1, 1)),
        ("[[a]]\n[a]\n", "a", (2, 2), (1, 3)),
        ("[tables.c]\nrows = 1\n\nrows = 2", "tables.c.rows", (4, 1), (2, 1)),
    ],
)
def test_a_key_given_twice_in_toml_shows_both_places(
    text: str, name: str, again: tuple[int, int], first: tuple[int, int]
) -> None:
    diagnostic = refused(text)
    assert (diagnostic.code, diagnostic.message) == (
        "E001",
        f"the key `{name}` is given twice",
    )
    assert (place(diagnostic), place(diagnostic, 1)) == (again, first)


@pytest.mark.parametrize(
    ("text", "line", "column", "help"),
    [
        ('{"a": 1,}', 1, 8, "no comma after"),
        ('{"a": [1,\n]}', 1, 9, "no comma after"),
        ('{"a": [1,, 2]}', 1, 10, "remove one"),
        ('{"a": 1 // one\n}', 1, 9, "no comments"),
        ("# one\n{}", 1, 1, "no comments"),
        ("{'a': 1}", 1, 2, "double quotes"),
        ("{\"a\": 'b'}", 1, 7, "double quotes"),
        ("{a: 1}", 1, 2, '`"a"`'),
        ('{"a": b}', 1, 7, '`"b"`'),
        ('{"a": True}', 1, 7, "`true`"),
        ('{"a": None}', 1, 7, "leave the key out"),
        ('{"a" 1}', 1, 6, "`:`"),
        ('{"a": 1\n "b": 2}', 2, 2, "`,` is missing"),
        ('{"a": 1', 1, 8, "closing bracket is missing"),
        ('{\n  "a": "b\n}', 2, 10, "closing"),
        ('{"a": 1}\n}', 2, 1, "one too many"),
        ('{"a": 1_000}', 1, 8, "without `_`"),
        ('{"a": NaN}', 1, 7, "leave the key out"),
        ('{"Infinity": -Infinity}', 1, 14, "leave the key out"),
        ("", 1, 1, "empty"),
        ('name = "ecom"', 1, 1, "`.toml`"),
        ("\n [1, 2]", 2, 2, "an object"),
    ],
)
def test_json_that_is_not_valid(text: str, line: int, column: int, help: str) -> None:
    diagnostic = refused(text, "s.json")
    assert diagnostic.code == "E001"
    assert place(diagnostic) == (line, column)
    assert help in (diagnostic.help or "")


def test_a_key_given_twice_in_json_shows_both_places() -> None:
    text = '{"a": {"b": 1,\n "b": 2}, "a": 3}'
    found, diagnostics = read(text, "s.json")
    assert found is None
    assert [place(diagnostic) for diagnostic in diagnostics] == [(2, 2), (2, 11)]
    assert [place(diagnostic, 1) for diagnostic in diagnostics] == [(1, 8), (1, 2)]
    assert "`b`" in diagnostics[0].message


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("x = " + "[" * 10_000 + "]" * 10_000, "s.toml"),
        ("x = " + "{a=" * 10_000 + "1" + "}" * 10_000, "s.toml"),
        ("x" + ".x" * 10_000 + " = 1", "s.toml"),
        ("[x" + ".x" * 10_000 + "]", "s.toml"),
        ("[a" + ".a" * 60 + "]\na" + ".a" * 60 + " = 1", "s.toml"),
        ("x = " + "9" * 5000, "s.toml"),
        ("x = 0x" + "f" * 5000, "s.toml"),
        ("[" * 10_000 + "]" * 10_000, "s.json"),
        ('{"a":' * 10_000 + "1" + "}" * 10_000, "s.json"),
        ('{"a": ' + "9" * 5000 + "}", "s.json"),
        ('{"a": ["\\ud800"]}', "s.json"),
        ('{"\\udfff": 1}', "s.json"),
        ('a = "\udc80"', "s.toml"),
        ('{"a": "\ud800"}', "s.json"),
    ],
)
def test_what_would_break_a_parser_is_a_diagnostic(text: str, path: str) -> None:
    assert refused(text, path).code == "E001"


def test_many_brackets_side_by_side_are_not_deep() -> None:
    lists: dict[str, Any] = {"a": [[], {}] * 200}
    assert document(json.dumps(lists), "s.json").tree == lists
    assert document(f"a = {lists['a']}").tree == lists


def test_brackets_in_strings_and_comments_are_not_nesting() -> None:
    deep = "[" * 200
    text = f'a = "{deep}" # {deep}\nb = \'{deep}\'\nc = \'\'\'\n{deep}\'\'\'\nd = """\\"{deep}"""'
    assert document(text).tree["b"] == deep
    assert document(json.dumps({"a": '"' + deep}), "s.json").tree["a"] == '"' + deep


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a = [1, -inf]", "s.toml"),
        ("a = [1, 1e999]", "s.toml"),
        ('{"a":[1,1e999]}', "s.json"),
    ],
)
def test_a_number_that_is_not_finite_is_out_of_range(text: str, path: str) -> None:
    diagnostic = refused(text, path)
    assert (diagnostic.code, place(diagnostic)) == ("E104", (1, 9))


def test_big_integers_are_left_to_later_stages() -> None:
    assert document("a = 123456789012345678901234567890").tree == {
        "a": 123456789012345678901234567890
    }


# --- any tree, any text -----------------------------------------------------------------------


def below(node: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    """All parts of a tree with their paths, itself without."""
    parts = node.items() if isinstance(node, dict) else enumerate(node)
    found: list[tuple[Path, Any]] = []
    for part, child in parts:
        found.append(((*path, part), child))
        if isinstance(child, (dict, list)):
            found += below(child, (*path, part))
    return found


@given(st.data())
def test_every_place_in_any_toml_holds_its_value(data: st.DataObject) -> None:
    tree = data.draw(trees(st.booleans() | numbers | texts | moments))
    writer = Writer(data.draw)
    text = writer.table(tree, (), "")
    spec = document(text)
    assert spec.tree == tree
    values = dict(below(tree))
    for path in writer.inline:
        assert tomllib.loads("x = " + at(text, spec.value(path))) == {"x": values[path]}
    for path in values:
        if isinstance(path[-1], str):
            assert tomllib.loads(at(text, spec.key(path)) + " = 1") == {path[-1]: 1}
        elif path not in writer.inline:
            assert at(text, spec.value(path)).startswith("[[")


@given(
    trees(st.none() | st.booleans() | numbers | texts),
    st.none() | st.integers(0, 3) | st.just("\t"),
    st.booleans(),
)
def test_every_place_in_any_json_holds_its_value(
    tree: dict[str, Any], indent: int | str | None, ascii_only: bool
) -> None:
    text = json.dumps(tree, indent=indent, ensure_ascii=ascii_only)
    spec = document(text, "s.json")
    assert spec.tree == tree
    for path, value in [((), tree), *below(tree)]:
        assert json.loads(at(text, spec.value(path))) == value
        if path and isinstance(path[-1], str):
            assert json.loads(at(text, spec.key(path))) == path[-1]


@given(fragments | st.text(), st.sampled_from(["s.toml", "s.json"]))
@example("\ufeff\ufeff", "s.json")
@example("a.b = [{}]\n[[a.b]]", "s.toml")
def test_any_text_is_read_or_refused_with_a_place(text: str, path: str) -> None:
    found, diagnostics = read(text, path)
    assert (found is None) == bool(diagnostics)
    lines = text.split("\n")
    for label in [label for diagnostic in diagnostics for label in diagnostic.labels]:
        span = label.span
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert (span.line, span.column) <= (span.end_line, span.end_column)
    if found is not None:
        for part, _ in below(found.tree):
            assert found.value(part).path == found.key(part).path == path
            assert found.within(part, 0, 1).line >= 1


@given(st.integers(-3, 20), st.integers(-3, 20), texts)
def test_a_stretch_of_any_string_lies_within_its_value(
    start: int, end: int, value: str
) -> None:
    spec = document(json.dumps({"x": value}), "s.json")
    inner, whole = spec.within(("x",), start, end), spec.value(("x",))
    assert whole.column <= inner.column <= inner.end_column <= whole.end_column
    assert math.isclose(inner.line, whole.line)
