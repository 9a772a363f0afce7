"""Where the data goes, and in which form."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from compiler.spec.base import Model


class Output(Model):
    """Engine, format and place of the data."""

    engine: Literal["polars", "spark", "pandas"] = Field(
        "polars", description="what computes it"
    )
    format: Literal["parquet", "json", "csv", "delta"] = Field(
        "parquet", description="of the files"
    )
    path: str | None = Field(
        None, min_length=1, description="folder of local runs: output/NAME"
    )
    compression: Literal["zstd", "snappy", "none"] = Field(
        "zstd", description="of Parquet files, Delta's too"
    )
