"""Whatever runs, fails or is killed beside a run, tables are whole and others' files are left."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from deltalake import DeltaTable

from tests.support import (
    compiled,
    inside,
    module,
    run_script,
    start_script,
    tree_of,
)
from tests.support.attacks import attacked, in_small_blocks, quick, rows_in
from tests.support.batches import shop
from tests.support.examples import small
from tests.support.processes import started

FORMATS = ("parquet", "csv", "json", "delta")
ENGINES = ("polars", "pandas")


def files_of(engine: str = "polars", format: str = "parquet") -> dict[str, str]:
    """A script that writes several files a table."""
    tree = {**small(), "output": {"engine": engine, "format": format}}
    return in_small_blocks(compiled(tree).files)


def failed(files: Mapping[str, str], folder: Path, *options: str) -> str:
    """What a run prints that must end with status 2 and no traceback."""
    run = start_script(files, folder, "--output", "out", *options)
    _, printed = run.communicate(timeout=300)
    assert run.returncode == 2, printed
    assert "Traceback" not in printed
    return printed


def ran(files: Mapping[str, str], folder: Path) -> Path:
    """Runs a script in this process; gives its folder of data."""
    inside(module(files), ["--output", str(folder / "out")])
    return folder / "out"


def refused(files: Mapping[str, str], folder: Path, *options: str) -> str:
    """Why a run in this process writes nothing (more)."""
    with pytest.raises(FileExistsError) as error:
        inside(module(files), ["--output", str(folder / "out"), *options])
    return str(error.value)


# ------------------------------------------------------------------------ killed


@pytest.mark.parametrize(
    "options",
    [
        *([], ["--engine", "pandas", "--format", "csv"], ["--batch", "1"]),
        *(["--copies"], ["--copies", "--batch", "1"]),
    ],
    ids=["polars", "pandas", "append", "copies", "copies of a batch"],
)
def test_a_run_killed_at_any_step_leaves_whole_tables(options: list[str]) -> None:
    # In a process of its own: it forks, which polars' threads do not survive.
    command = ["-m", "tests.support.attacks", "kills", *options]
    run = started(command, Path.cwd(), os.environ)
    printed, error = run.communicate(timeout=600)
    assert run.returncode == 0, error
    steps = int(printed.split()[2])
    assert steps > 20, "most of what it does was not seen"


@pytest.mark.parametrize("batch", ["", "1"])
def test_what_a_killed_delta_run_had_not_ended_is_deleted(
    batch: str, tmp_path: Path
) -> None:
    files = compiled(shop(format="delta")).files if batch else files_of(format="delta")
    options = ("--batch", batch) if batch else ()
    out = run_script(files, tmp_path, *options)
    name = "orders" if batch else "sales"
    place = out / name / f"batch={batch}" if batch else out / name
    half = place / "part-00000-0b3c5bd8-8f4c-4f4b-8cb4-c000.snappy.parquet#1"
    half.write_bytes(b"half")
    run_script(files, tmp_path, *options)
    assert not half.exists()


# ------------------------------------------------------------------------ side by side


@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_of_two_runs_at_once_one_is_refused(format: str) -> None:
    tree = {**small(), "output": {"format": format}}
    assert attacked("pairs", compiled(tree).files, 2, "")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_batches_of_other_numbers_run_at_once(
    engine: str, format: str, tmp_path: Path
) -> None:
    files = compiled(shop(engine=engine, format=format)).files
    runs = [
        start_script(
            files,
            tmp_path / str(batch),
            *("--output", str(tmp_path / "out"), "--batch", str(batch)),
        )
        for batch in range(4)
    ]
    for run in runs:
        _, printed = run.communicate(timeout=300)
        assert run.returncode == 0, printed
    assert batches_in(tmp_path / "out" / "orders") == {0, 1, 2, 3}
    assert not list((tmp_path / "out").glob(".*"))


def test_a_delta_table_is_created_once_by_batches_at_once(tmp_path: Path) -> None:
    """A second creation would be another version, and make those fail that read the first."""
    text = compiled(shop(format="delta")).files["generate_data.py"]
    there, moment = "        DeltaTable.create(", time.time() + 4
    assert there in text
    wait = f"        while time.time() < {moment}:\n            pass\n"
    files = {"generate_data.py": text.replace(there, wait + there, 1)}
    runs = [
        start_script(files, tmp_path / batch, "--output", "../out", "--batch", batch)
        for batch in "0123"
    ]
    for run in runs:
        _, printed = run.communicate(timeout=300)
        assert run.returncode == 0, printed
    log = (tmp_path / "out" / "customers" / "_delta_log").glob("*.json")
    made = [file.name for file in log if '"metaData"' in file.read_text("utf-8")]
    assert made == ["00000000000000000000.json"]


def batches_in(place: Path) -> set[int]:
    if (place / "_delta_log").exists():
        return set(DeltaTable(place).to_pyarrow_table()["batch"].to_pylist())
    return {int(path.name.removeprefix("batch=")) for path in place.iterdir()}


def test_a_lock_says_who_holds_it_and_a_dead_run_s_is_taken_over(
    tmp_path: Path,
) -> None:
    files = quick(files_of())
    out = run_script(files, tmp_path)
    lock = out / ".example.lock"
    lock.write_text(
        "process 1 on elsewhere since 2020-02-02 20:20:20 UTC, run 12345678"
    )
    run_script(files, tmp_path)
    assert not lock.exists()
    lock.write_text("")  # it died before it could write anything
    run_script(files, tmp_path)
    assert not lock.exists()


def test_a_run_that_has_lost_its_lock_writes_nothing_more(tmp_path: Path) -> None:
    files = quick(in_small_blocks(compiled(small()).files, 1 << 16))
    options = ("--output", str(tmp_path / "out"))
    first = start_script(files, tmp_path / "1", *options, "--scale", "50000")
    lock = tmp_path / "out" / ".example.lock"
    waited_for(lambda: list((tmp_path / "out").glob(".sales.*.staging/part-00002*")))
    owner = lock.read_text().partition("\n")[0]
    assert f"process {first.pid} on " in owner
    refused = failed(files, tmp_path, "--seed", "2")
    assert owner in refused
    first.send_signal(signal.SIGSTOP)  # as a laptop that sleeps
    run_script(files, tmp_path, "--seed", "2")
    seconds = rows_in(tmp_path / "out")
    first.send_signal(signal.SIGCONT)
    _, printed = first.communicate(timeout=300)
    assert first.returncode == 2, printed
    assert "Traceback" not in printed
    assert rows_in(tmp_path / "out") == seconds
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *("sales", "shops")
    ]


def waited_for(there: Callable[[], object]) -> None:
    for _ in range(3_000):
        if there():
            return
        time.sleep(0.02)
    raise AssertionError("it never came")


# ------------------------------------------------------------------------ Ctrl-C


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_ctrl_c_ends_a_run_of_a_billion_times_the_rows(
    engine: str, format: str, tmp_path: Path
) -> None:
    output = {"engine": engine, "format": format}
    files = compiled({**small(), "output": output}).files
    options = ("--output", "out", "--scale", "1e9", "--only", "shops")
    run = start_script(files, tmp_path, *options)
    parts = {"parquet": ".shops.*.staging/*", "delta": "shops/part*"}[format]
    waited_for(lambda: list((tmp_path / "out").glob(parts)))
    run.send_signal(signal.SIGINT)
    _, printed = run.communicate(timeout=60)
    assert run.returncode == 130, printed
    assert "Traceback" not in printed
    left = [path.name for path in (tmp_path / "out").iterdir()]
    assert left == (["shops"] if format == "delta" else [])


# ------------------------------------------------------------------------ a full disk


def with_small_files(files: Mapping[str, str]) -> dict[str, str]:
    """A script that the system lets write no file of over 20 kB."""
    text, start = files["generate_data.py"], 'if __name__ == "__main__":\n'
    assert text.count(start) == 1
    limit = "    import resource\n\n"
    limit += "    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
    return {"generate_data.py": text.replace(start, start + limit)}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_is_a_clear_error(engine: str, format: str, tmp_path: Path) -> None:
    files = compiled({**small(), "output": {"engine": engine, "format": format}}).files
    before = rows_in(run_script(files, tmp_path))
    options = ("--seed", "2", "--scale", "30")
    printed = failed(with_small_files(files), tmp_path, *options)
    assert "File too large" in printed
    assert printed.rstrip().endswith("nothing more was written")
    after = rows_in(tmp_path / "out")
    assert after["sales"] == before["sales"]
    assert not list((tmp_path / "out").glob(".*"))


# ------------------------------------------------------------------------ others' files


STRANGERS = (
    ".env",
    ".git/config",
    "_notes.txt",
    "part-time-staff.xlsx",
    "a/part-00000",
)


@pytest.mark.parametrize("name", [*STRANGERS, "_delta_log/00000000000000000000.json"])
@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_a_folder_with_others_files_is_refused_before_anything_is_written(
    name: str, mode: str, tmp_path: Path
) -> None:
    files = compiled(shop()).files if mode == "append" else files_of()
    last = "returns/batch=0" if mode == "append" else "sales"
    stranger = tmp_path / "out" / last / name
    stranger.parent.mkdir(parents=True)
    stranger.write_text("theirs")
    printed = refused(files, tmp_path)
    assert name.partition("/")[0] in printed
    assert "move it away" in printed
    assert tree_of(tmp_path / "out") == {f"{last}/{name}": b"theirs"}


@pytest.mark.parametrize("name", STRANGERS)
def test_a_file_that_came_during_the_run_is_left(name: str, tmp_path: Path) -> None:
    files = files_of()
    place = ran(files, tmp_path) / "sales"
    comes = f"(OUTPUT / 'sales/{name}').parent.mkdir(exist_ok=True); "
    comes += f"(OUTPUT / 'sales/{name}').write_text('theirs')"
    text = files["generate_data.py"]
    there = "    sizes = [file.stat()"
    assert there in text
    slow = {"generate_data.py": text.replace(there, f"    {comes}\n    {there}")}
    printed = refused(slow, tmp_path, "--only", "sales")
    assert name.partition("/")[0] in printed
    assert (place / name).read_text() == "theirs"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_or_a_link_in_a_table_s_place_is_refused(
    engine: str, format: str, tmp_path: Path
) -> None:
    files = files_of(engine, format)
    (tmp_path / "out").mkdir()
    place = tmp_path / "out" / "sales"
    place.write_text("theirs")
    assert "out/sales is not a folder of a table" in refused(files, tmp_path)
    assert place.read_text() == "theirs"
    place.unlink()
    (tmp_path / "elsewhere").mkdir()
    place.symlink_to(tmp_path / "elsewhere")
    assert "out/sales is not a folder of a table" in refused(files, tmp_path)
    assert os.readlink(place) == str(tmp_path / "elsewhere")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_parts_of_another_format_and_of_spark_are_replaced(tmp_path: Path) -> None:
    place = ran(files_of(format="csv"), tmp_path) / "sales"
    part = "part-00000-ddf84a56-003a-468f-80d6-fdf454f0e6f9-c000.zstd.parquet"
    for name in (part, f".{part}.crc", "_SUCCESS", "wkv0knj8wWpoWG8S_0.zst.parquet"):
        (place / name).write_bytes(b"")
    ran(files_of(), tmp_path)
    assert {path.suffix for path in place.iterdir()} == {".parquet"}
    assert min(path.stat().st_size for path in place.iterdir()) > 0


# ------------------------------------------------------------------------ patterns


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("format", FORMATS)
def test_a_path_is_no_pattern(engine: str, format: str, tmp_path: Path) -> None:
    files = files_of(engine, format)
    if format == "delta":
        assert "no Delta table can be" in failed(files, tmp_path, "--output", "o/[x]")
        return
    script = module(files)
    inside(script, ["--output", str(tmp_path / "o" / "x")])
    inside(script, ["--output", str(tmp_path / "o" / "[x]"), "--seed", "2"])
    seed = ("--output", "o/[x]", "--check")
    run_script(files, tmp_path, *seed)
    for part in (tmp_path / "o" / "[x]" / "shops").iterdir():
        part.unlink()
    check = start_script(files, tmp_path, *seed)
    printed, _ = check.communicate(timeout=300)
    assert check.returncode == 1, printed
