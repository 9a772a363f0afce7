"""Lines that one side changed are merged; lines that both changed are a conflict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.regen.merge.lines import Conflict, merge

BASE = "a\nb\nc\nd\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ("A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n"),
        ("A\nb\nc\nd\n", "a\nB\nc\nd\n", "A\nB\nc\nd\n"),  # they touch
        ("a\nx\nb\nc\nd\n", "a\nb\nc\n", "a\nx\nb\nc\n"),
        ("a\nx\nb\nc\nd\n", "a\nB\nc\nd\n", "a\nx\nB\nc\nd\n"),
        ("a\nx\nb\nc\nd\n", "a\nx\nb\nc\nd\n", "a\nx\nb\nc\nd\n"),
        ("a\nd\n", "a\nb\nc\nd\ne\n", "a\nd\ne\n"),
        ("", BASE, ""),
        (BASE, "a\nb\nc\nd", "a\nb\nc\nd"),
    ],
)
def test_changes_of_different_lines_are_both_there(
    ours: str, theirs: str, merged: str
) -> None:
    found = merge(BASE, ours, theirs)
    assert (found.text, found.conflicts) == (merged, ())


@pytest.mark.parametrize(
    ("ours", "theirs", "conflict"),
    [
        ("a\nX\nc\nd\n", "a\nY\nc\nd\n", (2, "b\n", "X\n", "Y\n")),
        ("a\nx\nb\nc\nd\n", "a\ny\nb\nc\nd\n", (2, "", "x\n", "y\n")),
        ("0\na\nb\nd\n", "a\nb\nC\nd\n", (4, "c\n", "", "C\n")),
    ],
)
def test_changes_of_the_same_lines_are_a_conflict(
    ours: str, theirs: str, conflict: tuple[int, str, str, str]
) -> None:
    line, *sides = conflict
    found = merge(BASE, ours, theirs)
    only = Conflict(line, *((s,) if s else () for s in sides))
    assert found.conflicts == (only,)
    at = found.parts.index(only)
    before, after = (part for part in found.parts if isinstance(part, str))
    assert (at, before + "".join(only.ours) + after) == (1, ours)


lines = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8)


@st.composite
def edited(draw: st.DrawFn, base: list[str]) -> list[str]:
    """The same lines after some changes."""
    found = [*base]
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(found)))
        found[place : place + draw(st.integers(0, 2))] = draw(
            st.lists(st.sampled_from(["x\n", "y\n"]), max_size=2)
        )
    return found


@given(st.data())
def test_nothing_of_either_side_is_lost(data: st.DataObject) -> None:
    base = data.draw(lines)
    ours, theirs = data.draw(edited(base)), data.draw(edited(base))
    texts = ["".join(each) for each in (base, ours, theirs)]
    found, turned = merge(*texts), merge(texts[0], texts[2], texts[1])
    assert len(found.conflicts) == len(turned.conflicts)
    if not found.conflicts:
        assert found.text == turned.text
        for side in (ours, theirs):  # what a side added is there
            for line in ("x\n", "y\n"):
                assert found.text.count(line) >= side.count(line)
    for conflict in found.conflicts:
        start = conflict.line - 1
        assert tuple(ours[start : start + len(conflict.ours)]) == conflict.ours


@given(lines, lines)
def test_a_side_that_changed_nothing_gives_way(
    base: list[str], other: list[str]
) -> None:
    before, after = "".join(base), "".join(other)
    for ours, theirs in ((before, after), (after, before), (after, after)):
        found = merge(before, ours, theirs)
        assert (found.text, found.conflicts) == (after, ())
