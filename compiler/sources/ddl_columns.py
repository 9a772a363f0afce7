"""Columns and constraints of CREATE TABLE and ALTER TABLE."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from compiler.sources.drafts import TableDraft
from compiler.sources.model import SourceRef
from compiler.sources.sql_checks import apply_check, plain
from compiler.sources.sql_formulas import formula_of
from compiler.sources.sql_types import SqlType, sql_type
from compiler.spec.types import Data

if TYPE_CHECKING:
    from sqlglot import exp


def add_column(
    table: TableDraft, column: exp.ColumnDef, dialect: str, types: Mapping[str, SqlType]
) -> None:
    """Adds a column with its own constraints; `types` are those that the file creates."""
    from sqlglot import exp

    kind = column.args.get("kind")
    if isinstance(kind, exp.DataType):
        custom = kind.args.get("kind")
        own = types.get(custom.name.lower()) if custom is not None else None
        type = own or sql_type(kind, dialect)
    else:
        type = SqlType(Data.UNKNOWN)
    name = column.name
    table.add(type.column(name))
    for one in column.args.get("constraints") or []:
        add_column_constraint(table, name, one.args.get("kind"))


def add_column_constraint(table: TableDraft, name: str, kind: exp.Expr | None) -> None:
    """Sets what a column's own constraint says."""
    from sqlglot import exp

    match kind:
        case exp.PrimaryKeyColumnConstraint():
            table.primary_key = (name,)
        case exp.NotNullColumnConstraint():
            table.change(name, nullable=bool(kind.args.get("allow_null")))
        case exp.UniqueColumnConstraint():
            table.add_key((name,))
        case exp.CheckColumnConstraint():
            apply_check(table, kind.this, name)
        case exp.CommentColumnConstraint():
            table.change(name, description=kind.this.name)
        case exp.DefaultColumnConstraint():
            add_default(table, name, kind.this)
        case exp.ComputedColumnConstraint():
            add_formula(table, name, kind.this)
        case exp.Reference():
            table.refs.append(ref((name,), kind))
        case exp.Properties():
            for one in kind.expressions:
                if one.name.lower() == "description":
                    table.change(name, description=one.args["value"].name)


def add_default(table: TableDraft, name: str, value: exp.Expr) -> None:
    """Sets the text that a column has where none is given; others than texts are left out."""
    from sqlglot import exp

    value = plain(value)
    column = table.columns.get(name.lower())
    is_text = isinstance(value, exp.National) or (
        isinstance(value, exp.Literal) and value.is_string
    )
    if is_text and column is not None and column.data is Data.TEXT:
        table.change(name, default=str(value.this))


def add_formula(table: TableDraft, name: str, computed: exp.Expr) -> None:
    """Sets what a generated column is made of, or a remark that a spec cannot have it."""
    column = table.columns.get(name.lower())
    if column is None:
        return
    dates = {key for key, one in table.columns.items() if one.data is Data.DATE}
    formula = formula_of(computed, column, dates)
    sql = " ".join(computed.sql().split())
    remark = f"generated as {sql}, which has no counterpart here"
    table.change(name, formula=formula, remark="" if formula else remark)


def add_constraint(table: TableDraft, one: exp.Expr) -> None:
    """Sets what a constraint of the table says; what it does not know, it leaves out."""
    from sqlglot import exp

    match one:
        case exp.Constraint():
            for part in one.expressions:
                add_constraint(table, part)
        case exp.PrimaryKey():
            table.primary_key = names_of(one.expressions) or table.primary_key
        case exp.ForeignKey():
            reference = one.args.get("reference")
            if reference is not None:
                table.refs.append(ref(names_of(one.expressions), reference))
        case exp.UniqueColumnConstraint():
            key = one.this
            columns = (
                key.expressions if isinstance(key, exp.Schema) else one.expressions
            )
            table.add_key(names_of(columns))
        case exp.CheckColumnConstraint():
            apply_check(table, one.this)


def ref(columns: tuple[str, ...], reference: exp.Reference) -> SourceRef:
    """A foreign key; without columns there, it points at the primary key."""
    from sqlglot import exp

    target = reference.this
    if isinstance(target, exp.Schema):
        return SourceRef(columns, table_name(target.this), names_of(target.expressions))
    return SourceRef(columns, table_name(target), ())


def table_name(table: exp.Expr) -> str:
    """The name with its schema, if it has one: other schemas may have the same name."""
    schema = table.text("db")
    return f"{schema}.{table.name}" if schema else table.name


def names_of(columns: Iterable[exp.Expr]) -> tuple[str, ...]:
    """Names of columns; none if one is an expression, or only a part of a column."""
    from sqlglot import exp

    names = []
    for column in columns:
        one = column.this if isinstance(column, exp.Ordered) else column
        if not isinstance(one, (exp.Column, exp.Identifier)):
            return ()
        names.append(one.name)
    return tuple(names)
