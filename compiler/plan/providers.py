"""Faker's providers: which there are in a locale, and what each gives."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from compiler.diagnostics import Help, Hint, Rename
from compiler.spec.columns import Faker
from compiler.spec.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    TEXT,
    TIMESTAMP,
    UNKNOWN,
    Type,
)

if TYPE_CHECKING:
    from faker import Generator

READ_THE_CLOCK = {
    "credit_card_expire",
    "credit_card_full",
    "passport_dates",
    "passport_full",
}
READ_THE_CLOCK |= {"profile", "simple_profile"}
"""Providers outside of Faker's date_time that depend on today: no run could be repeated."""
BETWEEN = {
    "date_between": ("start_date", "end_date"),
    "date_between_dates": ("date_start", "date_end"),
    "date_time_between": ("start_date", "end_date"),
    "date_time_between_dates": ("datetime_start", "datetime_end"),
}
"""Providers that do not depend on today where these arguments are dates."""
CALLS = 30
"""So often a provider is called to see what it gives."""
TYPES: dict[type, Type] = {
    str: TEXT,
    bool: BOOLEAN,
    int: INTEGER,
    # None of Faker's is further from zero.
    float: replace(NUMBER, largest=1e120),
    Decimal: replace(NUMBER, largest=1e120),
    date: DATE,
    datetime: TIMESTAMP,
}
"""What a column holds of each type of Python; it can hold no other."""
INSTEAD = {
    "words": "`word` or `sentence`",
    "get_words_list": "`word`",
    "texts": "`text`",
    "latlng": "`latitude` and `longitude`, a column each",
    "local_latlng": "`latitude` and `longitude`, a column each",
    "location_on_land": "`latitude` and `longitude`, a column each",
    "currency": "`currency_code` and `currency_name`, a column each",
    "cryptocurrency": "`cryptocurrency_code` and `cryptocurrency_name`, a column each",
    "color_rgb": "`rgb_color`",
    "color_rgb_float": "`rgb_color`",
    "passport_owner": "`first_name` and `last_name`, a column each",
    "pytimezone": "`timezone`",
    "binary": "`sha256`",
    "zip": "`postcode`",
    "json_bytes": "`json`",
}
"""Providers of one value in place of some that give several, or none that a cell can hold."""
_SAMPLES: dict[tuple[str, str, str], list[object]] = {}


@functools.cache
def generator(locale: str) -> tuple[Generator, frozenset[str], frozenset[str]]:
    """A Faker of the locale, its providers' names, and those that read the clock."""
    import faker

    fake = faker.Faker(locale, use_weighting=False)
    providers: set[str] = set()
    clock = set(READ_THE_CLOCK)
    for provider in fake.get_providers():
        names = {name for name in dir(provider) if not name.startswith("_")}
        named = {name for name in names if callable(getattr(provider, name))}
        if ".date_time" in type(provider).__module__:
            own = named - set(dir(faker.providers.BaseProvider))
            clock |= own - {"century", "timezone", "pytimezone"}
        providers |= named
    base = set(dir(faker.providers.BaseProvider)) - {
        "bothify",
        "hexify",
        "lexify",
        "numerify",
    }
    base -= {
        "random_int",
        "random_digit",
        "random_letter",
        "random_element",
        "language_code",
    }
    return fake.factories[0], frozenset(providers - base), frozenset(clock)


def is_fixed(spec: Faker) -> bool:
    """Whether a provider of moments has both its ends as dates, so that today plays no part."""
    ends = [spec.args.get(name) for name in BETWEEN.get(spec.provider, ())]
    return bool(ends) and all(isinstance(end, date) for end in ends)


def samples(spec: Faker, locale: str) -> list[object]:
    """Some values of a provider, up to one that no cell can hold; raises what it raises."""
    key = spec.provider, repr(spec.args), locale
    if key not in _SAMPLES:
        fake, _, _ = generator(locale)
        fake.seed_instance(0)
        values: list[object] = []
        while len(values) < CALLS and (not values or is_a_cell(values[-1])):
            values.append(getattr(fake, spec.provider)(**spec.args))
        _SAMPLES[key] = values
    return _SAMPLES[key]


def takes(spec: Faker, locale: str) -> Help:
    """The arguments of a provider, or the one that was mistyped."""
    fake, _, _ = generator(locale)
    try:
        known = list(inspect.signature(getattr(fake, spec.provider)).parameters)
    except (TypeError, ValueError):  # of a provider that is no plain function
        return None
    plain = [name for name in known if name not in ("args", "kwargs")]
    if spec.args.keys() <= set(plain):
        return (
            f"Faker's documentation of `{spec.provider}` has the values that it takes"
        )
    if not plain:
        return "it takes no arguments: leave out `args`"
    return f"it takes {', '.join(f'`{name}`' for name in plain)}"


def is_a_cell(value: object) -> bool:
    """Whether a cell can hold a value; whole numbers have 64 bits there."""
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    return value is None or type(value) in TYPES


def type_of(values: Iterable[object]) -> Type | None:
    """The type of a column of these values; None where a cell cannot hold some of them.

    What is a text at times and a number at others is a text.
    """
    there = [value for value in values if value is not None]
    if not there or not all(map(is_a_cell, there)):
        return None
    found = [TYPES[type(value)] for value in there]
    datas = {each.data for each in found}
    nullable = any(value is None for value in values)
    if datas == {INTEGER.data, NUMBER.data}:
        return TYPES[float].or_null(nullable)
    return (found[0] if len(datas) == 1 else TEXT).or_null(nullable)


def faked_type(spec: Faker, locales: Sequence[str]) -> Type:
    """The type of a column of Faker's values; unknown where the provider is refused."""
    values: list[object] = []
    for locale in locales:
        try:
            values += samples(spec, locale)
        except (
            Exception
        ):  # any provider may raise anything, which is reported elsewhere
            return UNKNOWN
    return type_of(values) or UNKNOWN


def strange(values: Sequence[object]) -> str:
    """What a provider gives that no cell can hold, in words."""
    value = values[-1]
    if isinstance(value, int):
        return "numbers of more than 64 bits"
    if isinstance(value, list | tuple | set | dict):
        return f"several values at once (a {type(value).__name__})"
    if value is None:
        return "no value"
    return "bytes" if isinstance(value, bytes) else f"a {type(value).__name__}"


def instead_of(spec: Faker, locales: Iterable[str]) -> str | Hint:
    """The way out of what a provider gives: others that give one value."""
    name = spec.provider
    singular = name.removesuffix("s")
    known = all(singular in generator(each)[1] for each in locales)
    plain = f"`{singular}`" if singular != name and known else ""
    other = INSTEAD.get(name, plain)
    if not other:
        return "take a provider of one value, such as `word` or `pyint`"
    alone = other.count("`") == 2 and not spec.args
    edit = Rename(name, other.strip("`"))
    return Hint(f"take {other}", edit) if alone else f"take {other}"
