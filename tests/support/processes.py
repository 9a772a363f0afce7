"""Emitted scripts in processes of their own, as a person would run them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def start_script(
    files: Mapping[str, str],
    folder: Path,
    *options: str,
    python: Path | str = sys.executable,
    **environment: str,
) -> subprocess.Popen[str]:
    """Writes a script into a folder and starts it there; its own default is `output/NAME`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "generate_data.py").write_text(files["generate_data.py"], "utf-8")
    # Spark's client sets this in a process that has a session: here, in tests before this one.
    inherited = {**os.environ}
    inherited.pop("SPARK_CONNECT_MODE_ENABLED", None)
    return subprocess.Popen(
        [python, "generate_data.py", *options],
        cwd=folder,
        env={**inherited, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run_script(
    files: Mapping[str, str],
    folder: Path,
    *options: str,
    python: Path | str = sys.executable,
    **environment: str,
) -> Path:
    """Runs a script below a folder with `--output out`; gives that folder of data."""
    options = ("--output", "out", *options)
    done = start_script(files, folder, *options, python=python, **environment)
    _, told = done.communicate(timeout=300)
    assert done.returncode == 0, told
    assert "Traceback" not in told, told
    return folder / "out"
