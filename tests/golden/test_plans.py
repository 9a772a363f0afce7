"""The plan as the terminal shows it: of the specs, and of one with many cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from compiler.cli import compiling, main
from tests.support.goldens import ROOT, accepting

HERE = Path(__file__).parent / "plans"
SPECS = ["specs/ecom.toml", "specs/finance.toml", "specs/iot.toml"]
SPECS += ["specs/support.toml", "tests/golden/plans/cases.toml"]


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calendars are drawn as of today: here, of one day."""
    monkeypatch.setattr(compiling, "today", lambda: date(2026, 6, 30))


def shown(path: str, width: int) -> str:
    environment = {"COLUMNS": str(width), "NO_COLOR": "1"}
    done = CliRunner().invoke(main, ["plan", path], env=environment)
    assert done.exit_code == 0, done.stderr
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


@pytest.mark.parametrize("path", SPECS)
def test_a_plan_is_shown_as_expected(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    expected = HERE / f"{Path(path).stem}.txt"
    actual = shown(path, 100)
    if accepting():
        expected.write_text(actual, "utf-8")
    assert actual == expected.read_text("utf-8")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_plan_fits_its_terminal_and_loses_no_word(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    narrow = shown("tests/golden/plans/cases.toml", width)
    assert max(map(len, narrow.splitlines())) <= width
    wide = shown("tests/golden/plans/cases.toml", 2_000)
    assert sorted(narrow.split()) == sorted(wide.split())
