"""Data contracts of the Open Data Contract Standard, versions 2 and 3.

Source: https://bitol-io.github.io/open-data-contract-standard/v3.2.0/ and `…/v2.2.2/`
"""

from __future__ import annotations

from dataclasses import replace

from compiler.sources.dbt_schema import add_table
from compiler.sources.drafts import TableDraft
from compiler.sources.found import Found
from compiler.sources.model import SourceColumn, SourceRef
from compiler.sources.sql_types import SqlType, named_type
from compiler.sources.trees import (
    Tree,
    mapping,
    mappings,
    number,
    sequence,
    text,
    texts,
)
from compiler.spec.types import Data

LOGICAL = {
    "string": Data.TEXT,
    "integer": Data.INTEGER,
    "number": Data.NUMBER,
    "boolean": Data.BOOLEAN,
    "date": Data.DATE,
    "timestamp": Data.TIMESTAMP,
}
"""The logical types that a spec has, too; `time`, `object`, `array` and `map` are others."""

DATE_LETTERS = frozenset("yMdDE-/. '")
"""Letters of a date's format: in versions before 3.1, `date` with a time is a timestamp."""


DUPLICATES = ("duplicateValues", "duplicateCount", "uniqueCheck")
"""Names of the metric that counts repeated values, in all versions."""


def is_contract(tree: Tree) -> bool:
    """Whether it is a data contract."""
    return text(tree.get("kind")) == "DataContract" or (
        "apiVersion" in tree
        and (
            isinstance(tree.get("schema"), list)
            or isinstance(tree.get("dataset"), list)
        )
    )


def read_contract(tree: Tree, file: str) -> Found:
    """The tables of a data contract; `file` is its name in notes."""
    found = Found()
    objects = [as_version_3(one) for one in mappings(tree.get("dataset"))]
    objects += mappings(tree.get("schema"))
    by_id = Ids(objects)
    for one in objects:
        add_table(found, table_of(one, by_id))
    if by_id.foreign:
        found.notes.append(f"{file}: left out {by_id.foreign} refs to other contracts")
    return found


def as_version_3(table: Tree) -> Tree:
    """A table of version 2 in the words of version 3."""
    return {
        **table,
        "name": table.get("table") or table.get("name"),
        "properties": [
            {
                **column,
                "name": column.get("column") or column.get("name"),
                "required": column.get("isNullable") is False,
                "unique": column.get("isUnique"),
                "primaryKey": column.get("isPrimaryKey") or column.get("isPrimary"),
            }
            for column in mappings(table.get("columns"))
        ],
    }


class Ids:
    """Resolves refs by the ids of a contract, and counts those to other contracts."""

    def __init__(self, objects: list[Tree]) -> None:
        self.objects = {
            key: one
            for one in objects
            for key in (text(one.get("id")), text(one.get("name")))
            if key
        }
        self.foreign = 0

    def columns(self, references: list[str]) -> tuple[str, tuple[str, ...]] | None:
        """The table and columns of `customers.id` or `schema/cust/properties/cust_id`."""
        found = [self.column(one) for one in references]
        known = [one for one in found if one is not None]
        if not known or len(known) < len(found) or len({t for t, _ in known}) > 1:
            return None
        return known[0][0], tuple(column for _, column in known)

    def column(self, reference: str) -> tuple[str, str] | None:
        """The table and the column, by names or by ids."""
        if "#" in reference:
            self.foreign += 1
            return None
        parts = reference.strip("/").split("/")
        if len(parts) == 1:
            table, dot, column = reference.partition(".")
            return (
                (table_name(self.objects.get(table, {}), table), column)
                if dot
                else None
            )
        parts = parts[1:] if parts[0] == "schema" else parts
        if len(parts) != 3 or parts[1] != "properties":
            return None
        owner = self.objects.get(parts[0], {})
        for one in mappings(owner.get("properties")):
            if parts[2] in (text(one.get("id")), text(one.get("name"))):
                return table_name(owner, parts[0]), column_name(one)
        return table_name(owner, parts[0]), parts[2]


def table_name(one: Tree, otherwise: str = "") -> str:
    """The name in the database, where the contract has one."""
    return text(one.get("physicalName")) or text(one.get("name")) or otherwise


def column_name(one: Tree) -> str:
    return text(one.get("physicalName")) or text(one.get("name"))


def table_of(one: Tree, ids: Ids) -> TableDraft:
    """The table of a schema object."""
    table = TableDraft(table_name(one), description=text(one.get("description")))
    keys: list[tuple[float, str]] = []
    for position, column in enumerate(mappings(one.get("properties"))):
        name = column_name(column)
        if not name:
            continue
        table.add(column_of(name, column))
        if column.get("primaryKey") is True:
            at = number(column.get("primaryKeyPosition"))
            keys.append((at if at is not None and at >= 0 else position, name))
        for relation in mappings(column.get("relationships")):
            add_ref(table, ids, [f"{table.name}.{name}"], relation)
        for rule in mappings(column.get("quality")):
            apply_rule(table, name, rule)
    table.primary_key = tuple(name for _, name in sorted(keys))
    for relation in mappings(one.get("relationships")):
        add_ref(table, ids, references(relation.get("from")), relation)
    for rule in mappings(one.get("quality")):
        names = texts(mapping(rule.get("arguments")).get("properties"))
        if is_metric(rule, *DUPLICATES) and is_none(rule):
            table.add_key(names)
    return table


def references(value: object) -> list[str]:
    """One reference or several."""
    return [text(one) for one in (value if isinstance(value, list) else [value])]


def add_ref(table: TableDraft, ids: Ids, columns: list[str], relation: Tree) -> None:
    """Adds a foreign key, if both of its sides are in this contract."""
    if text(relation.get("type")) not in ("", "foreignKey"):
        return
    own = ids.columns(columns)
    target = ids.columns(references(relation.get("to")))
    if own and target and len(own[1]) == len(target[1]):
        table.refs.append(SourceRef(own[1], target[0], target[1]))


def column_of(name: str, column: Tree) -> SourceColumn:
    """The column of a property."""
    options = mapping(column.get("logicalTypeOptions"))
    type = type_of(column, options)
    low, high = number(options.get("minimum")), number(options.get("maximum"))
    step = 1 if type.data is Data.INTEGER else 0
    above = number(options.get("exclusiveMinimum"))
    below = number(options.get("exclusiveMaximum"))
    return replace(
        type.column(name),
        nullable=column.get("required") is not True,
        unique=column.get("unique") is True,
        description=text(column.get("description")),
        classification=text(column.get("classification")),
        values=allowed(column.get("enum")) or type.values,
        minimum=above + step if low is None and above is not None else low,
        maximum=below - step if high is None and below is not None else high,
    )


def allowed(enum: object) -> tuple[str, ...]:
    """The values of an enum: texts, or objects with a `value`."""
    return texts(
        [one.get("value") if isinstance(one, dict) else one for one in sequence(enum)]
    )


def type_of(column: Tree, options: Tree) -> SqlType:
    """The logical type; the physical one has the digits, and is all there is in many contracts."""
    logical = text(column.get("logicalType")).lower()
    physical = named_type(text(column.get("physicalType")))
    if not logical:
        return physical
    data = LOGICAL.get(logical, Data.UNKNOWN)
    format = text(options.get("format"))
    if data is Data.DATE and (
        physical.data is Data.TIMESTAMP or not set(format) <= DATE_LETTERS
    ):
        data = Data.TIMESTAMP
    if data is Data.NUMBER and physical.data is Data.INTEGER:
        data = Data.INTEGER
    decimals = physical.decimals if data is Data.NUMBER else None
    return SqlType(data, physical.declared or logical, decimals)


def apply_rule(table: TableDraft, name: str, rule: Tree) -> None:
    """Sets what a quality rule of a property says, if it allows no exception."""
    arguments = mapping(rule.get("arguments"))
    values = texts(arguments.get("validValues") or rule.get("validValues"))
    if values and is_metric(rule, "invalidValues", "validValues"):
        table.change(name, values=values)
    elif is_metric(rule, "nullValues", "nullCheck") and is_none(rule):
        table.change(name, nullable=False)
    elif is_metric(rule, *DUPLICATES) and is_none(rule):
        table.add_key([name])


def is_metric(rule: Tree, *names: str) -> bool:
    """Whether a rule measures this; before version 3.1, `metric` was `rule`."""
    return text(rule.get("metric")) in names or text(rule.get("rule")) in names


def is_none(rule: Tree) -> bool:
    """Whether the number that a rule measures must be 0."""
    return rule.get("mustBe") == 0 or rule.get("mustBeLessThan") == 1
