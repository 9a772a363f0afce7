"""Where the data goes, and in which form."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from compiler.diagnostics import Hint, Remove
from compiler.spec.base import Model, Seen, problem
from compiler.spec.time import Length

HOUR = timedelta(hours=1)
CATALOG = "ai_dev_kit"


def check_batch(length: timedelta) -> timedelta:
    """An hour, or a whole number of them; raises E104 else."""
    if not length or length % HOUR:
        raise problem("E104", "a batch is a whole number of hours", 'such as "1d"')
    return length


UNITY_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
LONGEST_UNITY_NAME = 255
"""What Unity Catalog takes as a name; a hyphen in it wants backticks."""


def check_unity_name(name: str, what: str = "catalog, schema or volume") -> str:
    """The name of a catalog, a schema or a volume; raises E108 else."""
    if not re.fullmatch(UNITY_NAME, name) or len(name) > LONGEST_UNITY_NAME:
        help = (
            f"letters, digits, _ and -, at most {LONGEST_UNITY_NAME}, no digit in front"
        )
        raise problem("E108", f"`{name}` is no name of a {what}", help)
    return name


def check_schema(name: str) -> str:
    """A schema's name, or that of its catalog and its own; raises E108 else."""
    for part in name.split(".", 1):
        check_unity_name(part, "schema")
    return name


UnityName = Annotated[str, AfterValidator(check_unity_name)]


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
    catalog: UnityName | None = Field(
        None, description=f"of Unity Catalog, {CATALOG} unless told"
    )
    schema_: Annotated[str, AfterValidator(check_schema)] | None = Field(
        None,
        alias="schema",
        description="of Unity Catalog, the spec's name unless told; or that of the catalog "
        'and its own: "main.sales"',
    )
    volume: UnityName = Field(
        "raw_data", description="of Unity Catalog, where files go"
    )
    create_catalog: bool = Field(
        True, description="whether a run creates the catalog where there is none"
    )
    path: Seen | None = Field(None, description="folder of local runs: output/NAME")
    compression: Literal["zstd", "snappy", "none"] = Field(
        "zstd", description="of Parquet files, Delta's too; not of CSV and JSON"
    )

    csv_safe: bool = Field(
        False,
        description="whether texts of CSV that a spreadsheet would take for a formula get an "
        "apostrophe before them",
    )
    tags: bool = Field(
        False,
        description="whether columns of personal data are tagged in Unity Catalog "
        '(pii = "name", "email" …): of engine spark, format delta',
    )

    @model_validator(mode="after")
    def _one_catalog(self) -> Self:
        told = (self.schema_ or "").rpartition(".")[0]
        if told and self.catalog not in (None, told):
            message = f"the catalog is `{self.catalog}` here and `{told}` in `schema`"
            help = "name the catalog once"
            raise problem("E106", message, help, at=[("catalog",), ("schema",)])
        return self

    @model_validator(mode="after")
    def _compression_of_what_is_compressed(self) -> Self:
        # On the command line another format goes before the spec's: then this is left unused.
        text = self.format in ("csv", "json")
        if text and "compression" in self.model_fields_set:
            message = f"files of {self.format} are not compressed"
            help = 'leave it out, or write format = "parquet" or "delta"'
            at = [("compression",), ("format",)]
            raise problem("E106", message, Hint(help, Remove()), at=at)
        return self

    @model_validator(mode="after")
    def _csv_safe_of_csv(self) -> Self:
        if self.csv_safe and self.format != "csv":
            message = f"`csv_safe` is of CSV, and the files are {self.format}"
            hint = Hint('leave it out, or write format = "csv"', Remove())
            raise problem("E106", message, hint, at=[("csv_safe",), ("format",)])
        return self

    @model_validator(mode="after")
    def _tags_of_a_catalog(self) -> Self:
        wanted = {"engine": "spark", "format": "delta"}
        other = [key for key, value in wanted.items() if getattr(self, key) != value]
        if self.tags and other:
            message = "`tags` are of tables in Unity Catalog"
            help = 'leave it out, or write engine = "spark" and format = "delta"'
            at = [("tags",), *((key,) for key in other)]
            raise problem("E106", message, Hint(help, Remove()), at=at)
        return self

    @property
    def has_tags(self) -> bool:
        """Whether `tags` counts: on the command line other values go before the spec's."""
        return self.tags and (self.engine, self.format) == ("spark", "delta")

    @property
    def has_safe_texts(self) -> bool:
        """Whether `csv_safe` counts: on the command line another format goes before the spec's."""
        return self.csv_safe and self.format == "csv"

    def unity_names(self, name: str) -> tuple[str, str, str]:
        """The catalog, schema and volume of the spec of this name."""
        catalog, _, schema = (self.schema_ or name).rpartition(".")
        return self.catalog or catalog or CATALOG, schema, self.volume
