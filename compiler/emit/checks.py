"""What `--check` proves of the data as it was written, as registries of the script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from compiler.emit.names import Names
from compiler.emit.numbering import rows_below
from compiler.emit.python import Source
from compiler.emit.times import can_be_still
from compiler.plan.model import Column, Path, Plan, Table, Variant
from compiler.spec.columns import Expr, Key, Offset, Tick
from compiler.spec.columns.moments import Date
from compiler.spec.types import Data, Type

Cell = tuple[str, str]
"""A table and one of its columns."""


@dataclass(frozen=True)
class Checks:
    """The registries, each empty where there is nothing to check."""

    keys: Mapping[str, Sequence[str]]
    refs: Mapping[Cell, Cell]
    distinct: Mapping[Cell, str]
    """Refs that no two children of a parent share, each with the ref to the parent."""
    nulls: Mapping[Cell, Source]
    after: Sequence[tuple[str, str, str, str]]
    """A table, a moment, the one that it never precedes, and the type in which they compare."""
    within: Mapping[Cell, Source]
    """The code of the period of moments."""
    children: Mapping[str, Source]
    """The code of a function from a root's rows to those of a `per` table."""
    doubled: tuple[str, ...]
    """The tables some of whose rows have another row's key."""
    outliers: Mapping[Cell, Source]

    @property
    def hops(self) -> bool:
        """Whether moments of other tables are compared."""
        return any("." in path for _, *paths, _ in self.after for path in paths)


def checks_of(plan: Plan, names: Names) -> Checks:
    """All that can be told of the written data without making it again."""
    keys = {table.name: key for table in plan.tables if (key := key_of(table))}
    refs = dict(cell for table in plan.tables for cell in refs_of(plan, table))
    faulty = plan.bad_data.tables if plan.bad_data else {}
    cells = [
        (table, column, (table.name, column.name))
        for table in plan.tables
        for column in table.written
    ]
    return Checks(
        keys=keys,
        refs=refs,
        distinct={
            cell: table.children.ref
            for table, column, cell in cells
            if table.draws_apart(column) and table.children is not None
            if not table.columns[table.children.ref].spec.hidden
            if {column.name, table.children.ref} != {*keys.get(table.name, ())}
        },
        nulls={
            cell: Source(f"{names['constant', *cell]}_NULLS")
            for _, column, cell in cells
            if null_by_rate_alone(column)
        },
        after=[
            (table.name, later.text, earlier.text, unit_of(later.type, earlier.type))
            for table in plan.tables
            for later, earlier in orders_of(table)
            if all(is_told(plan, refs, path) for path in (later, earlier))
            if not (later.hops and has_outliers(plan, later))
        ],
        within={
            cell: period
            for table, column, cell in cells
            if (period := period_of(plan, table, column, names))
        },
        children={
            table.name: below(plan, table, names)
            for table in plan.tables
            if table.children is not None
        },
        doubled=tuple(name for name, one in faulty.items() if one.doubled),
        outliers={
            cell: Source(
                "OUTLIER_MOMENT" if column.type.is_moment else "OUTLIER_NUMBER"
            )
            for table, column, cell in cells
            if "outlier" in faults_of(plan, *cell)
        },
    )


def key_of(table: Table) -> tuple[str, ...]:
    """The columns that tell a table's rows apart, if they are written."""
    written = {column.name for column in table.written}
    key = [name for name in written if isinstance(table.columns[name].spec, Key)]
    columns = tuple(key) or table.primary_key or ((table.key,) if table.key else ())
    return columns if written.issuperset(columns) else ()


def refs_of(plan: Plan, table: Table) -> Iterator[tuple[Cell, Cell]]:
    """References, and the keys that they hold, where both are written."""
    for column in table.written:
        held = column.references
        if held and not plan.table(held.table).columns[held.key].spec.hidden:
            yield (table.name, column.name), (held.table, held.key)


def null_by_rate_alone(column: Column) -> bool:
    """Whether a column is null in some rows, and for no reason but its `null_rate`."""
    nullable = [type_of(variant).nullable for variant in column.variants]
    return bool(column.spec.null_rate) and not column.parent and not any(nullable)


def type_of(variant: Variant) -> Type:
    """What a column's values are, nulls by `null_rate` apart."""
    if isinstance(variant.spec, Expr):
        assert variant.expression is not None
        return variant.expression.type
    return variant.spec.gives(lambda text: variant.paths[text].type)


def orders_of(table: Table) -> Iterator[tuple[Path, Path]]:
    """Pairs of moments, the first of which never precedes the second, whatever the case."""
    for column in table.written:
        own = Path(column.name, (), table.name, column.name, column.type)
        if not all(isinstance(each.spec, Date | Offset) for each in column.variants):
            continue
        for key in ("after", "before", "of"):
            texts = {each.spec.paths().get(key) for each in column.variants}
            text = texts.pop()
            if text is None or texts:
                continue
            other = column.variants[0].paths[text]
            yield (other, own) if key == "before" else (own, other)


def is_told(plan: Plan, refs: Mapping[Cell, Cell], path: Path) -> bool:
    """Whether the written data tells which moment a path leads to.

    Of two rows with the same key it does not tell which one is meant.
    """
    column = plan.table(path.table).columns[path.column]
    return not column.spec.hidden and all(
        (hop.table, hop.column) in refs
        and not ((faulty := plan.faulty(hop.to)) and faulty.doubled)
        for hop in path.hops
    )


def unit_of(one: Type, other: Type) -> str:
    """The type in which two moments compare: a date is not before the day of another."""
    return "DATE" if Data.DATE in (one.data, other.data) else "TIMESTAMP"


def faults_of(plan: Plan, table: str, column: str) -> Sequence[str]:
    faulty = plan.faulty(table)
    return faulty.cells.get(column, ()) if faulty else ()


def has_outliers(plan: Plan, path: Path) -> bool:
    return "outlier" in faults_of(plan, path.table, path.column)


def period_of(plan: Plan, table: Table, column: Column, names: Names) -> Source | None:
    """The code of the period that a column's moments lie in, where it is the same in all rows."""
    if isinstance(column.spec, Tick):
        return Source("WINDOW")
    periods = set()
    for variant in column.variants:
        spec = variant.spec
        # Where time stands still, what follows a moment is lifted over the period's edge.
        if not isinstance(spec, Date) or (variant.paths and can_be_still(plan, spec)):
            return None
        periods.add((spec.start, spec.end))
    start, end = periods.pop()
    if periods or (column.by is not None and (start or end)):
        return None
    constant = names["constant", table.name, column.name]
    if start is None and end is None:
        return Source("WINDOW")
    if start is None or end is None:
        return Source(
            f"({constant}, timedelta(0))" if start else f"(START, {constant})"
        )
    return Source(constant)


def below(plan: Plan, table: Table, names: Names) -> Source:
    """The code of a function from the rows of a table's root to its own."""
    code = rows_below(plan, names, table, "row")
    return Source(
        code.removesuffix("(row)") if code.count("(") == 1 else f"lambda row: {code}"
    )
