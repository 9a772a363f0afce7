"""Files beside a spec: what their cells are, and that a change of one is a change of the spec."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from compiler.cli.main import main
from compiler.emit.code.layout import FEW_ROWS, statements
from compiler.pipeline import Compiled, compile_spec
from compiler.sources.small_files import Unusable, rows_of
from tests.support import module, whole

SPEC = """
name = "shop"
description = "Countries of a file."
allow = ["*"]
[window]
end = 2026-06-30
[tables.countries]
data = "countries.csv"
[tables.customers]
rows = 3_000
[tables.customers.columns]
id = { kind = "key" }
country = { kind = "ref", table = "countries" }
city = { kind = "choice", file = "lists/cities.json", value = "city", weight = "people" }
[tables.customers.columns.tone]
kind = "choice"
value = "tone"
by = "city"
cases = { Oslo = { file = "tones.csv" } }
otherwise = { weights = { flat = 1 } }
"""
COUNTRIES = """code,name,people,since,open,rate,dial
NA,Namibia,3,1990-03-21,true,1.5,0264
DE,"Ger, many",84,1949-05-23,false,2,0049
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec and its files, and another one to be in."""
    (tmp_path / "specs" / "lists").mkdir(parents=True)
    (tmp_path / "specs" / "shop.toml").write_text(SPEC)
    (tmp_path / "specs" / "countries.csv").write_text(COUNTRIES)
    (tmp_path / "specs" / "tones.csv").write_text("tone\nlow\nlow\nhigh\n")
    cities = [{"city": "Oslo", "people": 1}, {"city": "Rome", "people": 3.5}]
    (tmp_path / "specs" / "lists" / "cities.json").write_text(json.dumps(cities))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "specs"


def built(engine: str | None = None) -> Compiled:
    path = "specs/shop.toml"
    return compile_spec(path, Path(path).read_text("utf-8"), engine)


def test_cells_have_the_types_that_they_are_written_in(folder: Path) -> None:
    rows = rows_of(folder / "countries.csv", "countries.csv")
    namibia = ("NA", "Namibia", 3, date(1990, 3, 21), True, 1.5, "0264")
    assert rows.names == ("code", "name", "people", "since", "open", "rate", "dial")
    assert rows.cells[0] == namibia
    assert rows.cells[1][5] == 2.0


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_and_json_and_parquet_give_the_same_cells(
    separator: str, tmp_path: Path
) -> None:
    at = datetime(2026, 6, 30, 8, 15, tzinfo=UTC)
    frame = pl.DataFrame({"n": [1, 2], "text": ["a b", 'c "d"'], "at": [at, at]})
    frame.write_parquet(tmp_path / "t.parquet")
    moments = "%Y-%m-%dT%H:%M:%SZ"
    frame.write_csv(tmp_path / "t.csv", separator=separator, datetime_format=moments)
    texts = frame.with_columns(pl.col("at").dt.strftime(moments))
    (tmp_path / "t.json").write_text(json.dumps(texts.to_dicts()))
    texts.write_ndjson(tmp_path / "t.ndjson")
    for name in ("t.parquet", "t.csv", "t.json", "t.ndjson"):
        found = rows_of(tmp_path / name, name)
        assert found.names == ("n", "text", "at")
        assert found.cells == tuple(frame.rows()), name


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("t.csv", b"a,b\n1\n", "row 1 has 1 cells"),
        ("t.csv", b"a,a\n1,2\n", "two of its columns"),
        ("t.csv", b"a\n\xff\n", "damaged"),
        ("t.json", b"3", "no array of objects"),
        ("t.json", b'[{"a": [1]}]', "lists or objects"),
        ("t.parquet", b"PAR1 and no more", "damaged"),
        ("t.xlsx", b"PK", "no CSV, JSON or Parquet"),
    ],
)
def test_what_cannot_be_used_says_why(
    name: str, content: bytes, why: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unusable, match=why):
        rows_of(tmp_path / name, name)


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_scripts_hold_the_values_of_files(engine: str, folder: Path) -> None:
    result = built(engine)
    assert not result.failed
    for file in folder.rglob("*.csv"):
        file.unlink()  # the script does not need them
    if engine == "pandas":
        assert "Namibia" in result.files["generate_data.py"]
        return
    script = module(result)
    countries = whole(script, "countries").to_dicts()
    assert countries[0]["dial"] == "0264" and countries[0]["since"] == date(1990, 3, 21)
    customers = whole(script, "customers")
    oslo = customers.filter(pl.col("city").cast(pl.String) == "Oslo")
    assert 0.18 < len(oslo) / len(customers) < 0.27  # one of four and a half
    low = (oslo["tone"].cast(pl.String) == "low").mean()
    assert isinstance(low, float) and 0.58 < low < 0.75


def test_files_give_what_the_same_rows_in_the_spec_give(folder: Path) -> None:
    script = module(built())
    before = {name: whole(script, name) for name in script.TABLES}
    rows = rows_of(folder / "countries.csv", "")
    listed = ", ".join(
        "{ "
        + ", ".join(f"{n} = {toml(v)}" for n, v in zip(rows.names, row, strict=True))
        + " }"
        for row in rows.cells
    )
    text = SPEC.replace('"countries.csv"', f"[{listed}]")
    other = module(compile_spec("specs/shop.toml", text))
    for name, frame in before.items():
        assert whole(other, name).equals(frame), name


def toml(value: object) -> str:
    if isinstance(value, date):
        return str(value)
    return json.dumps(value)


def test_many_rows_are_a_line_each_after_the_other_settings(folder: Path) -> None:
    count = FEW_ROWS + 1
    lines = [f"C{n},{'a long name of a country ' * 4}{n},{n}" for n in range(count)]
    text = "\n".join(["code,name,people", *lines])
    (folder / "countries.csv").write_text(text)
    source = built().files["generate_data.py"]
    start, end = source.index("COUNTRIES = "), source.index("HOW TO READ THE TABLES")
    assert source.index("CUSTOMERS_CITY = ") < start < end
    rows = [
        line for line in source[start:end].split("\n") if line.startswith('        ("C')
    ]
    assert len(rows) == count
    assert statements(source) + "\n" == source, "black changes nothing"


def test_a_file_of_too_many_rows_is_refused(folder: Path) -> None:
    lines = ["code", *(f"C{n}" for n in range(10_001))]
    (folder / "countries.csv").write_text("\n".join(lines))
    (found,) = [one for one in built().diagnostics if one.severity == "error"]
    assert found.code == "E114" and "10,001 rows" in found.message
    assert found.span is not None and found.span.line == 8


def run(*words: str) -> int:
    try:
        main([*words], standalone_mode=False)
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def test_a_changed_file_is_a_stale_build(folder: Path) -> None:
    script = Path("generated/shop/generate_data.py")
    assert run("specs/shop.toml", "--yes") == 0
    assert run("check") == 0
    (folder / "countries.csv").write_text(COUNTRIES.replace("Namibia", "Botswana"))
    assert run("check") == 1
    assert "Namibia" in script.read_text()
    assert run("specs/shop.toml", "--yes") == 0
    assert "Botswana" in script.read_text() and "Namibia" not in script.read_text()
    assert run("check") == 0
    (folder / "countries.csv").write_text(COUNTRIES)  # as it was: no result of a cache
    assert run("specs/shop.toml", "--yes") == 0
    assert "Namibia" in script.read_text()
    (folder / "tones.csv").unlink()
    assert run("check") == 1


def test_each_row_weighs_one_without_weights(folder: Path) -> None:
    result = built()
    assert '"low": 2' in result.files["generate_data.py"]
