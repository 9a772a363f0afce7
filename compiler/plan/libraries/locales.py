"""Which locales the texts of a table are in, and whether Faker has them."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.diagnostics import Label, Span, did_you_mean
from compiler.plan.libraries.recalled import recalled
from compiler.plan.scope import Place, Scope
from compiler.source import Document
from compiler.spec.locales import (
    Locale,
    LocaleCases,
    RowLocale,
    TableLocale,
    row_locale,
)
from compiler.spec.spec import Spec


def locale_of(spec: Spec, table: str) -> RowLocale:
    """What gives each row of a table its locale."""
    own = spec.tables[table].locale
    return row_locale(spec.locale if own is None else own, everywhere=own is None)


def check_locales(scope: Scope, place: Place, locale: Locale | TableLocale) -> bool:
    """Whether Faker has all the locales that are named at a place."""
    known = True
    for name, span in named(scope.document, place, locale):
        if name == "en_US":
            continue  # known without the library
        available = recalled("locales", "", available_locales).split()
        if name not in available:
            help = did_you_mean(name, available)
            message = f"Faker has no locale `{name}`"
            scope.report("E210", message, (Label(span),), help)
            known = False
    return known


def available_locales(_: str) -> str:
    """The locales that Faker has."""
    from faker.config import AVAILABLE_LOCALES

    return " ".join(sorted(AVAILABLE_LOCALES))


def named(
    document: Document, place: Place, locale: Locale | TableLocale
) -> Iterator[tuple[str, Span]]:
    """The locales that are named at a place, each with its own."""
    if isinstance(locale, str):
        yield locale, document.value(place)
    elif isinstance(locale, LocaleCases):
        for keys, name in locale.variants.items():
            yield name, document.value((*place, *keys))
    else:
        for name in locale:
            yield name, document.key((*place, name))
