"""The outcome of many merges in one table."""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.merging.outcome import Outcome
from tests.support.merging.pairs import ENGINES, NAMES

HEADS = (
    "",
    "pairs",
    "clean",
    "conflicts",
    "refused",
    "lost lines",
    "by lines only",
    "git",
)


def row(name: str, ones: Sequence[Outcome]) -> list[str]:
    """How many pairs have conflicts, or a result that breaks something, and their share."""
    counts = [
        sum(one.clean for one in ones),
        sum(bool(one.merge.conflicts) for one in ones),
        sum(bool(one.faults) for one in ones),
        sum(len(one.lost) for one in ones),
    ]
    others = [sum(one.by_lines for one in ones), sum(one.by_git for one in ones)]
    shares = [f"{n} ({n / len(ones):.1%})" for n in others]
    return [name, *map(str, (len(ones), *counts)), *shares]


def table(found: Sequence[Outcome]) -> str:
    """Conflicts by spec, by engine, and of all."""
    rows = [row(name, [o for o in found if o.pair.name == name]) for name in NAMES]
    rows += [row(name, [o for o in found if o.pair.engine == name]) for name in ENGINES]
    rows = [[*HEADS], *rows, row("all", found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(one, widths, strict=True))
        for one in rows
    )
