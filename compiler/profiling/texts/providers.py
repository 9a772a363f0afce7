"""Faker's providers, each with what its values look like and what columns of it are named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compiler.profiling.texts import checks
from compiler.profiling.texts.checks import Check, contains, listed, matches
from compiler.profiling.texts.words import is_first_name, is_last_name, is_name


@dataclass(frozen=True)
class Provider:
    """A provider of Faker, and how its columns are recognized."""

    name: str
    check: Check
    hint: re.Pattern[str] | None
    """What the column's name has, as a word of its own."""
    named: float | None
    """Share of values that must pass if the name fits; None if no name helps."""
    unnamed: float | None
    """The same for any name; None if values alone do not show it."""


def by_value(name: str, check: Check, least: float = 0.95) -> Provider:
    """A provider whose values alone show it."""
    return Provider(name, check, None, None, least)


def by_name(
    name: str, check: Check, hints: str, named: float, unnamed: float | None = None
) -> Provider:
    """A provider that the name of the column suggests: one of these words in it."""
    words = "|".join(hints.split())
    return Provider(
        name, check, re.compile(rf"(^|_)({words})(_|$|[0-9])"), named, unnamed
    )


PROVIDERS: tuple[Provider, ...] = (
    by_value("uuid4", matches(checks.UUID, re.I)),
    by_value("url", matches(r"https?://\S+", re.I)),
    by_value("ipv4", matches(r"([0-9]{1,3}\.){3}[0-9]{1,3}")),
    by_name("ipv6", matches(checks.IPV6, re.I), "ip ipv6 address", 0.9),
    by_value("mac_address", matches(r"([0-9a-f]{2}[:-]){5}[0-9a-f]{2}", re.I)),
    by_name("iban", checks.is_iban, "iban", 0.8, 0.9),
    by_name("credit_card_number", checks.is_card, "card pan credit", 0.9, 0.95),
    by_name("ean13", checks.is_ean, "ean ean13 gtin barcode", 0.9, 0.95),
    by_name("isbn13", matches(r"97[89](-[0-9]+){4}"), "isbn isbn13", 0.9, 0.95),
    by_value("sha256", matches(r"[0-9a-f]{64}", re.I)),
    by_value("sha1", matches(r"[0-9a-f]{40}", re.I)),
    by_value("md5", matches(r"[0-9a-f]{32}", re.I)),
    by_value("hex_color", matches(r"#[0-9a-f]{6}", re.I)),
    by_value("user_agent", matches(r"(Mozilla|Opera)/.*"), 0.9),
    by_value("mime_type", matches(checks.MIME_TYPE)),
    by_value("timezone", matches(checks.TIMEZONE)),
    by_value("file_path", matches(r"(/[\w.-]+)+")),
    by_name("ssn", matches(r"[0-9]{3}-[0-9]{2}-[0-9]{4}"), "ssn", 0.9, 0.99),
    by_name("vin", matches(r"[A-HJ-NPR-Z0-9]{17}"), "vin", 0.9),
    by_name("swift", matches(r"[A-Z0-9]{8}([A-Z0-9]{3})?"), "swift bic", 0.9),
    by_name("license_plate", matches(r"[A-Z0-9][A-Z0-9 -]{3,11}"), "plate", 0.8),
    by_name(
        "postcode",
        matches(r"[A-Z0-9][A-Z0-9 -]{2,9}", re.I),
        "zip zipcode postcode postal plz",
        0.8,
    ),
    by_name(
        "phone_number",
        checks.is_phone,
        "phone tel telephone mobile cell fax",
        0.5,
    ),
    by_name(
        "domain_name",
        matches(r"([a-z0-9-]+\.)+[a-z]{2,10}", re.I),
        "domain host hostname site website",
        0.8,
        0.95,
    ),
    by_name(
        "file_name",
        matches(r"[\w-]+\.[a-z0-9]{2,4}", re.I),
        "file filename attachment document",
        0.8,
    ),
    by_name("country_code", matches("[A-Z]{2}"), "country nation iso", 0.95),
    by_name("currency_code", matches("[A-Z]{3}"), "currency", 0.95),
    by_name("language_code", matches("[a-z]{2,3}"), "language lang", 0.95),
    by_name(
        "user_name",
        matches(r"[a-z][a-z0-9._-]{2,24}", re.I),
        "user username login nick nickname handle",
        0.9,
    ),
    by_name("country", listed("country"), "country nation nationality", 0.5, 0.8),
    by_name("color_name", listed("color_name"), "color colour", 0.3, 0.8),
    by_name("first_name", is_first_name, "first given forename fname", 0.2, 0.8),
    by_name("last_name", is_last_name, "last surname family lname", 0.2, 0.8),
    by_name("job", listed("job"), "job occupation profession position", 0.05, 0.6),
    by_name(
        "street_address",
        contains(checks.STREET_NUMBER),
        "street address addr address1 address2",
        0.3,
        0.6,
    ),
    by_name(
        "name",
        is_name,
        "name fullname person customer employee contact holder author owner manager "
        "driver patient student",
        0.25,
        0.6,
    ),
    by_name(
        "company",
        contains(checks.COMPANY),
        "company organization organisation employer business vendor supplier merchant "
        "firm brand manufacturer account client name",
        0.3,
        0.6,
    ),
    by_name("city", checks.is_city, "city town place municipality", 0.9),
    by_name("state", listed("state"), "state province region", 0.5, 0.9),
    by_name("street_address", checks.is_street, "street address addr address1", 0.7),
)
"""The most special ones first: the first that fits is taken."""

COMPOSED = frozenset(("name", "address", "street_address"))
"""Providers whose values are put together from parts, so that they hardly repeat."""


def recognized(
    column: str, texts: Sequence[str], locales: Sequence[str]
) -> tuple[Provider, float, bool] | None:
    """The provider of texts, the share of them that it fits, and whether the name helped.

    Only providers that Faker has in all of the locales are taken. In several locales, a text
    need fit one of them.
    """
    from compiler.plan.libraries.providers import provider_names

    known = frozenset.intersection(*(provider_names(locale) for locale in locales))
    for provider in PROVIDERS:
        if provider.name not in known or not texts:
            continue
        named = provider.hint is not None and provider.hint.search(column) is not None
        least = provider.named if named and provider.named is not None else None
        least = provider.unnamed if least is None else least
        if least is None:
            continue
        share = share_of(provider, texts, locales, least)
        if share >= least:
            return provider, share, named
    return None


FEW = 100
"""Texts of a first look: far from enough of them need no second one."""


def share_of(
    provider: Provider, texts: Sequence[str], locales: Sequence[str], least: float
) -> float:
    """The share of texts that a provider's check passes, in any of the locales."""

    def share(some: Sequence[str]) -> float:
        check = provider.check
        passed = sum(any(check(one, locale) for locale in locales) for one in some)
        return passed / len(some)

    first = share(texts[:FEW])
    return first if first < least / 2 else share(texts)
