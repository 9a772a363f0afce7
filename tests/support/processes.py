"""Emitted scripts, and other Python programs, in processes of their own, as a person runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.forks import Fork, fits


def started(
    args: Sequence[str],
    cwd: Path,
    env: Mapping[str, str],
    python: Path | str = sys.executable,
    streams: Mapping[int, int] | None = None,
    session: bool = False,
) -> subprocess.Popen[str] | Fork:
    """Starts Python with these arguments; a fork where that is the same to the program.

    It reads nothing and writes to pipes, but where streams are given: theirs to ours.
    """
    streams = streams or {}
    if python == sys.executable and fits(env):
        return Fork(args, cwd.absolute(), env, streams, session)
    return subprocess.Popen(
        [python, *args],
        cwd=cwd,
        env=env,
        stdin=streams.get(0, subprocess.DEVNULL),
        stdout=streams.get(1, subprocess.PIPE),
        stderr=streams.get(2, subprocess.PIPE),
        text=True,
        encoding="utf-8",
        start_new_session=session,
    )


def ran(
    args: Sequence[str], cwd: Path, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Runs Python with these arguments to its end."""
    run = started(args, cwd, env)
    out, err = run.communicate(timeout=120)
    return subprocess.CompletedProcess(args, run.returncode or 0, out, err)


def start_script(
    files: Mapping[str, str],
    folder: Path,
    *options: str,
    python: Path | str = sys.executable,
    **environment: str,
) -> subprocess.Popen[str] | Fork:
    """Writes a script into a folder and starts it there; its own default is `output/NAME`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "generate_data.py").write_text(files["generate_data.py"], "utf-8")
    env = {**os.environ}
    # Spark's client sets this in a process that has a session: here, in tests before this one.
    env.pop("SPARK_CONNECT_MODE_ENABLED", None)
    command = ["generate_data.py", *options]
    return started(command, folder, {**env, **environment}, python)


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
