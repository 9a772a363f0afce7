"""A spec of data that our own specs made gives such data again."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
import pytest

from compiler.compare.comparing import compare
from compiler.compare.model import Comparison
from compiler.profiling.model import Options
from compiler.profiling.profile import draft_of
from compiler.profiling.spec import compiling
from compiler.sources.frames import data_of
from compiler.spec.types import Data
from tests.support import module, whole
from tests.support.frames import tables_of
from tests.support.profiled import domain, domains

POINTS = 0.02
MEDIANS = 0.05
LIKE = 0.95
MANY = 50
"""Texts with more values are no categories."""
FEW = 500
"""Shares and medians of fewer rows differ by chance alone."""


@dataclass(frozen=True)
class Trip:
    source: dict[str, pl.DataFrame]
    generated: dict[str, pl.DataFrame]
    comparison: Comparison


@functools.cache
def trip(name: str) -> Trip:
    """Data of a domain, the spec that it gives, and the data of that spec."""
    known = domain(name)
    source = tables_of(known.frames).source
    compiled = compiling(draft_of(source, name, Options()), f"{name}.toml")
    assert compiled.text is not None
    assert not compiled.diagnostics, compiled.text
    script = module(compiled.text)
    generated = {table: whole(script, table) for table in script.TABLES}
    found = compare(tables_of(generated).source, source, known.relations)
    return Trip(known.frames, generated, found)


@pytest.mark.parametrize("name", domains)
def test_the_data_is_like_its_source(name: str) -> None:
    total = trip(name).comparison.total
    assert total is not None and total >= LIKE


@pytest.mark.parametrize("name", domains)
def test_each_category_is_within_two_points(name: str) -> None:
    for place, before, after in columns(trip(name), Data.TEXT):
        if before.n_unique() <= MANY:
            shares = [shares_of(series) for series in (before, after)]
            for value in shares[0].keys() | shares[1].keys():
                gap = shares[0].get(value, 0) - shares[1].get(value, 0)
                # Both are drawn: a share of n rows is off by up to a half by the root of n.
                chance = 2 / drawn_rows(name, place) ** 0.5
                assert abs(gap) <= max(POINTS, chance), f"{place}: {value}"


@pytest.mark.parametrize("name", domains)
def test_each_median_is_within_five_percent(name: str) -> None:
    for place, before, after in columns(trip(name), Data.INTEGER, Data.NUMBER):
        middle, spread = before.median(), before.std()
        assert isinstance(middle, float) and isinstance(spread, float)
        chance = 4 * spread / len(before) ** 0.5
        expected = pytest.approx(middle, rel=MEDIANS, abs=chance)
        assert after.median() == expected, place


def drawn_rows(name: str, place: str) -> int:
    """The rows that a column's shares depend on: of its table, or of fewer that it points at."""
    known = domain(name)
    seen, left = set(), [place.partition(".")[0]]
    while left:
        table = left.pop()
        seen.add(table)
        targets = {ref.table for ref in known.relations[table].refs}
        left += [each for each in targets - seen if len(known.frames[each]) >= FEW]
    return min(len(known.frames[table]) for table in seen)


def shares_of(series: pl.Series) -> dict[str, float]:
    counts = series.cast(pl.String).value_counts(normalize=True)
    return dict(counts.iter_rows())


def columns(found: Trip, *types: Data) -> Iterator[tuple[str, pl.Series, pl.Series]]:
    """The columns of these types in tables with enough rows, but for keys and refs."""
    for table, frame in found.source.items():
        for column in frame.columns if len(frame) >= FEW else ():
            if data_of(frame[column].dtype) in types and not column.endswith("_id"):
                yield f"{table}.{column}", frame[column], found.generated[table][column]
