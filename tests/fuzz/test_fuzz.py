"""A sample of the mutated specs; `python -m tests.support.fuzz --count 10000` makes more."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest

from compiler.diagnostics import Diagnostic, Label, Span
from compiler.pipeline import Compiled, compile_spec, plan_spec
from tests.support.fuzz import check
from tests.support.fuzz.check import Hang, check_diagnostics, fault_of, limited
from tests.support.fuzz.mutate import SPECS, mutant

if sys.platform == "win32":
    pytest.skip("Windows has no timers of a process", allow_module_level=True)

SEED, CHUNKS, EACH = 20_261_128, 4, 50


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_mutated_specs_give_files_or_diagnostics(chunk: int) -> None:
    numbers = range(chunk * EACH, (chunk + 1) * EACH)
    faults = [
        f"python -m tests.support.fuzz --seed {SEED} --number {number}\n{fault}"
        for number in numbers
        if (fault := fault_of(mutant(SEED, number), run=number % EACH == 0))
    ]
    assert not faults, "\n".join(faults)


def test_the_same_seed_gives_the_same_mutants() -> None:
    assert [mutant(1, n) for n in range(20)] == [mutant(1, n) for n in range(20)]
    assert mutant(1, 0) != mutant(2, 0)


def test_a_good_share_of_the_mutants_is_accepted() -> None:
    """Else the stages behind the diagnostics would see none."""
    mutants = [mutant(SEED, number) for number in range(60)]
    good = sum(plan_spec(one.path, one.text).plan is not None for one in mutants)
    assert 10 <= good <= 40
    assert len({one.steps[0] for one in mutants}) == len(SPECS)
    assert {one.path[-5:] for one in mutants} == {".toml", ".json"} | {
        f"{path.name[-5:]}" for path in SPECS
    }


# ------------------------------------------------------- what would be found, is found


def failing(*arguments: Any) -> Compiled:
    raise KeyError("a bug")


def test_a_traceback_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "compile_spec", failing)
    assert "KeyError: 'a bug'" in str(fault_of(mutant(1, 0)))


def test_a_hang_is_a_fault() -> None:
    with pytest.raises(Hang), limited(0.2):
        while True:
            pass


@pytest.mark.parametrize(
    "diagnostic",
    [
        Diagnostic("E999", "no such code"),
        Diagnostic("E101", ""),
        Diagnostic("E101", "beyond", (Label(Span("a.toml", 9, 1, 9, 2)),)),
        Diagnostic("E101", "beyond", (Label(Span("a.toml", 1, 1, 1, 99)),)),
    ],
)
def test_a_bad_diagnostic_is_a_fault(diagnostic: Diagnostic) -> None:
    with pytest.raises(AssertionError):
        check_diagnostics(Compiled("a.toml", "a = 1\n", [diagnostic]))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("generate_data.py", "x = ("),
        ("databricks.yml", "a: b: c"),
        ("job.json", "{"),
        ("README.md", "\ud800"),
    ],
)
def test_a_broken_file_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    def broken(path: str, spec: str) -> Compiled:
        compiled = compile_spec(path, spec)
        return replace(compiled, files={**compiled.files, name: text})

    good = next(
        one
        for one in (mutant(SEED, number) for number in range(100))
        if plan_spec(one.path, one.text).plan is not None
    )
    assert fault_of(good) is None
    monkeypatch.setattr(check, "compile_spec", broken)
    assert fault_of(good) is not None
