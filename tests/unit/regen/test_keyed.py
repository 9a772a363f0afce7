"""What a merge of lines leaves as a conflict is merged by statements and entries."""

from __future__ import annotations

import pytest

from compiler.emit.code.layout import formatted
from compiler.regen.merge.keyed import merge_script, parts
from compiler.regen.merge.lines import Merge, joined, merge
from compiler.regen.merge.pieces import whole
from compiler.regen.merging import Merged, Resolution, Unmerged, merged_text

BASE = '''"""A script."""

import math
from random import choice, gauss

# --- CONFIGURATION: edit these values ---
SEED = 42  # any
ROWS = {"customers": 5, "carts": 50}
TIERS = {
    "Free": 0.6,
    "Pro": 0.4,
}
DATA = [
    ("pen", 2.4),
    ("bag", 24),
]


# --- TABLE carts ---
def carts(row):
    device = choice(row)
    return frame(
        {
            "cart_id": row,
            "device": device,
        }
    )


# --- SCHEMA ---
TABLES = {
    "carts": Table(
        carts,
        "carts",
        values={"device": TIERS},
        refs={},
    ),
}
'''


def changed(*edits: tuple[str, str]) -> str:
    text = BASE
    for before, after in edits:
        assert before in text
        text = text.replace(before, after, 1)
    return text


Edit = tuple[str, str]
COLUMN = '            "device": device,\n'
CLEAN: dict[str, tuple[Edit, Edit, list[str]]] = {
    "a column each": (
        (COLUMN, f'{COLUMN}            "mine": 1,\n'),
        (COLUMN, f'{COLUMN}            "new": 2,\n'),
        [
            '            "device": device,',
            '            "mine": 1,',
            '            "new": 2,',
        ],
    ),
    "a variable each": (
        ("    return", "    mine = 1\n    return"),
        ("    return", "    # of the spec\n    new = 2\n    return"),
        ["    mine = 1", "    # of the spec", "    new = 2", "    return frame("],
    ),
    "a function each": (
        ("# --- SCHEMA", "def mine():\n    return 1\n\n\n# --- SCHEMA"),
        ("# --- SCHEMA", "# --- TABLE new\ndef new():\n    return 2\n\n\n# --- SCHEMA"),
        ["def mine():", "    return 1", "", "", "# --- TABLE new", "def new():"],
    ),
    "names of an import": (
        ("choice, gauss", "choice, gauss, randint"),
        ("choice, gauss", "SystemRandom, choice"),
        ["from random import SystemRandom, choice, randint"],
    ),
    "more names than one line takes": (
        ("choice, gauss", "choice, gammavariate, gauss, lognormvariate, randint"),
        ("choice, gauss", "choice, gauss, normalvariate, paretovariate"),
        ["from random import (", "    choice,", "    gammavariate,", "    gauss,"],
    ),
    "entries of one line": (
        ('"carts": 50', '"carts": 60'),
        ('"carts": 50', '"carts": 50, "visits": 7'),
        ['ROWS = {"customers": 5, "carts": 60, "visits": 7}'],
    ),
    "entries of a keyword": (
        ("refs={}", "refs={},\n        key=[1]"),
        ("refs={}", "refs={},\n        lookups={}"),
        ["        refs={},", "        key=[1],", "        lookups={},", "    ),"],
    ),
    "entries of the value of a keyword": (
        ('{"device": TIERS}', '{"device": TIERS, "mine": A}'),
        ('{"device": TIERS}', '{"cart_id": B, "device": TIERS}'),
        ['        values={"cart_id": B, "device": TIERS, "mine": A},'],
    ),
    "a row of data each": (
        ('("bag", 24),\n', '("bag", 25),\n    ("rug", 3),\n'),
        ('("bag", 24),\n', '("bag", 24),\n    ("cup", 4),\n'),
        ['    ("bag", 25),', '    ("rug", 3),', '    ("cup", 4),'],
    ),
    "a row behind one that is replaced": (
        ('("bag", 24),\n', '("bag", 24),\n    ("rug", 3),\n'),
        ('("bag", 24),\n', '("cup", 4),\n'),
        ['    ("pen", 2.4),', '    ("cup", 4),', '    ("rug", 3),'],
    ),
    "an order and a value": (
        ('    "Free": 0.6,\n    "Pro": 0.4,\n', '    "Pro": 0.4,\n    "Free": 0.6,\n'),
        ('"Free": 0.6', '"Free": 0.7'),
        ["TIERS = {", '    "Pro": 0.4,', '    "Free": 0.7,', "}"],
    ),
    "a removed entry and one behind it": (
        ('    "Pro": 0.4,\n', '    "Pro": 0.4,\n    "Max": 0.1,\n'),
        ('    "Pro": 0.4,\n', ""),
        ['    "Free": 0.6,', '    "Max": 0.1,', "}"],
    ),
}


@pytest.mark.parametrize("name", CLEAN)
def test_changes_of_different_entries_are_both_there(name: str) -> None:
    own, new, lines = CLEAN[name]
    found = merge_script(BASE, changed(own), changed(new))
    assert found.conflicts == ()
    assert "\n".join(lines) in found.text
    assert formatted(found.text) == found.text


def test_what_one_side_moved_and_the_other_removed_is_gone() -> None:
    own = changed(
        ('            "cart_id": row,\n', ""),
        (COLUMN, f'{COLUMN}            "cart_id": row,\n'),
    )
    found = merge_script(BASE, own, changed(('            "cart_id": row,\n', "")))
    assert found.conflicts == ()
    assert '"cart_id": row' not in found.text


def test_a_tuple_of_one_remains_one() -> None:
    base, ours, theirs, both = (
        f'WAVES = ({{"period": {period}, "peak": {peak}}},)\n'
        for period, peak in ((1, 5), (2, 5), (1, 6), (2, 6))
    )
    assert eval(merge_script(base, ours, theirs).text[8:]) == eval(both[8:])


CONFLICTS: dict[str, tuple[Edit, Edit, tuple[list[str], list[str], list[str]]]] = {
    "a value": (
        ("SEED = 42", "SEED = 43"),
        ("SEED = 42", "SEED = 44"),
        (["SEED = 42  # any\n"], ["SEED = 43  # any\n"], ["SEED = 44  # any\n"]),
    ),
    "two columns of one name": (
        (COLUMN, f'{COLUMN}            "x": 1,\n'),
        (COLUMN, f'{COLUMN}            "x": 2,\n'),
        ([], ['            "x": 1,\n'], ['            "x": 2,\n']),
    ),
    "removed by the user": (
        ('    ("bag", 24),\n', ""),
        ('("bag", 24)', '("bag", 25)'),
        (['    ("bag", 24),\n'], [], ['    ("bag", 25),\n']),
    ),
    "removed by the spec": (
        ('("bag", 24)', '("bag", 25)'),
        ('    ("bag", 24),\n', ""),
        (['    ("bag", 24),\n'], ['    ("bag", 25),\n'], []),
    ),
    "one value of a line": (
        ('"carts": 50', '"carts": 60'),
        ('"carts": 50', '"carts": 70'),
        (
            ['ROWS = {"customers": 5, "carts": 50}\n'],
            ['ROWS = {"customers": 5, "carts": 60}\n'],
            ['ROWS = {"customers": 5, "carts": 70}\n'],
        ),
    ),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_changes_of_one_entry_are_a_small_conflict(name: str) -> None:
    own, new, sides = CONFLICTS[name]
    before, after = ("SEED = 42", "#\nSEED = 42") if "SEED" in own[0] else ("#", "#\n#")
    ours = changed(own).replace(before, after, 1)
    for found in (
        merge_script(BASE, changed(own), changed(new)),
        Merge(joined(parts(*map(whole, (BASE, ours, changed(new)))))),
    ):
        (conflict,) = found.conflicts
        assert (conflict.base, conflict.ours, conflict.theirs) == tuple(
            map(tuple, sides)
        )


@pytest.mark.parametrize(
    ("own", "new"),
    [
        (("row)", "row, more)"), ("row)", "row, other)")),  # positional arguments
        (('("bag", 24)', '("bag", 24, 1)'), ('("bag", 24)', '("bag", 25)')),  # places
        (('("bag", 24),\n', '("cup", 4),\n'), ('("bag", 24),\n', '("rug", 3),\n')),
        (("\nSEED", "\nseed"), ("\nSEED", "\nSALT")),
    ],
)
def test_what_both_replaced_is_a_conflict(own: Edit, new: Edit) -> None:
    assert merge_script(BASE, changed(own), changed(new)).conflicts


def test_what_does_not_parse_is_merged_by_lines() -> None:
    ours, theirs = changed(("SEED = 42", "SEED = (43")), changed(("= 42", "= 44"))
    assert merge_script(BASE, ours, theirs) == merge(BASE, ours, theirs)


FUNCTION = """ROWS = {"a": 1, "b": 2}
SHARES = {"x": 0.3, "w": 0.2, "y": 0.3, "z": 0.2}


def t(row):
    a = f(row)
    b = g(row)
    c = h(row)
    return pl.DataFrame(
        {
            "id": row + 1,
            "joined_on": f(random("t.joined_on", row)),
            "amount": g(row).round(2),
        }
    )
"""
JOINED = '            "joined_on": f(random("t.joined_on", row)),\n'
AMOUNT = '            "amount": g(row).round(2),\n'
Change = tuple[str, str]


def merged(ours: Change, theirs: Change) -> Merge:
    sides = [FUNCTION.replace(*change) for change in (ours, theirs)]
    assert FUNCTION not in sides
    return merge_script(FUNCTION, *sides)


def test_a_conflict_is_only_of_the_entry_that_both_changed() -> None:
    vip = '            "vip": row > 1,\n'
    found = merged(
        (JOINED, f'            "joined_on": h(row),\n{vip}'),
        (JOINED, JOINED.replace("joined_on", "joined")),
    )
    assert [one.ours for one in found.conflicts] == [
        ('            "joined_on": h(row),\n',)
    ]
    assert [one.theirs for one in found.conflicts] == [()]
    clean = "".join(part for part in found.parts if isinstance(part, str))
    assert vip in clean and '"joined": f(' in clean


def test_a_new_entry_beside_a_conflict_is_taken() -> None:
    gift = '            "gift": 1,\n'
    found = merged(
        (AMOUNT, AMOUNT.replace("2", "1")),
        (AMOUNT, AMOUNT.replace(".round(2)", "") + gift),
    )
    assert len(found.conflicts) == 1
    assert gift in "".join(part for part in found.parts if isinstance(part, str))


def test_a_column_that_both_sides_added_at_two_places_is_a_conflict() -> None:
    found = merged(
        (JOINED, f'            "vip": 1,\n{JOINED}'),
        (AMOUNT, f'{AMOUNT}            "vip": 2,\n'),
    )
    (conflict,) = found.conflicts
    assert (conflict.ours, conflict.theirs) == (
        ('            "vip": 1,\n',),
        ('            "vip": 2,\n',),
    )


def test_shares_are_merged_only_if_they_still_add_up() -> None:
    """Both took 0.1 more for y: one of them from z, the other from x."""
    ours = ('"y": 0.3, "z": 0.2', '"y": 0.4, "z": 0.1')
    theirs = ('"x": 0.3, "w": 0.2, "y": 0.3', '"x": 0.2, "w": 0.2, "y": 0.4')
    (conflict,) = merged(ours, theirs).conflicts
    assert "SHARES" in conflict.ours[0] and "SHARES" in conflict.theirs[0]
    others = merged(ours, ('"x": 0.3, "w": 0.2', '"x": 0.4, "w": 0.1'))
    assert not others.conflicts
    assert '"x": 0.4, "w": 0.1, "y": 0.4, "z": 0.1' in others.text
    assert not merged(('"a": 1', '"a": 3'), ('"b": 2', '"b": 4')).conflicts


BOTH = ("    b = g(row)\n", "    b = g(row)\n    both = a * b\n")
REORDERED = (
    "    a = f(row)\n    b = g(row)\n    c = h(row)\n",
    "    b = g(row)\n    c = h(row)\n    a = f(row)\n",
)
MINE = ("    return pl", "    bonus = 5\n    return pl")
NEW = ("    b = g", "    bonus = h(row)\n    b = g")


@pytest.mark.parametrize(("ours", "theirs"), [(BOTH, REORDERED), (MINE, NEW)])
def test_variables_that_would_be_wrong_are_no_clean_merge(
    ours: Change, theirs: Change
) -> None:
    sides = [FUNCTION.replace(*change) for change in (ours, theirs)]
    for resolution in Resolution:
        found = merged_text("a.py", FUNCTION, sides[0].encode(), sides[1], resolution)
        if isinstance(found, Merged):
            assert not found.is_settled or resolution.value in ("ours", "theirs")
    stopped = merged_text(
        "a.py", FUNCTION, sides[0].encode(), sides[1], Resolution.STOP
    )
    assert isinstance(stopped, Unmerged)
    assert stopped.conflicts or stopped.faults
