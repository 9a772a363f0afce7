"""A help that is followed works: each suggested edit of the cases is made, and compiled."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest

from compiler.diagnostics import Diagnostic, Replace, Span
from compiler.pipeline import compile_spec
from compiler.source.places import Lines
from tests.support.cases import specs

AT_LEAST = 130
"""So many suggestions the cases hold, or more: none got lost."""

MECHANICAL = re.compile(
    r"did you mean `.*`\?|it can only be `.*`|swap the two\?"
    r"|leave (it out|out [^,]*|the key out)|without quotes: .*"
)
"""Helps that say just what to do."""

readable = [spec for spec in specs if spec.parent.name != "not_utf8"]
by_spec = pytest.mark.parametrize("spec", readable, ids=lambda spec: spec.parent.name)


@pytest.fixture(autouse=True)
def without_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Emitting takes longest, and says nothing more."""
    monkeypatch.setattr("compiler.pipeline.emitted", lambda *_: {"script": ""})


def found(path: Path, text: str) -> list[Diagnostic]:
    with contextlib.chdir(path.parent):  # where the files are that it names
        return compile_spec(path.name, text).diagnostics


def source(path: Path) -> str:
    return path.read_text("utf-8-sig").replace("\r\n", "\n")


def edited(text: str, fix: Replace) -> str:
    lines, span = Lines(text), fix.span
    start = lines.offset(span.line, span.column)
    end = lines.offset(span.end_line, span.end_column)
    return text[:start] + fix.text + text[end:]


def of(diagnostics: list[Diagnostic]) -> list[tuple[str, str]]:
    """Each as people tell it from others."""
    return [(one.code, one.message) for one in diagnostics]


def within(place: Span | None, fix: Replace) -> bool:
    """Whether a place begins in the text that an edit wrote."""
    rows = fix.text.split("\n")
    first = fix.span.line, fix.span.column
    last = fix.span.line + len(rows) - 1
    column = len(rows[-1]) + (fix.span.column if len(rows) == 1 else 1)
    return place is not None and first <= (place.line, place.column) < (last, column)


@by_spec
def test_a_suggestion_that_is_followed_mends_its_mistake(spec: Path) -> None:
    text = source(spec)
    before = found(spec, text)
    for one in before:
        if one.fix is None:
            continue
        after = found(spec, edited(text, one.fix))
        told = f"{one.message}: {one.help}: {one.fix.text!r}"
        assert of(after).count((one.code, one.message)) < of(before).count(
            (one.code, one.message)
        ), told
        new = [
            each
            for each in after
            if each.severity == "error" and (each.code, each.message) not in of(before)
        ]
        assert not [each for each in new if within(each.span, one.fix)], told


@by_spec
def test_a_help_that_says_just_what_to_write_is_a_suggestion(spec: Path) -> None:
    text = source(spec)
    for one in found(spec, text):
        if one.fix is None and not in_several_headers(text, one):
            assert not MECHANICAL.fullmatch(one.help or ""), (one.message, one.help)


def in_several_headers(text: str, one: Diagnostic) -> bool:
    """Whether the place is a name in several headers of TOML, each of which would change."""
    assert one.span is not None
    name = text.split("\n")[one.span.line - 1][
        one.span.column - 1 : one.span.end_column - 1
    ]
    headers = rf"^\s*\[.*(?<!\w){re.escape(name)}(?!\w).*\]"
    return len(re.findall(headers, text, re.MULTILINE)) > 1


def test_the_cases_hold_many_suggestions() -> None:
    fixes = [one.fix for spec in readable for one in found(spec, source(spec))]
    assert sum(fix is not None for fix in fixes) >= AT_LEAST
