"""Small tables that many rows point at: a first spec has their rows, unless they are people."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from compiler.profiling.model import Options
from tests.support.drafted import first_tables

PLANS = pl.DataFrame(
    {
        "id": [1, 2, 3],
        "plan_name": ["Basic", "Flex", "Premium"],
        "monthly_fee": [29.0, 49.5, 89.0],
        "has_sauna": [False, False, True],
        "notes": [None, "cancel monthly", None],
    }
)


def members(target: str, keys: list[Any], rows: int = 1_000) -> pl.DataFrame:
    """Members of whom half have the first key, and a tenth the last."""
    chosen = [keys[0 if n % 10 < 5 else 1 if n % 10 < 9 else -1] for n in range(rows)]
    return pl.DataFrame({"member_id": range(1, rows + 1), target: chosen})


def test_a_price_list_is_written_as_it_is() -> None:
    tables = first_tables({"plans": PLANS, "members": members("plan_id", [1, 2, 3])})
    wanted = PLANS.drop("notes").to_dicts()
    assert tables["plans"]["data"] == wanted
    ref = tables["members"]["columns"]["plan_id"]
    shares = {"Basic": 0.5, "Flex": 0.4, "Premium": 0.1}
    assert ref["weights"] == {"plan_name": shares}
    assert ref["skew"] is False


@pytest.mark.parametrize(
    ("options", "rows"), [(Options(names_values=False), 1_000), (Options(), 100)]
)
def test_its_rows_stay_out_without_values_and_where_few_point_at_one(
    options: Options, rows: int
) -> None:
    tables = first_tables(
        {"plans": PLANS, "members": members("plan_id", [1, 2, 3], rows)}, options
    )
    assert "data" not in tables["plans"]
    assert "Premium" not in str(tables)


@pytest.mark.parametrize(
    "person",
    [
        {"name": ["Jane Miller", "John Smith", "Mary Jones"]},
        {"email": ["jane@example.com", "john@example.com", "mary@example.com"]},
        {"birth_date": ["1980-01-02", "1990-03-04", "1970-05-06"]},
    ],
    ids=lambda person: next(iter(person)),
)
def test_people_are_no_data(person: dict[str, list[str]]) -> None:
    coaches = pl.DataFrame(
        {"coach_id": [11, 12, 13], **person, "room": ["A", "B", "C"]}
    )
    tables = first_tables(
        {"coaches": coaches, "members": members("coach_id", [11, 12, 13])}
    )
    assert "data" not in tables["coaches"]
    for text in next(iter(person.values())):
        assert text not in str(tables)
