"""A small change of a spec changes few lines of its script: only those that are about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.pipeline import compile_spec
from compiler.regen.merge.lines import hunks, lines_of

SPEC = (Path(__file__).parents[2] / "cases/regen/shop.toml").read_text("utf-8")
SCRIPT = "generate_data.py"
TABLE = """
[tables.returned_goods_of_orders]
rows = 1_000
[tables.returned_goods_of_orders.columns]
return_id = { kind = "key" }
customer_id = { kind = "ref", table = "customers", skew = false }
"""


def lines(text: str) -> list[str]:
    """The lines of the emitted script."""
    result = compile_spec("shop.toml", text)
    assert not result.failed
    return lines_of(result.files[SCRIPT])


def changed(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines of the script that a change of the spec removes, and those that it adds."""
    assert old in SPEC
    before, after = lines(SPEC), lines(SPEC.replace(old, new, 1))
    found = hunks(before, after)
    removed = [line for hunk in found for line in before[hunk.start : hunk.stop]]
    return removed, [line for hunk in found for line in hunk.lines]


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("rows = 100", "rows = 200", 2, 2),  # in the story and in ROWS
        ("free = 3,", "free = 3, team = 2,", 1, 1),
        ("median = 20.0", "median = 30.0", 1, 1),
        ("skew = 0.8", "skew = 0.7", 1, 1),
        (
            "decimals = 2 }",
            'decimals = 2 }\nline = { kind = "expr", expr = "1" }',
            0,
            2,
        ),
        (
            "decimals = 2 }",
            'decimals = 2 }\nname = { kind = "constant", value = "a" }',
            0,
            1,
        ),
    ],
)
def test_a_change_of_a_value_or_a_column_changes_its_own_lines(
    old: str, new: str, removed: int, added: int
) -> None:
    found = changed(old, new)
    assert (len(found[0]), len(found[1])) == (removed, added), found


def test_another_column_does_not_change_the_lines_of_the_first() -> None:
    new = (
        'decimals = 2 }\nstate = { kind = "choice", weights = { open = 2, paid = 1 } }'
    )
    removed, added = changed("decimals = 2 }", new)
    assert removed == []
    assert [line.strip() for line in added] == [
        'ORDERS_STATE = {"open": 2, "paid": 1}',
        '"state": choice(random("orders.state", row), ORDERS_STATE),',
        'values={"state": ORDERS_STATE},',
    ]


def test_a_new_table_changes_no_line_but_that_of_the_numbers_of_rows() -> None:
    removed, added = changed("decimals = 2 }\n", f"decimals = 2 }}\n{TABLE}")
    assert [line.split(" = ")[0] for line in removed] == ["ROWS"]
    about_others = [
        line
        for line in added
        if "orders" in line.replace("returned_goods_of_orders", "")
    ]
    assert [line.split(" = ")[0] for line in about_others] == ["ROWS"]
