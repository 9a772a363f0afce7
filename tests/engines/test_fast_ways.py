"""Helpers that take a faster way for some arguments: it gives what the plain way gives."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import polars as pl
import pytest

from tests.support import Script, module, spec, table
from tests.support.alike import by_pandas

ENGINES = pytest.mark.parametrize("engine", ["polars", "pandas"])
ROWS = np.random.default_rng(5)


def helpers(engine: str = "polars") -> Script:
    """A script that has all of these helpers."""
    moment = {"kind": "timestamp", "hours": "business"}
    customers = table(
        10,
        id={"kind": "key", "format": "C-{:06d}"},
        name={"kind": "faker", "provider": "name"},
        mail={"kind": "email", "of": "name"},
        tier={"kind": "choice", "weights": {"a": 1, "b": 2}},
        at=moment,
        size={
            "kind": "uniform",
            "by": "tier",
            "cases": {"a": {"low": 1, "high": 2}, "b": {"low": 3, "high": 4}},
        },
    )
    return module(by_pandas(spec(customers=customers), engine))


POINTS = {
    "even": np.linspace(0, 1, 200),
    "uneven": np.cumsum(ROWS.random(500)),
    "close": np.sort(np.append(np.linspace(0, 1e9, 50), 5e8 + 1e-3 * np.arange(40))),
    "two": np.array([17.0, 1_000_017.0]),
    "flat and steep": np.cumsum(10.0 ** -(9 * (np.arange(300) % 24 < 8))),
}


@pytest.mark.parametrize("known", POINTS.values(), ids=POINTS)
def test_interpolation_is_numpys(known: np.ndarray) -> None:
    values = np.cumsum(ROWS.random(len(known)))
    low, high = known[0], known[-1]
    inside = low + ROWS.random(20_000) * (high - low)
    x = np.concatenate([inside, known, np.nextafter(known, low), [low - 5, high + 5]])
    found = helpers().interpolation(known, values)(x)
    assert np.array_equal(found, np.interp(x, known, values))
    assert np.isnan(helpers().interpolation(known, values)(np.array([np.nan]))).all()


@pytest.mark.parametrize("edges", [0, 1, 7, 32, 33, 400])
def test_intervals_are_those_of_a_binary_search(edges: int) -> None:
    known = np.sort(ROWS.random(edges))
    u = np.append(ROWS.random(5_000), known)
    wanted = np.searchsorted(known, u, side="right")
    assert np.array_equal(helpers().interval(u, known), wanted)


NUMBERS = {
    "in a row": np.arange(99_000, 105_000),
    "from one on": np.arange(1, 3_000),
    "of few thousands": ROWS.integers(0, 250_000, 4_000),
    "far from each other": ROWS.integers(0, 10**12, 4_000),
    "none": np.arange(0),
    "one": np.array([7_654_321]),
}


@ENGINES
@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("width", [0, 1, 4, 5, 9])
def test_keys_are_formatted_as_by_python(
    numbers: np.ndarray, width: int, engine: str
) -> None:
    found = helpers(engine).format_key(numbers, "ORD-", width, suffix="/x")
    assert list(found) == [f"ORD-{n:0{width}d}/x" for n in numbers.tolist()]


@ENGINES
def test_slugs_are_the_same_whatever_texts_are_beside_them(engine: str) -> None:
    texts = [
        "Zoë O'Brien",
        "José  Müller-Lüdenscheidt",
        "plain",
        "ﬁne ⅷ",
        "--",
        "日本 x",
    ]
    series = helpers(engine).text_series

    def plain(text: str) -> str:
        letters = unicodedata.normalize("NFKD", text)
        kept = "".join(x for x in letters if unicodedata.category(x)[0] != "M")
        return re.sub("[^a-z0-9]+", "-", kept.lower()).strip("-")

    wanted = [plain(text) for text in texts]
    assert list(helpers(engine).slug(series(texts))) == wanted
    for text, slug in zip(texts, wanted, strict=True):
        assert list(helpers(engine).slug(series([text]))) == [slug]


def test_cases_are_found_by_name_in_any_type_of_text() -> None:
    cases = ["b", "otherwise", "a"]
    texts = pl.Series(["a", "c", "b", "a"])
    enum = texts.cast(pl.Enum(["c", "a", "b"]))
    nothing = pl.Series(["a", None, "b"], dtype=enum.dtype)
    index = helpers().case_index
    assert index(texts, cases).tolist() == [2, 1, 0, 2]
    assert index(enum, cases).tolist() == [2, 1, 0, 2]
    assert index(nothing, cases).tolist() == [2, 1, 0]
