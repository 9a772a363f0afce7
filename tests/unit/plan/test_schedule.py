"""W413: whether a schedule makes each batch once."""

from __future__ import annotations

import json
import re

import pytest

from tests.support import Tree, compiled_once, spec, table

FITS = [
    ("0 30 1 * * ?", "Europe/Berlin", "1d"),
    ("0 30 2 * * ?", "Europe/Berlin", "1d"),  # once a year there is no such time
    ("0 0 0 * * ?", "America/Sao_Paulo", "1d"),
    ("0 59 23 * * ?", "Asia/Tokyo", "1d"),
    ("0 0 * * * ?", "UTC", "1h"),
    ("0 30 5/6 * * ?", "UTC", "6h"),
    ("0 0 0/6 * * ?", "Europe/Berlin", "6h"),
    ("0 0 6 ? * MON", "Europe/Berlin", "7d"),
]
LOST, AGAIN = "leaves out", "repeats"
MISFITS = {
    ("0 0 6 1 * ?", "UTC", "1d"): f"{LOST} 386 of 400 batches, such as that of 2026-06-30",
    ("0 0 6 ? * MON-FRI", "UTC", "1d"): f"{LOST} 114 of 400 batches, such as that of 2026-07-04",
    ("0 0 * * * ?", "Europe/Berlin", "1d"): f"{AGAIN} 400 of 400 batches",
    ("0 0 * * * ?", "Europe/Berlin", "1h"): f"{LOST} 1 of 9,600 batches, such as",
    ("0 30 1/6 * * ?", "Europe/Berlin", "6h"): f"that of 2026-10-25 and {AGAIN} 1 of 1,600",
    ("0 * * * * ?", "UTC", "1h"): "in many runs a day",
    ("0 0 6 1 * ?", "UTC", "30d"): LOST,
    ("0 0 6 * * ?", "UTC", "36h"): AGAIN,
    ("0 0 6 * * ? 2026", "UTC", "1d"): LOST,
}  # fmt: skip


def warnings_of(
    cron: str, zone: str, batch: str, mode: str = "append"
) -> list[tuple[str, str]]:
    tree: Tree = {
        "allow": [],
        "output": {"mode": mode, "batch": batch},
        "job": {"schedule": cron, "timezone": zone},
        "window": {"end": "2026-06-30"},
    }
    text = json.dumps(spec(tree, things=table(20_000, at={"kind": "timestamp"})))
    result = compiled_once("schedule.json", text)
    assert not result.failed
    found = [each for each in result.diagnostics if each.code == "W413"]
    return [(each.message, each.help or "") for each in found]


@pytest.mark.parametrize(("cron", "zone", "batch"), FITS)
def test_a_run_for_each_batch_is_fine(cron: str, zone: str, batch: str) -> None:
    assert warnings_of(cron, zone, batch) == []


@pytest.mark.parametrize(("cron", "zone", "batch"), MISFITS)
def test_batches_lost_or_made_twice_are_told_and_the_help_holds(
    cron: str, zone: str, batch: str
) -> None:
    ((message, help),) = warnings_of(cron, zone, batch)
    assert MISFITS[cron, zone, batch] in message
    ways = dict(re.findall(r'(\w+) = "([^"]+)"', help))
    told = {"schedule": cron, "timezone": zone, "batch": batch} | ways
    assert warnings_of(told["schedule"], told["timezone"], told["batch"]) == []


def test_without_batches_any_schedule_is_fine() -> None:
    assert warnings_of("0 0 6 1 * ?", "UTC", "1d", mode="overwrite") == []
