"""Texts of several locales: each row is of one, and reads as a table of that one would."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from faker import Faker
from faker.config import AVAILABLE_LOCALES

from compiler.plan.libraries.patterns import FORMATS, pieces_of
from compiler.plan.libraries.providers import generator
from tests.support import (
    Tree,
    answer,
    built,
    compiled,
    fetched,
    module,
    rows_of,
    run_script,
    spec,
    table,
    values,
    whole,
)
from tests.support.distributions import assert_independent, assert_shares

SHARES = {"en_US": 0.4, "ja_JP": 0.25, "ru_RU": 0.2, "ar_AA": 0.1, "el_GR": 0.05}
"""Locales of five scripts, so that a text tells which it is of."""
SCRIPTS = {
    **{"LATIN": "en_US", "CJK": "ja_JP", "HIRAGANA": "ja_JP", "KATAKANA": "ja_JP"},
    **{"CYRILLIC": "ru_RU", "ARABIC": "ar_AA", "GREEK": "el_GR"},
}
TEXTS: Tree = {
    "name": {"kind": "faker", "provider": "name"},
    "mail": {"kind": "email", "of": "name"},
    "home": {"kind": "faker", "provider": "address"},
    "work": {"kind": "faker", "provider": "address", "pool": 40},
    "city": {"kind": "faker", "provider": "city", "pool": 300},
    "phone": {"kind": "faker", "provider": "phone_number", "pool": 300},
    "firm": {"kind": "faker", "provider": "company", "pool": 300, "null_rate": 0.2},
}
COUNTRY: Tree = {"kind": "choice", "weights": {"US": 3, "JP": 2, "RU": 1, "GR": 1}}
BY_COUNTRY: Tree = {
    "by": "country",
    "cases": {"JP": "ja_JP", "RU": "ru_RU", "GR": "el_GR"},
    "otherwise": "en_US",
}
LOCALE_OF = {"US": "en_US", "JP": "ja_JP", "RU": "ru_RU", "GR": "el_GR"}


def script_of(text: str) -> str:
    """The locale in whose script a text's first letter is."""
    letter = next(letter for letter in text if letter.isalpha())
    return SCRIPTS[unicodedata.name(letter).split()[0]]


def scripts_of(texts: pl.Series) -> list[str]:
    return [script_of(text) for text in texts]


def several(rows: int, **columns: Tree) -> Tree:
    return spec({"locale": SHARES}, things=table(rows, **columns))


def test_each_locale_has_its_share_of_the_rows() -> None:
    frame = built(several(60_000, name=TEXTS["name"]))
    assert_shares(scripts_of(frame["name"]), SHARES)


def test_a_locale_that_weighs_nothing_does_not_occur() -> None:
    shares = {"en_US": 0, "ja_JP": 3, "ru_RU": 0.5}
    frame = built(spec(things={**table(8_000, name=TEXTS["name"]), "locale": shares}))
    assert_shares(scripts_of(frame["name"]), shares)


def test_one_locale_among_weights_is_as_that_locale_alone() -> None:
    alone = spec({"locale": "ja_JP"}, things=table(100, **TEXTS))
    weighed = spec({"locale": {"en_US": 0, "ja_JP": 2}}, things=table(100, **TEXTS))
    source, other = (
        compiled(tree).files["generate_data.py"] for tree in (alone, weighed)
    )
    assert source == other


def test_a_row_reads_as_if_its_locale_were_the_only_one() -> None:
    frame = built(several(4_000, **TEXTS))
    found = np.array(scripts_of(frame["name"]))
    assert set(found) == set(SHARES)
    for locale in SHARES:
        alone = built(spec({"locale": locale}, things=table(4_000, **TEXTS)))
        mine = found == locale
        assert frame.filter(mine).equals(alone.filter(mine)), locale


def test_all_texts_of_a_row_are_of_its_locale() -> None:
    columns = {
        key: {"kind": "faker", "provider": key, "pool": 300}
        for key in ("first_name", "city", "phone_number", "name")
    }
    frame = built(several(3_000, **columns))
    for locale in SHARES:
        fake = Faker(locale, use_weighting=False)
        mine = frame.filter(np.array(scripts_of(frame["name"])) == locale)
        names = {fake.first_name() for _ in range(30_000)}
        assert set(mine["first_name"]) <= names, locale
        own = {script_of(fake.city()) for _ in range(500)}  # ar_AA's are English
        assert {script_of(city) for city in mine["city"]} == own
        shapes = {shape(fake.phone_number()) for _ in range(30_000)}
        assert {shape(phone) for phone in mine["phone_number"]} <= shapes, locale


def shape(phone: str) -> str:
    return "".join("0" if letter.isdigit() else letter for letter in phone)


def test_names_are_put_together_as_each_locale_does() -> None:
    locales = {"ja_JP": 1, "zh_CN": 1, "es_ES": 1, "hu_HU": 1}
    pieces = table(2_000, name=TEXTS["name"])
    frame = built(spec(things={**pieces, "locale": locales}))
    kinds = [
        (" " in name, len(name.split()))
        for name in frame.filter(pl.col("name").str.contains(r"^\p{Han}"))["name"]
    ]
    assert {(True, 2), (False, 1)} == set(kinds)
    hungarian = Faker("hu_HU")
    surnames = {hungarian.last_name() for _ in range(5_000)}
    latin = [name for name in frame["name"] if name[0].isascii()]
    assert any(name.split()[0] in surnames for name in latin)
    assert any(len(name.split()) == 3 for name in latin)


def test_the_locale_of_a_row_follows_its_column() -> None:
    things = {**table(3_000, country=COUNTRY, **TEXTS), "locale": BY_COUNTRY}
    frame = built(spec(things=things))
    wanted = [LOCALE_OF[country] for country in frame["country"]]
    assert scripts_of(frame["name"]) == wanted
    assert scripts_of(frame["city"]) == wanted


def test_the_locale_of_a_row_follows_a_path_over_refs() -> None:
    nullable = {"kind": "ref", "table": "people", "null_rate": 0.3}
    tree = spec(
        people=table(50, country=COUNTRY),
        accounts=table(200, owner=nullable),
        cards={
            **table(
                2_000,
                account={"kind": "ref", "table": "accounts"},
                country={"kind": "lookup", "path": "account.owner.country"},
                name=TEXTS["name"],
            ),
            "locale": {**BY_COUNTRY, "by": "account.owner.country"},
        },
        notes=table(
            500,
            card={"kind": "ref", "table": "cards"},
            name={"kind": "lookup", "path": "card.name"},
        ),
    )
    script = module(tree)
    cards, notes = whole(script, "cards"), whole(script, "notes")
    assert cards["country"].null_count() > 0
    wanted = [LOCALE_OF.get(country or "", "en_US") for country in cards["country"]]
    assert scripts_of(cards["name"]) == wanted
    names = dict(cards.select("id", "name").iter_rows())
    assert notes["name"].to_list() == [names[card] for card in notes["card"]]


@pytest.mark.parametrize(
    ("column", "cases", "first"),
    [
        ({"kind": "bool", "chance": 0.3}, {"true": "ja_JP", "false": "ru_RU"}, True),
        ({"kind": "poisson", "lam": 2}, {"< 2": "ja_JP", ">= 2": "ru_RU"}, range(2)),
    ],
)
def test_cases_are_booleans_and_ranges_too(
    column: Tree, cases: Tree, first: object
) -> None:
    things = {
        **table(2_000, by=column, name=TEXTS["name"]),
        "locale": {"by": "by", "cases": cases},
    }
    frame = built(spec(things=things))
    chosen = first if isinstance(first, range) else (first,)
    wanted = ["ja_JP" if value in chosen else "ru_RU" for value in frame["by"]]
    assert scripts_of(frame["name"]) == wanted


def test_locales_are_independent_of_tables_and_columns() -> None:
    tree = spec(
        {"locale": SHARES},
        one=table(20_000, name=TEXTS["name"], kind=COUNTRY),
        two=table(20_000, name=TEXTS["name"]),
    )
    script = module(tree)
    one, two = whole(script, "one"), whole(script, "two")
    first = np.array(scripts_of(one["name"]))
    assert_independent(first, np.array(scripts_of(two["name"])))
    assert_independent(first, values(one["kind"]))


def test_more_locales_change_no_cell_but_texts() -> None:
    columns = {
        **TEXTS,
        "country": COUNTRY,
        "size": {"kind": "normal", "mean": 0, "sd": 1},
        "at": {"kind": "timestamp"},
        "locale": {"kind": "choice", "weights": {"de": 2, "en": 1}},
    }
    plain, mixed = built(spec(things=table(800, **columns))), built(
        several(800, **columns)
    )
    assert mixed.columns == plain.columns == ["id", *columns]
    for column in set(plain.columns) - set(TEXTS):
        assert mixed[column].equals(plain[column]), column
    without = {name: one for name, one in columns.items() if name != "locale"}
    fewer = built(several(800, **without))
    assert fewer.equals(mixed.select(fewer.columns))


def test_blocks_and_single_rows_are_as_the_whole() -> None:
    script = module(several(300, **TEXTS))
    frame = whole(script, "things")
    parts = [np.arange(0), np.arange(1), np.arange(1, 120), np.arange(120, 300)]
    assert pl.concat(rows_of(script, "things", part) for part in parts).equals(frame)
    shuffled = np.random.default_rng(1).permutation(300)
    assert rows_of(script, "things", shuffled).equals(frame[shuffled])


def test_mailboxes_stay_unique_and_plain() -> None:
    frame = built(several(20_000, name=TEXTS["name"], mail=TEXTS["mail"]))
    assert frame["mail"].n_unique() == 20_000
    assert frame["mail"].str.contains(r"^[a-z0-9]+(\.[a-z0-9]+)+@[a-z.]+$").all()


@pytest.mark.parametrize("format", ["parquet", "csv", "json"])
def test_all_scripts_survive_all_formats(format: str, tmp_path: Path) -> None:
    tree = several(2_000, **TEXTS) | {"output": {"format": format}}
    frame = built(tree)
    folder = run_script(compiled(tree).files, tmp_path)
    ordered = "SELECT * FROM things ORDER BY id"
    found = fetched(ordered, folder, format)
    assert list(found) == frame.columns
    for column in TEXTS:
        read = [text if text else None for text in found[column].tolist()]
        assert read == frame[column].to_list(), column
    signs = "SELECT count(*) FROM things WHERE regexp_matches(name, '\\p{Arabic}')"
    assert answer(signs, folder, format)[0] == scripts_of(frame["name"]).count("ar_AA")


def test_the_weights_in_the_script_can_be_edited() -> None:
    script = module(several(2_000, name=TEXTS["name"], city=TEXTS["city"]))
    script.LOCALES = {"ru_RU": 1.0}
    frame = whole(script, "things")
    assert set(scripts_of(frame["name"])) == set(scripts_of(frame["city"])) == {"ru_RU"}


def test_a_script_has_only_the_locales_that_it_needs() -> None:
    one, all_of_them = table(10, name=TEXTS["name"]), table(10, city=TEXTS["city"])
    code = compiled(spec(a=one, b=all_of_them)).files["generate_data.py"]
    assert "LOCALES" not in code and "faked_in" not in code and "composed" not in code
    tree = spec({"locale": SHARES}, a=one, b=table(10))
    code = compiled(tree).files["generate_data.py"]
    assert "LOCALE =" not in code and code.count("LOCALES =") == 1
    tree = spec({"locale": SHARES}, a={**one, "locale": "de_DE"}, b=all_of_them)
    code = compiled(tree).files["generate_data.py"]
    assert "LOCALE = 'de_DE'" in code.replace('"', "'") and "composed" not in code
    code = compiled(spec(a={**one, "locale": SHARES})).files["generate_data.py"]
    assert "LOCALES" not in code and "A_LOCALE = " in code
    tree = spec({"locale": SHARES}, a=table(10, kind=COUNTRY))
    assert "LOCALE" not in compiled(tree).files["generate_data.py"]


def test_locales_of_one_pattern_share_the_code_of_one() -> None:
    things = {**table(500, name=TEXTS["name"]), "locale": {"en_US": 1, "fr_FR": 1}}
    code = compiled(spec(things=things)).files["generate_data.py"]
    assert 'first_name + " " + last_name' in code and "composed" not in code


def test_the_plan_tells_the_locales() -> None:
    tree = several(10, name=TEXTS["name"])
    tree["tables"]["more"] = {
        **table(10, country=COUNTRY, name=TEXTS["name"]),
        "locale": BY_COUNTRY,
    }
    plan = compiled(tree).plan
    assert plan is not None
    said = {
        name: lines.columns.get("row's locale")
        for name, lines in plan.assumptions.items()
    }
    assert said == {
        "things": "en_US 40%, ja_JP 25%, ru_RU 20%, ar_AA 10%, el_GR 5%",
        "more": "by country: JP: ja_JP; RU: ru_RU; GR: el_GR; else: en_US",
    }


@pytest.mark.filterwarnings("ignore:fr_QC")
def test_patterns_of_all_locales_are_made_of_providers() -> None:
    for locale in sorted(AVAILABLE_LOCALES):
        for provider in FORMATS:
            pieces = pieces_of(provider, locale)
            assert set(pieces[1::2]) <= generator(locale)[1]
            assert not any(letter in "{}0123456789" for letter in "".join(pieces))
