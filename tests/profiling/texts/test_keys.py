"""The formats of keys, where the truth is known."""

from __future__ import annotations

from collections.abc import Sequence

import faker
import polars as pl
import pytest

from compiler.profiling import texts
from compiler.profiling.draft import DraftColumn
from compiler.profiling.model import Key, Options, Ref, TableRelations
from compiler.profiling.tables import SAMPLE
from compiler.spec.columns import Key as KeySpec
from tests.support.frames import tables_of


def given(provider: str) -> list[str]:
    """Values of a provider, always the same."""
    fake = faker.Faker("en_US")
    fake.seed_instance(1)
    return [str(getattr(fake, provider)()) for _ in range(500)]


def key(values: Sequence[object], name: str = "id") -> DraftColumn:
    frame = pl.DataFrame({name: list(values)})
    tables = tables_of({"things": frame})
    return texts.key_settings(tables, tables.source.tables[0], name)


@pytest.mark.parametrize(
    ("values", "settings"),
    [
        (range(1, 101), {}),
        (range(1000, 1100), {"start": 1000}),
        (range(3, 10_000, 50), {}),
        ([f"CUST-{n:05d}" for n in range(1, 200)], {"format": "CUST-{:05d}"}),
        ([f"C{n}" for n in range(1, 200)], {"format": "C{}"}),
        ([f"C{n}" for n in range(10, 99)], {"format": "C{}", "start": 10}),
        ([f"2024/{n:03d}-X" for n in range(7, 2000)], {"format": "2024/{:03d}-X", "start": 7}),
        ([f"{{{n}}}" for n in range(1, 50)], {"format": "{{{}}}"}),
        (given("uuid4"), {"uuid": True}),
        (given("name"), {"format": "THIN-{:06d}"}),
    ],
)  # fmt: skip
def test_formats_of_keys(values: Sequence[object], settings: dict[str, object]) -> None:
    draft = key(values)
    assert draft.settings == {"kind": "key", **settings}
    KeySpec.model_validate(draft.settings)


def test_gaps_are_mentioned() -> None:
    assert "with gaps: 200 of" in key(range(3, 10_000, 50)).comments[0]
    assert "without gaps" in key(range(1, 100)).comments[0]


def test_a_sample_is_no_gap() -> None:
    many = key([f"CUST-{n:07d}" for n in range(1, 3 * SAMPLE)])
    assert many.comments[0] == f"numbers without gaps, {3 * SAMPLE - 1:,} of them"


def test_names_of_categories() -> None:
    regions = pl.DataFrame({"region": ["North", "South"], "currency": ["A", "B"]})
    shops = pl.DataFrame({"region": ["North"] * 30 + ["South"] * 25})
    tables = tables_of({"regions": regions, "shops": shops})
    relations = {
        "regions": TableRelations(Key(("region",), "")),
        "shops": TableRelations(refs=(Ref("region", "regions", "region", ""),)),
    }
    table = tables.source.table("regions")

    def names(options: Options) -> list[str] | None:
        return texts.category_names(tables, table, "region", relations, options)

    assert names(Options()) == ["North", "South"]
    assert names(Options(least_rows=26)) is None
    assert names(Options(names_values=False)) is None
