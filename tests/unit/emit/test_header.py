"""The script's docstring."""

from __future__ import annotations

import json

import pytest

from compiler.pipeline import compile_spec
from tests.support import spec, table


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("specs/shop.json", "from specs/shop.json. "),
        ("/home/ann/specs/shop.json", "from shop.json. "),
        ("../specs/shop.json", "from shop.json. "),
        ("C:/specs/shop.json", "from shop.json. "),
    ],
)
def test_the_header_tells_of_no_machine(path: str, shown: str) -> None:
    files = compile_spec(path, json.dumps(spec(shops=table(10)))).files
    assert shown in " ".join(files["generate_data.py"].split())


def test_a_header_of_a_fixed_window_speaks_of_no_today() -> None:
    fixed = compile_spec("shop.json", json.dumps(spec(shops=table(10))))
    moving = compile_spec(
        "shop.json", json.dumps(spec({"window": {}}, shops=table(10)))
    )
    texts = [one.files["generate_data.py"] for one in (fixed, moving)]
    assert ["# data up to today" in text for text in texts] == [False, True]
