"""Faker's providers in other runs: on another day, in another time zone, with other hashes.

By hand, for all providers in all locales, in about ten minutes: `python -m tests.support.runs`.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from compiler.plan.libraries.providers import generator, samples, type_of
from compiler.plan.libraries.repeats import changes_with
from compiler.spec.columns import Faker

DAY = Path(__file__).parent / "another_day"
HERE: dict[str, str] = {"PYTHONHASHSEED": "1", "TZ": "UTC"}
RUNS: dict[str, dict[str, str]] = {
    "the next day": {"PYTHONPATH": str(DAY), "DAYS": "1"},
    "another day": {"PYTHONPATH": str(DAY), "DAYS": "1234.3"},
    "other hashes": {"PYTHONHASHSEED": "2"},
    "another place": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0"},
}
"""Environments that no value may depend on."""
ELSEWHERE = {key: value for each in RUNS.values() for key, value in each.items()}
"""All of them in one."""
CALLS = 100


def cells(locale: str) -> list[Faker]:
    """The providers of a locale that give what a cell can hold."""
    found = []
    for name in sorted(generator(locale)[1]):
        spec = Faker(kind="faker", provider=name)
        try:
            fits = type_of(samples(spec, locale)) is not None
        except Exception:  # which wants arguments, say
            continue
        if fits:
            found.append(spec)
    return found


def accepted(locales: Sequence[str]) -> set[str]:
    """The providers that the compiler takes for the same in each run."""
    pairs = [(spec, locale) for locale in locales for spec in cells(locale)]
    return {
        f"{locale}/{spec.provider}"
        for spec, locale in pairs
        if not changes_with(spec, locale)
    }


def digests(locales: Sequence[str]) -> dict[str, str]:
    """What each provider gives in this process, in short."""
    found = {}
    for locale in locales:
        fake, _ = generator(locale)
        for spec in cells(locale):
            fake.seed_instance("42/it")
            fake.random.left = sys.maxsize  # type: ignore[attr-defined]
            values = [getattr(fake, spec.provider)() for _ in range(CALLS)]
            key = f"{locale}/{spec.provider}"
            found[key] = hashlib.md5(repr(values).encode()).hexdigest()
    return found


def elsewhere(
    locales: Sequence[str], environment: Mapping[str, str]
) -> subprocess.Popen[str]:
    """A process that prints its digests."""
    command = [sys.executable, "-m", "tests.support.runs", *locales]
    env = {**os.environ, **HERE, **environment}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def differences(
    locales: Sequence[str], runs: Mapping[str, dict[str, str]]
) -> dict[str, list[str]]:
    """By run: the providers whose values are not those of a plain run, accepted or not."""
    processes = [elsewhere(locales, each) for each in ({}, *runs.values())]
    plain, *others = (json.loads(each.communicate()[0]) for each in processes)
    assert len(plain) > 150 * len(locales)
    return {
        name: [key for key in plain if plain[key] != other[key]]
        for name, other in zip(runs, others, strict=True)
    }


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if len(sys.argv) > 1:
        print(json.dumps(digests(sys.argv[1:])))
    else:
        from faker.config import AVAILABLE_LOCALES

        names = sorted(AVAILABLE_LOCALES)
        fine = accepted(names)
        print(f"{len(fine):,} pairs of provider and locale are accepted")
        for name, keys in differences(names, RUNS).items():
            print(f"{name}: {len(keys):,} differ, accepted are", fine & set(keys))
