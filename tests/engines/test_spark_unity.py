"""Tables in a catalog, run after run: rows by a real Sail session, its statements watched.

Sail's catalog is forgotten with a session, so the script's `main` runs several times in one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pyspark.sql import SparkSession

from compiler.pipeline import compile_spec
from tests.support import Script, inside, module, run_script
from tests.support.servers import sail
from tests.support.spark_shop import SHOP, shop
from tests.support.unity import Unity, installed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]

TABLES = ("customers", "orders", "_bad_data")


@pytest.fixture
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    with sail(tmp_path_factory.mktemp("warehouse")) as address:
        session = SparkSession.builder.remote(address).create()
        yield session
        session.stop()


def unity_of(session: SparkSession) -> Unity:
    unity = Unity(session)
    unity.places = {"catalog main"}
    return unity


def run(script: Script, unity: Unity, *options: str) -> list[str]:
    """Runs a script; the statements that change what the catalog holds."""
    start = len(unity.statements)
    inside(installed(script, unity), ["--target", "serverless", *options])
    return [one for one in unity.statements[start:] if not one.startswith("SHOW")]


def rows_of(session: SparkSession, name: str) -> pl.DataFrame:
    frame: Any = pl.from_arrow(session.table(f"`main`.`shop`.`{name}`").toArrow())
    return frame.sort(frame.columns)


def test_batches_are_appended_to_tables_of_a_catalog(
    session: SparkSession, tmp_path: Path
) -> None:
    mine, unity = module(shop("delta", "append")), unity_of(session)
    polars = shop("delta", "append", engine="polars")
    for batch in (0, 1, 2):
        run_script(polars, tmp_path, "--batch", str(batch))
    sent = [run(mine, unity, "--batch", str(batch)) for batch in (0, 1, 2, 1)]
    assert sent[0]
    assert sent[1:] == [[], [], []]
    for name in TABLES:
        found = rows_of(session, name)
        expected = pl.read_delta(str(tmp_path / "out" / name)).select(found.columns)
        expected = expected.cast(found.schema).sort(found.columns)
        assert found.equals(expected), name
        assert set(found["batch"]) == {0, 1, 2}


def clean(engine: str, note: str = "") -> dict[str, str]:
    """The shop without faults, so that its tables have keys."""
    start, end = SHOP.index("[bad_data]"), SHOP.index("[tables.customers]")
    text = (SHOP[:start] + SHOP[end:]).replace("batch_rows = 50\n", "")
    text = text.replace(
        'kind = "choice"\n', f'kind = "choice"\ndescription = "{note}"\n'
    )
    return dict(compile_spec("shop.toml", text, engine, "delta").files)


def test_tables_are_overwritten_under_their_keys(
    session: SparkSession, tmp_path: Path
) -> None:
    unity, mine = unity_of(session), module(clean("spark"))
    runs: list[tuple[Script, tuple[str, ...], int, bool]] = [
        (mine, (), 0, True),
        (mine, ("--seed", "7"), 0, False),  # its rows alone
        (module(clean("spark", "What they say.")), ("--seed", "8"), 1, True),
        (module(clean("spark", "What they say.")), ("--seed", "7"), 1, False),
    ]
    for script, options, replaced, described in runs:
        assert bool(run(script, unity, *options)) == described
        assert unity.tables["customers"].replaced == replaced
        assert unity.tables["orders"].replaced == 0
        assert unity.tables["customers"].key == ("customers__pk", ("customer_id",))
        assert unity.tables["orders"].refs == {
            "orders__customer_id__fk": ("customer_id", "customers")
        }
        out = run_script(clean("polars"), tmp_path, *options)
        for name in ("customers", "orders"):
            found = rows_of(session, name)
            expected = pl.read_delta(str(out / name)).cast(found.schema)
            assert found.equals(expected.sort(found.columns)), (name, options)
    assert unity.tables["customers"].comments["note"] == "What they say."
