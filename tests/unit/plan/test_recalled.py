"""What was found out about Faker is found again in the cache, and nothing else is."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from compiler.plan.libraries.recalled import recalled_cells

ECOM = Path(__file__).parents[3] / "specs" / "ecom.toml"
CELLS: list[object] = [
    *("text", "", "'\"\n\x00 日本語", True, 1, -(2**63), 1.5, 0.1 + 0.2, None),
    *(Decimal("1.10"), date(2026, 1, 31), datetime(2026, 1, 31, 12, 0, 0, 5)),
    datetime(2026, 1, 31, 12, tzinfo=UTC),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def refused() -> list[object]:
    raise LookupError("it is tried again")


def test_cells_come_back_with_their_types() -> None:
    assert recalled_cells("cells", ["a"], lambda: CELLS) == CELLS
    known = recalled_cells("cells", ["a"], refused)
    assert known == CELLS
    assert [type(one) for one in known] == [type(one) for one in CELLS]


@pytest.mark.parametrize("value", [[1], (1,), b"", {1: 2}, object, math])
def test_what_no_cell_holds_is_tried_again(value: object) -> None:
    assert recalled_cells("cells", ["a"], lambda: ["x", value]) == ["x", value]
    with pytest.raises(LookupError):
        recalled_cells("cells", ["a"], refused)


def test_a_refusal_is_not_kept() -> None:
    with pytest.raises(LookupError):
        recalled_cells("cells", ["a"], refused)
    assert recalled_cells("cells", ["a"], lambda: [1]) == [1]


def test_the_second_plan_of_a_spec_imports_neither_faker_nor_numpy() -> None:
    code = (
        "import sys, atexit; from compiler.cli import main; atexit.register(lambda:"
        "print(*sys.modules, file=sys.stderr)); main()"
    )
    plans, loaded = [], []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code, "plan", str(ECOM)],
            capture_output=True,
            encoding="utf-8",
            check=True,
            env={**os.environ},
        )
        plans.append(done.stdout)
        loaded.append({*done.stderr.splitlines()[-1].split()} & {"faker", "numpy"})
    assert plans[0] == plans[1]
    assert loaded == [{"faker", "numpy"}, set()]
