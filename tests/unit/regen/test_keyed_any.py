"""Whatever the modules are: each line has its piece, and nothing of either side is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from compiler.regen.merge.keyed import merge_script, parts
from compiler.regen.merge.lines import Merge, joined
from compiler.regen.merge.pieces import Piece, levels, whole

STATEMENTS = [
    "NAME = 1\n",
    "# a note\nNAME = {\n    'a': 1,\n    # on b\n    'b': f(\n        1,\n    ),\n}\n",
    "\n\n@each\ndef NAME(row):\n    a = 1\n    return f(\n        {\n            'a': a,\n"
    "        }\n    )\n",
    "from NAME import a, b\n",
    "NAME = [1, 2, 3]\n",
    "\n# --- TABLE NAME ---\n",
    "NAME = '''\n# no comment\n\n'''\n",
    "NAME = (\n    2 + 3\n)\nif NAME:\n    pass\nelse:\n    pass\n",
]
LINES = ["    'c': 3,\n", "    c = 3\n", "c = 3\n", "# c\n", "            'c': a,\n"]


@st.composite
def modules(draw: st.DrawFn) -> str:
    shapes = draw(st.lists(st.sampled_from(STATEMENTS), max_size=6))
    names = draw(st.lists(st.sampled_from("pqrstu"), min_size=6, max_size=6))
    return "".join(
        shape.replace("NAME", name) for shape, name in zip(shapes, names, strict=False)
    )


def parses(text: str) -> bool:
    try:
        compile(text, "script", "exec")
    except SyntaxError:
        return False
    return True


@st.composite
def edited(draw: st.DrawFn, base: str) -> str:
    """The module with some lines added, removed or changed, if that can be parsed."""
    lines = base.splitlines(True)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(lines)))
        fresh = draw(st.lists(st.sampled_from(LINES), max_size=2))
        again = [*lines]
        again[place : place + draw(st.integers(0, 2))] = fresh
        lines = again if parses("".join(again)) else lines
    return "".join(lines)


def by_structure(base: str, ours: str, theirs: str) -> Merge:
    return Merge(joined(parts(*map(whole, (base, ours, theirs)))))


@given(st.data())
def test_a_side_that_changed_nothing_gives_way(data: st.DataObject) -> None:
    base = data.draw(modules())
    other = data.draw(edited(base) | modules())
    for way in (merge_script, by_structure):
        for ours, theirs in ((base, other), (other, base), (other, other)):
            found = way(base, ours, theirs)
            assert (found.text, found.conflicts) == (other, ())


def leaves(piece: Piece) -> Iterator[Piece]:
    """The smallest pieces of a piece; on the way, that the pieces of each level are all of it."""
    for split in levels(piece):
        if split:
            assert [line for each in split.pieces for line in each.lines] == piece.lines
            assert len({each.key for each in split.pieces}) == len(split.pieces)
            for each in split.pieces:
                yield from leaves(each)
            return
    yield piece


@given(modules())
def test_each_line_is_in_one_piece(text: str) -> None:
    assert "".join(leaf.text for leaf in leaves(whole(text))) == text


def test_each_line_of_a_script_is_in_one_piece() -> None:
    script = Path(__file__).parents[3] / "generated" / "ecom" / "generate_data.py"
    text = script.read_text("utf-8")
    found = [*leaves(whole(text))]
    assert "".join(leaf.text for leaf in found) == text
    assert ["values={" in leaf.text for leaf in found].count(True) >= 3


@given(st.data())
def test_nothing_of_either_side_is_lost(data: st.DataObject) -> None:
    base = data.draw(modules())
    ours, theirs = data.draw(edited(base)), data.draw(edited(base))
    for way in (merge_script, by_structure):
        found = way(base, ours, theirs)
        for conflict in found.conflicts:
            start = conflict.line - 1
            own = ours.splitlines(True)[start : start + len(conflict.ours)]
            assert tuple(own) == conflict.ours
        if not found.conflicts:
            for side in (ours, theirs):
                for line in {*side.splitlines()} - {*base.splitlines()}:
                    assert line in found.text.splitlines()
