"""Within a block no column function computes twice for the same rows."""

from __future__ import annotations

import functools
import json

import numpy as np
import pytest

from compiler.pipeline import compile_spec
from tests.support import Tree, spec, table
from tests.support.calls import CountedScript, counted
from tests.support.stories import SPECS

ROWS = 1_000
"""So many rows the largest table of a number of rows has; the others are in proportion."""
ENGINES = ("polars", "pandas")
NAMES = [path.stem for path in sorted(SPECS.glob("*.toml"))]


def nine_tables() -> Tree:
    """A shop whose paths lead over up to six refs."""
    ref = {"kind": "ref", "table": "countries"}
    return spec(
        countries=table(
            20,
            currency={"kind": "choice", "values": ["EUR", "JPY"]},
            level={"kind": "uniform", "low": 1, "high": 2},
        ),
        cities=table(60, country=ref, size={"kind": "pareto", "a": 2, "scale": 1}),
        customers=table(
            200,
            city={"kind": "ref", "table": "cities"},
            since={"kind": "date", "start": "-2y", "end": "-200d"},
            tier={"kind": "choice", "weights": {"Free": 6, "Pro": 3, "Top": 1}},
        ),
        orders=table(
            600,
            customer={
                "kind": "ref",
                "table": "customers",
                "weights": {"tier": {"Top": 5, "Pro": 2, "Free": 1}},
            },
            placed={"kind": "timestamp", "after": "customer.since"},
            currency={"kind": "lookup", "path": "customer.city.country.currency"},
        ),
        lines=table(
            {"per": "orders", "mean": 2, "min": 1, "max": 5},
            order={"kind": "ref", "table": "orders"},
            price={"kind": "lognormal", "median": 9, "sigma": 0.5},
            total={"kind": "expr", "expr": "price * order.customer.city.country.level"},
        ),
        parcels=table(
            {"per": "lines", "chance": 0.8},
            line={"kind": "ref", "table": "lines"},
            sent={
                "kind": "offset",
                "of": "line.order.placed",
                "distribution": "exponential",
                "scale": "2d",
            },
            city={"kind": "lookup", "path": "line.order.customer.city"},
        ),
        returns=table(
            {"per": "parcels", "chance": 0.3},
            parcel={"kind": "ref", "table": "parcels"},
            asked={
                "kind": "offset",
                "of": "parcel.sent",
                "distribution": "exponential",
                "scale": "5d",
            },
            tier={"kind": "lookup", "path": "parcel.line.order.customer.tier"},
        ),
        refunds=table(
            {"per": "returns", "chance": 0.7},
            request={"kind": "ref", "table": "returns"},
            paid={"kind": "lookup", "path": "request.parcel.line.total"},
            currency={
                "kind": "lookup",
                "path": "request.parcel.line.order.customer.city.country.currency",
            },
        ),
        reviews=table(
            400,
            line={"kind": "ref", "table": "lines"},
            written={"kind": "timestamp", "after": "line.order.placed"},
            tier={"kind": "lookup", "path": "line.order.customer.tier"},
            size={"kind": "lookup", "path": "line.order.customer.city.size"},
        ),
    )


LITTLE = """
from functools import wraps
import numpy as np

def plain(column):
    return column

def reused(column):
    last = [None, None]
    @wraps(column)
    def inner(row):
        if last[0] is not row:
            last[:] = row, column(row)
        return last[1]
    return inner

@{decorator}
def things_size(row: np.ndarray) -> np.ndarray:
    return row * 2

def things(row: np.ndarray) -> dict[str, np.ndarray]:
    return {{"size": things_size(row), "twice": things_size(row) * 2}}

TABLES = {{"things": (things, "things")}}
"""
"""A table that asks for a column twice; a decorator may reuse its values."""


@pytest.mark.parametrize(
    ("decorator", "repeats"), [("plain", {"things_size": 2}), ("reused", {})]
)
def test_bodies_are_counted_not_calls(decorator: str, repeats: dict[str, int]) -> None:
    little = counted(LITTLE.format(decorator=decorator))
    assert little.repeats("things", np.arange(5)) == repeats


@functools.cache
def script_of(name: str, engine: str) -> CountedScript:
    """The counted script of a spec of this repository, or of the nine tables."""
    if name == "nine_tables":
        path, text = "nine_tables.json", json.dumps(nine_tables())
    else:
        path, text = f"{name}.toml", (SPECS / f"{name}.toml").read_text("utf-8")
    result = counted(compile_spec(path, text, engine).files["generate_data.py"])
    rows = result.script.ROWS
    grown = rows.keys() - set(getattr(result.script, "FIXED", ()))
    scale = min(1.0, ROWS / max(rows[key] for key in grown))
    rows.update({key: max(1, round(rows[key] * scale)) for key in grown})
    return result


each_script = pytest.mark.parametrize(
    ("name", "engine"),
    [(name, engine) for name in (*NAMES, "nine_tables") for engine in ENGINES],
)


@each_script
def test_column_functions_are_found(name: str, engine: str) -> None:
    result = script_of(name, engine)
    assert len(result.columns) >= 10
    assert all(
        column.startswith(tuple(result.script.TABLES)) for column in result.columns
    )


@each_script
def test_no_column_computes_twice_for_the_same_rows(name: str, engine: str) -> None:
    result = script_of(name, engine)
    tables = result.script.TABLES
    found = {
        table: result.repeats(table, np.arange(result.script.ROWS[tables[table][1]]))
        for table in tables
    }
    assert {table: times for table, times in found.items() if times} == {}
