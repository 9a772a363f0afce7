"""A script's functions hold no variable that nothing reads."""

from __future__ import annotations

import json

import pytest

from compiler.pipeline import compile_spec
from tests.support import Tree, spec, table
from tests.support.any_spec import assert_well_made

FIXED = "days_between('2020-01-01', day)"
COUNTED = "days_between(day, now())"


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("mode", ["overwrite", "append"])
@pytest.mark.parametrize("expr", [FIXED, COUNTED])
def test_a_fixed_date_asks_for_no_batch(expr: str, mode: str, engine: str) -> None:
    weights = {"tier": {"a": 1, "b": 3}}
    shop: Tree = {
        "kind": "ref",
        "table": "shops",
        "by": "age",
        "cases": {"< 2200": {"weights": weights}},
        "otherwise": {"skew": 0.9},
    }
    tree = spec(
        {"output": {"mode": mode}},
        shops=table(50, tier={"kind": "choice", "weights": {"a": 1, "b": 1}}),
        sales=table(
            900, day={"kind": "date"}, age={"kind": "expr", "expr": expr}, shop=shop
        ),
    )
    result = compile_spec("example.json", json.dumps(tree), engine)
    source = result.files["generate_data.py"]
    assert_well_made(source)
    function = source.partition("def sales_age(")[2].partition("\n\n\n")[0]
    assert ("batch" in function) == (mode == "append" and expr == COUNTED)
