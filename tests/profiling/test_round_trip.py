"""A spec of data that our own specs made gives such data again."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import polars as pl
import pytest

from compiler.compare.comparing import compare
from compiler.compare.model import Comparison
from compiler.profiling.model import Options
from compiler.profiling.profile import draft_of
from compiler.profiling.spec import compiling
from tests.support import module, whole
from tests.support.frames import tables_of
from tests.support.profiled import domain, domains

POINTS = 0.02
MEDIANS = 0.05
LIKE = 0.95
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
    assert trip(name).comparison.total >= LIKE


@pytest.mark.parametrize("name", domains)
def test_each_category_is_within_two_points(name: str) -> None:
    found = trip(name)
    for table, column in columns(found, pl.String):
        before, after = (
            frame[column].value_counts(normalize=True)
            for frame in (found.source[table], found.generated[table])
        )
        both = before.join(after, on=column, how="full", coalesce=True)
        gaps = (both["proportion"] - both["proportion_right"].fill_null(0)).abs()
        if len(before) <= 50:
            assert gaps.max() <= POINTS, f"{table}.{column}"


@pytest.mark.parametrize("name", domains)
def test_each_median_is_within_five_percent(name: str) -> None:
    found = trip(name)
    for table, column in columns(found, pl.Float64, pl.Int64):
        before, after = (
            frame[column].median()
            for frame in (found.source[table], found.generated[table])
        )
        assert after == pytest.approx(before, rel=MEDIANS), f"{table}.{column}"


def columns(found: Trip, *types: type[pl.DataType]) -> list[tuple[str, str]]:
    """The columns of these types in tables with enough rows, but for keys and refs."""
    return [
        (table, column)
        for table, frame in found.source.items()
        if len(frame) >= FEW
        for column, type in frame.schema.items()
        if type in types and not column.endswith("_id")
    ]
