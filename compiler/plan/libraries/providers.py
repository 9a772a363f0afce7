"""Faker's providers: which there are in a locale, and what each gives when it is tried."""

from __future__ import annotations

import functools
import inspect
import logging
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from compiler.diagnostics import Help, Hint, Rename
from compiler.plan.calls import ORDINARY, calls_within_calls
from compiler.plan.libraries.recalled import recalled, recalled_cells
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

CALLS = 30
"""So often a provider is called to see what it gives."""
LARGEST = 1e120
"""The greatest number: what is computed of it is still finite."""
TYPES: dict[type, Type] = {
    str: TEXT,
    bool: BOOLEAN,
    int: INTEGER,
    float: replace(NUMBER, largest=LARGEST),
    Decimal: replace(NUMBER, largest=LARGEST),
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
VALUES = re.compile(
    r"(min|max)(_value)?|step|seed|bank_code|elements|start|end|(.*_)?date.*"
)
"""Arguments that are values themselves. All other numbers are how many, or how long."""
LARGEST_SIZE = 10_000
"""What else a number may be at most, and how long a text or a list of the arguments."""
LONGEST = 10_000
"""So many characters a cell's text has, or fewer."""
DRAWS = 50_000
"""So many random numbers Faker may draw for one value, so that no argument takes minutes."""
ENOUGH = 30_000
"""Characters after which no more values are tried: long ones take their time."""
BYTES = {"binary", "image", "json_bytes", "tar", "zip"}
"""Providers of files and bytes, however many."""
_SAMPLES: dict[tuple[str, str, str], list[object]] = {}


class TooMuch(Exception):
    """One value takes more work than a spec may ask for."""


class LimitedRandom(random.Random):
    """The random numbers of Faker, up to so many for one value."""

    left = DRAWS

    def random(self) -> float:
        self._spend()
        return super().random()

    def getrandbits(self, k: int, /) -> int:
        self._spend()
        return super().getrandbits(k)

    def _spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooMuch


@functools.cache
def generator(locale: str) -> tuple[Generator, frozenset[str]]:
    """A Faker of the locale, and its providers' names."""
    import faker

    logging.getLogger("faker.providers").setLevel(logging.ERROR)
    fake = faker.Faker(locale, use_weighting=False).factories[0]
    fake.random = LimitedRandom()
    providers: set[str] = set()
    for provider in fake.get_providers():
        names = {name for name in dir(provider) if not name.startswith("_")}
        providers |= {name for name in names if callable(getattr(provider, name))}
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
    return fake, frozenset(providers - base)


def provider_names(locale: str) -> frozenset[str]:
    """The names of the providers of a locale."""
    return frozenset(recalled("providers", locale, _provider_names).split())


def _provider_names(locale: str) -> str:
    return " ".join(sorted(generator(locale)[1]))


def samples(spec: Faker, locale: str) -> list[object]:
    """Some values of a provider, up to one that no cell can hold; raises what it raises."""
    key = spec.provider, repr(spec.args), locale
    if key not in _SAMPLES:
        find = functools.partial(tried, spec, locale, CALLS)
        _SAMPLES[key] = recalled_cells("samples", key, find)
    return _SAMPLES[key]


def tried(spec: Faker, locale: str, calls: int) -> list[object]:
    """The first values of a provider, always from the same seed."""
    if any(too_large(*each) for each in spec.args.items()):
        raise TooMuch
    if spec.provider in BYTES:
        return [b""]
    fake, _ = generator(locale)
    fake.seed_instance(0)
    values: list[object] = []
    size = 0
    while len(values) < calls and size < ENOUGH:
        fake.random.left = DRAWS  # type: ignore[attr-defined]
        with calls_within_calls(ORDINARY):
            values.append(getattr(fake, spec.provider)(**spec.args))
        if not is_a_cell(values[-1]):
            break
        size += len(str(values[-1]))
    return values


def too_large(name: str, value: object) -> str:
    """What is too large of an argument, in words; empty where nothing is."""
    if isinstance(value, str) and len(value) > LARGEST_SIZE:
        return f"a text of {len(value):,} characters"
    if isinstance(value, list):
        if len(value) > LARGEST_SIZE:
            return f"a list of {len(value):,} values"
        return next(filter(None, (too_large(name, one) for one in value)), "")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return "a number of more than 64 bits"
    if isinstance(value, int | float) and not VALUES.fullmatch(name):
        return f"{value:,}" if abs(value) > LARGEST_SIZE else ""
    return ""


def takes(spec: Faker, locale: str) -> Help:
    """The arguments of a provider, or the one that was mistyped."""
    fake, _ = generator(locale)
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
    if isinstance(value, float | Decimal):
        return -LARGEST <= value <= LARGEST
    if isinstance(value, str):
        return len(value) <= LONGEST
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
    if isinstance(value, float | Decimal):
        return f"numbers beyond {LARGEST:g}"
    if isinstance(value, str):
        return f"texts of more than {LONGEST:,} characters"
    if isinstance(value, list | tuple | set | dict):
        return f"several values at once (a {type(value).__name__})"
    if value is None:
        return "no value"
    return "bytes" if isinstance(value, bytes) else f"a {type(value).__name__}"


def instead_of(spec: Faker, locales: Iterable[str]) -> str | Hint:
    """The way out of what a provider gives: others that give one value."""
    name = spec.provider
    singular = name.removesuffix("s")
    known = all(singular in provider_names(each) for each in locales)
    plain = f"`{singular}`" if singular != name and known else ""
    other = INSTEAD.get(name, plain)
    if not other:
        return "use a provider of one value, such as `word` or `pyint`"
    alone = other.count("`") == 2 and not spec.args
    edit = Rename(name, other.strip("`"))
    return Hint(f"take {other}", edit) if alone else f"take {other}"
