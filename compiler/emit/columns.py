"""A column as code: its constants at the top of the script, its value in a function's body."""

from __future__ import annotations

from compiler.emit.body import Body
from compiler.emit.dialect import dialect_of
from compiler.emit.names import Names, suffixes_of
from compiler.emit.numbering import goes_on, stride_of
from compiler.emit.python import Source, is_atom, literal
from compiler.emit.refs import has_cases
from compiler.emit.sequences import limited, one_range
from compiler.emit.templates import macro
from compiler.emit.views import View
from compiler.plan.model import Case, Column, Plan, Table, Variant
from compiler.spec.columns import ByCase, Constant, Email, Faker, Series, Template
from compiler.spec.types import Data


def template_of(column: Column | Variant) -> str:
    return f"script/columns/{column.spec.template}.py.j2"


def value_of(body: Body, column: Column) -> str:
    """The code of a column's values, as a Series."""
    views = views_of(body.plan, body.table, column, body.names, body)
    values = [macro(template_of(view.column), "value", view) for view in views]
    value = chosen(body, column, [str(value) for value in values])
    if len(values) > 1 and isinstance(column.spec, Series) and one_range(column):
        value = limited(column.spec, value)
    return nulled(body, column, value)


def sequence_value(body: Body, column: Column) -> str:
    """The code of a column that goes along in time, before its nulls (a balance: of a pair)."""
    (view,) = views_of(body.plan, body.table, column, body.names, body)
    return str(macro(template_of(column), "value", view))


def rows_of(body: Body, column: Column) -> str:
    """The code of the row numbers that a reference points at."""
    assert column.references is not None
    if body.table.draws_apart(column):
        rows = distinct_code(body, column)
    elif column.table is not None:
        rows = by_macro(body, column, "rows")
    else:
        routes = column.references.routes
        rows = selected(body, column, [body.rows_at(route) for route in routes])
    if column.spec.null_rate:
        draw = body.draw(f"{column.name}/null")
        rate = nulls_constant(body.names, body.table, column)
        return f"np.where({draw} < {rate}, -1, {rows})"
    return rows


def by_macro(body: Body, column: Column, name: str) -> str:
    """The code of rows that a macro of the column's template gives, in each of its cases."""
    views = views_of(body.plan, body.table, column, body.names, body)
    values = [str(macro(template_of(column), name, view)) for view in views]
    return selected(body, column, values)


def distinct_code(body: Body, column: Column) -> str:
    """The code of row numbers of which no parent's children have one twice."""
    table, names = body.table, body.names
    siblings = "rows so far" if goes_on(body.plan, table) else "child rows"
    given = (
        literal(f"{table.name}.{column.name}"),
        body.row,
        stride_of(names, table),
        names[siblings, table.name],
        names["draw", table.name, column.name],
        names["next", table.name, column.name],
    )
    return f"distinct_rows({', '.join(given)})"


def selected(body: Body, column: Column, values: list[str]) -> str:
    """The code of numpy arrays, of which each row has that of its case."""
    *first, last = values
    if not first:
        return last
    if has_cases(column):
        function = body.names["case", body.table.name, column.name]
        case = body.local("case", f"{function}({body.row})")
        tests = [f"{case} == {n}" for n in range(len(first))]
    else:
        tests = truths_of(body, column)
    return f"np.select([{', '.join(tests)}], [{', '.join(first)}], {last})"


def truths_of(body: Body, column: Column) -> list[str]:
    """The code of each case's test but the last, as numpy has them."""
    tests = tests_of(body, column)[: len(column.variants) - 1]
    return [dialect_of(body.plan).is_true(test) for test in tests]


def case_value(body: Body, column: Column) -> str:
    """The code of the number of each row's case."""
    tests, last = truths_of(body, column), len(column.variants) - 1
    return f"np.select([{', '.join(tests)}], {list(range(last))}, {last})"


def constants_of(plan: Plan, table: Table, column: Column, names: Names) -> list[str]:
    """The lines at the top of the script that hold what the spec says of a column."""
    blocks = []
    for view in views_of(plan, table, column, names, None):
        text = macro(template_of(column), "constants", view)
        blocks += [text] if text else []
    if column.spec.null_rate and not column.parent:
        constant = nulls_constant(names, table, column)
        blocks.append(
            f"{constant} = {literal(column.spec.null_rate)}  # share of the rows"
        )
    return blocks


def nulls_constant(names: Names, table: Table, column: Column) -> str:
    return f"{names['constant', table.name, column.name]}_NULLS"


def nulled(body: Body, column: Column, value: str) -> str:
    if not column.spec.null_rate:
        return value
    draw = body.draw(f"{column.name}/null")
    return f"nulled({value}, {draw} < {nulls_constant(body.names, body.table, column)})"


def by_parameters(column: Column) -> bool:
    """Whether the cases only change numbers that go into one draw."""
    if not isinstance(column.spec, ByCase) or column.by is None:
        return False
    first, *others = [variant.spec for variant in column.variants]
    if isinstance(first, Constant):
        return all(
            isinstance(spec, Constant) and isinstance(spec.value, str)
            for spec in (first, *others)
        )
    return column.spec.case_values == "parameters" and all(
        getattr(first, key) == getattr(other, key)
        for key in column.spec.same_in_cases
        for other in others
    )


def views_of(
    plan: Plan, table: Table, column: Column, names: Names, body: Body | None
) -> list[View]:
    """A column's view for its template: one, or one a case where each is computed apart."""
    if column.by is None or by_parameters(column):
        key = None
        if body is not None and column.by is not None:
            key = key_code(body, column)
        return [View(plan, table, column, column.variants[0], names, body, key)]
    return [
        View(plan, table, column, variant, names, body, None, suffix)
        for variant, suffix in zip(column.variants, suffixes_of(column), strict=True)
    ]


def key_code(body: Body, column: Column) -> Source:
    """The code of a Series that names each row's case."""
    by = column.by
    assert by is not None
    key = body.read(by.text, {by.text: by})
    cases = [variant.case for variant in column.variants]
    if by.type.data is Data.TEXT:
        return key
    if by.type.data is Data.BOOLEAN and None not in cases:
        return key
    *tested, last = [case.name if case else "otherwise" for case in cases]
    tests = dict(zip(tested, tests_of(body, column), strict=False))
    entries = ", ".join(f"{literal(name)}: {test}" for name, test in tests.items())
    return Source(f"first_of({{{entries}}}, {literal(last)})")


def tests_of(body: Body, column: Column) -> list[str]:
    """The code of each case's test, in order."""
    by = column.by
    assert by is not None
    key = body.read(by.text, {by.text: by})
    key = key if is_atom(key) else Source(f"({key})")
    return [test_of(variant.case, key) for variant in column.variants if variant.case]


def tests_in(column: Column) -> int:
    """How often a column's code looks at its case, beyond once where the key names the case."""
    assert column.by is not None
    cases = [variant.case for variant in column.variants]
    if isinstance(column.spec, Series) and by_parameters(column):
        return 3  # its parameters, its waves, its shift
    named = column.by.type.data is Data.TEXT or (
        column.by.type.data is Data.BOOLEAN and None not in cases
    )
    return 0 if named and by_parameters(column) else len(cases) - 1


def test_of(case: Case, key: str) -> str:
    if isinstance(case.value, bool):
        return key if case.value else f"~{key}"
    return f"{key} {case.operator} {literal(case.value)}"


def chosen(body: Body, column: Column, values: list[str]) -> str:
    """Of each case's values those that hold: a chain of conditions, the last one for the rest."""
    if len(values) == 1:
        return values[0]
    dialect = dialect_of(body.plan)
    if column.type.data is Data.TEXT:
        # What one case calls a category another may not.
        plain = (Constant, Template, Email, Faker)
        values = [
            (
                value
                if isinstance(variant.spec, plain)
                else dialect.category_as_text(value)
            )
            for variant, value in zip(column.variants, values, strict=True)
        ]
    *first, last = values
    tests = tests_of(body, column)[: len(first)]
    for test, value in zip(reversed(tests), reversed(first), strict=True):
        last = f"if_else({test}, {value}, {last})"
    return last
