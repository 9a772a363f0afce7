"""What a comparison gives: scores from 0 to 1, where 1 is alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

SHAPES, PAIRS, CARDINALITY, BETWEEN = GROUPS = (
    "column shapes",
    "pair trends",
    "cardinality",
    "between tables",
)
"""The groups of scores. The total is their mean."""

EXPLAINED = 0.05
"""A pair that is lower than its columns by less than this shows nothing that they do not."""


class Kind(Enum):
    """How a column is compared. The value is its name in what is printed."""

    NUMBER = "number"
    MOMENT = "moment"
    CATEGORY = "category"
    LENGTH = "length of text"
    REF = "ref"
    """Into a few rows that both sides have, such as countries: compared as categories. They have
    no pairs: how rows depend on the row that they point at is compared between the tables."""
    NULLS = "nulls only"
    """Of other refs: their keys are meant to differ."""

    @property
    def has_pairs(self) -> bool:
        """Whether its values, not only their lengths, can be compared."""
        return self in (Kind.NUMBER, Kind.MOMENT, Kind.CATEGORY)


@dataclass(frozen=True)
class ColumnScore:
    """How alike the values of a column are on both sides."""

    table: str
    column: str
    kind: Kind
    shape: float
    """Of the values that are not null."""
    nulls: float
    """One less the difference between the shares of nulls."""
    difference: str = ""
    """What differs most, the generated data first."""

    @property
    def score(self) -> float:
        return self.shape * self.nulls

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


@dataclass(frozen=True)
class PairScore:
    """How alike the dependency of two columns is: of one table, or over a ref of two."""

    table: str
    column: str
    other_table: str
    other_column: str
    measure: str
    score: float
    difference: str = ""
    ref: str = ""
    """The column of `table` that points at `other_table`; empty within one table."""

    @property
    def name(self) -> str:
        other = f"{self.ref}.{self.other_column}" if self.ref else self.other_column
        return f"{self.table}.{self.column} × {other}"


@dataclass(frozen=True)
class RefScore:
    """How alike the numbers of children of each parent are."""

    table: str
    column: str
    target: str
    score: float
    difference: str = ""

    @property
    def name(self) -> str:
        return f"{self.table} per {self.target} ({self.column})"


@dataclass(frozen=True)
class Missing:
    """A table, or a column of one, that only one side has."""

    side: str
    """The side that lacks it: `generated` or `source`."""
    table: str
    column: str = ""

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}" if self.column else self.table


@dataclass(frozen=True)
class Skipped:
    """What both sides have, and is not compared."""

    table: str
    column: str
    """Empty for a whole table."""
    reason: str

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}" if self.column else self.table


Score = ColumnScore | PairScore | RefScore


@dataclass(frozen=True)
class Comparison:
    """Generated data held against its source."""

    columns: tuple[ColumnScore, ...]
    pairs: tuple[PairScore, ...]
    refs: tuple[RefScore, ...]
    between: tuple[PairScore, ...]
    missing: tuple[Missing, ...]
    skipped: tuple[Skipped, ...]
    coverage: float
    """The share of all columns, of either side, that both sides have. Not part of the total."""
    rows: Mapping[str, tuple[int, int]]
    """The rows of each table that is compared: of the generated data, of the source. No score:
    a scale is chosen."""
    lag: int = 0
    """The days that the generated moments start later than those of the source."""
    is_aligned: bool = False
    """Whether the windows are apart, so that moments are compared without that lag."""

    @property
    def scores(self) -> Mapping[str, tuple[Score, ...]]:
        """All scores by group; groups without any are left out."""
        groups: tuple[tuple[Score, ...], ...] = (
            self.columns,
            self.pairs,
            self.refs,
            self.between,
        )
        return {name: some for name, some in zip(GROUPS, groups, strict=True) if some}

    @property
    def groups(self) -> dict[str, float]:
        """The mean score of each group that there is."""
        return {
            name: mean(one.score for one in some) for name, some in self.scores.items()
        }

    @property
    def total(self) -> float | None:
        """The mean of the groups; None where nothing could be compared."""
        return mean(self.groups.values()) if self.groups else None

    @property
    def tables(self) -> dict[str, dict[str, float]]:
        """By table: the mean of its scores in each group. A ref counts for the table it is in."""
        names = dict.fromkeys(
            one.table for some in self.scores.values() for one in some
        )
        found: dict[str, dict[str, float]] = {name: {} for name in names}
        for group, some in self.scores.items():
            for name in names:
                own = [one.score for one in some if one.table == name]
                if own:
                    found[name][group] = mean(own)
        return found

    def lowest(self, most: int) -> list[Score]:
        """The lowest scores of all groups, without those that are 1.

        A pair is not among them where one of its columns by itself is about as different.
        """
        own = {(one.table, one.column): one.score for one in self.columns}

        def is_news(one: Score) -> bool:
            if not isinstance(one, PairScore):
                return True
            sides = (one.table, one.column), (one.other_table, one.other_column)
            return one.score < min(own.get(each, 1.0) for each in sides) - EXPLAINED

        every = [one for some in self.scores.values() for one in some if one.score < 1]
        shown = [one for one in every if is_news(one)]
        return sorted(shown, key=lambda one: (one.score, one.name))[:most]


def mean(numbers: Iterable[float]) -> float:
    every = list(numbers)
    return sum(every) / len(every)
