"""Spark writes the rows that Polars writes, on real servers."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.support import Tree, compiled, query, run_script, start_script, tree_of
from tests.support.distinct import FORMS
from tests.support.lifecycles import orders, subscriptions
from tests.support.parity import (
    NAMES,
    PARTITIONS,
    hashes_by,
    script_of,
    table_hashes,
)
from tests.support.people import people
from tests.support.references import hotel
from tests.support.servers import CONNECT, java, sail
from tests.support.spark_shop import edited, shop
from tests.support.stories import AS_OF
from tests.support.zoned import two_shops

ENGINES = ("polars", "spark")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]


@pytest.fixture(scope="module", params=NAMES)
def domain(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, tuple[str, int]]]:
    """A spec of this repository, and its tables' hashes as the Polars script writes them."""
    name = str(request.param)
    return name, hashes_by(name, "polars", tmp_path_factory.mktemp(name))


# ---------------------------------------------------------------- the same rows, cell for cell


def test_sail_writes_the_rows_of_polars(
    domain: tuple[str, dict[str, tuple[str, int]]], tmp_path: Path, sail_address: str
) -> None:
    name, expected = domain
    found = hashes_by(name, "spark", tmp_path, SPARK_REMOTE=sail_address)
    assert found == expected


def test_spark_writes_the_rows_of_polars(
    domain: tuple[str, dict[str, tuple[str, int]]], tmp_path: Path, spark_address: str
) -> None:
    name, expected = domain
    options = ("--partitions", "3")
    found = hashes_by(name, "spark", tmp_path, *options, SPARK_REMOTE=spark_address)
    assert found == expected


def test_distinct_refs_and_orphans_over_lookups_are_those_of_polars(
    tmp_path: Path, sail_address: str
) -> None:
    trees = {
        **{form: FORMS[form] for form in ("weighted", "by case", "all of a few")},
        "orphans": hotel(duplicate_key_rate=0.2, orphan_ref_rate=0.1),
    }
    for form, tree in trees.items():
        both = {each: {**tree, "output": {"engine": each}} for each in ENGINES}
        assert_same_rows(both, tmp_path / form, sail_address)


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_numbers_that_go_together_and_moments_ahead_are_those_of_polars(
    mode: str, tmp_path: Path, sail_address: str
) -> None:
    trees = {engine: people(engine=engine, mode=mode) for engine in ENGINES}
    assert_same_rows(trees, tmp_path, sail_address)


def test_moments_by_the_clocks_of_a_time_zone_are_those_of_polars(
    tmp_path: Path, sail_address: str
) -> None:
    trees = {each: {**two_shops(), "output": {"engine": each}} for each in ENGINES}
    assert_same_rows(trees, tmp_path, sail_address)


def assert_same_rows(trees: dict[str, Tree], folder: Path, address: str) -> None:
    """The scripts of these specs, one an engine, write the same rows."""
    hashes = []
    for engine, tree in trees.items():
        out = run_script(compiled(tree).files, folder / engine, SPARK_REMOTE=address)
        hashes.append(table_hashes(out))
    assert hashes[0] == hashes[1]


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_lifecycles_and_their_logs_are_those_of_polars(
    mode: str, tmp_path: Path, sail_address: str
) -> None:
    for name in ("subscriptions", "orders"):
        hashes = []
        for engine in ("polars", "spark"):
            output = {"engine": engine, "mode": mode}
            dated = orders(500, {"output": output})
            tree = dated if name == "orders" else subscriptions(**output)
            folder = tmp_path / name / engine
            out = run_script(compiled(tree).files, folder, SPARK_REMOTE=sail_address)
            hashes.append(table_hashes(out))
        assert hashes[0] == hashes[1]


def test_spark_writes_the_same_rows_in_any_number_of_partitions(
    tmp_path: Path, spark_address: str
) -> None:
    """Of one spec; of all of them, on both servers: `make parity`."""
    wanted = hashes_by("iot", "polars", tmp_path / "polars")
    for partitions in map(str, PARTITIONS):
        place, options = tmp_path / partitions, ("--partitions", partitions)
        found = hashes_by("iot", "spark", place, *options, SPARK_REMOTE=spark_address)
        assert found == wanted, partitions


@pytest.mark.skipif(
    not CONNECT.exists(), reason="no databricks-connect for this Python: see Makefile"
)
def test_databricks_connect_writes_the_rows_of_polars(
    domain: tuple[str, dict[str, tuple[str, int]]], tmp_path: Path, sail_address: str
) -> None:
    name, expected = domain
    found = hashes_by(
        name, "spark", tmp_path, python=CONNECT, SPARK_REMOTE=sail_address
    )
    assert found == expected


def test_a_spark_of_its_own_writes_the_rows_of_polars_and_is_quiet(
    tmp_path: Path,
) -> None:
    if java() is None:
        pytest.skip("--target local needs Java, which is not here")
    polars = run_script(shop("parquet", engine="polars"), tmp_path / "polars")
    options = ("--target", "local", "--output", "out")
    run = start_script(shop("parquet"), tmp_path, *options)
    _, told = run.communicate(timeout=300)
    assert run.returncode == 0, told
    assert table_hashes(tmp_path / "out") == table_hashes(polars)
    assert "[Stage" not in told  # its bar of progress
    assert "SparkUI" not in told
    logged = [line for line in told.splitlines() if " rows in " not in line]
    assert len(logged) <= 12, told  # what it logs before any setting counts


def test_a_table_is_many_blocks_in_as_many_files_as_partitions(
    tmp_path: Path, spark_address: str
) -> None:
    out = run_script(
        script_of("ecom", "spark"),
        tmp_path,
        *("--as-of", AS_OF, "--only", "carts", "--partitions", "3"),
        SPARK_REMOTE=spark_address,
    )
    assert len(list((out / "carts").glob("part-*.parquet"))) == 3


@pytest.mark.parametrize("format", ["csv", "json"])
def test_text_is_written_as_polars_writes_it(
    format: str, tmp_path: Path, sail_address: str, spark_address: str
) -> None:
    polars = run_script(shop(format, engine="polars"), tmp_path / "polars")
    for name, address in (("sail", sail_address), ("spark", spark_address)):
        out = run_script(shop(format), tmp_path / name, SPARK_REMOTE=address)
        for table in ("customers", "orders", "_bad_data"):
            expected = lines_of(polars / table, format)
            assert lines_of(out / table, format) == expected, (name, table)


def lines_of(folder: Path, format: str) -> set[str]:
    """The lines of a table's files."""
    files = [file for file in folder.glob(f"*.{format}") if file.name[0] not in "._"]
    return {line for file in files for line in file.read_text("utf-8").splitlines()}


# ------------------------------------------------------------------------ Delta, and batches


def delta_rows(folder: Path) -> pl.DataFrame:
    frame = pl.read_delta(str(folder))
    return frame.sort(frame.columns)


def test_delta_tables_get_three_part_names_in_the_catalog(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("warehouse")
    polars = run_script(shop("delta", engine="polars"), tmp_path / "polars")
    with sail(folder) as address:
        for _ in range(2):  # the second time over the first
            done = start_script(shop("delta"), tmp_path, SPARK_REMOTE=address)
            told, error = done.communicate(timeout=300)
            assert done.returncode == 0, error
            assert "`main`.`shop`.`orders`" in told
        for table in ("customers", "orders", "_bad_data"):
            places = list((folder / "spark-warehouse").glob(f"{table}-*"))
            assert places  # one a session: Sail's catalog is forgotten with it
            for place in places:
                assert delta_rows(place).equals(delta_rows(polars / table))


def test_delta_batches_are_replaced_and_the_others_stay(
    tmp_path: Path, sail_address: str
) -> None:
    scripts = {
        "polars": shop("delta", "append", engine="polars"),
        "spark": shop("delta", "append"),
    }
    for name, batches in (("polars", (0, 1, 2)), ("spark", (1, 0, 2, 1))):
        for batch in map(str, batches):
            options = ("--batch", batch)
            out = tmp_path / name
            run_script(scripts[name], out, *options, SPARK_REMOTE=sail_address)
    for table in ("customers", "orders", "_bad_data"):
        spark, polars = (
            delta_rows(tmp_path / name / "out" / table) for name in scripts
        )
        assert spark.equals(polars.select(spark.columns).sort(spark.columns)), table


@pytest.mark.parametrize("format", ["parquet", "csv", "json"])
def test_batches_of_files_are_replaced_and_the_others_stay(
    format: str, tmp_path: Path, sail_address: str
) -> None:
    polars, spark = shop(format, "append", engine="polars"), shop(format, "append")
    for batch in ("0", "1"):
        run_script(polars, tmp_path / "polars", "--batch", batch)
    for batch in ("1", "0"):
        options = ("--batch", batch)
        run_script(spark, tmp_path / "spark", *options, SPARK_REMOTE=sail_address)
    out = tmp_path / "spark" / "out"
    before = tree_of(out / "orders" / "batch=0")
    run_script(spark, tmp_path / "spark", "--batch", "1", SPARK_REMOTE=sail_address)
    assert tree_of(out / "orders" / "batch=0") == before
    for table in ("customers", "orders", "_bad_data"):
        sql = f"SELECT * FROM {table} ORDER BY ALL"
        found, expected = (
            query(sql, folder, format).fetchall()
            for folder in (out, tmp_path / "polars" / "out")
        )
        assert found == expected, table


# ------------------------------------------------------------------------ what workers do


def test_pools_are_made_once_a_worker_not_once_a_block_or_task(
    tmp_path: Path, sail_address: str, spark_address: str
) -> None:
    log = tmp_path / "log"
    told = f"    with open({str(log)!r}, 'a') as log:\n"
    told += "        print(os.getpid(), provider, file=log)\n"
    doc = "Distinct texts of a Faker provider: `size` of them, or as many as it has."
    start = f'    """{doc}"""\n'
    files = edited(shop("parquet"), start, start + told)
    files = edited(files, "BLOCK = 1 << 18", "BLOCK = 1 << 8")
    for address in (sail_address, spark_address):
        log.unlink(missing_ok=True)
        run_script(
            files,
            tmp_path,
            *("--only", "customers", "--partitions", "8"),
            SPARK_REMOTE=address,
        )
        made = log.read_text().splitlines()
        # 8 blocks and tasks; the servers have two cores each, and threads may race at first.
        assert len(made) <= 2 * len(set(made)), made
