"""What the spec asks of Faker and of the holidays library, held against the real ones."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from compiler.diagnostics import Help, leave_out, meant_name
from compiler.names import bare, nearest
from compiler.plan.locales import check_locales
from compiler.plan.provider_checks import check_texts
from compiler.plan.providers import generator
from compiler.plan.scope import Place, Scope
from compiler.spec.calendar import DEFAULT_CALENDAR
from compiler.synonyms import COUNTRIES as COUNTRIES_MEANT


def check_libraries(scope: Scope) -> None:
    """Every provider with its arguments, every locale, every country."""
    top = check_locales(scope, ("locale",), scope.spec.locale)
    for name, table in scope.spec.tables.items():
        known = top
        if table.locale is not None:
            known = check_locales(scope, ("tables", name, "locale"), table.locale)
        if known:
            check_texts(scope, name)
    for name, calendar in scope.spec.calendars.items():
        if calendar.holidays is not None and calendar is not DEFAULT_CALENDAR:
            check_country(
                scope, ("calendars", name), calendar.holidays, calendar.subdivision
            )


FORMATS = {
    "name": ("person", "formats"),
    "name_female": ("person", "formats_female"),
    "name_male": ("person", "formats_male"),
    "address": ("address", "address_formats"),
}
"""Where Faker holds the patterns of a composed text: module and attribute."""
LONGEST_CODE = 3
"""Longer texts for a country are taken for its name."""
TOKEN = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@functools.cache
def pieces_of(provider: str, locale: str) -> tuple[str, ...]:
    """What a name or an address is made of, in its most frequent pattern in the locale.

    Texts and providers in turn, beginning and ending with a text: `("", "first_name", " ",
    "last_name", "")`. Each piece drawn apart gives far more texts than a pool of the whole, and
    none of the rarer patterns (titles, military addresses) at a rate of their own. Empty where
    the provider is not composed so.
    """
    _, providers = generator(locale)
    patterns = formats_of(provider, locale)
    if not patterns:
        return ()
    most = max(patterns, key=lambda pattern: patterns[pattern])
    pieces = TOKEN.split(re.sub(r"[ ,]*\n", ", ", most))
    if provider == "name":
        neutral = [re.sub(r"_(fe)?male$", "", piece) for piece in pieces]
        plain = zip(pieces, neutral, strict=True)
        pieces = [new if new in providers else old for old, new in plain]
    known = all(piece in providers for piece in pieces[1::2])
    return tuple(pieces) if known and len(pieces) > 1 else ()


def formats_of(provider: str, locale: str) -> Mapping[str, float]:
    """A provider's patterns and their weights; repeated ones weigh more."""
    fake, _ = generator(locale)
    module, attribute = FORMATS.get(provider, ("", ""))
    for source in fake.get_providers() if module else ():
        patterns = getattr(source, attribute, None)
        if patterns and f".{module}" in type(source).__module__:
            return patterns if isinstance(patterns, Mapping) else Counter(patterns)
    return {}


def check_country(
    scope: Scope, place: Place, country: str, subdivision: str | None
) -> None:
    if (country, subdivision) == ("US", None):
        return  # known without the library, which takes a while to import
    import holidays

    countries = holidays.list_supported_countries()
    if country not in countries:
        help = country_meant(country, countries)
        message = f"the holidays library has no country `{country}`"
        scope.error("E211", (*place, "holidays"), message, help)
    elif subdivision is not None and subdivision not in countries[country]:
        help = subdivision_meant(country, subdivision, countries[country])
        message = f"`{country}` has no subdivision `{subdivision}`"
        scope.error("E211", (*place, "subdivision"), message, help)


def country_meant(country: str, countries: Iterable[str]) -> Help:
    """The code of a country that was written by its name, else the nearest code."""
    from holidays.registry import COUNTRIES

    by_name = {name: codes[1] for name, codes in COUNTRIES.items()}
    names = {bare(name): code for name, code in by_name.items()} | COUNTRIES_MEANT
    codes = sorted(countries)
    first = re.split("[^A-Za-z]", country)[0]  # US-California
    named = nearest(country, by_name)
    if len(country) <= LONGEST_CODE:
        near = nearest(country, codes, names)
    elif first in codes or bare(country) in names:
        near = names.get(bare(country), first)
    else:
        near = by_name[named] if named else None
    if near is not None and near in codes:
        return meant_name(country, near)
    return 'write its code of two or three letters, such as "ES"'


def subdivision_meant(country: str, subdivision: str, codes: Sequence[str]) -> Help:
    """The code of a subdivision that was written by its name, else all that there are."""
    import holidays

    if not codes:
        return leave_out()
    aliases = holidays.country_holidays(country).subdivisions_aliases
    near = nearest(subdivision, codes, {bare(name): aliases[name] for name in aliases})
    by_name = nearest(subdivision, aliases)
    if near is None and by_name is not None:
        near = aliases[by_name]
    if near is not None:
        return meant_name(subdivision, near)
    named = {code: name for name, code in reversed(aliases.items())}
    listed = [
        f"`{one}` ({named[one]})" if one in named else f"`{one}`" for one in codes
    ]
    return f"one of {', '.join(listed)}"
