"""A comparison for people: the total, what differs most, and each table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler.compare.model import SHAPES, Comparison, Score, mean
from compiler.plan.summary import GAP, Block

LISTED = 10
"""How many scores are shown under `what differs most`."""
MOST_NAMES = 12
"""Names of tables and columns in a list; `--json` has all."""

LEAST_LAG = 7
"""Days between the starts of both sides that are worth a line: where events are rare, the first
of them comes a few days earlier or later by chance."""


def shown_of(comparison: Comparison, generated: str, source: str) -> tuple[Block, ...]:
    """The comparison as blocks of text; `generated` and `source` are names for both sides."""
    blocks = [Block((((f"{generated} beside {source}", "bold"),),)), GAP]
    blocks.append(grid(overview(comparison)))
    blocks += titled("what differs most, generated beside source", lowest(comparison))
    blocks += titled("tables", tables(comparison))
    blocks += titled("missing", missing(comparison))
    if left := [*skipped(comparison)]:
        blocks += [GAP, Block(((("not compared", "bold"),),), 2)]
        blocks += [Block((((text, ""),),), 4) for text in left]
    return (*blocks, GAP)


def titled(title: str, lines: Iterable[tuple[str, str, str]]) -> list[Block]:
    """A heading and lines; nothing if there are none."""
    found = [*lines]
    return [GAP, Block((((title, "bold"),),), 2), grid(found)] if found else []


def grid(lines: Iterable[tuple[str, str, str]]) -> Block:
    cells = tuple(tuple((text, "") for text in line) for line in lines)
    return Block(cells, 4, is_grid=True)


def overview(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    total = comparison.total
    if total is not None:
        yield "total", in_digits(total), "the mean of the groups below"
    for name, scores in comparison.scores.items():
        yield name, in_digits(comparison.groups[name]), counted(name, len(scores))
    yield (
        "coverage",
        in_digits(comparison.coverage),
        "columns that both sides have; not in the total",
    )
    if comparison.is_aligned or abs(comparison.lag) >= LEAST_LAG:
        when = "later" if comparison.lag > 0 else "earlier"
        text = f"the generated moments start {abs(comparison.lag):,} days {when}"
        without = "; compared without that" if comparison.is_aligned else ""
        yield "window", "", f"{text}{without}"


def counted(group: str, number: int) -> str:
    """How many scores a group has."""
    noun = {SHAPES: "column", "cardinality": "ref"}.get(group, "pair")
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def lowest(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    for one in comparison.lowest(LISTED):
        yield one.name, in_digits(one.score), one.difference


def tables(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    for name, groups in comparison.tables.items():
        words = [f"{group} {in_digits(score)}" for group, score in groups.items()]
        own, source = comparison.rows[name]
        words.append(f"{own:,} rows beside {source:,}")
        yield name, in_digits(mean(groups.values())), ", ".join(words)


def missing(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    for one in comparison.missing[:MOST_NAMES]:
        what = "a column" if one.column else "a table"
        has = "source" if one.side == "generated" else "generated data"
        yield one.name, "", f"{what} that only the {has} has"
    more = len(comparison.missing) - MOST_NAMES
    if more > 0:
        yield f"and {more:,} more", "", ""


def skipped(comparison: Comparison) -> Iterator[str]:
    """The names by reason: many columns are left out for the same one."""
    reasons: dict[str, list[str]] = {}
    for one in comparison.skipped:
        reasons.setdefault(one.reason, []).append(one.name)
    for reason, names in reasons.items():
        listed = names[:MOST_NAMES]
        more = len(names) - len(listed)
        shown = ", ".join([*listed, *([f"{more:,} more"] if more else [])])
        yield f"{shown}: {reason}"


def in_digits(score: float) -> str:
    """A score with two digits, never 1.00 where something differs."""
    return (
        "1.00"
        if score == 1
        else f"{min(score, 0.99):.2f}" if score >= 0.99 else f"{score:.2f}"
    )


def data_of(comparison: Comparison) -> dict[str, object]:
    """The comparison as plain data, for `--json`."""
    return {
        "total": comparison.total,
        "groups": comparison.groups,
        "coverage": comparison.coverage,
        "lag_days": comparison.lag,
        "is_aligned": comparison.is_aligned,
        "tables": {
            name: {**groups, "rows": list(comparison.rows[name])}
            for name, groups in comparison.tables.items()
        },
        "scores": {
            group: [as_data(one) for one in scores]
            for group, scores in comparison.scores.items()
        },
        "missing": [vars(one) for one in comparison.missing],
        "skipped": [vars(one) for one in comparison.skipped],
    }


def as_data(one: Score) -> dict[str, object]:
    """All fields of a score, the score itself among them."""
    fields = {"name": one.name, **vars(one), "score": one.score}
    if "kind" in fields:
        fields["kind"] = fields["kind"].value
    return fields
