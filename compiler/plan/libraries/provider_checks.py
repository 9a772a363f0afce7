"""What the spec asks of Faker's providers, compared with what they take and give."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from compiler.diagnostics import Help, Hint, Rename, did_you_mean
from compiler.plan.libraries.locales import locale_of
from compiler.plan.libraries.providers import (
    DRAWS,
    LARGEST_SIZE,
    TooMuch,
    instead_of,
    is_a_cell,
    provider_names,
    samples,
    strange,
    takes,
    too_large,
    type_of,
)
from compiler.plan.libraries.repeats import Changes, changes_with
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Faker
from compiler.synonyms import PROVIDERS

BETWEEN = {
    "credit_card_expire": ("start", "end"),
    "date_between": ("start_date", "end_date"),
    "date_between_dates": ("date_start", "date_end"),
    "date_time_between": ("start_date", "end_date"),
    "date_time_between_dates": ("datetime_start", "datetime_end"),
}
"""Providers that do not depend on today where these arguments are dates."""
MOMENTS = 'for moments, use the kinds "date", "timestamp" and "offset"'
LARGEST_POOL = 100_000_000
"""So many characters a pool's texts have together, or fewer."""


def check_texts(scope: Scope, name: str) -> None:
    locales = locale_of(scope.spec, name).names
    for place, spec in scope.variants(name):
        if isinstance(spec, Faker):
            check_provider(scope, place, spec, locales)


def check_provider(
    scope: Scope, place: Place, spec: Faker, locales: Sequence[str]
) -> None:
    """The provider exists, takes the arguments, and gives one value, the same in each run."""
    if not exists(scope, place, spec, locales) or not bounded(scope, place, spec):
        return
    for locale in locales:
        if not (
            gives_cells(scope, place, spec, locale, locales)
            and is_repeatable(scope, place, spec, locale, locales)
        ):
            return
    fits_in_memory(scope, place, spec, locales)


def exists(scope: Scope, place: Place, spec: Faker, locales: Sequence[str]) -> bool:
    known = {locale: provider_names(locale) for locale in locales}
    absent = [name for name in locales if spec.provider not in known[name]]
    if absent:
        everywhere = frozenset.intersection(*known.values())
        help = did_you_mean(spec.provider, sorted(everywhere), PROVIDERS)
        message = f"Faker has no provider `{spec.provider}` in {', '.join(absent)}"
        scope.error("E209", (*place, "provider"), message, help)
    return not absent


def bounded(scope: Scope, place: Place, spec: Faker) -> bool:
    """Whether no argument is so large that to try it takes minutes, or gigabytes."""
    for name, value in spec.args.items():
        at = (*place, "args", name)
        if isinstance(value, dict):
            message = "a provider's arguments are numbers, texts, booleans or lists"
            scope.error("E216", at, message)
            return False
        problem = too_large(name, value)
        if problem:
            message = f"`{name}` is {problem}"
            help = f"at most {LARGEST_SIZE:,}, for one value"
            if "64 bits" in problem:
                help = "numbers have 64 bits"
            scope.error("E104", at, message, help)
            return False
    return True


def gives_cells(
    scope: Scope, place: Place, spec: Faker, locale: str, locales: Sequence[str]
) -> bool:
    """Whether a provider takes the arguments, and gives what a cell can hold."""
    of = (*place, "args" if spec.args else "provider")
    try:
        values = samples(spec, locale)
    except TooMuch:
        message = f"`{spec.provider}` takes over {DRAWS:,} random numbers a value"
        scope.error("E104", of, message, "lower its arguments")
        return False
    except Exception as error:  # any provider may raise anything
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        where = f" in {locale}" if len(locales) > 1 else ""
        message = f"Faker's `{spec.provider}` refuses these arguments{where}: {reason}"
        known = takes(spec, locale)
        text = spec.provider in BETWEEN and any(
            isinstance(value, str) for value in spec.args.values()
        )
        scope.error("E216", of, message, moments_instead(spec) if text else known)
        return False
    if type_of(values) is not None:
        return True
    message = f"`{spec.provider}` gives {strange(values)}"
    if isinstance(values[-1], str):
        scope.error("E104", of, message, "lower its arguments")
        return False
    message += ": a cell holds one text, number or date"
    help = instead_of(spec, locales)
    if spec.args and isinstance(values[-1], int | float | Decimal):
        help = "lower its arguments"
    scope.error("E207", (*place, "provider"), message, help)
    return False


def is_repeatable(
    scope: Scope, place: Place, spec: Faker, locale: str, locales: Sequence[str]
) -> bool:
    """Whether a provider gives the same values in each run."""
    changes = changes_with(spec, locale)
    if not changes:
        return True
    message = {
        "day": f"`{spec.provider}` depends on the day of the run",
        "run": f"`{spec.provider}` gives other values in each run",
        "order": f"`{spec.provider}` gives other values in each run",
    }[changes]
    if len(locales) > 1:
        message += f" in {locale}"
    help = repeatable_instead(spec, changes, locale, locales)
    scope.error("E220", (*place, "provider"), message, help)
    return False


def repeatable_instead(
    spec: Faker, changes: Changes, locale: str, locales: Iterable[str]
) -> Help:
    """The way out of a provider whose values change: what gives the like of them."""
    from faker.providers import date_time

    if changes == "order":
        other = "administrative_unit"
        if all(other in provider_names(each) for each in locales):
            return Hint(f"take `{other}`", Rename(spec.provider, other))
        return 'the kind "choice" draws from values of your own'
    value = samples(spec, locale)[0]
    if spec.provider in BETWEEN or isinstance(value, date):
        return moments_instead(spec)
    if hasattr(date_time.Provider, spec.provider):
        return f'{MOMENTS}; an "expr" can use parts of them, such as year(at)'
    text = str(value)
    if "@" in text:
        return 'use the kind "email", with `of` for the column of a name'
    pattern = re.sub("[A-Za-z]", "?", re.sub("[0-9]", "#", text))
    if "#" in pattern and pattern.isascii():
        return f'draw its pattern: provider = "bothify", args = {{ text = {json.dumps(pattern)} }}'
    return 'the kind "choice" draws from values of your own'


def moments_instead(spec: Faker) -> str:
    """The kinds of moments; the arguments of a provider that is one between two dates."""
    if spec.provider not in BETWEEN:
        return MOMENTS
    start, end = BETWEEN[spec.provider]
    dates = f"{start} = 1990-01-01, {end} = 2005-12-31"
    return f"{MOMENTS}; with dates (no quotes) it works: {dates}"


def fits_in_memory(
    scope: Scope, place: Place, spec: Faker, locales: Sequence[str]
) -> None:
    """Whether the pool's texts fit into memory."""
    values = [value for locale in locales for value in samples(spec, locale)]
    longest = max(len(str(value)) for value in values if is_a_cell(value))
    if longest * spec.pool_size > LARGEST_POOL:
        key = "pool" if spec.pool else "provider"
        message = f"a pool of {spec.pool_size:,} texts of {longest:,} characters"
        most = LARGEST_POOL // longest
        scope.error("E104", (*place, key), message, f"at most {most:,} of this length")
