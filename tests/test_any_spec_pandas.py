"""Whatever a right spec holds: its script of pandas makes the rows of Polars, and checks them."""

from __future__ import annotations

import json
import warnings

from hypothesis import given, note, settings

from tests.strategies.specs import appending, specs
from tests.support import Tree, compiled, module, whole
from tests.support.alike import assert_rows_are_the_same, by_pandas
from tests.support.any_spec import (
    EXAMPLES,
    assert_the_check_holds,
    assert_well_made,
    thorough,
    up_to,
)
from tests.support.faults import clean


@settings(thorough, max_examples=max(EXAMPLES // 4, 1))
@given(specs() | appending())
def test_pandas_makes_the_rows_of_polars(tree: Tree) -> None:
    note(json.dumps(tree))
    result = compiled(by_pandas(tree))
    assert_well_made(result.files["generate_data.py"])
    appends = tree["output"].get("mode") == "append"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for batch in (0, 2) if appends else (0,):
            pandas, polars = module(result), module(tree)
            for script in (pandas, polars):
                if appends:
                    script.BATCH = batch
            for name in polars.TABLES:
                assert_rows_are_the_same(pandas, polars, name)
    plain = compiled(clean(tree))
    if appends:
        frames = up_to(plain, 2)
        batches = [["--batch", str(batch)] for batch in range(3)]
        assert_the_check_holds(by_pandas(tree), frames, batches)
    else:
        script = module(plain)
        frames = {name: whole(script, name) for name in script.TABLES}
        assert_the_check_holds(by_pandas(tree), frames, [])
