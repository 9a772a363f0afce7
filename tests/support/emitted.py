"""The code of single columns, as their emitters give it."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.emit.code.code import Code
from compiler.emit.code.constants import Constant
from compiler.emit.kinds import constant_endings, emitter_of
from compiler.emit.kinds.ref import Choosing
from compiler.emit.naming import script_names
from compiler.emit.tables.builder import FunctionBuilder
from compiler.emit.tables.context import TableContext
from compiler.emit.tables.cross_row import CrossRowFunctions
from compiler.emit.tables.values import cases_of
from compiler.plan.model import Column
from compiler.spec.columns import Ref
from tests.support.plans import planned
from tests.support.specs import Tree


@dataclass(frozen=True)
class Emitted:
    """What a column's emitter gives, in each case that has code of its own."""

    constants: list[Constant]
    statements: list[str]
    """The lines of the local variables that the values need."""
    locals: list[Code]
    """Their code."""
    values: list[Code]


def emitted(tree: Tree, table: str, column: str, engine: str = "polars") -> Emitted:
    """The code of a column, in a function of its own."""
    output = {**tree.get("output", {}), "engine": engine}
    plan = planned({**tree, "output": output})
    names, found = script_names(plan, constant_endings()), plan.table(table)
    one = found.columns[column] if column in found.columns else counted(tree, column)
    context = TableContext(plan, found, CrossRowFunctions(plan), names)
    body = FunctionBuilder(context, [one])
    constants: list[Constant] = []
    values: list[Code] = []
    for case in cases_of(body, one):
        emitter = emitter_of(case.spec)
        constants += emitter.constants(case)
        if isinstance(case.spec, Ref):
            values.append(Choosing(case, body).rows)
        else:
            values.append(emitter.value(case, body))
    statements = [line for each in body.statements for line in each.lines]
    locals = [each.value for each in body.statements]
    return Emitted(constants, statements, locals, values)


def counted(tree: Tree, child: str) -> Column:
    """The column of a parent that gives the number of a table's children."""
    children = planned(tree).table(child).children
    assert children is not None and children.column is not None
    return children.column
