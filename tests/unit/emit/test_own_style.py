"""What is formatted without black is as black would have it, and little is left to black."""

from __future__ import annotations

import ast
import contextlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from compiler.emit.code import layout
from compiler.emit.code.breaking import ForBlack
from compiler.emit.code.layout import APART, all_in_style, as_black, blocks_of
from compiler.emit.code.own_style import own
from compiler.pipeline import compile_spec
from tests.support import spec, table
from tests.support.goldens import ROOT

SPECS = [*ROOT.glob("specs/*.toml"), *ROOT.glob("tests/golden/specs/*.toml")]
SOURCES = sorted(ROOT.glob("compiler/emit/**/*.py"))[::3]
BREAKS = re.compile(r"(?<=[(\[{])\n\s*|,?\n\s*(?=[)\]}])|(?<=,)\n *")
"""The ends of lines within brackets, but for some comments."""


def pieces_of(spec: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What is formatted of the script of a spec."""
    found: set[str] = set()

    def noted(pieces: Iterable[str]) -> dict[str, str]:
        found.update(pieces)
        return all_in_style(found)

    with monkeypatch.context() as patch:
        patch.setattr(layout, "all_in_style", noted)
        compile_spec(str(spec), spec.read_text("utf-8"))
    return found


def by_black(pieces: Iterable[str]) -> float:
    """The share of the text that black formats."""
    lines = {piece: own(piece) for piece in pieces}
    rest = [part for each in lines.values() for part in each]
    left = sum(len(part.source) for part in rest if isinstance(part, ForBlack))
    return left / sum(map(len, lines))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_each_piece_of_a_script_is_as_black_has_it(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = pieces_of(spec, monkeypatch)
    assert len(pieces) > 50
    assert all_in_style(pieces) == as_black(pieces)
    assert by_black(pieces) < 0.2


def test_names_that_fill_a_line_are_as_black_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deep within calls, a part of a pair is wider than a line by itself."""
    staff = "s" * 60
    top = {"kind": "bool", "chance": 0.5}
    weights = {"top": {"true": 3, "false": 9}}
    boss = {"kind": "ref", "table": staff, "skew": False, "weights": weights}
    cases = {"true": {"skew": 0.6}, "false": {}}
    tree = spec(
        **{staff: table(400, top=top, boss={**boss, "by": "top", "cases": cases})}
    )
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(tree), "utf-8")
    pieces = pieces_of(path, monkeypatch)
    assert all_in_style(pieces) == as_black(pieces)


def test_our_own_source_is_as_black_has_it() -> None:
    """As it is, and with each statement on as few lines as possible."""
    pieces = set()
    for path in SOURCES:
        for piece in APART.split(path.read_text("utf-8").strip()):
            blocks = blocks_of(piece)
            pieces |= {*blocks, *(BREAKS.sub(joint, block) for block in blocks)}
    good = as_black(filter(is_python, pieces))
    assert len(good) > 200
    assert all_in_style(good) == good


def is_python(piece: str) -> bool:
    """A block can be part of a text, and a comment can hide what is joined to it."""
    with contextlib.suppress(SyntaxError):
        return bool(ast.parse(piece))
    return False


def joint(line_end: re.Match[str]) -> str:
    after_comma = line_end.string[line_end.start() - 1] == ","
    return " " if after_comma and line_end[0][0] == "\n" else ""


WIDE = ", ".join(f"argument_{number}" for number in range(9))
STATEMENTS = [
    "x = (1)",
    "x = (a, b)",
    "x = (a, )",
    "x = [a, ]",
    "x = a[1, ]",
    "x = a[1:2], a[b + 1 :], a[-1:]",
    "x = {'a': 1, }",
    "x = f(a=1, b = 2)",
    "x = a**2 + b ** 2",
    "x = -a, - b, not  c",
    "x = 1E5 + 1e+5 + 0XFF + 1_0",
    "x = 'a' \"b\"",
    "x = 'it\\'s' + \"say \\\"x\\\"\" + '\"'",
    "x = f'{a}' + r'\\d' + U'x' + '\\xAB'",
    "x = 1; y = 2",
    "x = 1 # why",
    "x = 1 #why",
    "x = 1  # fmt: skip",
    "x=1",
    "x = lambda a, b = 1: (a, b)",
    "x = [a for a in (b) if a]",
    "x = ((a))",
    "print((a))",
    "for (a, b) in (c): pass",
    "for a in (b, c):\n    pass",
    "if (a): pass",
    "if a:\n\n    pass",
    "if a:\n    # why\n    b = 1\n# where\nc = 1",
    "if a:\n  b = 1",
    "if a:\n    b = 1\n    # why",
    "with (a): pass",
    "assert (a), (b)",
    "del (a), (b)",
    "return (a)",
    "return not (a)",
    "import a\nx = 1",
    "from a import (b, c)",
    "class A(): pass",
    "class A():\n    x = 1",
    "class A:\n    '''A text.'''\n    x = 1",
    'class A:\n    """A text."""\n    x = 1\n    def f(self):\n        pass',
    "def f(a: int=1, *, b = 2)->int:\n    ...",
    'def f():\n    """ A text. """\n    x = 1',
    'def f():\n    """A text.\n    """\n    x = 1',
    'def f():\n    """A text.\n\n        deep\n    """\n\n    x = 1',
    'def f():\n    """A text\\"""" \n    x = 1',
    "def f():\n    'A text'\n    x = 1",
    "def f():\n    def g():\n        pass\n    x = 1",
    "@a\n\ndef f():\n    pass",
    "# why\n\ndef f():\n    pass",
    "x = 1\ndef f():\n    pass",
    f"def f({WIDE}) -> int:\n    pass",
    f"def f(*, {WIDE}) -> int:\n    pass",
    f"def function_{'x' * 60}(a: int) -> Iterable[str]:\n    pass",
    f"x = f({WIDE})",
    f"x = f({WIDE}, )",
    f"x = f({WIDE}, *more, **others)",
    f"x = [{WIDE}]",
    f"x = f([{WIDE}])",
    f"x = f([{WIDE}], {{'a': ({WIDE}), 'b': g({WIDE})}})",
    f"x = f({WIDE}).a.b()",
    f"x = f({WIDE}).a(b)",
    f"x = f({WIDE}).a(b).c(d)",
    f"x = g(a, f({WIDE}).a(b), f({WIDE}).c().d(e))",
    f"x = f({WIDE}) + g({WIDE})",
    f"x = f({WIDE})[0]",
    f"x[{WIDE}] = 1",
    f"x = f(a if b else c, lambda a, b: c, {WIDE})",
    f"x = [f({WIDE}) for a in b]",
    f"x = [a for argument_1, argument_2 in f({WIDE}) if a if b]",
    f"x = f(a for a in g({WIDE}))",
    f"x: dict[str, int] = f({WIDE})",
    f"x[a] = y = f({WIDE})",
    f"x = f(\n    # why\n    a,\n    # where\n    b({WIDE}),\n    # after\n)",
    "x = f(\n    a,  # why\n    b,\n)",
    f"x = f('{'x' * 90}')",
    f"x = f(a='{'日' * 40}')",
    f"raise E(f'{'x' * 70} {{a!r}}')",
    f"assert f({WIDE})",
    f"if f({WIDE}):\n    pass",
    f"x = 1  # {'why ' * 25}",
]


@pytest.mark.parametrize("before", ["", "def f():\n", "if a:\n    if b:\n"])
def test_a_statement_is_as_black_has_it(before: str) -> None:
    indent = "    " * before.count("\n")
    pieces = [
        before + "\n".join(f"{indent}{line}" if line else "" for line in lines)
        for lines in (statement.split("\n") for statement in STATEMENTS)
    ]
    done = all_in_style(pieces)
    assert {piece: done[piece] for piece in pieces} == as_black(pieces)
