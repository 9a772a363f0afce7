"""No text of a spec changes what a bundle or its README is."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from compiler.emit.bundle.scalars import as_markdown, as_yaml
from tests.support import compiled, spec, table

TEXTS = [
    *(
        "yes",
        "no",
        "null",
        "~",
        "1",
        "1.5",
        "0x1f",
        "2026-06-30",
        "",
        " ",
        "a: b",
        "- a",
    ),
    *(
        "# a",
        "a # b",
        "{a}",
        "[a]",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "%",
        "@a",
        "`a`",
        "'",
        '"',
    ),
    *(
        "\\",
        "\u2028",
        "\x00",
        "\x7f",
        "\ufeff",
        "a\nb: c",
        "😀",
        "<<",
        "=",
        "---",
        "...",
    ),
    *(
        "${var.x}",
        "{{ 7*7 }}",
        "{% raw %}",
        "</td>",
        "a | b",
        "[a](b)",
        "![a](b)",
        "**a**",
    ),
    *("_a_", "a_b_c", "<b>", "&lt;", "1. a", "+ a", "> a", "http://a.example", "$x$"),
    *("~~a~~", "www.a.example", "===", "```", "    a", "a  \nb", "\\*a*", "#a", "--"),
]
hostile = st.text(max_size=60) | st.lists(st.sampled_from(TEXTS)).map("".join)
markdown = MarkdownIt("gfm-like", {"linkify": False})


def tame(text: str) -> str:
    return text.replace("${", "$ {")


@pytest.mark.parametrize("text", TEXTS)
def test_yaml_holds_a_text_as_it_is(text: str) -> None:
    line = as_yaml(text)
    assert "\n" not in line
    assert yaml.safe_load(f"a: {line}\nb: 1\n") == {"a": tame(text), "b": 1}


@given(hostile | st.lists(hostile, max_size=3) | st.integers() | st.booleans())
@example(["\n"])
def test_yaml_holds_any_value_as_it_is(value: Any) -> None:
    line = as_yaml(value)
    assert "\n" not in line
    assert "${" not in line
    read = yaml.safe_load(f"a:\n  - {line}\nb: 1\n")
    wanted = json.loads(tame(json.dumps(value)))
    assert read == {"a": [wanted], "b": 1}


def spoken(source: str) -> list[str]:
    """The kinds of what Markdown makes of a line, and its text."""
    block, inline, end = markdown.parse(source)
    assert [block.type, end.type] == ["paragraph_open", "paragraph_close"]
    kinds = {each.type for each in inline.children or []}
    assert kinds <= {"text", "text_special", "softbreak"}, kinds
    return [each.content for each in inline.children or []]


@example("00.")
@example("123456789) x")
@given(hostile)
def test_markdown_marks_nothing_up(text: str) -> None:
    shown = as_markdown(text)
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    words = " ".join(plain.split())
    assert "".join(spoken(f"say {shown}")) == f"say {words}".rstrip()
    if shown:
        assert "".join(spoken(shown)) == words
    rows = markdown.parse(f"|a|b|\n|---|---|\n| x{shown} | y |\n| z | v |")
    cells = [each for each in rows if each.type == "inline"]
    assert [each.content[:1] for each in cells] == ["a", "b", "x", "y", "z", "v"]


@given(hostile.filter(str.strip))
@settings(max_examples=20)
def test_a_description_is_told_and_changes_nothing(text: str) -> None:
    plain = compiled(spec({"name": "shop"}, things=table(20))).files
    files = compiled(
        spec({"name": "shop", "description": text}, things=table(20))
    ).files
    assert list(files) == list(plain)
    for path in ("resources/shop.job.yml", "job.json"):
        read = json.loads if path == "job.json" else yaml.safe_load
        jobs = [read(each[path]) for each in (files, plain)]
        if path != "job.json":
            jobs = [each["resources"]["jobs"]["shop"] for each in jobs]
        said = jobs[0].pop("description")
        del jobs[1]["description"]
        assert jobs[0] == jobs[1]
        words = " ".join(text.split())
        assert said == (tame(words) if path != "job.json" else words)
    pages = [each["README.md"].split("\n") for each in (files, plain)]
    assert len(pages[0]) == len(pages[1])
    differ = [
        n for n, lines in enumerate(zip(*pages, strict=True)) if len(set(lines)) > 1
    ]
    assert differ in ([2], [])
