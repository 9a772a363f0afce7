"""Conditions of `--check` in SQL: of cases, and of expressions as far as SQL can say them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from compiler.engines import ENGINES
from compiler.escape.csv import as_csv
from compiler.escape.sql import as_sql
from compiler.plan.expression import (
    Binary,
    Call,
    Compare,
    Literal,
    Logic,
    Node,
    Not,
    Read,
    Unary,
)
from compiler.plan.model import Case, Column, Variant
from compiler.spec.output import Output
from compiler.spec.types import Data

OPERATORS = {"==": "=", "!=": "<>"}
"""What SQL calls otherwise."""


@dataclass(frozen=True)
class Condition:
    """SQL in which each `{}` is the column at one of the paths, in order."""

    sql: str
    paths: tuple[str, ...]

    def __and__(self, other: Condition) -> Condition:
        both = f"({self.sql}) AND ({other.sql})"
        return Condition(both, (*self.paths, *other.paths))


class NotInSql(Exception):
    """An expression that has no simple SQL with the same meaning."""


class Sql:
    """Writes SQL of an engine, and notes the paths that it reads."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.paths: list[str] = []

    def read(self, path: str) -> str:
        self.paths.append(path)
        return "{}"

    def text(self, value: str) -> str:
        """A text as it was written, in which braces are no places."""
        written = as_csv(value) if self.output.has_safe_texts else value
        sql = as_sql(written, ENGINES[self.output.engine].expands_variables)
        return sql.replace("{", "{{").replace("}", "}}")

    def value(self, value: float | str | bool | date) -> str:
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, date):
            return f"DATE '{value}'"
        return self.text(value) if isinstance(value, str) else repr(value)

    # Cases

    def case(self, column: Column, variant: Variant) -> str:
        """Whether a row is of a case: of ranges the first that it lies in, or else the last."""
        assert column.by is not None
        before = [one.case for one in column.variants if one.case]
        if variant.case:
            ranges = column.by.type.is_number
            before = before[: before.index(variant.case)] if ranges else []
        tests = [self.test(column, case) for case in before]
        none = [f"NOT COALESCE({' OR '.join(tests)}, FALSE)"] if tests else []
        own = [self.test(column, variant.case)] if variant.case else []
        return " AND ".join([*none, *own])

    def test(self, column: Column, case: Case) -> str:
        assert column.by is not None
        read = self.read(column.by.text)
        if isinstance(case.value, bool):
            return read if case.value else f"NOT {read}"
        operator = OPERATORS.get(case.operator, case.operator)
        return f"{read} {operator} {self.value(case.value)}"

    # Expressions

    def condition(self, node: Node) -> str:
        """An expression that is true or false, and false for null."""
        match node:
            case Read() | Literal() if node.type.data is Data.BOOLEAN:
                return f"COALESCE({self.code(node)}, FALSE)"
            case Compare(op=op, left=left, right=right):
                self.check_comparison(op, (left, right))
                sides = self.code(left), self.code(right)
                both = f" {OPERATORS.get(op, op)} ".join(sides)
                return f"COALESCE({both}, FALSE)"
            case Logic(op=op, parts=parts):
                joined = f" {op.upper()} ".join(map(self.condition, parts))
                return f"({joined})"
            case Not(operand=operand):
                return f"NOT {self.condition(operand)}"
            case Call(name="is_null", args=(arg,)):
                return f"{self.code(arg)} IS NULL"
        raise NotInSql

    @staticmethod
    def check_comparison(op: str, sides: Sequence[Node]) -> None:
        """Texts compare for equality only: their order differs, and some are read as hashes."""
        ordered = op not in ("==", "!=")
        if ordered and any(side.type.data is Data.TEXT for side in sides):
            raise NotInSql
        if len({side.type.data for side in sides if side.type.is_moment}) > 1:
            raise NotInSql  # a date beside a timestamp

    def code(self, node: Node) -> str:
        """A column, a literal, or a sum of such: the same digits on every engine."""
        match node:
            case Read(path=path):
                return self.read(path)
            case Literal(value=value):
                return self.value(value)
            case Unary(operand=operand):
                return f"-({self.code(operand)})"
            case Binary(op="+" | "-" as op, left=left, right=right):
                if node.type.data is not Data.TEXT:
                    return f"({self.code(left)} {op} {self.code(right)})"
        raise NotInSql


def condition_of(output: Output, write: Callable[[Sql], str]) -> Condition:
    """A condition, and the paths that it reads. Raises NotInSql where there is none."""
    sql = Sql(output)
    return Condition(write(sql), tuple(sql.paths))
