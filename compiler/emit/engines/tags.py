"""Which columns hold personal data, and of which kind: by their models, and what they read."""

from __future__ import annotations

from compiler.plan.model import Column, Plan


def pii_tags(plan: Plan) -> dict[str, dict[str, str]]:
    """The kind of personal data in each column that holds any, by table."""
    found = {
        table.name: {
            column.name: " and ".join(kinds)
            for column in table.written
            if (kinds := kinds_in(plan, table.name, column.name, ()))
        }
        for table in plan.tables
    }
    return {name: columns for name, columns in found.items() if columns}


def kinds_in(
    plan: Plan, table: str, name: str, seen: tuple[tuple[str, str], ...]
) -> list[str]:
    """The kinds of personal data in a column's values, its own or those that it takes over."""
    if (table, name) in seen:
        return []
    column, seen = plan.table(table).columns[name], (*seen, (table, name))
    own = [variant.spec.personal_data(name) for variant in column.variants]
    kinds = [kind for kind in own if kind is not None]
    for there, other in sources_of(column):
        kinds += kinds_in(plan, there, other, seen)
    return list(dict.fromkeys(kinds))


def sources_of(column: Column) -> list[tuple[str, str]]:
    """The columns whose values are in this one's."""
    if column.references:
        return [(column.references.table, column.references.key)]
    return [
        (path.table, path.column)
        for variant in column.variants
        if variant.spec.holds_what_it_reads(column.type)
        for path in variant.paths.values()
    ]
