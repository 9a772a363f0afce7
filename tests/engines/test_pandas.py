"""The script that pandas runs gives the same rows as the Polars one, cell for cell."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pytest
from deltalake import DeltaTable

from tests.support import (
    END,
    Tree,
    compiled,
    module,
    run_script,
    spec,
    table,
    tree_of,
)
from tests.support.alike import (
    assert_rows_are_the_same,
    assert_same,
    assert_written_alike,
    by_pandas,
    written,
)
from tests.support.checking import wrong
from tests.support.examples import everything, small

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.toml"))
RATES = {
    "null_rate": 0.05,
    "outlier_rate": 0.05,
    "duplicate_key_rate": 0.05,
    "orphan_ref_rate": 0.05,
}


@pytest.fixture(autouse=True)
def no_warnings() -> Iterator[None]:
    """What pandas warns of today it refuses tomorrow."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def dirty() -> Tree:
    """Every kind of column and of table, with faults; rows named by columns of each type."""
    tree = everything()
    tree["tables"]["parts"] = {
        "rows": {"per": "notes", "mean": 2, "max": 4},
        "primary_key": ["note", "n", "at", "day", "size", "yes", "name"],
        "columns": {
            "note": {"kind": "ref", "table": "notes"},
            "n": {"kind": "position"},
            "at": {"kind": "timestamp"},
            "day": {"kind": "date"},
            "size": {"kind": "normal", "mean": 0, "sd": 1},
            "yes": {"kind": "bool", "chance": 0.5},
            "name": {"kind": "choice", "weights": {"a": 1, "b/c": 1}},
        },
    }
    return {**tree, "bad_data": RATES}


def texts() -> Tree:
    """Values of each type in texts, and numbers that are written with an exponent."""
    return spec(
        things=table(
            300,
            small={"kind": "lognormal", "median": 1e-5, "sigma": 4},
            large={"kind": "lognormal", "median": 1e15, "sigma": 4},
            day={"kind": "date", "null_rate": 0.2},
            at={"kind": "timestamp", "null_rate": 0.2},
            yes={"kind": "bool", "chance": 0.5, "null_rate": 0.2},
            count={"kind": "poisson", "lam": 3, "null_rate": 0.2},
            name={
                "kind": "choice",
                "weights": {'a "b", c': 1, "": 1, "d\ne\r": 1, "ßéİ\u2028\x01\x7f": 1},
                "null_rate": 0.2,
            },
            all={
                "kind": "template",
                "text": "{small} {large} {day} {at} {yes} {count} {name|upper}{name|slug}",
            },
        )
    )


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_each_story_is_the_same(path: Path, tmp_path: Path) -> None:
    tree = tomllib.loads(path.read_text("utf-8"))
    assert_written_alike(tree, tmp_path, "--as-of", "2026-06-30", "--scale", "0.3")


@pytest.mark.parametrize("tree", [everything(), dirty(), texts()])
def test_every_kind_of_column_and_table_is_the_same(tree: Tree) -> None:
    polars, pandas = module(tree), module(by_pandas(tree))
    for name in polars.TABLES:
        assert_rows_are_the_same(pandas, polars, name)


def test_blocks_are_written_on_several_threads(tmp_path: Path) -> None:
    assert_written_alike(dirty(), tmp_path, "--workers", "3", block=150)


@pytest.mark.parametrize("compression", ["zstd", "snappy", "none"])
def test_files_are_compressed_as_told(compression: str, tmp_path: Path) -> None:
    written(by_pandas({**small(), "output": {"compression": compression}}), tmp_path)
    for file in (tmp_path / "sales").iterdir():
        column = pyarrow.parquet.ParquetFile(file).metadata.row_group(0).column(0)
        wanted = {"none": "UNCOMPRESSED"}.get(compression, compression.upper())
        assert column.compression == wanted


@pytest.mark.parametrize("format", ["csv", "json"])
@pytest.mark.parametrize("tree", [small(), dirty(), texts()])
def test_files_of_text_are_the_same_to_the_byte(
    tree: Tree, format: str, tmp_path: Path
) -> None:
    tree = {**tree, "output": {"format": format}}
    found = tree_of(written(by_pandas(tree), tmp_path / "pandas"))
    wanted = tree_of(written(tree, tmp_path / "polars"))
    assert found == wanted


@pytest.mark.parametrize("batch", ["0", "1", "3"])
def test_batches_are_the_same(batch: str, tmp_path: Path) -> None:
    tree = everything()
    tree |= {"output": {"mode": "append"}, "bad_data": RATES}
    assert_written_alike(tree, tmp_path, "--batch", batch)


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_delta_tables_are_the_same(mode: str, tmp_path: Path) -> None:
    tree = {**small(), "output": {"format": "delta", "mode": mode}}
    folders = []
    for engine, each in (("pandas", by_pandas(tree)), ("polars", tree)):
        folders.append(tmp_path / engine)
        written(each, folders[-1], block=200)
        if mode == "append":
            written(each, folders[-1], "--batch", "1")
    for name in ("shops", "sales"):
        found, wanted = (
            pyarrow.table(DeltaTable(folder / name).to_pyarrow_table())
            for folder in folders
        )
        assert_same(found.sort_by("id"), wanted.sort_by("id"), name)


def test_folders_named_like_partitions_and_patterns_are_checked(tmp_path: Path) -> None:
    """DuckDB would take `id=7` for a column, and `[x]` for a pattern."""
    tree, folder = by_pandas(small()), tmp_path / "id=7" / "it's [x]"
    written(tree, folder)
    assert wrong(module(tree), folder) == {}


def test_a_check_counts_days_of_utc_wherever_it_runs(tmp_path: Path) -> None:
    things = table(2_000, at={"kind": "timestamp"})
    files = compiled(
        by_pandas(spec({"window": {"days": 9, "end": END}}, things=things))
    )
    run_script(files.files, tmp_path)
    run_script(files.files, tmp_path, "--check", TZ="Pacific/Kiritimati")


def test_a_check_that_is_interrupted_ends_as_such() -> None:
    """DuckDB tells of Ctrl-C by an error of its own."""
    script = module(by_pandas(small()))

    def interrupted() -> None:
        raise RuntimeError("Query interrupted")

    script.database = interrupted
    with pytest.raises(KeyboardInterrupt):
        script.query("sales", "COUNT(*)")


def test_a_second_run_gives_the_same_bytes(tmp_path: Path) -> None:
    runs = [tree_of(written(by_pandas(small()), tmp_path / name)) for name in "ab"]
    assert runs[0] == runs[1]


# ------------------------------------------------------------------------------- its looks


def source_of(path: Path) -> str:
    tree = by_pandas(tomllib.loads(path.read_text("utf-8")))
    return compiled(tree).files["generate_data.py"]


@pytest.fixture(scope="module")
def mistakes(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> str:
    """What the usual tools find in the scripts of all specs, far from our own settings."""
    folder, said = tmp_path_factory.mktemp("scripts"), ""
    for path in SPECS:
        (folder / f"{path.stem}.py").write_text(source_of(path), "utf-8")
    rules = ["--select", "E,F,I,UP,B", "--line-length", "100"]
    cache = pytestconfig.rootpath / ".mypy_cache" / "scripts"
    options = ["--config-file=", "--ignore-missing-imports", f"--cache-dir={cache}"]
    for command in (
        ["black", "--check", "."],
        ["ruff", "check", "--isolated", *rules, "."],
        ["mypy", *options, *sorted(path.name for path in folder.iterdir())],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said += done.stdout + done.stderr
    return said


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_script_reads_well(path: Path, mistakes: str) -> None:
    source = source_of(path)
    assert "polars" not in source
    assert max(map(len, source.splitlines())) <= 100
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    read = {
        each.id
        for each in nodes
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
    }
    functions = [each.name for each in tree.body if isinstance(each, ast.FunctionDef)]
    assert [name for name in functions if name not in read] == []
    assert not mistakes


def test_balances_beyond_what_floats_hold_are_the_same() -> None:
    """Units of the last decimal, of which there are more than whole numbers hold."""
    accounts = {"data": [{"id": "A", "opening": -945_057_954_170_649}]}
    moves = table(
        {"per": "accounts", "mean": 4, "min": 4, "max": 4},
        account={"kind": "ref", "table": "accounts"},
        moved_at={"kind": "timestamp"},
        amount={"kind": "uniform", "low": 1, "high": 9, "decimals": 2},
        balance={
            "kind": "running",
            "change": "amount",
            "start": "account.opening",
            "decimals": 4,
        },
    )
    tree = spec(accounts=accounts, moves=moves)
    pandas, polars = module(by_pandas(tree)), module(tree)
    assert_rows_are_the_same(pandas, polars, "moves")
