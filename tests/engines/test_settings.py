"""A wrong value in a script's configuration ends in one clear sentence, not in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.pipeline import compile_spec
from tests.support import start_script
from tests.support.stories import SPECS

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
    "23 hours": ("14, 13, 9, 5,", "14, 13, 9,", "carts_opened_at"),
    "a text for a day": ("END = datetime.now(UTC).date()", 'END = "today"', "END is"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_setting_ends_in_one_clear_sentence(wrong: str, tmp_path: Path) -> None:
    before, after, expected = WRONG[wrong]
    spec = SPECS / "ecom.toml"
    source = compile_spec("ecom.toml", spec.read_text("utf-8")).files[
        "generate_data.py"
    ]
    assert before in source
    files = {"generate_data.py": source.replace(before, after)}
    process = start_script(files, tmp_path, "--scale", "0.02")
    _, errors = process.communicate()
    assert process.returncode == 2
    assert "Traceback" not in errors
    lines = [line for line in errors.splitlines() if line.startswith("error: ")]
    (line,) = lines
    assert expected.casefold() in line.casefold()
    assert line.endswith("; nothing more was written")
