"""What comes of merging a pair, and of `git merge-file` on the same texts."""

from __future__ import annotations

import gc
import re
import subprocess
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import product
from multiprocessing import get_context
from pathlib import Path

from compiler.regen.merge.keyed import merge_script
from compiler.regen.merge.lines import Merge, merge, unbalanced
from compiler.regen.merge.soundness import Fault, faults
from tests.support.merging.pairs import (
    EDITIONS,
    ENGINES,
    NAMES,
    SCRIPT,
    SEED,
    VERSIONS,
    Pair,
    pairs,
)

ATOM = re.compile(r"[,()\[\]{}#]|\bimport\b|(?<=\w)(?=\.round)")


@dataclass(frozen=True)
class Outcome:
    pair: Pair
    merge: Merge
    by_lines: bool
    """Whether the merge of lines has conflicts."""
    by_git: bool
    """Whether git's has."""
    lost: list[str] = field(default_factory=list)
    faults: tuple[Fault, ...] = ()
    """What the merged text breaks; it is not written then."""

    @property
    def clean(self) -> bool:
        return not self.merge.conflicts and not self.faults


def outcomes(
    versions: int = VERSIONS, editions: int = EDITIONS, seed: int = SEED
) -> list[Outcome]:
    """Those of all specs and engines, made in processes of their own."""
    kinds = product(NAMES, ENGINES)
    work = [(*kind, versions, editions, seed) for kind in kinds]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return [one for some in pool.map(outcomes_of, work) for one in some]


def outcomes_of(work: tuple[str, str, int, int, int]) -> list[Outcome]:
    gc.disable()  # a tree of Python is thousands of objects: looking at them takes half the time
    return [*map(outcome, pairs(*work))]


def outcome(pair: Pair) -> Outcome:
    texts = (pair.base, pair.ours, pair.theirs)
    found = merge_script(*texts)
    by_lines, by_git = bool(merge(*texts).conflicts), git_conflicts(*texts) > 0
    if found.conflicts:
        return Outcome(pair, found, by_lines, by_git)
    return Outcome(
        pair,
        found,
        by_lines,
        by_git,
        lost(*texts, found.text),
        faults(SCRIPT, found.text),
    )


def git_conflicts(base: str, ours: str, theirs: str) -> int:
    """How many conflicts `git merge-file` leaves."""
    with tempfile.TemporaryDirectory() as folder:
        names = {"ours": ours, "base": base, "theirs": theirs}
        for name, text in names.items():
            (Path(folder) / name).write_text(text, "utf-8")
        command = ["git", "merge-file", "-p", "--diff3", *names]
        return subprocess.run(
            command, cwd=folder, capture_output=True, check=False
        ).returncode


def lost(base: str, ours: str, theirs: str, merged: str) -> list[str]:
    """What is not as often in the merged text as the changes of both sides ask for.

    Lines first. Of those that are wrong the parts are compared: a line that both sides changed is
    neither's.
    """
    texts = (base, ours, theirs, merged)
    lines = [Counter(text.splitlines()) for text in texts]
    if not unbalanced(*lines):
        return []
    changed = {
        line for line in set().union(*lines) if len({c[line] for c in lines}) > 1
    }
    parts = [atoms({line: c[line] for line in changed}) for c in lines]
    return unbalanced(*parts)


def atoms(lines: dict[str, int]) -> Counter[str]:
    found = Counter[str]()
    for line, count in lines.items():
        for part in ATOM.split(line):
            found[part.strip()] += count
    del found[""]
    return found
