"""The providers, locales and countries of a spec, compared with those that there are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from compiler.diagnostics import Help, Hint, Rename, leave_out, meant_name
from compiler.names import bare, nearest
from compiler.plan.libraries.locales import check_locales
from compiler.plan.libraries.provider_checks import check_texts
from compiler.plan.scope import Place, Scope
from compiler.spec.calendar import Calendar
from compiler.synonyms import COUNTRIES as COUNTRIES_MEANT

LONGEST_CODE = 3
"""Longer texts for a country are taken for its name."""


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
        check_holidays(scope, ("calendars", name), calendar)


def check_holidays(scope: Scope, place: Place, calendar: Calendar) -> None:
    """The countries of a calendar and their parts; what it has from another is checked there."""
    written = scope.document.tree["calendars"][place[-1]]
    own = {*written} if isinstance(written, dict) else set()
    listed = isinstance(calendar.holidays, list)
    for number, (country, part) in enumerate(calendar.places):
        spot = (*place, "holidays", number) if listed else (*place, "holidays")
        if calendar.subdivision is not None:
            spots = (spot, (*place, "subdivision"))
            check_country(scope, spots, own, country, part)
        elif "holidays" in own:
            check_country(scope, (spot, spot), own, country, part)


def check_country(
    scope: Scope,
    places: tuple[Place, Place],
    own: Collection[str],
    country: str,
    part: str | None,
) -> None:
    """A country and a part of it, at two places or (`US-CA`) at one."""
    if (country, part) == ("US", None):
        return  # known without the library, which takes a while to import
    import holidays

    countries = holidays.list_supported_countries()
    in_one = part is not None and places[0] == places[1]
    if country not in countries:
        if "holidays" not in own:
            return
        help = country_meant(country, countries)
        if in_one and isinstance(help, Hint) and isinstance(help.edit, Rename):
            help = meant_name(f"{country}-{part}", f"{help.edit.new}-{part}")
        message = f"the holidays library has no country `{country}`"
        scope.error("E211", places[0], message, help)
    elif part is not None and part not in countries[country]:
        help = subdivision_meant(country, part, countries[country])
        if in_one and isinstance(help, Hint):
            near = f"-{help.edit.new}" if isinstance(help.edit, Rename) else ""
            help = meant_name(f"{country}-{part}", f"{country}{near}")
        message = f"`{country}` has no subdivision `{part}`"
        scope.error("E211", places[1], message, help)


def country_meant(country: str, countries: Iterable[str]) -> Help:
    """The code of a country that was written by its name, else the nearest code."""
    from holidays.registry import COUNTRIES

    by_name = {name: codes[1] for name, codes in COUNTRIES.items()}
    names = {bare(name): code for name, code in by_name.items()} | COUNTRIES_MEANT
    codes = sorted(countries)
    first = re.split("[^A-Za-z]", country)[0]  # US-California
    named = nearest(country, by_name)
    if len(country) <= LONGEST_CODE:
        known = {bare(code): each[1] for each in COUNTRIES.values() for code in each}
        near = known.get(bare(country)) or starting_with(country, names)
    elif first in codes or bare(country) in names:
        near = names.get(bare(country), first)
    else:
        near = by_name[named] if named else None
    if near is not None and near in codes:
        return meant_name(country, near)
    return 'write its code of two or three letters, such as "ES"'


def starting_with(text: str, names: Mapping[str, str]) -> str | None:
    """The code of the only name that starts with a text.

    A code that is only spelled like another one is of another place.
    """
    found = {code for name, code in names.items() if name.startswith(bare(text))}
    return found.pop() if len(found) == 1 else None


def subdivision_meant(country: str, subdivision: str, codes: Sequence[str]) -> Help:
    """The code of a subdivision that was written by its name, else all that there are."""
    import holidays

    if not codes:
        return leave_out()
    aliases = holidays.country_holidays(country).subdivisions_aliases
    names = {bare(name): code for name, code in aliases.items()}
    known = {bare(code): code for code in codes} | names
    near = known.get(bare(subdivision))
    if near is None and len(subdivision) <= LONGEST_CODE:
        near = starting_with(subdivision, names)
    elif near is None and (by_name := nearest(subdivision, aliases)):
        near = aliases[by_name]
    if near is not None:
        return meant_name(subdivision, near)
    named = {code: name for name, code in reversed(aliases.items())}
    listed = [
        f"`{one}` ({named[one]})" if one in named else f"`{one}`" for one in codes
    ]
    return f"one of {', '.join(listed)}"
