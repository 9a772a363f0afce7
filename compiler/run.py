"""Runs an emitted script, as a person would: with this Python, its output as it comes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def run(script: Path, arguments: Sequence[str] = ()) -> int:
    """The exit code of the script; it writes to this process's terminal."""
    return subprocess.run(
        [sys.executable, str(script), *arguments], check=False
    ).returncode
