"""What Spark's processes use: those that this process, or its parent, has started."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def statistics() -> dict[int, tuple[int, float]]:
    """Each process of the machine: its parent, and CPU seconds with those of its ended children."""
    found: dict[int, tuple[int, float]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            text = (folder / "stat").read_text("utf-8", "replace")
            fields = text.rsplit(")", 1)[1].split()
            used = sum(map(int, fields[11:15])) / TICK
            found[int(folder.name)] = (int(fields[1]), used)
    return found


def ours(known: dict[int, tuple[int, float]], top: int) -> Iterator[int]:
    """A process and all below it."""
    yield top
    for process, (parent, _) in known.items():
        if parent == top:
            yield from ours(known, process)


def below() -> dict[int, float]:
    """This process with its siblings, and all below: the CPU seconds of each.

    A server's siblings are its clients: both were started by the part.
    """
    known = statistics()
    return {process: known[process][1] for process in ours(known, os.getppid())}


def cpu_seconds() -> float:
    """The CPU seconds of all, so far."""
    return sum(below().values())


def is_worker(process: int) -> bool:
    """Whether a process runs Python for Spark: a worker, or a server that holds its workers."""
    with contextlib.suppress(OSError):
        command = Path(f"/proc/{process}/cmdline").read_bytes()
        return b"pyspark.daemon" in command or b"sail" in command
    return False


def forget_peaks() -> None:
    """Count peaks of memory from now on."""
    for process in filter(is_worker, below()):
        with contextlib.suppress(OSError):
            Path(f"/proc/{process}/clear_refs").write_text("5")


def peak_of_workers() -> float:
    """The largest memory that a worker had at once, in MiB."""
    peaks = [0.0]
    for process in filter(is_worker, below()):
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{process}/status").read_text("utf-8")
            peaks += [
                int(line.split()[1]) / 1024
                for line in status.splitlines()
                if line.startswith("VmHWM")
            ]
    return max(peaks)
