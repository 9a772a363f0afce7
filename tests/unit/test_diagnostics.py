"""Diagnostics: their order, the names they suggest, and their renderers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.diagnostics import (
    Diagnostic,
    Label,
    Replace,
    Severity,
    Span,
    did_you_mean,
    in_order,
    meant_name,
)
from compiler.names import nearest
from compiler.render import summary, to_github, to_json, to_text

PATH = "specs/ecom.toml"


def label(line: int, column: int, end: int, text: str = "", path: str = PATH) -> Label:
    return Label(Span(path, line, column, line, end), text)


def mistake(
    *labels: Label, help: str | None = None, severity: Severity = "error"
) -> Diagnostic:
    return Diagnostic("E101", "unknown key `colums`", labels, help, severity)


def shown(text: str, *labels: Label, help: str | None = None) -> str:
    """The diagnostic as rendered, without its first line and the summary."""
    rendered = to_text([mistake(*labels, help=help)], {PATH: text}, color=False)
    head, _, rest = rendered.partition("\n")
    assert head == "error[E101]: unknown key `colums`"
    body, _, last = rest.removesuffix("\n").rpartition("\n\n")
    assert last == "1 error"
    return body


def expected(text: str) -> str:
    return dedent(text).strip("\n")


# --- text ---------------------------------------------------------------------------------


def test_a_mistake_shows_its_line_the_place_and_the_help() -> None:
    text = "a = 1\n" * 11 + "    colums = 3\n"
    assert shown(
        text, label(12, 5, 11, "here"), help="did you mean `columns`?"
    ) == expected(
        """
          --> specs/ecom.toml:12:5
           |
        12 |     colums = 3
           |     ^^^^^^ here
           |
           = help: did you mean `columns`?
        """
    )


def test_a_second_place_is_marked_otherwise_with_the_gap_left_out() -> None:
    text = "a = 1\nb = 2\nc = 3\nd = 4\n"
    assert shown(text, label(4, 1, 2, "again"), label(1, 1, 2, "first")) == expected("""
         --> specs/ecom.toml:4:1
          |
        1 | a = 1
          | - first
        ...
        4 | d = 4
          | ^ again
        """)


def test_neighbouring_lines_have_no_gap() -> None:
    body = shown("a = 1\nb = 2\n", label(2, 1, 2), label(1, 1, 2))
    assert "..." not in body


def test_places_on_one_line_have_their_texts_below_each_other() -> None:
    text = "abc def ghi\n"
    labels = label(1, 9, 12, "third"), label(1, 1, 4, "first"), label(1, 5, 8, "second")
    assert shown(text, *labels) == expected("""
         --> specs/ecom.toml:1:9
          |
        1 | abc def ghi
          | --- --- ^^^ third
          | |   |
          | |   second
          | first
        """)


def test_a_place_within_another_keeps_both_texts() -> None:
    assert shown(
        'x = "a + b"\n', label(1, 10, 11, "inner"), label(1, 5, 12, "outer")
    ) == expected(
        """
         --> specs/ecom.toml:1:10
          |
        1 | x = "a + b"
          |     -----^-
          |     |    |
          |     |    inner
          |     outer
        """
    )


def test_two_texts_at_the_same_place_are_both_shown() -> None:
    body = shown("abc\n", label(1, 1, 4, "one"), label(1, 1, 4, "two"))
    assert body.splitlines()[-3:] == ["  | ^^^ one", "  | |", "  | two"]


def test_another_file_has_its_own_snippet() -> None:
    sources = {PATH: "a = 1\n", "b.toml": "b = 2\n"}
    diagnostic = mistake(label(1, 1, 2), label(1, 1, 2, "differs", "b.toml"))
    assert to_text([diagnostic], sources, color=False).splitlines()[1:8] == [
        " --> specs/ecom.toml:1:1",
        "  |",
        "1 | a = 1",
        "  | ^",
        " ::: b.toml:1:1",
        "  |",
        "1 | b = 2",
    ]


def test_a_file_without_source_is_named_and_its_text_kept() -> None:
    body = shown("", label(1, 1, 1, "is a folder", "specs"), help="name a file")
    assert body.splitlines() == [
        " --> specs",
        "  = note: is a folder",
        "  = help: name a file",
    ]
    assert "lost.toml:3:4" in shown("", label(3, 4, 5, path="lost.toml"))


def test_a_diagnostic_without_a_place_is_its_message_and_help() -> None:
    text = to_text([mistake(help="write it")], {}, color=False)
    assert text == (
        "error[E101]: unknown key `colums`\n  = help: write it\n\n1 error\n"
    )


@pytest.mark.parametrize(
    ("line", "column", "end", "cells_before", "marks"),
    [
        ("\tabc = 1", 2, 5, 4, "^^^"),
        ("\t\tabc = 1", 2, 3, 4, "^^^^"),
        ("名前 = abc", 6, 9, 7, "^^^"),
        ("a = 名前", 5, 7, 4, "^^^^"),
        ("ＡＢ = 1", 2, 3, 2, "^^"),
        ("e\u0301 = abc", 6, 9, 4, "^^^"),
        ("a\x1b[31m = 1", 2, 3, 1, "^"),
        ("\u202eab", 2, 4, 1, "^^"),
    ],
)
def test_marks_stand_under_their_text_whatever_its_width(
    line: str, column: int, end: int, cells_before: int, marks: str
) -> None:
    row = shown(line, label(1, column, end)).splitlines()[-1]
    assert row == "  | " + " " * cells_before + marks


def test_what_a_terminal_would_obey_is_not_passed_on() -> None:
    hostile = "a\x1b[2J\u202e\x9b\ud800\x07\u2028"
    diagnostic = Diagnostic(
        "E101",
        hostile,
        (label(1, 1, 4, hostile), label(1, 1, 2, hostile, "x" + hostile)),
        hostile,
    )
    text = to_text([diagnostic], {PATH: hostile}, color=False)
    assert all(char == "\n" or char.isprintable() for char in text)
    text.encode()


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "a" * 300 + "BCD" + "e" * 300
    rows = shown(line, label(1, 301, 304, "here")).splitlines()
    assert len(rows[2]) <= 110
    assert rows[2][4] == "…" == rows[2][-1]
    assert rows[2][rows[3].index("^") : rows[3].rindex("^") + 1] == "BCD"


def test_a_long_line_with_distant_places_keeps_the_primary_one() -> None:
    line = "XYZ" + "a" * 300 + "BCD" + "e" * 300
    rows = shown(line, label(1, 304, 307, "here"), label(1, 1, 4, "there")).splitlines()
    assert rows[2][rows[3].index("^") : rows[3].rindex("^") + 1] == "BCD"
    assert any("there" in row for row in rows)


def test_a_place_wider_than_the_window_shows_where_it_begins() -> None:
    rows = shown("ab = " + "1" * 5000, label(1, 6, 5006)).splitlines()
    assert rows[2].startswith("1 | ab = 111")
    assert rows[3].startswith("  |      ^^^")


def test_a_place_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    diagnostic = mistake(Label(Span(PATH, 1, 5, 3, 2), "this list"))
    text = to_text([diagnostic], {PATH: "a = [1,  \r\n2,\r\n]"}, color=False)
    assert text.splitlines()[3:5] == ["1 | a = [1,", "  |     ^^^ this list"]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff"])
def test_an_empty_source_has_a_place(text: str) -> None:
    assert shown(text, label(1, 1, 1, "nothing here")).splitlines()[-2:] == [
        "1 |",
        "  | ^ nothing here",
    ]


def test_a_byte_order_mark_does_not_shift_the_marks() -> None:
    assert shown("\ufeffabc", label(1, 1, 4)).splitlines()[-2:] == [
        "1 | abc",
        "  | ^^^",
    ]


@given(st.text(max_size=40), st.lists(st.tuples(*[st.integers(0, 50)] * 4), max_size=4))
def test_any_place_in_any_text_is_rendered(
    text: str, places: list[tuple[int, ...]]
) -> None:
    labels = tuple(Label(Span(PATH, *place), text) for place in places)
    diagnostics = [Diagnostic("E101", text, labels, text or None)]
    for color in (False, True):
        assert to_text(diagnostics, {PATH: text}, color=color).endswith(
            "1 error" + "\x1b[0m" * color + "\n"
        )
    assert json.loads(to_json(diagnostics))[0]["message"] == text
    assert to_github(diagnostics).count("\n") == 1


def test_color_only_adds_escapes() -> None:
    diagnostics = [mistake(label(2, 1, 2, "b"), label(1, 1, 2, "a"), help="no")]
    plain = to_text(diagnostics, {PATH: "a\nb\n"}, color=False)
    colored = to_text(diagnostics, {PATH: "a\nb\n"}, color=True)
    assert "\x1b[" not in plain
    assert colored != plain
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == plain


def test_the_summary_counts_errors_and_warnings() -> None:
    error, warning = mistake(), mistake(severity="warning")
    assert summary([error, error, warning]) == "2 errors, 1 warning"
    assert summary([warning, warning]) == "2 warnings"
    assert summary([]) == "no errors"
    assert to_text([], {}, color=False) == ""
    assert to_text([warning], {}, color=False).startswith("warning[E101]: ")


# --- for machines ---------------------------------------------------------------------------


def test_json_holds_all_that_is_known() -> None:
    place = label(3, 5, 11, "hier: é")
    fix = Replace(place.span, "columns")
    diagnostic = replace(mistake(place, help="did you mean `columns`?"), fix=fix)
    text = to_json([diagnostic, mistake(severity="warning")])
    assert text.isascii()
    first, second = json.loads(text)
    assert first == {
        "code": "E101",
        "severity": "error",
        "message": "unknown key `colums`",
        "help": "did you mean `columns`?",
        "suggestion": {
            "path": PATH,
            "line": 3,
            "column": 5,
            "end_line": 3,
            "end_column": 11,
            "text": "columns",
        },
        "labels": [
            {
                "path": PATH,
                "line": 3,
                "column": 5,
                "end_line": 3,
                "end_column": 11,
                "text": "hier: é",
            }
        ],
    }
    assert second["severity"] == "warning"
    assert [second[key] for key in ("help", "suggestion", "labels")] == [None, None, []]
    assert json.loads(to_json([])) == []


def test_github_commands_are_escaped() -> None:
    diagnostic = Diagnostic(
        "E101", "100 %\nof: a, b", (label(3, 5, 11, path="a,b:c%.toml"),), "do\rthis"
    )
    assert to_github([diagnostic, mistake(severity="warning")]) == (
        "::error file=a%2Cb%3Ac%25.toml,line=3,col=5,title=E101"
        "::100 %25␊of: a, b%0Ahelp: do␍this\n"
        "::warning title=E101::unknown key `colums`\n"
    )


# --- order and names ------------------------------------------------------------------------


def test_diagnostics_are_ordered_by_place_and_code_and_given_once() -> None:
    def at(code: str, line: int, column: int, path: str = PATH) -> Diagnostic:
        return Diagnostic(code, "m", (label(line, column, column + 1, path=path),))

    wanted = [
        Diagnostic("E601", "no place"),
        at("E101", 9, 1, path="a.toml"),
        at("E101", 2, 1),
        at("E105", 2, 4),
        at("W401", 2, 4),
        at("E101", 10, 1),
    ]
    assert in_order([*reversed(wanted), *wanted]) == wanted


@pytest.mark.parametrize(
    ("name", "candidates", "found"),
    [
        ("custmers", ["orders", "customers"], "customers"),
        ("customer", ["orders", "customers"], "customers"),
        ("wieghts", ["values", "weights"], "weights"),
        ("Customers", ["customers"], "customers"),
        ("log-normal", ["normal", "log_normal"], "log_normal"),
        ("log_normal", ["normal", "lognormal"], "lognormal"),
        ("email", ["customer_email_address", "name"], "customer_email_address"),
        ("std", ["mean", "sd"], "sd"),
        ("mu", ["mean", "sd"], None),
        ("id", ["holidays", "window"], None),
        ("payload", ["customers", "orders"], None),
        ("x", [], None),
        ("", ["a"], None),
        ("same", ["same"], None),
    ],
)
def test_nearest(name: str, candidates: list[str], found: str | None) -> None:
    assert nearest(name, candidates) == found


def test_equally_near_names_are_decided_by_their_order() -> None:
    assert nearest("tabl_c", ["tabl_a", "tabl_b"]) == "tabl_a"
    assert nearest("tabl_c", {"tabl_b", "tabl_a"}) == "tabl_a"


def test_did_you_mean_names_the_nearest_or_lists_a_few() -> None:
    near = did_you_mean("custmer", ["orders", "customers"])
    assert near == meant_name("custmer", "customers")
    assert str(near) == "did you mean `customers`?"
    assert did_you_mean("q", ["abc", "def", "abc"]) == "one of `abc`, `def`"
    assert str(did_you_mean("q", ["abc"])) == "it can only be `abc`"
    assert did_you_mean("q", []) is None
    assert did_you_mean("q", [f"table{n}" for n in range(12)]) is not None
    assert did_you_mean("q", [f"table{n}" for n in range(13)]) is None


def test_diagnostics_import_nothing_heavy() -> None:
    code = "import sys, compiler.render; print({'rich', 'pydantic', 'jinja2'} & {*sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
