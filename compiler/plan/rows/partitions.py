"""Tables in folders by the values of some columns: which columns can be folders."""

from __future__ import annotations

import re
from collections.abc import Mapping

from compiler.diagnostics import Help, Label, did_you_mean, leave_out, meant_name
from compiler.plan.columns.resolver import Resolver
from compiler.plan.model import Column
from compiler.plan.periods import NOMINAL_END, period, window_end
from compiler.plan.rows.layout import Rows
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Email, Key, Numeric
from compiler.spec.columns.given import ErrorColumn
from compiler.spec.columns.moments import Date
from compiler.spec.types import Data

NULL = "__HIVE_DEFAULT_PARTITION__"
"""What Hive and Spark write for null, and for an empty text."""
UNSAFE = re.compile("[\\x00-\\x1f\\x7f\"#%'*/:=?\\\\{\\[\\]^]")
"""What Spark escapes in the name of a folder."""
LONGEST = 255
"""Bytes of the name of a folder."""
MOST = 2_000
"""Folders by one column: five years of days. Each has files of its own."""
FEW = "a choice, a bool, a day, a ref to a small table"


def check_partitions(resolver: Resolver, rows: Mapping[str, Rows]) -> None:
    """Folders are made by written columns of few values, and leave something to write."""
    scope = resolver.scope
    for table, spec in scope.spec.tables.items():
        if not spec.partition_by or scope.unsure(table):
            continue
        check_form(scope, table)
        for n, name in enumerate(spec.partition_by):
            place: Place = ("tables", table, "partition_by", n)
            first = spec.partition_by.index(name)
            column = scope.specs[table].get(name)
            if first < n:
                other = scope.document.value((*place[:-1], first))
                labels = (Label(scope.document.value(place)), Label(other))
                message = f"`partition_by` names `{name}` twice"
                scope.report("E113", message, labels, "name each column once")
            elif column is None:
                new = scope.now_called(name, table)
                others = [
                    one for one in scope.specs[table] if one not in spec.partition_by
                ]
                help = meant_name(name, new) if new else did_you_mean(name, others)
                message = f"table `{table}` has no column `{name}`"
                scope.error("E202", place, message, help)
            elif isinstance(column, ErrorColumn):
                continue
            elif column.hidden and not spec.hidden:
                message = f"`{name}` is hidden, and a folder would show it"
                help = "use another column, or leave out `hidden`"
                scope.error("E106", place, message, help)
            elif (table, name) in resolver.columns:
                check_column(resolver, rows, table, place)
        written = {
            one for one, column in scope.specs[table].items() if not column.hidden
        }
        if written and written <= {*spec.partition_by}:
            message = f"all columns of `{table}` are folders, and none is in its files"
            place = ("tables", table, "partition_by")
            scope.error("E215", place, message, "let one column stay in the files")


def check_form(scope: Scope, table: str) -> None:
    """A table in folders is written, and is no single file."""
    labels: list[Place] = [("tables", table, "partition_by")]
    if scope.spec.tables[table].hidden:
        labels.append(("tables", table, "hidden"))
        message = f"`{table}` is hidden: it is not written, so it has no folders"
    elif scope.spec.output.has_single_files:
        labels.append(("output", "single_file"))
        message = "a table in folders is no single file"
    else:
        return
    spans = tuple(Label(scope.document.key(place)) for place in labels)
    scope.report("E106", message, spans, leave_out())


def check_column(
    resolver: Resolver, rows: Mapping[str, Rows], table: str, place: Place
) -> None:
    """Each value of a column can be a folder, and there are not too many."""
    scope = resolver.scope
    name = scope.spec.tables[table].partition_by[int(place[-1])]
    column = resolver.columns[table, name]
    if column.type.data in (Data.NUMBER, Data.TIMESTAMP):
        kind = column.type.data.value
        message = (
            f"`{name}` is {kind}: each row may have another, and a folder of its own"
        )
        scope.error("E207", place, message, day_of(column))
        return
    most = values_of(resolver, rows, table, column)
    if isinstance(column.spec, Key | Email):
        message = f"`{name}` differs in each row: each row would be a folder"
        scope.error("E207", place, message, f"use a column of few values: {FEW}")
    elif most is not None and most > MOST:
        message = f"`{name}` may have {most:,} values, each of which would be a folder"
        help = f"use a column of at most {MOST:,} values: {FEW}"
        scope.error("E215", place, message, help)
    for value in column.type.values if column.type.is_text else ():
        if value in ("", NULL):
            what = "an empty text" if value == "" else f"the text {NULL}"
            message = f"`{name}` may be {what}, which readers of folders take for null"
            help = "use another text for it, or null"
            scope.error("E215", place, message, help)
        elif len(folder(name, value).encode()) > LONGEST:
            message = f"`{name}` has a value too long for the name of a folder"
            help = f"such a name has at most {LONGEST} bytes, with `{name}=` before it"
            scope.error("E215", place, message, help)


def day_of(column: Column) -> Help:
    """What to write in place of a number or a moment."""
    if column.type.data is Data.TIMESTAMP:
        day = f'{{ kind = "expr", expr = "date({column.name})" }}'
        return f"use a column of its day: {column.name}_day = {day}"
    return f"use a column of few values: {FEW}"


def folder(column: str, value: str) -> str:
    """The name of a value's folder, as Spark writes it."""
    text = UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", value)
    return f"{column}={text}"


def values_of(
    resolver: Resolver, rows: Mapping[str, Rows], table: str, column: Column
) -> int | None:
    """The most values that a column may have; None where only the data show it."""
    specs = [variant.spec for variant in column.variants]
    if column.type.values:
        return len(column.type.values)
    if column.type.is_boolean:
        return 2
    if column.references is not None:
        target = rows.get(column.references.table)
        return target.count.rows if target else None
    if all(isinstance(spec, Date) for spec in specs):
        end = window_end(resolver.scope.spec.window) or NOMINAL_END
        spans = [
            period(resolver.scope, spec) for spec in specs if isinstance(spec, Date)
        ]
        days = [last.on(end).date() - first.on(end).date() for first, last in spans]
        return max(each.days for each in days)
    if all(isinstance(spec, Numeric) for spec in specs):
        bounds = [
            (getattr(spec, "low", None), getattr(spec, "high", None)) for spec in specs
        ]
        if all(low is not None and high is not None for low, high in bounds):
            lows, highs = zip(*bounds, strict=True)
            return int(max(highs) - min(lows)) + 1
    return None
