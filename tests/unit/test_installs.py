"""Workers that install the same program at once all get a program that runs."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tests.support.installs import cache, installed

WORKERS = 4

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the program is a script of a shell"
)


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def slowly(folder: Path) -> None:
    """Writes a program line by line, as an installer does."""
    program = folder / "program"
    with program.open("w", encoding="utf-8") as file:
        program.chmod(0o755)
        for line in ("#!/bin/sh\n", "echo one\n", "echo two\n"):
            file.write(line)
            file.flush()
            time.sleep(0.02)


def test_all_run_the_whole_program_of_the_first() -> None:
    together = Barrier(WORKERS)

    def worker(number: int) -> str:
        together.wait(timeout=30)
        time.sleep(number * 0.02)  # the next one begins within an install of the others
        program = installed("tool", slowly) / "program"
        done = subprocess.run([program], capture_output=True, text=True, check=True)
        return done.stdout

    with ThreadPoolExecutor(WORKERS) as pool:
        assert set(pool.map(worker, range(WORKERS))) == {"one\ntwo\n"}
    assert [path.name for path in cache().iterdir()] == ["tool"]


def test_it_is_installed_once() -> None:
    def again(folder: Path) -> None:
        raise AssertionError("it is installed twice")

    assert installed("tool", slowly) == installed("tool", again)


def test_a_failed_install_leaves_nothing() -> None:
    def fails(folder: Path) -> None:
        slowly(folder)
        raise RuntimeError("no network")

    with pytest.raises(RuntimeError, match="no network"):
        installed("tool", fails)
    assert not list(cache().iterdir())
    assert (installed("tool", slowly) / "program").exists()
