"""Specs that hold a text in every place where any text may be."""

from __future__ import annotations

from tests.support import Tree, spec, table

TEXTS = [
    "[/nope]",
    "[red]x[/red] :smile:",
    "\x1b[2J\x1b]0;title\x07",
    "a\n::warning::b",
    "::error file=a::b",
    "##[error]a",
    "\x9b31m\x85\u2028\u2029x",
    "\u202eabc\u2066d\u200f",
    "a\tb\r\nc",
    "# a\n\n![b](c) <img src=x> | d",
    "`code` ``two`` ```",
    "${env:SECRET} ${system:user.name} $x {{ y }} {z}",
    "'; DROP TABLE x; -- \\' \\",
    "=1+1",
    "null",
    "é → 名前 😀",
]
"""Texts that mean something to whatever shows or reads them."""


def everywhere(text: str, **more: Tree) -> Tree:
    """A spec with the text in all fields of the data and its descriptions; `more` is on top."""
    other = f"{text}, other"
    things = table(
        40,
        kind={"kind": "choice", "weights": {text: 3, other: 1}, "description": text},
        word={"kind": "choice", "values": [text, other]},
        note={"kind": "constant", "value": text, "description": text},
        line={"kind": "template", "text": in_template(text) + " {id}"},
        same={"kind": "expr", "expr": f"1 if kind == {text!r} else 2"},
        cost={
            "kind": "uniform",
            "low": 1,
            "high": 2,
            "by": "kind",
            "cases": {text: {"high": 3}},
            "otherwise": {"low": 0},
        },
    ) | {"description": text}
    parts = table(
        {"per": "things", "mean": 2},
        thing={"kind": "ref", "table": "things"},
        at={"kind": "timestamp"},
        state={"kind": "progression", "states": [text, other], "chance": 0.5},
    )
    visits = table(
        40, thing={"kind": "ref", "table": "things", "weights": {"kind": weights(text)}}
    )
    rows = {"data": [{"name": text, "n": 1}, {"name": other, "n": 2}]}
    top = {"name": "shop", "description": text, **more}
    return spec(top, things=things, parts=parts, visits=visits, rows=rows)


def weights(text: str) -> Tree:
    return {text: 2, f"{text}, other": 1}


def in_template(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
