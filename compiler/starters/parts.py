"""The parts of a starter that its template does not write letter by letter."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from compiler.escape.toml import as_toml, as_toml_key
from compiler.starters.answers import Answers
from compiler.starters.story import LOCALES, Story

SHARED_TEXTS = 10
"""How many rows may share a text of Faker's pool (warning W410)."""
USUAL_POOL = 2_000
LARGEST_POOL = 1_000_000
"""Of the language."""
MANY_PARENTS = 1_000
"""Above so many rows a ref can be as skewed as one likes (warning W415)."""
REASONS = {
    "W403": "all are as busy: skew is off",
    "W406": "few rows a day",
    "W407": "a category of few rows",
    "W408": "fewer or more rows for each than one can follow",
    "W410": "texts repeat in so many rows",
}
"""Why a starter silences a warning. All of them are about the sizes that were asked for."""


@dataclass(frozen=True)
class Parts:
    """Writes settings as TOML, from the answers and the story."""

    answers: Answers
    story: Story
    sizes: Mapping[str, int]
    allowed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The warnings to silence, by table."""

    def allow(self, table: str) -> str:
        """The line that silences warnings of a table, with its reason; none where none arises."""
        codes = self.allowed.get(table)
        if not codes:
            return ""
        reasons = "; ".join(REASONS[code] for code in codes)
        return f"allow = [{', '.join(map(as_toml, codes))}] # {reasons}\n"

    def ref(
        self,
        table: str,
        skew: float,
        rows: int | None = None,
        **weights: Mapping[str, float],
    ) -> str:
        """A ref to a table: `weights` of values, and the share of its busiest fifth (0: none).

        Few rows have the language's own skew, since they may not reach another. `rows` is how
        many the table has at least, if that is not among the sizes.
        """
        settings = [f'kind = "ref", table = {as_toml(table)}']
        if not self.answers.skew:
            settings.append("skew = false")
            return f"{{ {', '.join(settings)} }}"
        given = ", ".join(f"{key} = {self.shares(of)}" for key, of in weights.items())
        if given:
            settings.append(f"weights = {{ {given} }}")
        if not skew:
            settings.append("skew = false")
        elif (rows or self.sizes.get(table, 0)) > MANY_PARENTS:
            settings.append(f"skew = {skew:g}")
        return f"{{ {', '.join(settings)} }}"

    def activity(self) -> dict[str, float]:
        return {tier.name: tier.activity for tier in self.story.tiers}

    def tiers(self) -> str:
        return self.shares({tier.name: tier.share for tier in self.story.tiers})

    def by_tier(self, key: str, base: float, decimals: int = 0) -> str:
        """Cases by tier: a parameter that grows with the tier's factor."""
        values = {
            tier.name: round(base * tier.factor, decimals) for tier in self.story.tiers
        }
        return self.cases(key, values)

    def tier_cases(self, first: str = "", **parameters: float | Sequence[float]) -> str:
        """Cases by tier, maybe after a first one: of each parameter one value, or one for each."""
        cases = [first] if first else []
        for n, tier in enumerate(self.story.tiers):
            given = ", ".join(
                f"{key} = {scalar(value[n] if isinstance(value, Sequence) else value)}"
                for key, value in parameters.items()
            )
            cases.append(f"{as_toml_key(tier.name)} = {{ {given} }}")
        return f"{{ {', '.join(cases)} }}"

    def cases(self, key: str, values: Mapping[str, float | str]) -> str:
        """Cases of one parameter."""
        given = (
            f"{as_toml_key(name)} = {{ {key} = {scalar(value)} }}"
            for name, value in values.items()
        )
        return f"{{ {', '.join(given)} }}"

    def shares(self, values: Mapping[str, float]) -> str:
        """Weights by value."""
        given = (
            f"{as_toml_key(name)} = {scalar(value)}" for name, value in values.items()
        )
        return f"{{ {', '.join(given)} }}"

    def locale(self, path: str) -> str:
        """The line that lets texts follow a country; none where all are English."""
        if not self.answers.languages:
            return ""
        cases = {country: LOCALES[country] for country in self.story.countries}
        given = ", ".join(f'{name} = "{locale}"' for name, locale in cases.items())
        return f"locale = {{ by = {as_toml(path)}, cases = {{ {given} }} }}\n"

    def pool(self, rows: int, usual: int = USUAL_POOL) -> str:
        """The pool of a Faker column, where the usual one is too small for its rows."""
        if rows <= usual * SHARED_TEXTS:
            return ""
        needed = math.ceil(rows / SHARED_TEXTS)
        return f", pool = {min(needed, LARGEST_POOL):_}"

    def key(self, prefix: str, rows: int, least: int = 5) -> str:
        """A key whose numbers all have as many digits."""
        digits = max(len(str(rows)), least)
        return f'{{ kind = "key", format = "{prefix}-{{:0{digits}d}}" }}'

    def ago(self, days: int) -> str:
        """A moment in an expression: counted back from the window's end.

        A batch may not depend on what counts from its own end, so there it is a date.
        """
        end = self.answers.end
        if self.answers.append and end is not None:
            return (end - timedelta(days=days)).isoformat()
        return f"-{days}d"


def scalar(value: float | str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_toml(value) if isinstance(value, str) else f"{value:_}".removesuffix(".0")


def data(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows of a table of `data`, their values below each other."""
    given = [[(key, scalar(value)) for key, value in row.items()] for row in rows]
    widths = [
        max(len(value) for _, value in column) for column in zip(*given, strict=True)
    ]
    lines = []
    for row in given:
        last = len(row) - 1
        cells = [
            (
                f"{key} = {value}"
                if n == last
                else f"{key} = {value},".ljust(len(key) + widths[n] + 4)
            )
            for n, (key, value) in enumerate(row)
        ]
        lines.append(f"  {{ {' '.join(cells)} }},")
    return "\n".join(lines)
