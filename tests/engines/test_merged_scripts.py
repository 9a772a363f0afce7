"""Edits of a script and changes of its spec, merged: nothing is lost, and the script runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import pytest

from tests.support import start_script
from tests.support.merging.outcome import Outcome, outcomes
from tests.support.merging.pairs import SCRIPT
from tests.support.merging.table import table

RUNS = 2
"""How many merged scripts of each spec and engine are run."""
MOST_CONFLICTS = 0.08
GIT_HAS_MORE = 2.5

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("merged")]


@pytest.fixture(scope="module")
def merged() -> list[Outcome]:
    """What comes of some hundred pairs of edits and changes."""
    return outcomes()


def test_clean_merges_lose_no_line(merged: list[Outcome]) -> None:
    print(f"\n{table(merged)}")
    assert [(one.pair.what, one.lost) for one in merged if one.lost] == []


def test_few_pairs_are_conflicts_and_git_has_many_more(merged: list[Outcome]) -> None:
    """A pair whose result breaks something counts as a conflict: it is refused."""
    conflicts = sum(not one.clean for one in merged)
    assert conflicts <= MOST_CONFLICTS * len(merged)
    assert sum(one.by_git for one in merged) >= GIT_HAS_MORE * conflicts


def test_each_spec_and_engine_has_clean_merges_that_run(
    merged: list[Outcome], tmp_path: Path
) -> None:
    """Of edits and changes that leave the data right: the script runs, and `--check` passes."""
    sample = [
        one
        for _, ones in groupby(merged, lambda one: (one.pair.name, one.pair.engine))
        for one in [o for o in ones if o.clean and o.pair.runs][:RUNS]
    ]
    server = [one for one in sample if one.pair.engine == "spark"]
    assert len(server) * 3 == len(sample) == RUNS * 12
    for one in server:
        compile(one.merge.text, SCRIPT, "exec")
    local = [one for one in sample if one not in server]
    with ThreadPoolExecutor(2) as pool:
        folders = [tmp_path / f"{number}" for number in range(len(local))]
        reports = [*pool.map(run_and_check, local, folders)]
    assert [report for report in reports if report] == []


def run_and_check(one: Outcome, folder: Path) -> str:
    """What is wrong with a merged script's data; nothing if all is well."""
    for more in ([], ["--check"]):
        process = start_script(
            {SCRIPT: one.merge.text}, folder, "--scale", "0.02", *more
        )
        output, errors = process.communicate()
        if process.returncode:
            return f"{one.pair.name} on {one.pair.engine}: {one.pair.what}\n{output}{errors}"
    return ""
