"""What a command takes as a process of its own: wall and CPU seconds, and memory at the peak.

Only the standard library is imported here and by the parts: a child's peak is never counted lower
than what its parent holds when it starts it.
"""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "bench"
"""Where environments and data are: a disk with room, ignored by git."""
Tree = dict[str, Any]
Command = Sequence[object]
Case = TypeVar("Case")


class Failed(Exception):
    """A command that did not end well, with the end of what it printed."""


@dataclass(frozen=True)
class Run:
    """One run of a command."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of user and system, of the process and all that it waited for."""
    peak: float
    """MiB of the largest of these processes."""
    output: str = ""
    """What it printed."""


@dataclass(frozen=True)
class Settings:
    """How a part is measured."""

    runs: int = 5
    quick: bool = False
    """Small sizes: whether it works, not how fast."""
    seconds: float = 1800
    """After so long a command is stopped."""

    def size(self, size: int, quick: int) -> int:
        return quick if self.quick else size

    def first(self, cases: Sequence[Case]) -> Sequence[Case]:
        """The cases to measure: if quick, only the first."""
        return cases[:1] if self.quick else cases


def run(
    command: Command, seconds: float = 1800, env: Mapping[str, str] | None = None
) -> Run:
    """Run a command in the project's folder, in a session of its own."""
    words = [str(word) for word in command]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            words,
            cwd=ROOT,
            env={**environment(), **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            start_new_session=True,
        )
        timer = threading.Timer(seconds, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            timer.cancel()
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            end = _text(errors).strip()[-600:].replace(f"{ROOT}/", "")
            raise Failed(
                f"{Path(words[0]).name} ended with {process.returncode}: {end}"
            )
        cpu = used.ru_utime + used.ru_stime
        return Run(wall, cpu, used.ru_maxrss / 1024, _text(out))


def environment() -> dict[str, str]:
    """The variables of a command, which keeps its bytecode even where ours may not."""
    ours = {**os.environ, "PYTHONPATH": str(ROOT)}
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return {"PYTHONPYCACHEPREFIX": str(BUILD / "bytecode"), **ours}


def _text(file: Any) -> str:
    file.seek(0)
    return str(file.read().decode("utf-8", "replace"))


def in_turn(
    commands: Mapping[str, Command],
    settings: Settings,
    output: Path,
    after: Callable[[str, Run], None] = lambda name, run: None,
) -> dict[str, list[Run]]:
    """Each command so many times, one after the other, with no output of an earlier one.

    Taken in turn, the ratio of two holds on a noisy machine where single times do not.
    """
    made: dict[str, list[Run]] = {name: [] for name in commands}
    try:
        for _ in range(settings.runs):
            for name, command in commands.items():
                shutil.rmtree(output, ignore_errors=True)
                made[name].append(run(command, settings.seconds))
                after(name, made[name][-1])
    finally:
        shutil.rmtree(output, ignore_errors=True)
    return made


def medians(runs: Sequence[Run]) -> Tree:
    """The medians of runs, and the least and the most of each figure."""
    figures = {
        "wall": [each.wall for each in runs],
        "cpu": [each.cpu for each in runs],
        "peak": [each.peak for each in runs],
    }
    return {
        "runs": len(runs),
        **{name: round(statistics.median(all_), 3) for name, all_ in figures.items()},
        "range": {
            name: [round(min(all_), 3), round(max(all_), 3)]
            for name, all_ in figures.items()
        },
    }


def ratio(
    above: Sequence[Run], below: Sequence[Run], figure: Callable[[Run], float]
) -> float:
    """The median of the ratios of runs that were made in turn."""
    pairs = zip(above, below, strict=True)
    return round(statistics.median(figure(a) / figure(b) for a, b in pairs), 3)


def wall(run: Run) -> float:
    return run.wall


def cpu(run: Run) -> float:
    return run.cpu
