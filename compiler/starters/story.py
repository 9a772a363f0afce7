"""A story: who it is about, whom they serve, what happened, and what it cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from compiler.starters.choices import Choices

Sizes = Mapping[str, int]
"""The rows of each table whose size can be chosen."""


@dataclass(frozen=True)
class Tier:
    """A group of customers: the rarer it is, the more each of them does and pays."""

    name: str
    share: float
    """Of the customers, from 0 to 1."""
    activity: float
    """How many events one of them has, compared with one of the first tier."""
    factor: float
    """How large an amount is, compared with one of the first tier."""


@dataclass(frozen=True)
class Incident:
    """What happened: an event of the calendar."""

    name: str
    """Lower snake_case: the event in the spec, and a value in the data."""
    text: str
    """What happened, as part of a sentence."""
    since: int
    """How many days before the window's end it began."""
    days: int
    factor: float
    """How many times as many events there were a day."""

    @property
    def until(self) -> int:
        """How many days before the window's end it was over."""
        return self.since - self.days


@dataclass(frozen=True)
class Season:
    """When in the year most happens."""

    text: str
    """A clause: "the weeks before the holidays are the busiest"."""
    peak: str
    """Month and day, as a calendar takes them."""
    yearly: float
    """The amplitude of the wave over the year."""


@dataclass(frozen=True)
class Story:
    """Everything that differs between two specs of a domain."""

    company: str
    about: str
    """What it does, as part of a sentence."""
    tiers: tuple[Tier, ...]
    countries: Mapping[str, float]
    """Country codes with their shares; the first is where its holidays are."""
    incident: Incident
    season: Season
    seed: int = 42
    """Of the data."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What only this domain has."""

    @property
    def home(self) -> str:
        return next(iter(self.countries))

    def busy(self, verb: str, flat: bool, who: str = "customer") -> str:
        """Sentences on when most happens, and who is busiest; `verb` is what these do."""
        season = self.season.text[0].upper() + self.season.text[1:]
        if flat:
            return f"{season}."
        first, last = self.tiers[0], self.tiers[-1]
        often = f"{times(last.activity)} as often"
        return (
            f"{season}, and {a(last.name)} {who} {verb} {often} as {a(first.name)} one."
        )

    def activity_share(self, tier: Tier, flat: bool) -> float:
        """The share of the events that a tier has; `flat` where all are as active."""
        weights = {each.name: 1.0 if flat else each.activity for each in self.tiers}
        events = sum(each.share * weights[each.name] for each in self.tiers)
        return tier.share * weights[tier.name] / events

    def mean_factor(self) -> float:
        """The mean of `factor` over all customers."""
        return sum(each.share * each.factor for each in self.tiers)


SHARES = ((0.6, 0.3, 0.1), (0.65, 0.25, 0.1), (0.55, 0.33, 0.12), (0.62, 0.26, 0.12))
ACTIVITIES = ((1, 2, 5), (1, 3, 6), (1, 2, 4), (1, 2.5, 6))
FACTORS = ((1, 2, 5), (1, 1.8, 4), (1, 2.5, 6))
COUNTRIES = (
    {"US": 0.5, "DE": 0.2, "FR": 0.15, "JP": 0.15},
    {"US": 0.6, "MX": 0.2, "BR": 0.12, "CA": 0.08},
    {"GB": 0.45, "DE": 0.25, "FR": 0.18, "NL": 0.12},
    {"DE": 0.5, "FR": 0.2, "IT": 0.18, "PL": 0.12},
    {"US": 0.55, "GB": 0.2, "DE": 0.15, "ES": 0.1},
)
LOCALES = {
    **{"US": "en_US", "GB": "en_GB", "CA": "fr_CA", "DE": "de_DE", "FR": "fr_FR"},
    **{"IT": "it_IT", "ES": "es_ES", "NL": "nl_NL", "PL": "pl_PL", "MX": "es_MX"},
    **{"BR": "pt_BR", "JP": "ja_JP"},
}
"""The locale of names and addresses by country."""
COUNTRY_NAMES = {
    **{"US": "the United States", "GB": "Britain", "CA": "Canada", "DE": "Germany"},
    **{"FR": "France", "IT": "Italy", "ES": "Spain", "NL": "the Netherlands"},
    **{"PL": "Poland", "MX": "Mexico", "BR": "Brazil", "JP": "Japan"},
}


def tiers_of(choices: Choices, names: tuple[str, ...]) -> tuple[Tier, ...]:
    """Tiers of these names: their shares decrease, their activity and amounts increase."""
    rows = (choices.one(SHARES), choices.one(ACTIVITIES), choices.one(FACTORS))
    return tuple(Tier(*each) for each in zip(names, *rows, strict=True))


def in_dollars(amount: float) -> str:
    """An amount in words: two digits, three where two would be off by more than 2 %."""
    whole = max(round(amount), 1)
    digits = len(str(whole))
    kept = 2 if str(whole)[:2] >= "30" else 3
    rounded = round(whole, min(kept - digits, 0))
    if rounded >= 10**6:
        return f"${rounded / 10**6:.4g} million"
    return f"${rounded:,}"


def a(name: str) -> str:
    """A name with its article."""
    return f"{'an' if name[0] in 'AEIO' else 'a'} {name}"


def times(number: float) -> str:
    """How many times as often: "five times", "2.5 times"."""
    words = {2.0: "twice", 3.0: "three times", 4.0: "four times", 5.0: "five times"}
    return {**words, 6.0: "six times"}.get(number) or f"{number:g} times"
