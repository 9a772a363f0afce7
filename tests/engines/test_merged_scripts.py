"""Edits of a script and changes of its spec, merged: nothing is lost, and the script runs."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from compiler.pipeline import compile_spec
from compiler.regen.merge import hunks, merge
from compiler.regen.soundness import faults
from tests.support import start_script
from tests.support.stories import SPECS

SCRIPT = "generate_data.py"
SPEC = (SPECS / "ecom.toml").read_text("utf-8")
TIER = '            "tier": customers_tier(row),\n'
EDITS = {
    "a rate": ("SHOP_WEEKEND = 1.3", "SHOP_WEEKEND = 1.8  # as measured"),
    "the seed": ("SEED = 42", "SEED = 43"),
    "a column": (TIER, f'{TIER}            "vip": customers_tier(row) == "Pro",\n'),
    "a column's code": (
        "probability > random(",
        "0.9 * probability > random(",
    ),
    "a note": ("# --- CALENDARS", "# Weekends are measured.\n\n\n# --- CALENDARS"),
    "a function": (
        "def carts(row: np.ndarray)",
        "def unused() -> int:\n    return len(REGIONS)\n\n\ndef carts(row: np.ndarray)",
    ),
    "what is checked": ('values={"tier": CUSTOMERS_TIER},', "values={},"),
}
CHANGES = {
    "a factor": ("holiday = 1.6", "holiday = 1.9"),
    "a number of rows": ("rows = 50_000", "rows = 60_000"),
    "a new column": (
        "opened_at   = {",
        'channel = { kind = "choice", weights = { web = 2, app = 1 } }\nopened_at   = {',
    ),
    "a column that is gone": ('email       = { kind = "email", of = "name" }\n', ""),
    "a new table": (
        "[tables.carts]",
        '[tables.visits]\nrows = { per = "customers", mean = 2 }\n'
        '[tables.visits.columns]\ncustomer_id = { kind = "ref", table = "customers" }\n'
        'at = { kind = "timestamp" }\n\n[tables.carts]',
    ),
    "a weight": ("Free = 0.6, Pro = 0.3,", "Free = 0.5, Pro = 0.4,"),
    "a median": ('Europe = { median = "2d" }', 'Europe = { median = "3d" }'),
}


def changed(text: str, change: tuple[str, str]) -> str:
    before, after = change
    assert before in text
    return text.replace(before, after, 1)


def script_of(text: str) -> str:
    result = compile_spec("specs/ecom.toml", text)
    assert not result.failed
    return result.files[SCRIPT]


@pytest.fixture(scope="module")
def fresh() -> dict[str, str]:
    """The scripts of the changed specs."""
    return {name: script_of(changed(SPEC, change)) for name, change in CHANGES.items()}


def added(base: str, text: str) -> set[str]:
    """The lines that a text has and the base has not."""
    before = base.splitlines(True)
    found = hunks(before, text.splitlines(True))
    return {line for hunk in found for line in hunk.lines if line not in before}


def test_clean_merges_lose_no_line_and_break_nothing(fresh: dict[str, str]) -> None:
    base = script_of(SPEC)
    conflicts = []
    for (edit, what), (change, theirs) in product(EDITS.items(), fresh.items()):
        ours = changed(base, what)
        found = merge(base, ours, theirs)
        if found.conflicts:
            conflicts.append((edit, change))
            continue
        lines = {*found.text.splitlines(True)}
        assert added(base, ours) | added(base, theirs) <= lines, (edit, change)
        assert faults(SCRIPT, found.text) == [], (edit, change)
    assert conflicts == []


@pytest.mark.parametrize("change", ["a new table", "a column that is gone"])
def test_a_merged_script_runs_and_its_data_is_right(
    change: str, fresh: dict[str, str], tmp_path: Path
) -> None:
    base = script_of(SPEC)
    ours = base
    for what in EDITS.values():
        ours = changed(ours, what)
    found = merge(base, ours, fresh[change])
    assert not found.conflicts
    for more in ([], ["--check"]):
        files = {SCRIPT: found.text}
        process = start_script(files, tmp_path, "--scale", "0.02", *more)
        output, errors = process.communicate()
        assert process.returncode == 0, output + errors
