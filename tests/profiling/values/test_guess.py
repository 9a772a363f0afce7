"""Columns of a schema without rows."""

from __future__ import annotations

import pytest

from compiler.profiling.draft import DraftColumn
from compiler.profiling.model import Options, TableRelations
from compiler.profiling.tables import Tables
from compiler.profiling.values import Views, describe
from compiler.sources.model import Source, SourceColumn, SourceTable
from compiler.spec.types import Data
from tests.support.described import assert_compiles

WHOLE = ("age", "quantity", "birth_year", "score", "item_count", "n", "total_units")
OTHER = ("price", "total_amount", "discount_rate", "lat", "lon", "percent", "x", "qty")


def guessed(*columns: SourceColumn) -> list[DraftColumn | None]:
    table = SourceTable("rows", columns)
    views = Views(Tables(Source((table,))), {"rows": TableRelations()}, Options())
    return [describe(views, table, column) for column in columns]


def drafts(*columns: SourceColumn) -> list[DraftColumn]:
    found = guessed(*columns)
    return [draft for draft in found if draft is not None]


def test_all_names_compile_without_a_warning() -> None:
    found = drafts(
        *(SourceColumn(name, Data.INTEGER) for name in WHOLE),
        *(SourceColumn(name, Data.NUMBER) for name in OTHER),
        SourceColumn("is_active", Data.BOOLEAN),
        SourceColumn("is_deleted", Data.BOOLEAN),
        SourceColumn("state", Data.TEXT, values=("new", "paid", "sent")),
    )
    assert len(found) == len(WHOLE) + len(OTHER) + 3
    assert {draft.comments[0] for draft in found} == {
        "no data: a guess by name and type"
    }
    assert_compiles(("rows", 20_000, found))


@pytest.mark.parametrize("data", [Data.INTEGER, Data.NUMBER])
@pytest.mark.parametrize(
    ("low", "high"),
    [
        (0, None),
        (None, 100),
        (0, 100),
        (-50, -10),
        (18, None),
        (1000, None),
        (3, 3),
        (1, 5),
    ],
)
def test_declared_bounds_hold(
    data: Data, low: float | None, high: float | None
) -> None:
    names = (*WHOLE, *OTHER)
    found = drafts(
        *(SourceColumn(name, data, minimum=low, maximum=high) for name in names)
    )
    for draft in found:
        settings = draft.settings
        lowest = max(settings.get(key, -1e9) for key in ("left", "low", "min"))
        highest = min(settings.get(key, 1e9) for key in ("right", "high", "max"))
        is_share = settings["kind"] == "beta"
        assert low is None or is_share or lowest >= low
        assert high is None or is_share or highest <= high
    assert_compiles(("rows", 20_000, found))


def test_names_decide() -> None:
    age, price, active = drafts(
        SourceColumn("age", Data.INTEGER),
        SourceColumn("price", Data.NUMBER, decimals=3),
        SourceColumn("is_active", Data.BOOLEAN),
    )
    assert (age.settings["kind"], age.settings["min"]) == ("normal", 18)
    assert (price.settings["kind"], price.settings["decimals"]) == ("lognormal", 3)
    assert active.settings["chance"] == 0.9


def test_declared_numbers_are_the_only_ones() -> None:
    (found,) = drafts(SourceColumn("stars", Data.INTEGER, values=("1", "2", "5")))
    assert set(found.settings["values"]) == {1, 2, 5}


def test_texts_and_moments_are_described_elsewhere() -> None:
    found = guessed(SourceColumn("note", Data.TEXT), SourceColumn("at", Data.TIMESTAMP))
    assert found == [None, None]
