"""Running --check of a script for Spark."""

from __future__ import annotations

from pathlib import Path

from tests.support import start_script


def checked(
    files: dict[str, str], folder: Path, address: str, *options: str
) -> tuple[int, list[str]]:
    """How `--check` ends, and the lines of what it found wrong."""
    options = ("--output", "out", "--check", *options)
    run = start_script(files, folder, *options, SPARK_REMOTE=address, COLUMNS="200")
    told, error = run.communicate(timeout=300)
    assert "Traceback" not in error, error
    return run.wait(), [line for line in told.splitlines() if "FAILED" in line]
