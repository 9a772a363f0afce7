"""Pairs of an edit and a change of the spec, drawn from a seed."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from compiler.pipeline import compile_spec
from tests.support.merging.changes import CHANGES, Draft, Tree
from tests.support.merging.edits import EDITS, SAFE, edited
from tests.support.merging.script import Script, tables
from tests.support.stories import SPECS

SCRIPT = "generate_data.py"
NAMES = ("ecom", "finance", "iot", "support")
ENGINES = ("polars", "pandas", "spark")
VERSIONS = 4
"""How many changed specs there are of each spec and engine."""
EDITIONS = 6
"""How many edited scripts are merged with each of them."""
SEED = 20
AT_ONE_TABLE = 0.5
"""How often both sides are at work on the same table: one that is new, or not yet right."""


@dataclass(frozen=True)
class Pair:
    """Three texts to merge."""

    name: str
    engine: str
    base: str
    ours: str
    theirs: str
    what: str
    """What both sides did."""
    runs: bool
    """Whether the user's edits leave the data right."""


@dataclass(frozen=True)
class Version:
    """The script of a changed spec."""

    text: str
    table: str
    what: str


def emitted(name: str, tree: Tree, engine: str) -> str | None:
    """The script of a spec; none if the compiler refuses it."""
    found = compile_spec(f"specs/{name}.json", json.dumps(tree), engine=engine)
    return None if found.failed else found.files[SCRIPT]


@cache
def base_of(name: str, engine: str) -> str:
    text = emitted(name, tree_of(name), engine)
    assert text is not None
    return text


def tree_of(name: str) -> Tree:
    return tomllib.loads((SPECS / f"{name}.toml").read_text("utf-8"))


def version(name: str, engine: str, random: Random) -> Version:
    """A spec with one or two changes at one of its tables; those that the compiler takes."""
    base = base_of(name, engine)
    while True:
        tree = tree_of(name)
        draft = Draft(copy.deepcopy(tree), random.choice(tables(base)), random)
        changes = random.sample(CHANGES, random.choice((1, 1, 2)))
        done = [change.__name__ for change in changes if change(draft)]
        text = emitted(name, draft.tree, engine) if len(done) == len(changes) else None
        if text not in (None, base):
            return Version(text or "", draft.table, f"{draft.table}: {', '.join(done)}")


def pairs(
    name: str, engine: str, versions: int, editions: int, seed: int
) -> Iterator[Pair]:
    """Pairs of a spec and an engine, the same ones each time."""
    random = Random(f"{seed} {name} {engine}")
    base = base_of(name, engine)
    for _ in range(versions):
        theirs = version(name, engine, random)
        for number in range(editions):
            table = random.choice(tables(base))
            if random.random() < AT_ONE_TABLE:
                table = theirs.table
            runs = number == 0
            script = Script(base, table, random)
            ours, done = edited(script, SAFE if runs else EDITS, random.choice((2, 3)))
            what = f"{table}: {', '.join(done)} | {theirs.what}"
            yield Pair(name, engine, base, ours, theirs.text, what, runs)
