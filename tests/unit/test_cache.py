"""The user's cache: it keeps results, and where it does not work nobody notices."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from compiler import cache
from compiler.emit.code import layout
from compiler.emit.code.layout import as_black


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(cache, "MANY", 1)
    return tmp_path


def doubled(text: str) -> bytes:
    return (text * 2).encode()


def refused(*inputs: object) -> bytes:
    raise AssertionError(f"{inputs} are made again")


def changed(folder: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(folder / cache.NAME) as entries:
        entries.execute(statement, values)
    entries.close()


def test_a_result_is_made_once() -> None:
    assert cache.made("twice", ["a", "b", "a"], doubled) == {"a": b"aa", "b": b"bb"}
    assert cache.made("twice", ["b"], refused) == {"b": b"bb"}
    assert cache.load("another version", ["a"]) == {}
    assert cache.load("twice", ["c"]) == {}


def test_a_changed_result_is_made_again(folder: Path) -> None:
    cache.store("twice", {"a": b"aa"})
    for value in (b"bb", b"", "text", None):
        changed(folder, "UPDATE entries SET value = ?", value)
        assert cache.made("twice", ["a"], doubled) == {"a": b"aa"}
    changed(folder, "UPDATE entries SET value = substr(value, 2)")
    assert cache.load("twice", ["a"]) == {}


@pytest.mark.parametrize(
    "content", [b"", b"nonsense" * 1000, b"SQLite format 3\0" * 99]
)
def test_a_damaged_file_is_replaced(folder: Path, content: bytes) -> None:
    cache.store("twice", {"a": b"aa"})
    (folder / cache.NAME).write_bytes(content)
    assert cache.load("twice", ["a"]) == {}
    cache.store("twice", {"a": b"aa"})
    cache.store("twice", {"a": b"aa"})
    assert cache.load("twice", ["a"]) == {"a": b"aa"}


def test_a_file_that_is_cut_off_is_replaced(folder: Path) -> None:
    results = {f"{n}": b"x" * 1000 for n in range(100)}
    cache.store("long", results)
    path = folder / cache.NAME
    path.write_bytes(path.read_bytes()[:20_000])
    for _ in range(3):
        made = cache.made("long", results, lambda _: b"x" * 1000)
        assert made == results
    assert cache.load("long", results) == results


def test_a_folder_that_cannot_be_written_is_no_fault(folder: Path) -> None:
    (folder / "scaffold").write_text("a file")
    assert cache.made("twice", ["a"], doubled) == {"a": b"aa"}


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def home() -> Path:
        raise RuntimeError

    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setattr(Path, "home", home)
    assert cache.made("twice", ["a"], doubled) == {"a": b"aa"}


def test_a_file_in_use_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "PATIENCE", 0.01)
    cache.store("twice", {"a": b"aa"})
    other = sqlite3.connect(folder / cache.NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert cache.made("twice", ["a"], doubled) == {"a": b"aa"}
    other.execute("ROLLBACK")
    other.close()
    assert cache.load("twice", ["a"]) == {"a": b"aa"}


def test_the_older_half_is_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "LARGEST", 200_000)
    for n in range(1000):
        cache.store("long", {f"{n}": b"x" * 1000})
    assert (folder / cache.NAME).stat().st_size < 300_000
    found = cache.load("long", map(str, range(1000)))
    assert "999" in found
    assert "0" not in found


def stored(number: int) -> None:
    for n in range(50):
        cache.store("shared", {f"{number} {n}": b"x" * n})
        cache.flush()


def test_results_wait_for_others_to_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MANY", 3)
    cache.store("twice", {"a": b"aa", "b": b"bb"})
    assert cache.made("twice", ["a", "b"], refused) == {"a": b"aa", "b": b"bb"}
    assert not (folder / cache.NAME).exists()
    cache.store("twice", {"c": b"cc"})
    assert (folder / cache.NAME).exists()
    cache.store("twice", {"d": b"dd"})
    cache.flush()
    assert cache.made("twice", "abcd", refused)["d"] == b"dd"


def test_processes_share_the_file() -> None:
    """A process that waits too long keeps nothing, but nothing is ever mixed up."""
    with multiprocessing.get_context("spawn").Pool(2) as processes:
        processes.map(stored, range(4))
    texts = {f"{number} {n}": b"x" * n for number in range(4) for n in range(50)}
    found = cache.load("shared", texts)
    assert found
    assert found == {each: texts[each] for each in found}


def test_what_black_made_is_not_formatted_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    piece = "a_list = [1,2, 3,]"
    made = as_black([piece])
    assert made == {piece: "a_list = [\n    1,\n    2,\n    3,\n]"}
    monkeypatch.setattr(layout, "_by_black", refused)
    assert as_black([piece]) == made
    with pytest.raises(AssertionError):
        as_black([piece], commas=False)
