"""Starters compiled, run and counted; `python -m tests.support.surprises 0 200` does 200 seeds."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from compiler.pipeline import Compiled
from compiler.starters.answers import Answers
from compiler.starters.render import cost_of, drafted, query_of, surprise
from tests.support import compiled, run_script, start_script
from tests.support.stories import (
    AS_OF,
    Story,
    assert_keys_are_unique,
    assert_no_orphans,
)

PATH = "specs/first.toml"
"""Where a starter is said to be; its text names the path."""


def of_seed(seed: int) -> Answers:
    """A surprise: its domain and its story are both drawn."""
    return Answers("first", surprise(seed), seed)


def starter(answers: Answers) -> Compiled:
    """A starter, compiled; fails if there is a warning."""
    text = drafted(answers, PATH).text
    assert text is not None
    result = compiled(text, PATH)
    assert not result.diagnostics, result.diagnostics
    return result


@dataclass(frozen=True)
class Ran:
    """A starter and its data."""

    answers: Answers
    story: Story

    def cost(self) -> float:
        """What the incident cost in the data, in dollars."""
        return float(self.story.value(query_of(self.answers)) or 0)

    def off(self) -> float:
        """How far the data are from what the description says, as a share of it."""
        return self.cost() / cost_of(self.answers) - 1


def ran(answers: Answers, folder: Path, *options: str) -> Ran:
    """Compiles a starter, runs its script with `--check`, and looks for orphans."""
    result = starter(answers)
    assert result.plan is not None
    day = () if answers.append else ("--as-of", AS_OF)
    data = run_script(result.files, folder, *day, *options)
    check = start_script(
        result.files, folder, "--output", "out", *day, *options, "--check"
    )
    found, _ = check.communicate(timeout=120)
    assert check.returncode == 0, found
    story = Story(result.plan, data)
    assert_no_orphans(story)
    assert_keys_are_unique(story)
    return Ran(answers, story)


def main(first: int, last: int) -> None:
    """Prints a line for each seed, and how far the costs are off."""
    offs = []
    for seed in range(first, last):
        folder = Path(tempfile.mkdtemp())
        one = ran(of_seed(seed), folder)
        off = one.off()
        shutil.rmtree(folder)
        offs.append(abs(off))
        print(f"{seed} {one.answers.domain} {off:+.1%}", flush=True)
    far = sum(off > 0.1 for off in offs)
    print(f"{len(offs)} seeds, {far} off by more than 10 %, at most {max(offs):.1%}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
