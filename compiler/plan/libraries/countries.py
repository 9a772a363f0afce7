"""The countries of the holidays library, and their parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from compiler.diagnostics import Help, Hint, Rename, leave_out, meant_name
from compiler.names import bare, nearest
from compiler.synonyms import COUNTRIES as COUNTRIES_MEANT

LONGEST_CODE = 3
"""Longer texts for a country are taken for its name."""


def wrong_place(country: str, subdivision: str | None) -> tuple[str, str, Help] | None:
    """Which of the two does not exist, a message and a help; None where both do."""
    if (country, subdivision) == ("US", None):
        return None  # known without the library, which takes a while to import
    import holidays

    countries = holidays.list_supported_countries()
    if country not in countries:
        help = country_meant(country, countries)
        message = f"the holidays library has no country `{country}`"
        return "holidays", message, help
    if subdivision is not None and subdivision not in countries[country]:
        help = subdivision_meant(country, subdivision, countries[country])
        message = f"`{country}` has no subdivision `{subdivision}`"
        return "subdivision", message, help
    return None


def in_one_code(country: str, part: str, key: str, help: Help) -> Help:
    """The help for a country or for its part as one for the code of both, `US-CA`."""
    if not isinstance(help, Hint):
        return help
    new = f"-{help.edit.new}" if isinstance(help.edit, Rename) else ""
    code = f"{country}{new}" if key == "subdivision" else f"{new[1:]}-{part}"
    return meant_name(f"{country}-{part}", code)


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
