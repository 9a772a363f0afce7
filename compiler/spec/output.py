"""Where the data goes, and in which form."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from compiler.diagnostics import Hint, Remove, leave_out
from compiler.engines import ENGINES, FORMATS, EngineName, FormatName
from compiler.spec.base import Model, Seen, problem
from compiler.spec.time import Length

HOUR = timedelta(hours=1)
CATALOG = "ai_dev_kit"


def check_batch(length: timedelta) -> timedelta:
    """A whole number of hours, at least 1; otherwise raises E104."""
    if not length or length % HOUR:
        raise problem("E104", "a batch is a whole number of hours", 'such as "1d"')
    return length


OF_TEXT = ("gzip", "none")
OF_COLUMNS = ("zstd", "snappy", "none")
"""How files of text, and of columns, can be compressed."""
DELIMITERS = "\t,;|!#$%&()*/<=>?@[]^`{}~"
"""No letter, digit or sign of numbers, moments, names and quotes: only texts may hold these."""


def check_delimiter(text: str) -> str:
    """One letter that is in no number, moment or name; otherwise raises E104."""
    if len(text) != 1 or text not in DELIMITERS:
        message = "a delimiter is a tab, or one sign that no number or moment holds"
        raise problem("E104", message, r'such as ";", "|" or "\t"')
    return text


UNITY_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
LONGEST_UNITY_NAME = 255
"""A valid name in Unity Catalog; one with a hyphen needs backticks."""


def check_unity_name(name: str, what: str = "catalog, schema or volume") -> str:
    """The name of a catalog, a schema or a volume; otherwise raises E108."""
    if not re.fullmatch(UNITY_NAME, name) or len(name) > LONGEST_UNITY_NAME:
        help = (
            f"letters, digits, _ and -, at most {LONGEST_UNITY_NAME}, no digit in front"
        )
        raise problem("E108", f"`{name}` is no name of a {what}", help)
    return name


def check_schema(name: str) -> str:
    """The name of a schema, or of its catalog and schema; otherwise raises E108."""
    for part in name.split(".", 1):
        check_unity_name(part, "schema")
    return name


UnityName = Annotated[str, AfterValidator(check_unity_name)]


class Output(Model):
    """Engine, format and destination of the data."""

    engine: EngineName = Field(
        "polars", description="the library that computes the data"
    )
    format: FormatName = Field("parquet", description="the format of the files")
    mode: Literal["overwrite", "append"] = Field(
        "overwrite", description="whether a run replaces the data or adds a batch to it"
    )
    batch: Annotated[Length, AfterValidator(check_batch)] = Field(
        default_factory=lambda: timedelta(days=1),
        description="the period of each batch after the first load; 1d by default",
    )
    catalog: UnityName | None = Field(
        None, description=f"of Unity Catalog; {CATALOG} by default"
    )
    schema_: Annotated[str, AfterValidator(check_schema)] | None = Field(
        None,
        alias="schema",
        description="of Unity Catalog; the name of the spec by default. With the catalog: "
        '"main.sales"',
    )
    volume: UnityName = Field(
        "raw_data", description="of Unity Catalog, where files go"
    )
    create_catalog: bool = Field(
        True, description="whether a run creates a missing catalog"
    )
    path: Seen | None = Field(
        None, description="folder of local runs; output/NAME by default"
    )
    compression: Literal["zstd", "snappy", "gzip", "none"] | None = Field(
        None,
        description="zstd, snappy or none of Parquet and Delta, zstd by default; gzip or none "
        "of CSV and JSON, none by default",
    )
    delimiter: Annotated[str, AfterValidator(check_delimiter)] = Field(
        ",", description='what is between the cells of CSV, such as ";" or a tab'
    )
    single_file: bool = Field(
        False,
        description="whether a table is one file in place of a folder of parts; not with Spark, "
        "Delta or append mode",
    )
    csv_safe: bool = Field(
        False,
        description="whether texts in CSV that a spreadsheet would read as a formula get an "
        "apostrophe before them",
    )
    tags: bool = Field(
        False,
        description="whether columns of personal data are tagged in Unity Catalog "
        '(pii = "name", "email" …); only engine spark with format delta',
    )

    @model_validator(mode="after")
    def _one_catalog(self) -> Self:
        named = (self.schema_ or "").rpartition(".")[0]
        if named and self.catalog not in (None, named):
            message = f"the catalog is `{self.catalog}` here and `{named}` in `schema`"
            help = "name the catalog once"
            raise problem("E106", message, help, at=[("catalog",), ("schema",)])
        return self

    @model_validator(mode="after")
    def _compression_of_the_format(self) -> Self:
        # --format overrides the spec's format: then this has no effect.
        text = FORMATS[self.format].is_text
        known = OF_TEXT if text else OF_COLUMNS
        if self.compression not in (None, *known):
            message = f"{self.format} files are not compressed by {self.compression}"
            help = f'leave it out, or write compression = "{known[0]}"'
            at = [("compression",), ("format",)]
            raise problem("E106", message, Hint(help, Remove()), at=at)
        return self

    @model_validator(mode="after")
    def _options_of_csv(self) -> Self:
        for key, default in (("csv_safe", False), ("delimiter", ",")):
            if getattr(self, key) != default and self.format != "csv":
                message = f"`{key}` is for CSV, and the format is {self.format}"
                hint = Hint('leave it out, or write format = "csv"', Remove())
                raise problem("E106", message, hint, at=[(key,), ("format",)])
        return self

    @model_validator(mode="after")
    def _single_file_of_one_writer(self) -> Self:
        reasons = {
            "engine": ENGINES[self.engine].distributed
            and "Spark writes a file for each of its tasks",
            "format": FORMATS[self.format].is_table and "a Delta table is a folder",
            "mode": self.mode == "append" and "each batch of a table has a folder",
        }
        for key, why in reasons.items():
            if self.single_file and why:
                message = f"no table can be a single file: {why}"
                at = [("single_file",), (key,)]
                raise problem("E106", message, leave_out(), at=at)
        return self

    @model_validator(mode="after")
    def _tags_of_a_catalog(self) -> Self:
        wanted = {"engine": "spark", "format": "delta"}
        other = [key for key, value in wanted.items() if getattr(self, key) != value]
        if self.tags and other:
            message = "`tags` are for tables in Unity Catalog"
            help = 'leave it out, or write engine = "spark" and format = "delta"'
            at = [("tags",), *((key,) for key in other)]
            raise problem("E106", message, Hint(help, Remove()), at=at)
        return self

    @property
    def has_tags(self) -> bool:
        """Whether `tags` has an effect: options of the command line override the spec."""
        in_catalog = ENGINES[self.engine].distributed and FORMATS[self.format].is_table
        return self.tags and in_catalog

    @property
    def codec(self) -> str:
        """The compression that has an effect: --format overrides the spec."""
        known = OF_TEXT if FORMATS[self.format].is_text else OF_COLUMNS
        usual = "none" if FORMATS[self.format].is_text else "zstd"
        chosen = self.compression
        return chosen if chosen is not None and chosen in known else usual

    @property
    def is_zipped(self) -> bool:
        """Whether files of text are compressed."""
        return self.codec == "gzip"

    @property
    def suffix(self) -> str:
        """What the names of files end in."""
        return f"{self.format}.gz" if self.is_zipped else self.format

    @property
    def own_delimiter(self) -> str | None:
        """The delimiter of CSV where it is no comma: --format overrides the spec."""
        other = self.format == "csv" and self.delimiter != ","
        return self.delimiter if other else None

    @property
    def has_single_files(self) -> bool:
        """Whether `single_file` has an effect: options of the command line override the spec."""
        folders = ENGINES[self.engine].distributed or FORMATS[self.format].is_table
        return self.single_file and not folders and self.mode == "overwrite"

    @property
    def has_safe_texts(self) -> bool:
        """Whether `csv_safe` has an effect: --format overrides the spec."""
        return self.csv_safe and self.format == "csv"

    def unity_names(self, name: str) -> tuple[str, str, str]:
        """The catalog, schema and volume of the spec with this name."""
        catalog, _, schema = (self.schema_ or name).rpartition(".")
        return self.catalog or catalog or CATALOG, schema, self.volume
