"""The benchmark works: its sums, its report, and a part of it on small sizes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks.fit import fit
from benchmarks.measure import Failed, Run, Settings, in_turn, medians, ratio, run, wall
from benchmarks.parts import growth
from benchmarks.parts.peers import PEERS, needs, without_addresses
from benchmarks.report import PARTS, markdown
from benchmarks.tables import table
from compiler.pipeline import compile_spec

SIZES = [1e3, 1e4, 1e5, 1e6]


def test_a_command_is_a_process_of_its_own() -> None:
    made = run([sys.executable, "-c", "print(sum(range(100)), 'x' * (1 << 25) == '')"])
    assert made.output == "4950 False\n"
    assert made.wall > 0
    assert made.cpu > 0
    assert made.peak > 32  # of which 32 MiB are a text


def test_a_command_that_fails_is_an_error_with_its_reason() -> None:
    with pytest.raises(Failed, match="ended with 1: no such thing"):
        run([sys.executable, "-c", "import sys; sys.exit('no such thing')"])


def test_a_command_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(Failed, match="ended with -9"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.2)


def test_commands_take_turns_and_find_no_output(tmp_path: Path) -> None:
    output = tmp_path / "out"
    code = f"import os; os.mkdir({str(output)!r})"
    seen: list[str] = []
    made = in_turn(
        {name: [sys.executable, "-c", code] for name in "ab"},
        Settings(runs=2),
        output,
        lambda name, _: seen.append(name),
    )
    assert seen == ["a", "b", "a", "b"]
    assert {name: len(runs) for name, runs in made.items()} == {"a": 2, "b": 2}
    assert not output.exists()


def test_medians_and_ratios_are_of_all_runs() -> None:
    runs = [Run(float(n), 2.0 * n, 100.0) for n in (1, 5, 2)]
    found = medians(runs)
    assert (found["wall"], found["cpu"], found["peak"]) == (2, 4, 100)
    assert found["range"]["wall"] == [1, 5]
    other = [Run(float(n), 1, 1) for n in (2, 5, 8)]
    assert ratio(other, runs, wall) == 2  # of 2, 1 and 4: pair by pair


def test_a_straight_line_is_found_and_does_not_bend() -> None:
    found = fit(SIZES, [2 + 3e-4 * size for size in SIZES])
    assert found.fixed == pytest.approx(2)
    assert found.each == pytest.approx(3e-4)
    assert found.slope == pytest.approx(1, abs=0.05)
    assert found.bends == ()


def test_a_line_bends_where_one_more_costs_more() -> None:
    costs = [2 + 3e-4 * size + max(0, size - 1e5) * 9e-4 for size in SIZES]
    assert fit(SIZES, costs).bends == (1e5,)


def test_noise_at_small_sizes_is_no_bend() -> None:
    assert fit(SIZES, [2.0, 2.05, 1.98, 302]).bends == ()


def test_what_runs_differ_by_is_no_bend() -> None:
    costs = [2.0, 3.0, 50.0, 500.0]
    assert fit(SIZES, costs).bends == (1e4,)
    assert fit(SIZES, costs, [1.5, 1, 1, 1]).bends == ()


def test_numbers_of_a_table_are_to_the_right() -> None:
    assert table(["a", "n"], [["x", "1"], ["longer", ""], ["y", "10 ms"]]) == (
        "| a      |     n |\n"
        "| ------ | ----: |\n"
        "| x      |     1 |\n"
        "| longer |       |\n"
        "| y      | 10 ms |"
    )


@pytest.mark.parametrize("name", growth.KINDS)
def test_specs_of_any_size_are_right(name: str, tmp_path: Path) -> None:
    made: list[dict[str, Any]] = []
    kind = growth.KINDS[name]
    with pytest.MonkeyPatch.context() as patch:
        for what in ("script", "build"):
            patch.setattr(growth, what, lambda tree, *_: made.append(tree))
        kind.command(kind.quick[-1], tmp_path)
    compiled = compile_spec("growth.json", json.dumps(made[0]))
    assert not compiled.failed, compiled.diagnostics


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.program)
def test_each_peer_names_its_packages(peer: Any) -> None:
    assert any(peer.package in package for package in needs(peer.program))
    assert peer.licence in ("MIT", "Apache-2.0", "BSD-3-Clause")


def test_the_report_does_not_name_the_index_of_a_machine() -> None:
    text = (
        "WARNING: x\nERROR: (host='pypi.example', port=1): https://a.example/b failed"
    )
    found = "not installed: ERROR: (…, port=1): … failed"
    assert without_addresses(text) == found


@pytest.mark.slow
def test_a_part_that_is_measured_again_replaces_only_itself(tmp_path: Path) -> None:
    """The command as it is started, with sizes that only show that it works."""
    (tmp_path / "results.json").write_text(json.dumps({"growth": REPORTED["growth"]}))
    options = ["writing", "--quick", "--runs", "1", "--out", str(tmp_path)]
    assert command.main(options) == 0
    results = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert results["growth"] == REPORTED["growth"]
    polars = results["writing"]["found"]["engines"]["polars"]
    assert polars["rows"] == 55_000
    assert min(polars[what]["cpu"] for what in ("script", "plain", "own")) > 0
    text = (tmp_path / "RESULTS.md").read_text("utf-8")
    assert text.count("\n## ") == 2
    assert "5,000 customers and 50,000 orders" in text


def test_the_report_shows_every_part_with_its_note() -> None:
    notes = {name: f"About {name}." for name in PARTS}
    text = markdown(REPORTED, notes)
    for name, part in PARTS.items():
        assert f"\n## {part.TITLE}\n" in text
        assert notes[name] in text
    assert "|   2.00 |  4.00 |" in text
    assert "failed" in text  # the peer that could not be installed
    assert "no network" in text
    assert "bends at" in text


def took(wall: float, cpu: float, **more: Any) -> dict[str, Any]:
    return {"runs": 5, "wall": wall, "cpu": cpu, "peak": 100.0, **more}


def part(found: dict[str, Any]) -> dict[str, Any]:
    machine = {
        "measured": "2026-01-01 00:00 UTC",
        "commit": "abc",
        "processor": "a processor",
        "cores": 2,
        "memory_gib": 8,
        "system": "Linux",
        "python": "3.11",
        "load": 0.1,
        "packages": {"polars": "2.1"},
    }
    settings = {"runs": 5, "quick": False}
    return {"settings": settings, "machine": machine, "seconds": 60, "found": found}


COUNTS = {"rows": 11, "cells": 56, "bytes": 99, "cells_a_second": 1e6}
PEER = {"what": "A peer", "kind": "by hand", "lacks": "all", "package": "peer"}
WAY = {"wall": 1.0, "cpu": 2.0, "peak": 200.0, "tenth": 190.0}
LINE = {"fixed": 1.0, "each": 1e-6, "slope": 0.9, "steps": [1e-6], "bends": [1000]}
REPORTED: dict[str, Any] = {
    "writing": part(
        {
            "customers": 1,
            "orders": 10,
            "engines": {
                "polars": {
                    "script": took(2, 4),
                    "plain": took(1, 2),
                    "own": took(1, 1),
                    "speed": {"plain": 0.5, "own": 0.5},
                    "cpu": {"plain": 2.0, "own": 4.0},
                    "rows": 11,
                }
            },
        }
    ),
    "peers": part(
        {
            "ours": {"polars": took(1, 2, **COUNTS)},
            "peers": {
                "one": {**PEER, "version": "1.0", **took(3, 4, **COUNTS)},
                "two": {**PEER, "failed": "no network"},
            },
            "named": {"another": "its licence"},
        }
    ),
    "spark": part(
        {
            "customers": 1,
            "orders": 10,
            "servers": {
                "spark": {
                    "version": "4.1",
                    "failed": {"pandas_udf": "a reason"},
                    "ways": {"blocks": {**WAY, "speed": 1.0, "less_cpu": 1.0}},
                },
                "sail": {"error": "no server"},
            },
        }
    ),
    "growth": part(
        {
            "rows": {
                "what": "Rows",
                "unit": "row",
                "points": [{"size": size, **took(1, 1)} for size in (1000, 2000)],
                "fits": {"wall": LINE, "cpu": LINE, "peak": LINE},
            },
            "tables": {"what": "Tables", "unit": "table", "failed": "a reason"},
        }
    ),
    "domains": part(
        {
            "scale": 10,
            "specs": {
                "ecom": {
                    "compiler": {
                        what: took(1, 1) for what in ("plan", "first", "build", "again")
                    },
                    "engines": {"polars": took(1, 1, **COUNTS)},
                }
            },
        }
    ),
}
