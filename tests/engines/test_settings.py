"""A wrong value in a script's configuration ends in one clear sentence, not in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.pipeline import compile_spec
from tests.support import start_script
from tests.support.stories import SPECS

GOLDEN = Path(__file__).parents[1] / "golden" / "specs"
TIERS = '{"Enterprise": 5, "Pro": 2, "Free": 1}'
WRONG = {
    "a case is missing": ('"tablet": 0.7}', '"pad": 0.7}', "No case for 'tablet'"),
    "all weights are 0": (TIERS, '{"Enterprise": 0, "Pro": 0, "Free": 0}', "weight"),
    "a choice of nothing": ('"tablet": 0.15}', '"tablet": -0.15}', "0 or more"),
    "bounds that exclude each other": (
        '"minimum": 1, "maximum": 9',
        '"minimum": 10, "maximum": 9',
        "above the maximum 9",
    ),
    "a skew of 2": ("_SKEW = 0.78", "_SKEW = 2", "skew 2"),
    "a period ends first": (
        "(-2 * YEAR, -6 * MONTH)",
        "(-1 * MONTH, -2 * YEAR)",
        "ends",
    ),
    "a mean out of reach": ('{"mean": 8,', '{"mean": 80,', "mean 80"),
    "a parameter mistyped": ('{"shape": 2, "scale"', '{"shape": 2, "scal"', "'scal'"),
    "a parameter missing": (', "scale": 14 * HOUR', "", "'scale'"),
    "a text for a number": ('"sigma": 0.8', '"sigma": "0.8"', "LOYALTY"),
    "no rows": ('"carts": 50_000', '"carts": 0', "ROWS of carts is 0"),
    "a table mistyped": ('"carts": 50_000', '"cart": 50_000', "'cart'"),
    "a block of no rows": ("BLOCK = 1 << 18", "BLOCK = 0", "BLOCK is 0"),
    "an unknown locale": ('"ja_JP",\n    "Brazil"', '"jp",\n    "Brazil"', "'jp'"),
    "a provider mistyped": ("{last_name} {first", "{lastname} {first", "lastname"),
    "23 hours": ("14, 13, 9, 5,", "14, 13, 9,", "23 have a weight"),
    "a weight of a ref below 0": (
        '"Pro": 2, "Free": 1}',
        '"Pro": -2, "Free": 1}',
        "0 or more",
    ),
    "a probability in percent": (
        '"desktop": 0.6,',
        '"desktop": 60,',
        "CARTS_ABANDONED",
    ),
    "a chance below 0": ("LEVEL = 0.12", "LEVEL = -0.12", "LOYALTY_LEVEL is -0.12"),
    "an event that ends first": (
        "(timedelta(days=-38), timedelta(days=-35))",
        "(timedelta(days=-35), timedelta(days=-38))",
        "SALE ends before it starts",
    ),
    "a factor below 0": ("SHOP_WEEKEND = 1.3", "SHOP_WEEKEND = -1.3", "shop_calendar"),
    "an event's factor below 0": ("SALE_FACTOR = 3", "SALE_FACTOR = -3", "below 0"),
    "a wave above 1": ("SHOP_YEARLY = 0.15", "SHOP_YEARLY = 2.5", "below 0 at times"),
    "a spread below 0": ('"sigma": 0.8', '"sigma": -0.8', "sigma is -0.8"),
    "a rate below 0": ('"lam": 0.6', '"lam": -0.6', "lam is -0.6"),
    "an unknown country": ('HOLIDAYS = "US"', 'HOLIDAYS = "DEX"', "Country DEX"),
    "a text for the start": (
        "timedelta(days=-180)  # c",
        '"2026-01-01"  # c',
        "START is '2026-01-01'",
    ),
    "a fixed table mistyped": ('FIXED = ("regions"', 'FIXED = ("region"', "FIXED"),
    "a table without a number of rows": (
        'ROWS["products"] = PRODUCTS.height',
        "",
        "ROWS has no 'products'",
    ),
    "a text for a day": ("END = datetime.now(UTC).date()", 'END = "today"', "END is"),
}
WRONG_FAULTS = {
    "a column mistyped": ('"pages": (', '"page": (', "FAULTS of loans has {'page'}"),
    "a column that is not built": (
        '            "pages": null_where(',
        '            "leaves": null_where(',
        "has {'pages'}",
    ),
    "a fault mistyped": ('"fee": ("null"', '"fee": ("nul"', "loans.fee has {'nul'}"),
    "a table mistyped": ('"reminders": {', '"reminder": {', "'reminder'"),
    "a rate in percent": ('"outlier": 0.005', '"outlier": 5', "FAULT_RATES is"),
    "rates of more than all": ('"null": 0.01,', '"null": 1.0,', "more than 1"),
}


def assert_one_clear_sentence(
    spec: Path, wrong: tuple[str, str, str], folder: Path
) -> None:
    before, after, expected = wrong
    result = compile_spec(spec.name, spec.read_text("utf-8"))
    source = result.files["generate_data.py"]
    assert before in source
    files = {"generate_data.py": source.replace(before, after)}
    process = start_script(files, folder, "--scale", "0.02")
    _, errors = process.communicate()
    assert process.returncode == 2
    assert "Traceback" not in errors
    lines = [line for line in errors.splitlines() if line.startswith("error: ")]
    (line,) = lines
    assert expected.casefold() in line.casefold()
    assert line.endswith("; nothing more was written")


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_setting_ends_in_one_clear_sentence(wrong: str, tmp_path: Path) -> None:
    assert_one_clear_sentence(SPECS / "ecom.toml", WRONG[wrong], tmp_path)


@pytest.mark.parametrize("wrong", WRONG_FAULTS)
def test_faults_that_do_not_fit_the_tables_are_named(
    wrong: str, tmp_path: Path
) -> None:
    assert_one_clear_sentence(GOLDEN / "bad_data.toml", WRONG_FAULTS[wrong], tmp_path)


def test_the_chance_of_a_child_is_a_share(tmp_path: Path) -> None:
    wrong = '{"true": 0.9,', '{"true": 90,', "FRAUD_FLAGS_ROWS is"
    assert_one_clear_sentence(SPECS / "finance.toml", wrong, tmp_path)
