"""The code of one emitted function: what it reads, in which order, under which local names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from compiler.emit.code.code import Code, call, item, name
from compiler.emit.code.literals import literal
from compiler.emit.code.statements import Statement
from compiler.emit.kinds.ref import is_skewed_by_case
from compiler.emit.names import LocalNames, engine_functions, subject
from compiler.emit.rows.batches import batch_of
from compiler.emit.rows.numbering import parent_rows
from compiler.emit.tables.context import TableContext
from compiler.emit.tables.lifecycles import lifecycle_of
from compiler.emit.tables.sequences import sequence_of
from compiler.emit.tables.statements import ROW, words_of
from compiler.emit.tables.values import (
    in_one_call,
    nulled,
    rows_of,
    tests_in,
    value_before_nulls,
    value_of,
)
from compiler.emit.time.timelines import can_be_still
from compiler.plan.expression.nodes import Read, walk
from compiler.plan.model import Column, Hop, Path, Table, Variant
from compiler.spec.columns import Expr, Running
from compiler.spec.columns.moments import Date


class FunctionBuilder:
    """Gives the code of columns and paths for the rows of one function.

    A column that other rows read has a function of its own and is called; any other is computed
    here. What is used more than once becomes a local variable.

    `whole`: the rows are all the rows of their parents, so that columns in order of time
    can be computed. `inside`: the one of them that this function is there for.
    """

    def __init__(
        self,
        context: TableContext,
        columns: Collection[Column],
        whole: bool = False,
        inside: str = "",
    ) -> None:
        self.plan, self.table = context.plan, context.table
        self.names, self.cross_row = context.names, context.cross_row
        self._alone = len(columns) == 1 or bool(inside)
        self._whole, self._inside = whole, inside
        faults = self.plan.faulty(self.table.name)
        self.duplicate_key = faults.duplicate_key if faults else None
        """The key column that is written with other rows' keys, too: see `written`."""
        self.statements: list[Statement] = []
        self.row = self.numbers = ROW
        # A local variable may hide what no builder calls, such as another table's builder.
        tables = {self.names["table", each.name] for each in self.plan.tables}
        self.locals = LocalNames(self.names, tables | engine_functions())
        self._known: dict[str, Code] = {}
        self._free = {ROW.text}
        """Code that may be repeated: its value is computed once a block."""
        self._uses = Counter(use for column in columns for use in self._uses_of(column))

    def _uses_of(self, column: Column) -> Iterable[str]:
        """What a column's code reads, as often as it does."""
        if not column.spec.hidden and column.name != self.duplicate_key:
            yield column.name
        if not self._computed(column) or lifecycle_of(self.table.name, column):
            return
        if column.by is not None and not is_skewed_by_case(column):
            yield from [column.by.text] * max(tests_in(self.plan, column), 1)
        if column.by is not None and column.null_rate is None:
            yield column.by.text
        apart = column.by is not None and not in_one_call(self.plan, column)
        when = [column.when] if column.when is not None else []
        for variant in [*(column.variants if apart else column.variants[:1]), *when]:
            for text, path in variant.paths.items():
                yield from [path.text] * self._times_read(variant, text)

    def _computed(self, column: Column) -> bool:
        """Whether the code of a column is part of this body; if not, a function is called."""
        if self._alone or (self._whole and sequence_of(column)):
            return True
        if column.table is None:
            return self._inline(column)
        return ("rows", self.table.name, column.name) not in self.cross_row.functions

    def _times_read(self, variant: Variant, text: str) -> int:
        """How often the code of a variant reads a path."""
        spec, node = variant.spec, variant.expression
        if isinstance(spec, Date):
            return 2 if can_be_still(self.plan, spec) else 1
        read = [part for part in walk(node) if isinstance(part, Read)] if node else []
        orders = isinstance(spec, Expr) and text == spec.order
        return max(sum(part.path == text for part in read) + orders, 1)

    def _inline(self, column: Column) -> bool:
        return ("column", self.table.name, column.name) not in self.cross_row.functions

    def column(self, name: str) -> Code:
        """The code of a column of these rows, as a Series.

        A hidden one that is computed here is always a variable.
        """
        column = self.table.columns[name]
        if name not in self._known:
            code, here = self._column(column), self._is_here(column)
            hidden = here and column.spec.hidden
            again = self._uses[name] > 1 and code.text not in self._free
            if name not in self._known and (again or hidden):
                wishes = column.identifier, f"{column.identifier}_"
                note = words_of(self.table, column) if here else ""
                code = self._assign(code, *wishes, comment=note)
            self._known.setdefault(name, code)
        return self._known[name]

    def comment_of(self, name: str) -> str:
        """The words above a column's value in the frame: the spec's own text of it."""
        column = self.table.columns[name]
        here = self._is_here(column) and name in self._known
        return (
            words_of(self.table, column)
            if here and not self._known[name].is_name
            else ""
        )

    def _is_here(self, column: Column) -> bool:
        """Whether a column is computed in this function, by an expression of its own."""
        whole = self._whole and isinstance(column.spec, Expr) and not column.cut_by
        return (
            self._inline(column)
            and column.table is None
            and not self._alone
            and (whole or not sequence_of(column))
        )

    def written(self, name: str) -> Code:
        """The code of a column as it is written, but for the faults of single cells."""
        if name != self.duplicate_key:
            return self._exact(name, self.column(name))
        row = call(self.names.key_row(self.table.name), self.row)
        return call(self.names.column(self.table.name, name), row)

    def _exact(self, name: str, code: Code) -> Code:
        """Numbers as the decimals that they are written as."""
        decimal = self.table.columns[name].type.decimal
        if decimal is None:
            return code
        digits = map(literal, (decimal.precision, decimal.scale))
        return call("as_decimals", literal(f"{self.table.name}.{name}"), code, *digits)

    def _column(self, column: Column) -> Code:
        if column.table is not None:
            rows = self.rows(column.name)
            return self._key_of(column, rows, column.type.nullable)
        if not self._inline(column) and not (self._whole and sequence_of(column)):
            function = self.names.column(self.table.name, column.name)
            return self._called(function, self.row)
        if sequence_of(column):
            return self._sequence(self.table.columns[sequence_of(column)], column.name)
        return value_of(self, column)

    def _sequence(self, column: Column, wanted: str) -> Code:
        """The code of a column computed in order of time, or of the changes that it cuts."""
        key = ("group", self.table.name, column.name)
        called = key in self.cross_row.functions and self._inside != column.name
        if called:
            code = call(self.names.group(self.table.name, column.name), self.row)
        else:
            code = value_before_nulls(self, column)

        def finished(value: Code) -> Code:
            return value if called else nulled(self, column, value)

        if not isinstance(column.spec, Running):
            return finished(code)
        balances = item(code, literal(1))
        if not column.spec.cuts:
            return code if called else finished(balances)
        # A balance reads its change, which is no use of what that comes to.
        change, balance = column.spec.change, column.name
        both = self._inside == balance
        if wanted == balance and self._uses[change] < 2 and not both:
            return finished(balances)
        if wanted == change and not self._uses[balance] and not both:
            return item(code, literal(0))
        first, second = (
            self.locals.take(object(), each, f"{each}_") for each in (change, balance)
        )
        self.statements.append(Statement(f"{first}, {second}", code))
        self._known[change] = name(first)
        self._known[balance] = finished(name(second))
        return self._known[wanted]

    def change(self, change: str, balance: Column) -> Code:
        """What a balance adds up: before it is cut, where it is this one's to cut."""
        column = self.table.columns[change]
        own = column.cut_by == balance.name
        return value_of(self, column) if own else self.column(change)

    def _key_of(self, ref: Column, rows: Code, nullable: bool) -> Code:
        """The keys that a ref holds, of the rows that it points at."""
        assert ref.table is not None
        target = self.plan.table(ref.table)
        assert target.key is not None
        key = target.columns[target.key]
        if key.table is not None:  # the key is a ref itself
            rows = self._pointed_at(target, key, rows, nullable)
            return self._key_of(key, rows, nullable or key.type.nullable)
        function = self.names.column(target.name, target.key)
        return self._called(function, rows, "value_or_null" if nullable else "")

    def read(self, text: str, paths: Mapping[str, Path]) -> Code:
        """The code of the column at a path."""
        path = paths[text]
        if not path.hops:
            return self.column(path.column)
        return self._kept(text, path.column, lambda: self._far(path))

    def _far(self, path: Path) -> Code:
        rows, nullable = self._hops(path.hops)
        table = self.plan.table(path.table)
        column = table.columns[path.column]
        if column.table is None:
            function = self.names.column(table.name, column.name)
            return self._called(function, rows, "value_or_null" if nullable else "")
        rows = self._pointed_at(table, column, rows, nullable)
        return self._key_of(column, rows, nullable or column.type.nullable)

    def rows_at(self, hops: tuple[Hop, ...]) -> Code:
        """The rows that refs lead to."""
        return self._hops(hops)[0]

    def _hops(self, hops: tuple[Hop, ...]) -> tuple[Code, bool]:
        """The rows that refs lead to, and whether some may be none."""
        rows, nullable = self.rows(hops[0].column), hops[0].nullable
        for hop in hops[1:]:
            table = self.plan.table(hop.table)
            rows = self._pointed_at(table, table.columns[hop.column], rows, nullable)
            nullable = nullable or hop.nullable
        return rows, nullable

    def _pointed_at(
        self, table: Table, ref: Column, rows: Code, nullable: bool
    ) -> Code:
        """The rows that a ref of some rows points at."""
        if ("rows", table.name, ref.name) not in self.cross_row.functions:
            # A parent's row; no row (-1) has no parent (-1).
            return parent_rows(self.names, table, rows)
        function = self.names.rows(table.name, ref.name)
        return self._called(function, rows, "row_or_none" if nullable else "")

    def rows(self, ref: str) -> Code:
        """The rows that a reference of this table points at: a name, or a call."""
        key = f"{ref} (rows)"
        if key not in self._known:
            column = self.table.columns[ref]
            if ("rows", self.table.name, ref) in self.cross_row.functions:
                code = self._called(self.names.rows(self.table.name, ref), self.row)
            else:
                code = rows_of(self, column)
            free = code.text in self._free
            wishes = f"{subject(column)}_row", f"{ref}_row"
            note = words_of(self.table, column) if column.when is not None else ""
            self._known[key] = (
                code if free else self._assign(code, *wishes, comment=note)
            )
        return self._known[key]

    def _called(self, function: Code, rows: Code, guard: str = "") -> Code:
        """A call for some rows; a guard keeps rows that are none (-1) out of it."""
        code = call(guard, rows, function) if guard else call(function, rows)
        # What is read from a frame is not a function whose values are kept.
        if rows.text in self._free and function.is_name and guard != "value_or_null":
            self._free.add(code.text)
        return code

    def _kept(self, use: str, wish: str, make: Callable[[], Code]) -> Code:
        """Known code, or new code: as a local variable where it is used again."""
        if use not in self._known:
            code = make()
            again = self._uses[use] > 1 and code.text not in self._free
            self._known[use] = self._assign(code, wish, f"{wish}_") if again else code
        return self._known[use]

    def local(self, wish: str, code: Code, column: str = "") -> Code:
        """A local variable for code that is no column; the same code has one variable."""
        key = f"{code.text} (local)"
        if key not in self._known:
            other = f"{column}_{wish}" if column else f"{wish}_"
            self._known[key] = self._assign(code, wish, other)
        return self._known[key]

    def _assign(self, code: Code, *wishes: str, comment: str = "") -> Code:
        target = self.locals.take(object(), *wishes)
        self._free.add(target)
        self.statements.append(Statement(target, code, comment=comment))
        return name(target)

    def batch(self) -> Code:
        """The local variable that holds the batch of each row."""
        return self.local(
            "batch", batch_of(self.plan, self.names, self.table, self.row)
        )

    def draw(self, column: Column, part: str = "", rows: Code | None = None) -> Code:
        """A uniform draw for each row (or for other numbers than the rows' own)."""
        stream = literal(self.table.stream_of(column, part))
        return call("random", stream, rows or self.numbers)
