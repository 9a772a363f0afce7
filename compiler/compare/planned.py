"""The tables of a plan: their files as a source, and their keys and refs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.plan.model import Plan, Table
from compiler.profiling.model import Key, Ref, Relations, TableRelations
from compiler.sources.model import Source, SourceColumn, SourceTable
from compiler.sources.partitions import TableFiles, scan_groups

if TYPE_CHECKING:
    import polars as pl

DECLARED = "in the spec"


def relations_of_plan(plan: Plan) -> Relations:
    """The keys and refs of a spec, of the columns that are written.

    A column that looks up the key of another row is a ref, too.
    """
    written = {table.name: {one.name for one in table.written} for table in plan.tables}

    def relations(table: Table) -> TableRelations:
        key = table.written_key
        refs = [
            Ref(column.name, held.table, held.key, DECLARED, is_declared=True)
            for column in table.written
            if (held := column.references) and held.key in written[held.table]
        ]
        return TableRelations(
            Key(key, DECLARED, is_declared=True) if key else None, tuple(refs)
        )

    return {table.name: relations(table) for table in plan.written}


def source_of_plan(plan: Plan, folder: Path) -> Source:
    """What the script of a plan wrote to a folder, as Parquet."""
    return Source(
        tuple(
            SourceTable(
                table.name,
                tuple(
                    SourceColumn(one.name, one.type.data, nullable=one.type.nullable)
                    for one in table.written
                ),
                primary_key=table.written_key,
                scan=scan_of(plan, folder, table),
            )
            for table in plan.written
        )
    )


def scan_of(plan: Plan, folder: Path, table: Table) -> Callable[[], pl.LazyFrame]:
    """All rows of a table; in append mode those of all batches."""

    def scan() -> pl.LazyFrame:
        import polars as pl

        if plan.output.has_single_files:
            file = folder / f"{table.name}.parquet"
            return pl.scan_parquet(file, hive_partitioning=False)
        root = folder / table.name
        if not table.partition_by:
            return pl.scan_parquet(root / "**" / "*.parquet", hive_partitioning=False)
        paths = tuple(sorted(root.rglob("*.parquet")))
        types = {name: table.columns[name].type.data for name in table.partition_by}
        return scan_groups(
            TableFiles(table.name, paths, root).groups(types),
            lambda paths: pl.scan_parquet(paths, hive_partitioning=False, glob=False),
        )

    return scan
