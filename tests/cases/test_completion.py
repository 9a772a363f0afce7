"""Completion of commands in a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from compiler.cli import main

SHELLS = ("bash", "zsh", "fish")
COMMAND = "from compiler.cli import main; main(prog_name='scaffold')"


def completed(*words: str) -> list[str]:
    """What bash would be offered for the last of the words, as `type,value`."""
    line = {"COMP_WORDS": " ".join(["scaffold", *words]), "COMP_CWORD": str(len(words))}
    asked = {"_SCAFFOLD_COMPLETE": "bash_complete", **line}
    done = subprocess.run(
        [sys.executable, "-c", COMMAND],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_asks_the_command(shell: str) -> None:
    done = CliRunner().invoke(main, ["completion", shell])
    assert done.exit_code == 0
    assert f"_SCAFFOLD_COMPLETE={shell}_complete" in done.stdout


def test_the_first_word_is_a_command_or_a_file() -> None:
    assert {"plain,plan", "plain,explain", "file,"} <= {*completed("")}
    assert completed("expl") == ["plain,explain", "file,expl"]


def test_a_spec_is_followed_by_the_options_of_a_build() -> None:
    assert completed("specs/ecom.toml", "--confl") == ["plain,--conflict"]
    assert "plain,polars" in completed("specs/ecom.toml", "--engine", "")


def test_a_code_is_completed() -> None:
    assert completed("explain", "w40")[:2] == ["plain,W401", "plain,W402"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_takes_the_script() -> None:
    script = CliRunner().invoke(main, ["completion", "bash"]).stdout
    done = subprocess.run(
        ["bash", "-c", f"{script}\ncomplete -p scaffold"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "_scaffold_completion" in done.stdout
