"""Columns of made tables as they are described, and as a spec would draw them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
import pytest

from compiler.pipeline import plan_spec
from compiler.profiling.draft import DraftColumn
from compiler.profiling.model import Options, TableRelations
from compiler.profiling.values import Views, describe
from compiler.render import to_text
from compiler.spec.columns.distributions import NUMERIC
from tests.support.frames import tables_of

Relations = Mapping[str, TableRelations]


def views_of(
    tables: Mapping[str, pl.DataFrame],
    relations: Relations | None = None,
    options: Options | None = None,
) -> Views:
    """Tables, parents first, to describe columns of."""
    found = {name: TableRelations() for name in tables} | dict(relations or {})
    return Views(tables_of(tables), found, options or Options())


def described(views: Views, table: str, column: str) -> DraftColumn | None:
    at = views.tables.source.table(table)
    return describe(views, at, at.column(column))


def draft_of(column: str, views: Views, table: str = "rows") -> DraftColumn:
    found = described(views, table, column)
    assert found is not None
    return found


def draft_of_values(values: Any, options: Options | None = None) -> DraftColumn:
    """A table of one column, described."""
    frame = pl.DataFrame({"x": values})
    return draft_of("x", views_of({"rows": frame}, options=options))


def redrawn(settings: Mapping[str, Any], size: int = 50_000, seed: int = 5) -> Any:
    """Numbers that a column without cases draws; quantiles have no model of their own here."""
    rng = np.random.default_rng(seed)
    skipped = ("allow", "null_rate")
    given = {key: value for key, value in settings.items() if key not in skipped}
    if given["kind"] == "quantiles":
        values = np.interp(rng.random(size), given["shares"], given["values"])
    else:
        model = NUMERIC[given["kind"]].model_validate(given)
        values = model.draw(rng, 20 * size)
        low, high = model.bounds
        values = values[(values >= low) & (values <= high)][:size]
    decimals = given.get("decimals")
    if given.get("integer"):
        return np.round(values)
    return values if decimals is None else np.round(values, decimals)


def assert_compiles(*tables: tuple[str, Any, list[DraftColumn]]) -> None:
    """A spec of these tables (name, rows, columns) has neither errors nor warnings."""
    kinds = {each.settings["kind"] for _, _, columns in tables for each in columns}
    if "quantiles" in kinds and "quantiles" not in NUMERIC:
        pytest.skip("the language has no quantiles yet")
    tree = {
        "name": "example",
        "description": "What a test is about.",
        "allow": ["W405", "W406", "W409"],
        "tables": {
            name: {
                "rows": rows,
                "columns": {
                    "id": {"kind": "key"},
                    **{each.name: each.settings for each in columns},
                },
            }
            for name, rows, columns in tables
        },
    }
    text = json.dumps(tree)
    found = plan_spec("example.json", text).diagnostics
    assert not found, to_text(found, {"example.json": text}, color=False)
