"""Where the data goes, and in which form."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from compiler.spec.base import Model, problem
from compiler.spec.time import Length

HOUR = timedelta(hours=1)


def check_batch(length: timedelta) -> timedelta:
    """An hour, or a whole number of them; raises E104 else."""
    if not length or length % HOUR:
        raise problem("E104", "a batch is a whole number of hours", 'such as "1d"')
    return length


class Output(Model):
    """Engine, format and place of the data."""

    engine: Literal["polars", "spark", "pandas"] = Field(
        "polars", description="what computes it"
    )
    format: Literal["parquet", "json", "csv", "delta"] = Field(
        "parquet", description="of the files"
    )
    mode: Literal["overwrite", "append"] = Field(
        "overwrite", description="whether a run replaces the data or adds a batch to it"
    )
    batch: Annotated[Length, AfterValidator(check_batch)] = Field(
        default_factory=lambda: timedelta(days=1),
        description="the period of each batch after the first load, 1d unless told",
    )
    path: str | None = Field(
        None, min_length=1, description="folder of local runs: output/NAME"
    )
    compression: Literal["zstd", "snappy", "none"] = Field(
        "zstd", description="of Parquet files, Delta's too"
    )
