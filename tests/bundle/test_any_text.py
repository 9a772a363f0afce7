"""No text of a spec changes what a bundle or its README is."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from compiler.escape.markdown import as_code, as_markdown
from compiler.escape.mermaid import MARKS
from compiler.escape.yaml import as_yaml
from compiler.pipeline import Compiled
from tests.support import Tree, compiled, spec, table
from tests.support.hostile import TEXTS as MORE_TEXTS
from tests.support.hostile import everywhere

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
    *MORE_TEXTS,
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


@given(hostile | st.text("`| a", max_size=9))
@example("`a``b`")
def test_code_holds_any_text(text: str) -> None:
    shown = as_code(text)
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    words = " ".join(plain.split())
    _, inline, _ = markdown.parse(f"x {shown} y")
    kinds = [each.type for each in inline.children or []]
    if "|" in words or not words:
        assert "".join(spoken(f"x {shown} y")) == f"x {words} y"
    else:
        assert kinds == ["text", "code_inline", "text"]
        assert (inline.children or [])[1].content == words
    rows = markdown.parse(f"|a|b|\n|---|---|\n| x {shown} | y |\n| z | v |")
    cells = [each for each in rows if each.type == "inline"]
    assert [each.content[:1] for each in cells] == ["a", "b", "x", "y", "z", "v"]


# ---------------------------------------------------------------- text from every field

CLUSTERS: list[Tree] = [
    {"compute": "classic", "cluster_id": "TEXT"},
    {"compute": "classic", "node_type": "TEXT"},
    {"schedule": "0 0 6 * * ?", "timezone": "Europe/Berlin"},
]
OUTPUTS: list[Tree] = [{}, {"mode": "append"}, {"engine": "spark", "format": "delta"}]


def bundle_of(text: str, job: Tree, output: Tree) -> Compiled:
    """A bundle of a spec with the text in every field that takes any, and in its file's name."""
    seen = "".join(letter if letter.isprintable() else "-" for letter in text) or "-"
    job = {key: seen if value == "TEXT" else value for key, value in job.items()}
    return compiled(
        everywhere(text, job=job, output={**output, "path": seen}),
        f"{text}.json",
    )


def structure(page: str) -> list[object]:
    """What Markdown makes of a page, but for its words and the font they are in."""
    words = {"text", "text_special", "code_inline"}
    return [
        (
            (each.type, each.tag, each.info)
            if each.type != "inline"
            else [
                child.type for child in each.children or [] if child.type not in words
            ]
        )
        for each in markdown.parse(page)
    ]


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("job", CLUSTERS)
def test_a_readme_has_the_same_parts_whatever_the_text(job: Tree, output: Tree) -> None:
    plain = structure(bundle_of("word", job, output).files["README.md"])
    for text in MORE_TEXTS:
        page = bundle_of(text, job, output).files["README.md"]
        assert structure(page) == plain, text


@settings(max_examples=30, deadline=None)
@given(hostile.filter(lambda text: as_markdown(text) and "{" not in text))
def test_a_readme_has_the_same_parts_whatever_text_is_drawn(text: str) -> None:
    plain = structure(bundle_of("word", CLUSTERS[1], {}).files["README.md"])
    assert structure(bundle_of(text, CLUSTERS[1], {}).files["README.md"]) == plain


@pytest.mark.parametrize("job", CLUSTERS)
@pytest.mark.parametrize("text", MORE_TEXTS)
def test_yaml_and_json_of_a_bundle_hold_the_texts(text: str, job: Tree) -> None:
    files, plain = (bundle_of(each, job, {}).files for each in (text, "word"))
    for path in plain:
        if path.endswith((".yml", ".json")):
            read = yaml.safe_load if path.endswith(".yml") else json.loads
            ours, wanted = read(files[path]), read(plain[path])
            assert same_but_for_text(ours, wanted), path
        if path.endswith(".yml"):
            assert files[path].count("${") == plain[path].count("${")


def same_but_for_text(found: object, wanted: object) -> bool:
    """Whether two trees differ at most where one holds the harmless word."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return found.keys() == wanted.keys() and all(
            same_but_for_text(found[key], wanted[key]) for key in wanted
        )
    if isinstance(wanted, list) and isinstance(found, list):
        return len(found) == len(wanted) and all(
            same_but_for_text(*each) for each in zip(found, wanted, strict=True)
        )
    if isinstance(wanted, str) and "word" in wanted:
        return isinstance(found, str)
    return found == wanted


SCALARS = ["on", "off", "yes", "no", "y", "n", "none", "nan", "inf", "e", "o"]


@pytest.mark.parametrize("engine", ["polars", "spark"])
@pytest.mark.parametrize("name", [*SCALARS, "null", "true"])
def test_names_that_yaml_reads_as_something_else(name: str, engine: str) -> None:
    """`null` and `true` are words of the expressions, and no name of a spec."""
    own = name if name in SCALARS else "shop"
    names = {"catalog": name, "schema": name, "volume": name, "engine": engine}
    files = compiled(spec({"name": own, "output": names}, things=table(20))).files
    root = yaml.safe_load(files["databricks.yml"])
    assert root["bundle"]["name"] == own
    assert root["variables"]["catalog"]["default"] == name
    assert root["variables"]["schema"]["default"] == name
    job = yaml.safe_load(files[f"resources/{own}.job.yml"])["resources"]["jobs"]
    assert list(job) == [own] == [job[own]["name"]]
    for path in ("databricks.yml", f"resources/{own}.job.yml"):
        # PyYAML takes no letter for true or false, other readers of YAML 1.1 do.
        assert not re.search("^[ -]*(.*: )?[yn]:?$", files[path], re.MULTILINE)


# ----------------------------------------------------------------------------- the diagram

BLOCK = [
    # The tokens of a table's block, in the order in which Mermaid's lexer tries them.
    ("key", re.compile(r"\b(?:pk|fk|uk)\b", re.I)),
    ("word", re.compile(r"[*A-Za-z_][A-Za-z0-9_\[\]()-]*")),
    ("comment", re.compile(r'"[^"]*"')),
    ("comma", re.compile(",")),
]


def tokens(line: str) -> list[str]:
    found, place = [], 0
    while place < len(line):
        if line[place] == " ":
            place += 1
            continue
        kind, match = next(
            (kind, match) for kind, rule in BLOCK if (match := rule.match(line, place))
        )
        found.append(kind)
        place = match.end()
    return found


@pytest.mark.parametrize(
    "name",
    [*MARKS, "pk_a", "a_pk", "pkey", "end", "direction", "style", "title", "one"],
)
def test_a_column_of_any_name_is_drawn(name: str) -> None:
    """Mermaid's own parser is no tool of this project; this is its lexer's rule."""
    tree = spec(
        {"name": "shop"},
        end=table(20),
        things={"columns": {name: {"kind": "ref", "table": "end"}}, "rows": 20},
    )
    page = compiled(tree).files["README.md"]
    diagram = page.split("```mermaid\n")[1].split("```")[0].split("\n")
    start = diagram.index('    "things" {')
    (line,) = diagram[start + 1 : diagram.index("    }", start)]
    kinds = tokens(line)
    assert kinds == ["word", "word", "key"] + ["comment"] * (name in MARKS)
    assert line.split()[-1 if name in MARKS else 1].strip('"') == name
    assert f'    "end" ||--o{{ "things" : "{name}"' in diagram
