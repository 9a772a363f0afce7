"""Rows of data are formatted as black would, without black, which is slow."""

from __future__ import annotations

from datetime import UTC, date, datetime

import black
import pytest

from compiler.emit.code.layout import blocks_of, formatted, place_of
from compiler.emit.configuration import data_of
from tests.support import built, compiled, spec

TEXTS = [
    "plain",
    "",
    "it's",
    'say "x"',
    'it\'s "x"',
    "it's 'x', \"y\"",
    "back\\slash",
    "\\'",
    '\\"',
    "\\\\' \"",
    "line\nbreak\tand \x00 nul",
    "'" * 3 + '"' * 3,
    "naïve 日本語 \U0001f600",
    "{braces} # no comment",
    "x" * 90,
    "日" * 40,
    "' (a, b), " * 3,
]
OTHERS = [
    1,
    -1.5,
    1e300,
    1_000_000,
    True,
    None,
    date(2026, 1, 1),
    datetime(2026, 1, 1, 12, 30, 15, tzinfo=UTC),
]


def as_black(text: str) -> str:
    mode = black.Mode(target_versions={black.mode.TargetVersion.PY311})
    return black.format_str(text, mode=mode)


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("columns", [1, 2, 7])
def test_the_rows_of_data_are_as_black_lays_them_out(columns: int, engine: str) -> None:
    rows = [
        {f"column_{n}": text if n % 2 == 0 else f"{text} {n}" for n in range(columns)}
        for text in TEXTS
    ]
    tree = spec({"output": {"engine": engine}}, things={"data": rows})
    script = compiled(tree).files["generate_data.py"]
    assert as_black(script) == script
    for text in TEXTS:
        assert repr(text)[1:-1] in script or '"' in text or "'" in text


def test_cells_of_all_types_are_as_black_lays_them_out() -> None:
    from compiler.emit.code.literals import literal

    rows = [[literal(one), literal("it's")] for one in [*OTHERS, *TEXTS]]
    listed = "".join(f"({', '.join(map(str, row))}), " for row in rows)
    code = 'THINGS = frame([{}], {{"a": 1}}, orient="row")\n'
    own = formatted(code.format(place_of(0)), data=[rows])
    assert own == as_black(code.format(listed))


def test_a_text_cannot_take_the_place_of_rows() -> None:
    text = place_of(0)
    things = {"data": [{"code": text}, {"code": "b"}], "description": text}
    tree = spec({"description": f"Of {text}\n{text}\n"}, things=things)
    frame = built(tree)
    assert frame["code"].to_list() == [text, "b"]


def test_two_tables_of_equal_rows_have_each_its_own() -> None:
    things = {"data": [{"code": "a"}, {"code": "b"}]}
    tree = spec(things=things, others=things, more={"data": [{"code": "a"}]})
    result = compiled(tree)
    assert result.plan is not None
    assert [len(data_of(table)) for table in result.plan.tables] == [2, 2, 1]
    assert result.files["generate_data.py"].count('("b",),') == 2


BLOCKS = """\
FIRST = {'a': 1, "b": 2,}  # why

# second
# of two lines
SECOND: dict[str, int] = {'a': 1}


FIRST = {'a': 1, "b": 2,}  # why

SECOND["x"] = [1,]

def function():
    '''A = text

B = 1'''
"""


def test_blocks_of_constants_are_formatted_apart() -> None:
    assert len(blocks_of(BLOCKS)) == 3
    assert formatted(BLOCKS) == as_black(BLOCKS)


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_what_looks_like_a_block_in_a_text_is_left_alone(quotes: str) -> None:
    text = f"{quotes}A text:\nA = 1\n\nB = 2\n{quotes}\n\nC = 'x'\n"
    assert len(blocks_of(text)) > 1
    assert formatted(text) == as_black(text)
