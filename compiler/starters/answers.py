"""What can be chosen for a first spec, apart from its story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from compiler.engines import EngineName, FormatName


@dataclass(frozen=True)
class Answers:
    """The choices, each with a default that makes a good spec."""

    name: str
    """Of the spec, lower snake_case."""
    domain: str = "retail"
    seed: int | None = None
    """What the story is drawn from; None is the usual story of the domain."""
    description: str | None = None
    """The story in the user's own words."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """By table: of the main one and any other that has a number of rows."""
    engine: EngineName = "polars"
    format: FormatName = "parquet"
    catalog: str | None = None
    schema: str | None = None
    schedule: str | None = None
    """When the job runs, as Quartz; None for one-time data."""
    timezone: str = "UTC"
    node_type: str | None = None
    """The machines of a classic cluster; None is serverless compute."""
    skew: bool = True
    """Whether some rows are far busier than others."""
    joins: bool = True
    """Whether each ref has its row; otherwise one in twenty has none."""
    bad_data: bool = False
    languages: bool = False
    """Whether names and addresses are those of each country."""
    append: bool = False
    """Whether each run adds a batch."""
    end: date | None = None
    """The end of the window, which append mode needs."""
    batch: str = "1d"
    """The period of a batch, as a length."""

    @property
    def has_job(self) -> bool:
        """Whether the spec describes how its job runs."""
        return self.schedule is not None or self.node_type is not None

    @property
    def has_faults(self) -> bool:
        return self.bad_data or not self.joins
