"""Types of SQL as types of a spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler.sources.model import SourceColumn
from compiler.spec.types import Data

if TYPE_CHECKING:
    from sqlglot import exp

INTEGERS = """
TINYINT UTINYINT SMALLINT USMALLINT MEDIUMINT UMEDIUMINT INT UINT BIGINT UBIGINT INT128 UINT128
INT256 UINT256 SERIAL SMALLSERIAL BIGSERIAL YEAR
"""
NUMBERS = """
FLOAT DOUBLE UDOUBLE DECIMAL UDECIMAL DECIMAL32 DECIMAL64 DECIMAL128 DECIMAL256 DECFLOAT
BIGDECIMAL MONEY SMALLMONEY
"""
TEXTS = """
CHAR NCHAR VARCHAR NVARCHAR BPCHAR TEXT TINYTEXT MEDIUMTEXT LONGTEXT NAME UUID UNIQUEIDENTIFIER
ENUM ENUM8 ENUM16 INET IPADDRESS IPV4 IPV6 XML CIDR FIXEDSTRING LOWCARDINALITY
"""
TIMESTAMPS = """
TIMESTAMP TIMESTAMPTZ TIMESTAMPLTZ TIMESTAMPNTZ TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS DATETIME
DATETIME2 DATETIME64 SMALLDATETIME
"""

BY_NAME: dict[str, Data] = {
    **dict.fromkeys(INTEGERS.split(), Data.INTEGER),
    **dict.fromkeys(NUMBERS.split(), Data.NUMBER),
    **dict.fromkeys(TEXTS.split(), Data.TEXT),
    **dict.fromkeys(TIMESTAMPS.split(), Data.TIMESTAMP),
    **dict.fromkeys(("DATE", "DATE32"), Data.DATE),
    **dict.fromkeys(("BOOLEAN", "BIT"), Data.BOOLEAN),
}
"""By sqlglot's names, which are the same for all dialects."""

DECIMALS = ("DECIMAL", "UDECIMAL", "BIGDECIMAL")
MONEY = 4
"""Digits after the point of MONEY, in T-SQL; Postgres has 2 in most locales."""

ANY_SCALE = ("postgres", "bigquery", "sqlite", "duckdb")
"""Dialects in which a DECIMAL without parameters has digits after the point."""


@dataclass(frozen=True)
class SqlType:
    """A type as a spec has it."""

    data: Data
    declared: str = ""
    decimals: int | None = None
    values: tuple[str, ...] = ()

    def column(self, name: str) -> SourceColumn:
        """A column of this type."""
        return SourceColumn(
            name, self.data, self.declared, values=self.values, decimals=self.decimals
        )


def sql_type(kind: exp.DataType, dialect: str) -> SqlType:
    """The counterpart of a type; its data is UNKNOWN if there is none.

    A DECIMAL without digits after the point is an integer, as is MySQL's TINYINT; TINYINT(1) is
    MySQL's word for a boolean, and BIT T-SQL's.
    """
    from sqlglot import exp

    name = getattr(kind.this, "name", str(kind.this))
    declared = kind.sql(dialect=dialect)
    parameters = kind.expressions
    numbers = [
        int(one.name)
        for one in parameters
        if isinstance(one, exp.DataTypeParam) and one.name.isdigit()
    ]
    data = BY_NAME.get(name, Data.UNKNOWN)
    if name == "TINYINT" and numbers == [1] and dialect == "mysql":
        data = Data.BOOLEAN
    if name == "BIT" and numbers not in ([], [1]):
        data = Data.UNKNOWN
    decimals = None
    if name in DECIMALS:
        decimals = numbers[1] if len(numbers) > 1 else None
        if decimals == 0 or (decimals is None and is_whole(numbers, dialect)):
            data, decimals = Data.INTEGER, None
    elif name in ("MONEY", "SMALLMONEY"):
        decimals = 2 if dialect == "postgres" else MONEY
    values = (
        ()
        if not name.startswith("ENUM")
        else tuple(
            one.this
            for one in parameters
            if isinstance(one, exp.Literal) and one.is_string
        )
    )
    return SqlType(data, declared, decimals, values)


def is_whole(numbers: list[int], dialect: str) -> bool:
    """Whether a DECIMAL without a scale has none: DECIMAL(10) everywhere, DECIMAL nearly so."""
    if dialect in ("oracle", "snowflake") and not numbers:
        return dialect == "snowflake"
    return bool(numbers) or dialect not in ANY_SCALE


def named_type(text: str, dialect: str | None = None) -> SqlType:
    """A type as a schema file has it, such as `varchar(20)` or `NUMERIC(10, 2)`."""
    import sqlglot
    from sqlglot import exp

    text = text.strip()
    if not text:
        return SqlType(Data.UNKNOWN)
    for tried in [dialect] if dialect else ANY_DIALECT:
        try:
            kind = exp.DataType.build(text, dialect=tried)
        except (sqlglot.errors.SqlglotError, ValueError):
            continue
        if not kind.is_type("unknown", "userdefined"):
            found = sql_type(kind, tried)
            return SqlType(found.data, text, found.decimals, found.values)
    return SqlType(Data.UNKNOWN, text)


ANY_DIALECT = ("postgres", "bigquery", "snowflake", "tsql", "databricks", "mysql")
"""Where a type is written without its dialect: the first of these that knows it."""
