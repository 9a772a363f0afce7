"""The values of a column: what its emitter gives, by case, with nulls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from compiler.emit.code.code import (
    Code,
    binary,
    call,
    comparison,
    listed,
    method,
    sign,
)
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.engines.dialect import Dialect, dialect_of
from compiler.emit.kinds import CaseColumn, Function, emitter_of
from compiler.emit.kinds.expr import expression
from compiler.emit.kinds.lifecycle import moves_of
from compiler.emit.kinds.ref import Choosing, is_skewed_by_case
from compiler.emit.kinds.sequences import limited, one_range
from compiler.emit.names import ScriptNames, suffixes_of
from compiler.emit.rows.numbering import goes_on, stride_of
from compiler.plan.model import Case, Column, Hop, Plan, Table, Variant
from compiler.spec.columns import Lifecycle, Numeric, Ref, Series
from compiler.spec.types import Data

NO_ROW = sign("-", literal(1))
"""No row, and no case."""


class Body(Function, Protocol):
    """A function's code, as far as values need it."""

    plan: Plan
    table: Table
    names: ScriptNames

    def rows_at(self, hops: tuple[Hop, ...]) -> Code:
        """The rows that refs lead to."""
        ...


def value_of(body: Body, column: Column) -> Code:
    """The code of a column's values, as a Series."""
    return nulled(body, column, value_before_nulls(body, column))


def value_before_nulls(body: Body, column: Column) -> Code:
    """The code of a column's values without the nulls of its `null_rate` (a balance: a pair)."""
    if isinstance(column.spec, Lifecycle):  # its moves go by its cases, in a function
        cases = cases_in(body.plan, body.table, column, body.names)
    else:
        cases = cases_of(body, column)
    values = [emitter_of(case.spec).value(case, body) for case in cases]
    value = chosen(body, column, values)
    if len(values) > 1 and isinstance(column.spec, Series) and one_range(column):
        value = limited(column.spec, value)
    return value


def moves_value(body: Body, column: Column) -> Code:
    """The moves of a lifecycle: the states that rows enter, and when."""
    (case,) = cases_of(body, column)
    return moves_of(case, body)


def rows_of(body: Body, column: Column) -> Code:
    """The row numbers that a reference points at."""
    assert column.references is not None
    if body.table.draws_apart(column):
        rows = distinct_code(body, column)
    elif isinstance(column.spec, Ref) and column.spec.differs_from is not None:
        rows = differing_code(body, column, column.spec.differs_from)
    elif column.table is not None:
        rows = rows_by_case(body, column, lambda choosing: choosing.rows)
    else:
        routes = column.references.routes
        rows = selected(body, column, [body.rows_at(route) for route in routes])
    null = null_rows(body, column)
    return rows if null is None else call("np.where", null, NO_ROW, rows)


def rows_by_case(body: Body, column: Column, rows: Callable[[Choosing], Code]) -> Code:
    """Some rows of a ref: for each row those of its case."""
    values = [rows(Choosing(case, body)) for case in cases_of(body, column)]
    return selected(body, column, values)


def distinct_code(body: Body, column: Column) -> Code:
    """Row numbers of which no parent's children have one twice."""
    table, names = body.table, body.names
    siblings = names.rows_so_far if goes_on(body.plan, table) else names.child_rows
    return call(
        "distinct_row",
        literal(table.stream_of(column)),
        body.row,
        stride_of(names, table),
        siblings(table.name),
        names.distinct_draw(table.name, column.name),
        names.distinct_next(table.name, column.name),
    )


def differing_code(body: Body, column: Column, other: str) -> Code:
    """Row numbers that are never those of another ref."""
    table, names = body.table, body.names
    return call(
        "differing_row",
        literal(table.stream_of(column)),
        body.row,
        body.rows(other),
        names.distinct_draw(table.name, column.name),
        names.distinct_next(table.name, column.name),
    )


def selected(body: Body, column: Column, values: list[Code]) -> Code:
    """Arrays of numpy, of which each row has that of its case."""
    *first, last = values
    if not first:
        return last
    if is_skewed_by_case(column):
        function = body.names.case(body.table.name, column.name)
        case = body.local("case", call(function, body.row))
        tests = [comparison("==", case, literal(n)) for n in range(len(first))]
    else:
        tests = truths_of(body, column)
    return call("np.select", listed(tests), listed(first), last)


def truths_of(body: Body, column: Column) -> list[Code]:
    """Each case's test but the last, as numpy has them."""
    tests = tests_of(body, column)[: len(column.variants) - 1]
    return [dialect_of(body.plan).is_true(test) for test in tests]


def case_number(body: Body, column: Column) -> Code:
    """The number of each row's case; -1 where its `when` does not hold."""
    number = last = literal(len(column.variants) - 1)
    if column.by is not None:
        tests = truths_of(body, column)
        numbers = listed(map(literal, range(len(tests))))
        number = call("np.select", listed(tests), numbers, last)
    if column.when is None:
        return number
    return call("np.where", has_value(body, column, column.when), number, NO_ROW)


def constants_of(
    plan: Plan, table: Table, column: Column, names: ScriptNames
) -> list[Constant]:
    """What the configuration holds of a column."""
    found = []
    for case in cases_in(plan, table, column, names):
        found += emitter_of(case.spec).constants(case)
    if isinstance(column.spec, Numeric) and column.spec.correlated:
        constant = names.constant(table.name, column.name, "_CORRELATED").text
        given = literal(dict(column.spec.correlated))
        found.append(Constant(constant, given, note="Spearman's rank correlation"))
    if any(column.null_rates) and not column.parent:
        constant = nulls_constant(names, table, column).text
        note = "share of rows that are null"
        if (rate := column.null_rate) is not None:
            found.append(Constant(constant, literal(rate), note=note, is_share=True))
        elif column.by is not None:
            cases = literal(
                dict(zip(column.case_names, column.null_rates, strict=True))
            )
            note = f"{note}, by {column.by.text}"
            found.append(Constant(constant, cases, note=note, is_share=True))
    return found


def nulls_constant(names: ScriptNames, table: Table, column: Column) -> Code:
    return names.constant(table.name, column.name, "_NULLS")


def nulled(body: Body, column: Column, value: Code) -> Code:
    null = null_rows(body, column)
    return value if null is None else call("null_where", value, null)


def null_rows(body: Body, column: Column) -> Code | None:
    """Which rows are null by `when` or `null_rate`, as numpy has them; None for none."""
    null = None
    if column.when is not None:
        null = sign("~", has_value(body, column, column.when))
    if any(column.null_rates):
        rate = nulls_constant(body.names, body.table, column)
        if column.null_rate is None:
            rate = method(call("case_value", key_code(body, column), rate), "to_numpy")
        drawn = comparison("<", body.draw(column, "null"), rate)
        null = drawn if null is None else binary("|", null, drawn)
    return null


def has_value(body: Body, column: Column, when: Variant) -> Code:
    """The rows in which a column's `when` holds, as numpy has them."""
    one = CaseColumn[Any](body.plan, body.names, body.table, column, when)
    assert when.expression is not None
    return dialect_of(body.plan).is_true(
        expression(one, body), when.expression.type.nullable
    )


def in_one_call(plan: Plan, column: Column) -> bool:
    """Whether the cases only change parameters that go into one call."""
    if column.by is None:
        return False
    specs = [variant.spec for variant in column.variants]
    return emitter_of(specs[0]).in_one_call(plan, specs)


def cases_of(body: Body, column: Column) -> list[CaseColumn[Any]]:
    """A column for its emitter, within a function: one, or one a case with code of its own."""
    key = None
    if column.by is not None and in_one_call(body.plan, column):
        key = key_code(body, column)
    return cases_in(body.plan, body.table, column, body.names, key)


def cases_in(
    plan: Plan,
    table: Table,
    column: Column,
    names: ScriptNames,
    key: Code | None = None,
) -> list[CaseColumn[Any]]:
    """A column for its emitter, in no function: one, or one a case with code of its own.

    The key is the code that names each row's case.
    """
    if column.by is None or in_one_call(plan, column):
        return [CaseColumn(plan, names, table, column, column.variants[0], key=key)]
    return [
        CaseColumn(plan, names, table, column, variant, suffix)
        for variant, suffix in zip(column.variants, suffixes_of(column), strict=True)
    ]


def key_code(body: Body, column: Column) -> Code:
    """A Series that names each row's case."""
    by = column.by
    assert by is not None
    key = body.read(by.text, {by.text: by})
    cases = [variant.case for variant in column.variants]
    if by.type.data is Data.TEXT:
        return key
    if by.type.data is Data.BOOLEAN and None not in cases:
        return key
    *tested, last = column.case_names
    tests = dict(zip(tested, tests_of(body, column), strict=False))
    return call("first_case", literal(tests), literal(last))


def tests_of(body: Body, column: Column) -> list[Code]:
    """Each case's test, in order."""
    by = column.by
    assert by is not None
    key = body.read(by.text, {by.text: by})
    dialect, cases = dialect_of(body.plan), [each.case for each in column.variants]
    return [test_of(dialect, case, key) for case in cases if case]


def tests_in(plan: Plan, column: Column) -> int:
    """How often a column's code looks at its case, beyond once where the key names the case."""
    assert column.by is not None
    cases = [variant.case for variant in column.variants]
    if isinstance(column.spec, Series) and in_one_call(plan, column):
        return 3  # its parameters, its waves, its shift
    named = column.by.type.data is Data.TEXT or (
        column.by.type.data is Data.BOOLEAN and None not in cases
    )
    return 0 if named and in_one_call(plan, column) else len(cases) - 1


def test_of(dialect: Dialect, case: Case, key: Code) -> Code:
    if isinstance(case.value, bool):
        return key if case.value else sign("~", key)
    if isinstance(case.value, date):
        return comparison(case.operator, key, dialect.day_beside(case.value))
    return comparison(case.operator, key, literal(case.value))


def chosen(body: Body, column: Column, values: list[Code]) -> Code:
    """Of each case's values those that hold: a chain of conditions, the last one for the rest."""
    if len(values) == 1:
        return values[0]
    dialect = dialect_of(body.plan)
    if column.type.data is Data.TEXT:
        # What one case calls a category another may not.
        values = [
            dialect.category_as_text(value) if variant.gives.values else value
            for variant, value in zip(column.variants, values, strict=True)
        ]
    *first, last = values
    tests = tests_of(body, column)[: len(first)]
    for test, value in zip(reversed(tests), reversed(first), strict=True):
        last = call("if_else", test, value, last)
    return last
