"""What each statement of Unity Catalog does to the catalog of `unity.py`, or is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pyspark.errors import AnalysisException

NAME = r"`((?:[^`]|``)+)`"
TEXT = r"'((?:[^'\\]|\\.)*)'"
TABLE = rf"`[^`]+`\.`[^`]+`\.{NAME}"


class Refused(AnalysisException):
    """What Databricks would refuse."""


@dataclass
class Held:
    """What the catalog holds of a table besides its rows."""

    columns: dict[str, str]
    comments: dict[str, str] = field(default_factory=dict)
    comment: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    key: tuple[str, tuple[str, ...]] | None = None
    refs: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By name: the column, and the table that it leads to."""
    replaced: int = 0


@dataclass
class Answer:
    """What a statement gives."""

    row: dict[str, str] | tuple[str, ...] | None = None

    def first(self) -> Any:
        return self.row


def held(unity: Any, name: str) -> Held:
    if name not in unity.tables:
        raise Refused(f"[TABLE_OR_VIEW_NOT_FOUND] {name}")
    return unity.tables[name]


def column_of(table: Held, *names: str) -> None:
    for name in names:
        if name not in table.columns:
            raise Refused(f"[DELTA_COLUMN_NOT_FOUND] {name}")


def show(unity: Any, what: str, where: str, like: str) -> Answer:
    kind = {"CATALOGS": "catalog", "SCHEMAS": "schema", "VOLUMES": "volume"}[what]
    outer = [*filter(None, where.replace("`", "").split("."))]
    if kind != "catalog" and outer[0] not in re.split("[ .]", " ".join(unity.places)):
        raise Refused("[NO_SUCH_CATALOG_EXCEPTION]")
    place = f"{kind} {'.'.join([*outer, like])}"
    return Answer((like,) if place in unity.places else None)


def create(unity: Any, kind: str, name: str) -> Answer:
    kind, place = kind.lower(), name.replace("`.`", ".").strip("`")
    if kind not in unity.may_create:
        raise Refused(
            f"[PERMISSION_DENIED] User does not have CREATE {kind.upper()}.\nJVM"
        )
    unity.places.add(f"{kind} {place}")
    if unity.rows is not None and kind == "schema":
        unity.rows.sql(f"CREATE SCHEMA {name}")
    return Answer()


def show_property(unity: Any, name: str, key: str) -> Answer:
    missing = f"Table {name} does not have property: {key}"
    return Answer({"key": key, "value": held(unity, name).properties.get(key, missing)})


def set_property(unity: Any, name: str, key: str, value: str) -> Answer:
    held(unity, name).properties[key] = value
    return Answer()


def comment_table(unity: Any, name: str, text: str) -> Answer:
    held(unity, name).comment = plain(text)
    return Answer()


def comment_column(unity: Any, name: str, column: str, text: str) -> Answer:
    column_of(held(unity, name), column)
    held(unity, name).comments[column] = plain(text)
    return Answer()


def plain(text: str) -> str:
    """A text of SQL without its escapes."""
    return re.sub(
        r"\\(u0024|.)", lambda found: {"u0024": "$"}.get(found[1], found[1]), text
    )


def tag(unity: Any, name: str, column: str, value: str) -> Answer:
    column_of(held(unity, name), column)
    held(unity, name).tags[column] = value
    return Answer()


def require(unity: Any, name: str, column: str) -> Answer:
    column_of(held(unity, name), column)
    held(unity, name).required.add(column)
    return Answer()


def add_key(unity: Any, name: str, constraint: str, columns: str) -> Answer:
    table, own = held(unity, name), tuple(columns.replace("`", "").split(", "))
    taken(unity, constraint)
    if table.key:
        raise Refused(f"[DELTA_PRIMARY_KEY_ALREADY_EXISTS] {name}")
    if not table.required.issuperset(own):
        raise Refused(f"[DELTA_PRIMARY_KEY_NULLABLE] {own}")
    table.key = constraint, own
    return Answer()


def add_ref(unity: Any, name: str, constraint: str, column: str, target: str) -> Answer:
    taken(unity, constraint)
    column_of(held(unity, name), column)
    if not held(unity, target).key:
        raise Refused(f"[UC_REFERENTIAL_CONSTRAINT_DOES_NOT_EXIST] {target} has no key")
    held(unity, name).refs[constraint] = column, target
    return Answer()


def taken(unity: Any, constraint: str) -> None:
    """Refuses a name that a constraint of the schema has."""
    for table in unity.tables.values():
        if constraint in table.refs or (table.key and table.key[0] == constraint):
            raise Refused(f"[DELTA_CONSTRAINT_ALREADY_EXISTS] {constraint}")


def drop_key(unity: Any, name: str, cascade: str) -> Answer:
    table = held(unity, name)
    for other in unity.tables.values():
        leading = [each for each, (_, target) in other.refs.items() if target == name]
        if leading and table.key and not cascade:
            raise Refused(f"A foreign key `{leading[0]}` depends on the primary key")
        for each in leading:
            del other.refs[each]
    table.key = None
    return Answer()


def drop_ref(unity: Any, name: str, column: str) -> Answer:
    table = held(unity, name)
    column_of(table, column)
    table.refs = {each: ref for each, ref in table.refs.items() if ref[0] != column}
    return Answer()


ALTER = f"ALTER TABLE {TABLE}"
ACTS: dict[str, Callable[..., Answer]] = {
    rf"SHOW (CATALOGS|SCHEMAS|VOLUMES)(?: IN (`.+`))? LIKE {TEXT}": show,
    r"CREATE (CATALOG|SCHEMA|VOLUME) IF NOT EXISTS (.+)": create,
    rf"SHOW TBLPROPERTIES {TABLE} \({TEXT}\)": show_property,
    rf"{ALTER} SET TBLPROPERTIES \({TEXT} = {TEXT}\)": set_property,
    rf"COMMENT ON TABLE {TABLE} IS {TEXT}": comment_table,
    rf"{ALTER} ALTER COLUMN {NAME} COMMENT {TEXT}": comment_column,
    rf"{ALTER} ALTER COLUMN {NAME} SET TAGS \('pii' = {TEXT}\)": tag,
    rf"{ALTER} ALTER COLUMN {NAME} SET NOT NULL": require,
    rf"{ALTER} ADD CONSTRAINT {NAME} PRIMARY KEY \(([^)]+)\) RELY": add_key,
    rf"{ALTER} ADD CONSTRAINT {NAME} FOREIGN KEY \({NAME}\) REFERENCES {TABLE}": add_ref,
    rf"{ALTER} DROP PRIMARY KEY IF EXISTS( CASCADE)?": drop_key,
    rf"{ALTER} DROP FOREIGN KEY IF EXISTS \({NAME}\)": drop_ref,
}
