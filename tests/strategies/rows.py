"""Rows of a table with columns of all types, null or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from compiler.spec.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    TEXT,
    TIMESTAMP,
    Data,
    Type,
)

TIERS = ("Free", "Pro", "Enterprise")
SIZES = ("S", "Pro", "XL")
COLUMNS = {
    "i": replace(INTEGER, largest=50.0),
    "i_null": INTEGER.or_null(),
    "x": replace(NUMBER, largest=1_000.0),
    "x_null": NUMBER.or_null(),
    "name": TEXT,
    "name_null": TEXT.or_null(),
    "tier": Type(Data.TEXT, values=TIERS),
    "tier_null": Type(Data.TEXT, True, TIERS),
    "size": Type(Data.TEXT, values=SIZES),
    "day": DATE,
    "day_null": DATE.or_null(),
    "at": TIMESTAMP,
    "at_null": TIMESTAMP.or_null(),
    "yes": BOOLEAN,
    "yes_null": BOOLEAN.or_null(),
}

LETTERS = st.text("aZ09 éßİΣ-_'\"\\\n{}%😀ﬁ", max_size=5)
# A quarter is exact, so that sums and products are too.
QUARTERS = st.integers(-4_000, 4_000).map(lambda number: number / 4)
DAYS = st.dates(date(2019, 1, 1), date(2028, 1, 1))
INSTANTS = st.datetimes(
    datetime(2019, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)
).map(lambda at: at.replace(microsecond=0))
CELLS: dict[Data, st.SearchStrategy[Any]] = {
    Data.INTEGER: st.integers(-50, 50),
    Data.NUMBER: QUARTERS,
    Data.TEXT: LETTERS,
    Data.DATE: DAYS,
    Data.TIMESTAMP: INSTANTS,
    Data.BOOLEAN: st.booleans(),
}


def cell(type: Type) -> st.SearchStrategy[Any]:
    cells = st.sampled_from(type.values) if type.values else CELLS[type.data]
    return st.none() | cells if type.nullable else cells


ROWS = st.lists(
    st.fixed_dictionaries({name: cell(type) for name, type in COLUMNS.items()}),
    max_size=6,
)

ROW_OF_NULLS: dict[str, Any] = {
    **{"i": 0, "x": 0.0, "name": "", "tier": "Free", "size": "S", "yes": False},
    **{"day": date(2019, 1, 1), "at": datetime(2019, 1, 1, tzinfo=UTC)},
    **{name: None for name in COLUMNS if name.endswith("_null")},
}
