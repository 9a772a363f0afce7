"""`scaffold new --from`: the text of a first spec, which compiles, and its command."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner, Result

from compiler.cli import main
from compiler.pipeline import plan_spec
from compiler.profiling.draft import Draft, DraftColumn, DraftTable
from compiler.profiling.spec import compiling
from compiler.profiling.text import to_toml
from tests.support.hostile import TEXTS

SQL = """
CREATE TABLE customers (
  id BIGINT PRIMARY KEY, full_name TEXT NOT NULL, email VARCHAR(200) NOT NULL,
  country CHAR(2) CHECK (country IN ('US', 'DE', 'FR')), created_at TIMESTAMP NOT NULL
);
CREATE TABLE orders (
  order_id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL REFERENCES customers (id),
  total DECIMAL(12, 2) NOT NULL, ordered_at TIMESTAMP NOT NULL, shipped_at TIMESTAMP
);
CREATE TABLE order_items (
  order_id BIGINT REFERENCES orders (order_id), line INT, quantity INT NOT NULL,
  PRIMARY KEY (order_id, line)
);
CREATE TABLE tags (tag_id INT PRIMARY KEY, tag TEXT NOT NULL);
CREATE TABLE order_tags (
  order_id BIGINT REFERENCES orders (order_id), tag_id INT REFERENCES tags (tag_id),
  PRIMARY KEY (order_id, tag_id)
);
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments], catch_exceptions=False)


def written(path: str) -> dict[str, Any]:
    """The spec in a file, which compiles without a diagnostic."""
    text = Path(path).read_text("utf-8")
    found = plan_spec(path, text)
    assert found.plan is not None and found.diagnostics == []
    return tomllib.loads(text)


def shop(rows: int = 2_000) -> None:
    """A folder of two CSV files, with a rare value, and a mail address that is in it once."""
    Path("data").mkdir()
    ids = range(1, 201)
    pl.DataFrame(
        {
            "id": [f"C-{n:04d}" for n in ids],
            "mail": [f"secret{n}@private-domain-{n}.net" for n in ids],
            "tier": ["basic" if n % 4 else "plus" for n in ids],
        }
    ).write_csv("data/customers.csv")
    pl.DataFrame(
        {
            "order_id": range(1, rows + 1),
            "customer": [f"C-{n * n % 200 + 1:04d}" for n in range(rows)],
            "state": [
                "SECRET" if n == 7 else "open" if n % 3 else "paid" for n in range(rows)
            ],
            "on": [date(2026, 1, 1 + n % 28) for n in range(rows)],
        }
    ).write_csv("data/orders.csv")


def test_a_folder_gives_a_spec_and_no_value_but_categories() -> None:
    shop()
    done = new("shop", "--from", "data")
    assert done.exit_code == 0, done.stderr
    assert "create shop.toml" in done.stderr
    spec = written("shop.toml")
    orders = spec["tables"]["orders"]["columns"]
    assert spec["tables"]["customers"]["columns"]["id"]["format"] == "C-{:04d}"
    assert orders["customer"]["table"] == "customers"
    assert set(orders["state"]["weights"]) == {"open", "paid"}
    text = Path("shop.toml").read_text("utf-8")
    assert (
        "SECRET" not in text and "secret" not in text and "private-domain" not in text
    )


def test_no_values_leaves_out_categories_too() -> None:
    shop()
    assert new("shop", "--from", "data", "--no-values").exit_code == 0
    orders = written("shop.toml")["tables"]["orders"]["columns"]
    assert set(orders["state"]["weights"]) == {"value_1", "value_2"}
    text = Path("shop.toml").read_text("utf-8")
    assert "basic" not in text and '"paid"' not in text


def test_a_category_needs_as_many_rows_as_asked() -> None:
    shop()
    assert new("shop", "--from", "data", "--least-rows", "1").exit_code == 0
    orders = written("shop.toml")["tables"]["orders"]["columns"]
    assert "SECRET" in orders["state"]["weights"]


def test_a_schema_alone_gives_a_spec_that_compiles() -> None:
    Path("shop.sql").write_text(SQL)
    done = new("shop", "--from", "shop.sql")
    assert done.exit_code == 0, done.stderr
    tables = written("shop.toml")["tables"]
    assert tables["customers"]["columns"]["country"]["values"] == ["US", "DE", "FR"]
    orders = tables["orders"]["columns"]
    assert orders["customer_id"] == {"kind": "ref", "table": "customers"}
    assert orders["ordered_at"]["after"] == "customer_id.created_at"
    assert (
        orders["shipped_at"]["of"] == "ordered_at" and orders["shipped_at"]["until_now"]
    )
    assert tables["order_items"]["rows"]["per"] == "orders"
    assert tables["order_items"]["columns"]["line"] == {"kind": "position"}
    assert tables["order_tags"]["columns"]["tag_id"]["distinct"] is True


def test_schema_and_data_complete_each_other() -> None:
    shop()
    Path("shop.sql").write_text(
        "CREATE TABLE orders (order_id INT, refund DECIMAL(8, 2));"
    )
    done = new("shop", "--from", "shop.sql", "data")
    assert done.exit_code == 0, done.stderr
    assert "refund" in done.stderr, "a note that the data has no such column"
    assert {"customers", "orders"} == set(written("shop.toml")["tables"])


def test_a_file_that_is_there_stays() -> None:
    shop()
    Path("shop.toml").write_text("mine")
    done = new("shop", "--from", "data")
    assert done.exit_code == 2 and "shop.toml exists" in done.stderr
    assert Path("shop.toml").read_text() == "mine"
    assert new("shop", "--from", "data", "-o", "other.toml").exit_code == 0


def test_what_cannot_be_read_writes_nothing(here: Path) -> None:
    done = new("shop", "--from", "nowhere")
    assert done.exit_code == 2 and "error[E701]" in done.stderr
    assert list(here.iterdir()) == []


def test_options_of_stories_go_without_a_source() -> None:
    shop()
    done = new("shop", "--from", "data", "--bad-data")
    assert done.exit_code == 2 and "`--bad-data` goes without `--from`" in done.stderr


def test_options_of_the_output_are_in_the_spec() -> None:
    shop()
    more = ("--engine", "spark", "--catalog", "main", "--description", 'A "shop".')
    assert new("shop", "--from", "data", *more).exit_code == 0
    spec = written("shop.toml")
    assert spec["output"] == {"engine": "spark", "catalog": "main"}
    assert spec["description"] == 'A "shop".'


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_stays_a_text(text: str) -> None:
    choice = {"kind": "choice", "weights": {text: 2, "b": 1}, "description": text}
    column = DraftColumn("things", choice, [text])
    table = DraftTable("shop", {"rows": 5, "description": text}, [column], [text])
    found = tomllib.loads(to_toml(Draft("shop", text, tables=[table], comments=[text])))
    assert found["description"] == text
    assert found["tables"]["shop"]["columns"]["things"] == choice


def test_what_does_not_compile_becomes_plain_and_says_so() -> None:
    columns = [
        DraftColumn("wrong", {"kind": "normal", "mean": 1, "sd": -1}),
        DraftColumn("gone", {"kind": "lookup", "path": "nowhere.name"}),
    ]
    settings = {"rows": 20_000, "primary_key": ["wrong"]}
    draft = Draft("shop", "A shop.", tables=[DraftTable("things", settings, columns)])
    found = compiling(draft, "shop.toml")
    assert found.text is not None and not found.failed
    assert found.text.count("# it was made plain: ") == 2
    assert "# primary_key was left out: " in found.text


def frames(**tables: pl.DataFrame) -> None:
    """A folder `data` of these tables as Parquet files."""
    Path("data").mkdir()
    for name, frame in tables.items():
        frame.write_parquet(f"data/{name}.parquet")


def test_few_keys_show_neither_their_format_nor_where_they_start() -> None:
    keys = pl.DataFrame({"id": ["PLANTED-7781", "PLANTED-7782"], "x": [1.5, 2.5]})
    frames(few=keys, many=pl.DataFrame({"ssn": range(123_456_789, 123_456_889)}))
    assert new("shop", "--from", "data").exit_code == 0
    text = Path("shop.toml").read_text("utf-8")
    assert "PLANTED" not in text and "123_456" not in text
    many = written("shop.toml")["tables"]["many"]["columns"]
    assert many["ssn"] == {"kind": "key", "start": 100_000_000}


def test_without_values_codes_have_no_letters_of_the_source() -> None:
    codes = [f"ZAPHOD{n * 7919 % 1000:03d}x" for n in range(400)]
    frames(things=pl.DataFrame({"id": range(1, 401), "code": codes}))
    assert new("shop", "--from", "data", "--no-values").exit_code == 0
    assert "ZAPHOD" not in Path("shop.toml").read_text("utf-8")


def test_columns_may_have_names_of_the_language_or_of_polars() -> None:
    many = 100
    odd = {"case": range(many), "count": ["a", "b"] * 50, "rows": ["c", "d"] * 50}
    frames(true=pl.DataFrame(odd))
    assert new("shop", "--from", "data").exit_code == 0
    assert set(written("shop.toml")["tables"]["true_"]["columns"]) == {
        "case_",
        "count",
        "rows",
    }


def test_a_key_that_cannot_be_kept_is_left_out_and_named() -> None:
    rows = range(500)
    visits = {
        "cust": [f"C-{n % 50:03d}" for n in rows],
        "who": [f"Ann {n}" for n in rows],
    }
    frames(
        cust=pl.DataFrame({"cust": [f"C-{n:03d}" for n in range(50)]}),
        visits=pl.DataFrame(visits),
    )
    assert new("shop", "--from", "data").exit_code == 0
    assert "primary_key" not in written("shop.toml")["tables"]["visits"]
    assert "# primary_key was left out: " in Path("shop.toml").read_text("utf-8")


def test_a_number_of_days_is_that_between_its_dates() -> None:
    day, days = date(2026, 1, 1).toordinal(), [1 + n * n % 7 for n in range(500)]
    starts = [date.fromordinal(day + n % 150) for n in range(500)]
    ends = [
        date.fromordinal(a.toordinal() + n) for a, n in zip(starts, days, strict=True)
    ]
    stays = {"id": range(1, 501), "check_in": starts, "check_out": ends, "nights": days}
    frames(stays=pl.DataFrame(stays))
    assert new("shop", "--from", "data").exit_code == 0
    columns = written("shop.toml")["tables"]["stays"]["columns"]
    assert columns["nights"]["expr"] == "round(days_between(check_in, check_out))"


def test_names_of_people_are_no_categories() -> None:
    names = ["Gruber", "Huber", "Bauer", "Wagner"] * 100
    frames(guests=pl.DataFrame({"id": range(1, 401), "last_name": names}))
    assert new("shop", "--from", "data").exit_code == 0
    assert "Gruber" not in Path("shop.toml").read_text("utf-8")


def test_paths_may_have_the_signs_of_a_pattern() -> None:
    folder = Path("d [2024]")
    folder.mkdir()
    frame = pl.DataFrame({"id": range(1, 101)})
    frame.write_parquet(folder / "a [1].parquet")
    frame.write_ndjson(folder / "b [2].ndjson")
    assert new("shop", "--from", str(folder)).exit_code == 0
    assert len(written("shop.toml")["tables"]) == 2


def test_nulls_that_a_category_decides_are_kept() -> None:
    rows = range(2_000)
    states = ["paid" if n % 5 else "cancelled" for n in rows]
    refunds = [None if n % 5 else round(5 + n * 7919 % 997 / 10, 2) for n in rows]
    frames(
        orders=pl.DataFrame({"id": range(2_000), "state": states, "refund": refunds})
    )
    assert new("shop", "--from", "data").exit_code == 0
    columns = written("shop.toml")["tables"]["orders"]["columns"]
    assert columns["refund"]["when"] == "state == 'cancelled'"
    assert "null_rate" not in columns["refund"]


def test_declared_bounds_hold_for_the_data_too() -> None:
    stars = [2 + n * 7919 % 4 for n in range(40)]
    frames(hotels=pl.DataFrame({"id": range(40), "stars": stars}))
    Path("hotels.sql").write_text(
        "CREATE TABLE hotels (id INT PRIMARY KEY, stars INT CHECK (stars BETWEEN 1 AND 5));"
    )
    assert new("shop", "--from", "hotels.sql", "data").exit_code == 0
    stars_now = written("shop.toml")["tables"]["hotels"]["columns"]["stars"]
    low, high = stars_now.get("min"), stars_now.get("max")
    assert stars_now["kind"] == "quantiles" or (low >= 1 and high <= 5)


def test_some_rows_of_a_category_have_a_value_and_others_never() -> None:
    rng = np.random.default_rng(1)
    state = rng.choice(["attended", "cancelled", "no_show"], 4_000, p=[0.8, 0.15, 0.05])
    has = (state == "attended") & (rng.random(4_000) < 0.4)
    rating = [
        float(n) if ok else None
        for n, ok in zip(rng.integers(1, 6, 4_000), has, strict=True)
    ]
    by_chance = [None if rng.random() < 0.9 else 1.5 * n for n in range(4_000)]
    frame = {"visit_id": range(1, 4_001), "state": state, "rating": rating}
    pl.DataFrame({**frame, "tip": by_chance}).write_csv("visits.csv")
    assert new("visits", "--from", "visits.csv", "--yes").exit_code == 0
    columns = written("visits.toml")["tables"]["visits"]["columns"]
    assert columns["rating"]["when"] == "state == 'attended'"
    assert columns["rating"]["null_rate"] == pytest.approx(0.6, abs=0.03)
    assert "when" not in columns["tip"]


def test_words_for_null_do_not_hide_a_ref() -> None:
    ids = [f"C-{n:04d}" for n in range(1, 401)]
    referred = ["NULL" if n % 5 < 3 else ids[n * 7 % n] for n in range(5, 405)]
    numbers = ["NULL" if n % 2 else str(n % 300 + 1) for n in range(400)]
    Path("data").mkdir()
    pl.DataFrame(
        {"id": ids, "referred_by": referred, "code": ["NULL", "x"] * 200}
    ).write_csv("data/customers.csv")
    pl.DataFrame({"staff_id": range(1, 301)}).write_csv("data/staff.csv")
    pl.DataFrame({"task_id": range(1, 401), "staff_id": numbers}).write_csv(
        "data/tasks.csv"
    )
    assert new("shop", "--from", "data").exit_code == 0
    tables = written("shop.toml")["tables"]
    own = tables["customers"]["columns"]["referred_by"]
    assert (own["kind"], own["table"], own["null_rate"]) == ("ref", "customers", 0.6)
    staff = tables["tasks"]["columns"]["staff_id"]
    assert (staff["kind"], staff["table"], staff["null_rate"]) == ("ref", "staff", 0.5)
    assert set(tables["customers"]["columns"]["code"]["weights"]) == {"NULL", "x"}
    assert Path("shop.toml").read_text("utf-8").count("count as null") == 2
