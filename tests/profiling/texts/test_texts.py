"""What texts are drawn from, where the truth is known."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import faker
import numpy as np
import polars as pl
import pytest

from compiler.profiling import texts
from compiler.profiling.draft import DraftColumn
from compiler.profiling.model import Options
from compiler.profiling.tables import Tables
from compiler.profiling.texts.providers import PROVIDERS
from compiler.sources.model import Source, SourceColumn, SourceTable
from compiler.spec.types import Data
from tests.support.drafted import plans
from tests.support.frames import table_of, tables_of

ROWS = 500


@functools.cache
def given(provider: str, locale: str = "en_US", rows: int = ROWS) -> tuple[str, ...]:
    """Values of a provider, always the same."""
    fake = faker.Faker(locale)
    fake.seed_instance(1)
    return tuple(str(getattr(fake, provider)()) for _ in range(rows))


def drafts(
    column: str, options: Options | None = None, /, **columns: Sequence[str | None]
) -> list[DraftColumn]:
    """What is found of a column of a table of these; it must compile."""
    frame = pl.DataFrame({name: list(each) for name, each in columns.items()})
    tables = tables_of({"things": frame})
    (table,) = tables.source.tables
    found = texts.describe(
        tables, table, table.column(column), {}, options or Options()
    )
    assert found[-1].name == column
    others = {
        name: DraftColumn(name, {"kind": "faker", "provider": "name"})
        for name in columns
        if name != column
    }
    plans({**others, **{one.name: one for one in found}}, {"allow": ["*"]})
    return found


def settings(
    column: str, options: Options | None = None, /, **columns: Sequence[str | None]
) -> dict[str, object]:
    return drafts(column, options, **columns)[-1].settings


@pytest.mark.parametrize(
    ("column", "provider"),
    [
        ("name", "name"),
        ("full_name", "name"),
        ("first_name", "first_name"),
        ("surname", "last_name"),
        ("company", "company"),
        ("employer", "company"),
        ("phone", "phone_number"),
        ("street", "street_address"),
        ("city", "city"),
        ("country", "country"),
        ("job_title", "job"),
        ("zip", "postcode"),
        ("user_name", "user_name"),
        ("website", "url"),
        ("any_name_at_all", "uuid4"),
        ("x", "ipv4"),
        ("x", "mac_address"),
        ("x", "iban"),
        ("x", "credit_card_number"),
        ("x", "ean13"),
        ("x", "isbn13"),
        ("x", "user_agent"),
        ("x", "sha256"),
        ("x", "md5"),
        ("x", "hex_color"),
        ("x", "ssn"),
        ("x", "country"),
        ("x", "first_name"),
        ("x", "job"),
        ("x", "name"),
    ],
)
def test_providers(column: str, provider: str) -> None:
    found = settings(column, **{column: given(provider)})
    assert (found["kind"], found["provider"]) == ("faker", provider)


@pytest.mark.parametrize("column", ["city", "first_name", "iban", "phone", "job"])
def test_a_name_alone_is_not_believed(column: str) -> None:
    codes = [f"{n % 7}{n:03d}:{n % 13}" for n in range(ROWS)]
    assert settings(column, **{column: codes})["provider"] == "numerify"


def test_every_provider_is_one_of_fakers() -> None:
    from compiler.plan.libraries.providers import provider_names

    names = provider_names("en_US")
    assert [one.name for one in PROVIDERS if one.name not in names] == []


@pytest.mark.parametrize("locale", ["de_DE", "fr_FR", "ja_JP", "es_ES", "pl_PL"])
def test_locale_of_names(locale: str) -> None:
    frame = pl.DataFrame({"name": given("name", locale)})
    tables = tables_of({"people": frame})
    found, reasons = texts.locale_of(tables, tables.source.tables[0], {}, Options())
    assert found == {"locale": locale} and locale in reasons[0]
    assert texts.locales_in(found) == [locale]


def test_no_locale_of_english_names_or_of_none() -> None:
    frame = pl.DataFrame({"name": given("name"), "owner_name": given("sha1")})
    tables = tables_of({"people": frame, "codes": frame.select("owner_name")})
    for table in tables.source.tables:
        assert texts.locale_of(tables, table, {}, Options()) == ({}, [])


def test_locale_by_a_column() -> None:
    countries = {"DE": "de_DE", "JP": "ja_JP", "US": "en_US"}
    frame = pl.DataFrame(
        [
            {"name": name, "country": country}
            for country, locale in countries.items()
            for name in given("name", locale, 100)
        ]
    )
    tables = tables_of({"people": frame})
    table = tables.source.tables[0]
    found, _ = texts.locale_of(tables, table, {}, Options())
    assert found["locale"] == {
        "by": "country",
        "cases": countries,
        "otherwise": "en_US",
    }
    assert set(texts.locales_in(found)) == set(countries.values())
    without, _ = texts.locale_of(tables, table, {}, Options(names_values=False))
    assert "by" not in str(without)


def test_addresses_of_names() -> None:
    names = given("name")
    addresses = [
        f"{name.lower().replace(' ', '.')}.{n}@{'a.example' if n % 4 else 'b.example'}"
        for n, name in enumerate(names)
    ]
    found = settings("mail", mail=addresses, name=names, employer=given("company"))
    assert found == {
        "kind": "email",
        "of": "name",
        "domains": {"a.example": 0.75, "b.example": 0.25},
    }
    few = settings("mail", mail=addresses[:24], name=names[:24])
    assert "b.example" not in str(few)
    none = settings("mail", Options(names_values=False), mail=addresses, name=names)
    assert "domains" not in none


def test_addresses_of_nobody() -> None:
    found = settings("contact", contact=given("safe_email"))
    assert (found["kind"], found["provider"]) == ("faker", "safe_email")


def test_patterns() -> None:
    rng = np.random.default_rng(1)
    letters = [chr(65 + n) for n in rng.integers(0, 26, ROWS)]
    codes = [
        f"AB-{a}{n:04d}"
        for a, n in zip(letters, rng.integers(0, 9999, ROWS), strict=True)
    ]
    found = settings("code", code=codes)
    assert found["args"] == {
        "text": "AB-?####",
        "letters": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    }
    assert found["provider"] == "bothify" and int(str(found["pool"])) > 400


def test_signs_that_faker_would_replace() -> None:
    part, code = drafts(
        "clerk", clerk=[f"Clerk#{n * 7919 % 100_000:09d}" for n in range(ROWS)]
    )
    assert part.settings["hidden"] is True
    assert code.settings == {"kind": "template", "text": f"Clerk#{{{part.name}}}"} or (
        str(code.settings["text"]).startswith("Clerk#0000{")
    )


def test_few_codes_keep_no_letter_or_digit() -> None:
    found = drafts("code", code=[f"SECRET7-{n}{n + 1}" for n in range(8)])
    assert "SECRET" not in str([one.settings for one in found])
    assert "7" not in str(found[-1].settings["args"]["text"])


def test_free_text() -> None:
    long = settings(
        "note", note=[" ".join(given("sentence")[n : n + 8]) for n in range(400)]
    )
    assert long["provider"] == "text"
    short = settings("subject", subject=given("sentence"))
    assert short["provider"] == "sentence"
    title = settings(
        "label",
        label=[
            f"{a} {b}" for a, b in zip(given("word"), given("word")[::-1], strict=True)
        ],
    )
    assert title["provider"] == "catch_phrase"


def test_no_text_of_the_source_in_a_draft() -> None:
    frame = {
        name: given(provider)
        for name, provider in {
            "name": "name",
            "note": "sentence",
            "phone": "phone_number",
            "code": "license_plate",
            "bio": "text",
        }.items()
    }
    for name, values in frame.items():
        shown = str(drafts(name, **frame))
        assert not any(value in shown for value in values if len(value) > 4)


def test_nulls_and_repeated_texts() -> None:
    few = [given("company")[n % 40] if n % 5 else None for n in range(ROWS)]
    found = settings("company", company=few)
    assert found["null_rate"] == 0.2 and found["pool"] == 32
    none = settings("note", note=pl.Series([None] * 10, dtype=pl.String).to_list())
    assert none["null_rate"] == 1.0


# --- no rows


def test_guesses_by_name() -> None:
    expected = {
        "email": "email",
        "first_name": "first_name",
        "phone": "phone_number",
        "city": "city",
        "description": "text",
        "subject": "sentence",
        "zip_code": "postcode",
    }
    columns = tuple(SourceColumn(name, Data.TEXT) for name in ("full_name", *expected))
    table = SourceTable("people", columns)
    tables = Tables(Source((table,)))
    found = {}
    for column in columns:
        (draft,) = texts.describe(tables, table, column, {}, Options())
        assert draft.comments == ["no data: a guess by name and type"]
        found[column.name] = draft
    assert found.pop("full_name").settings["provider"] == "name"
    for name, draft in found.items():
        kind = draft.settings.get("provider", draft.settings["kind"])
        assert (name, kind) == (name, expected[name])
    assert found["email"].settings["of"] == "full_name"
    guess = texts.key_settings(tables, table, "email")
    assert guess.settings == {"kind": "key", "format": "PEOP-{:06d}"}


def test_a_source_table_of_texts() -> None:
    """Frames of categories are texts, too."""
    frame = pl.DataFrame({"name": list(given("name"))}, schema={"name": pl.Categorical})
    tables = Tables(Source((table_of("people", frame),)))
    table = tables.source.tables[0]
    (draft,) = texts.describe(tables, table, table.columns[0], {}, Options())
    assert draft.settings["provider"] == "name"
