"""The body of one emitted function: what it reads, in which order, under which local names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from compiler.emit.batches import batch_of
from compiler.emit.names import Names, subject
from compiler.emit.numbering import parent_rows
from compiler.emit.python import Source, literal
from compiler.emit.refs import has_cases
from compiler.emit.sequences import sequence_of
from compiler.emit.shared import Shared
from compiler.emit.times import can_be_still
from compiler.plan.expression.nodes import Read, walk
from compiler.plan.model import Column, Hop, Path, Plan, Table, Variant
from compiler.spec.columns import Key, Running
from compiler.spec.columns.moments import Date


@dataclass(frozen=True)
class Function:
    """A function of the script, as its template sees it."""

    name: str
    row: str
    returns: str
    statements: list[str]
    value: Source
    doc: str = ""
    more: tuple[str, ...] = ()
    """Further arrays that it takes, one value a row."""


class Body:
    """Gives the code of columns and paths for the rows of one function.

    A column that other rows read has a function of its own (`shared`) and is called; any other
    is computed here. What is used more than once becomes a local variable.

    `whole`: the rows are all the rows of their parents, so that columns which go along in time
    can be computed. `inside`: the one of them that this function is there for.
    """

    def __init__(
        self,
        plan: Plan,
        table: Table,
        shared: Shared,
        names: Names,
        columns: Collection[Column],
        whole: bool = False,
        inside: str = "",
    ) -> None:
        self.plan, self.table, self.shared, self.names = plan, table, shared, names
        self._alone = len(columns) == 1 or bool(inside)
        self._whole, self._inside = whole, inside
        self.apart = False
        """Whether draws are variables: in a function that would be all nested calls without."""
        faulty = plan.faulty(table.name)
        self.duplicate_key = faulty.duplicate_key if faulty else None
        """The key column that is written with other rows' keys, too: see `written`."""
        self.statements: list[str] = []
        self.row = self.numbers = "row"
        """The local variables of the rows, and of the numbers that draws go by."""
        # A column may have the name of a table: locals may hide the tables' own functions.
        tables = {names["table", each.name] for each in plan.tables}
        self.locals = Names(names.taken - tables)
        self._known: dict[str, str] = {}
        self._uses = Counter(use for column in columns for use in self._uses_of(column))

    def _uses_of(self, column: Column) -> Iterable[str]:
        """What a column's code reads, as often as it stands there."""
        from compiler.emit.columns import by_parameters, tests_in

        if not column.spec.hidden and column.name != self.duplicate_key:
            yield column.name
        if not self._computed(column):
            return
        if column.by is not None and not has_cases(column):
            yield from [column.by.text] * max(tests_in(column), 1)
        apart = column.by is not None and not by_parameters(column)
        for variant in column.variants if apart else column.variants[:1]:
            for text, path in variant.paths.items():
                yield from [path.text] * self._times_read(variant, text)

    def _computed(self, column: Column) -> bool:
        """Whether the code of a column is part of this body; if not, a function is called."""
        if self._alone or (self._whole and sequence_of(column)):
            return True
        if column.table is None:
            return self._inline(column)
        return ("rows", self.table.name, column.name) not in self.shared.columns

    def _times_read(self, variant: Variant, text: str) -> int:
        """How often the code of a variant reads a path."""
        spec, node = variant.spec, variant.expression
        if isinstance(spec, Date):
            return 2 if can_be_still(self.plan, spec) else 1
        read = [part for part in walk(node) if isinstance(part, Read)] if node else []
        return max(sum(part.path == text for part in read), 1)

    def _inline(self, column: Column) -> bool:
        return ("column", self.table.name, column.name) not in self.shared.columns

    def column(self, name: str) -> Source:
        """The code of a column of these rows, as a Series."""
        column = self.table.columns[name]
        return self._kept(name, column.identifier, lambda: self._column(column))

    def written(self, name: str) -> Source:
        """The code of a column as it is written, but for the faults of single cells."""
        if name != self.duplicate_key:
            return self.column(name)
        row = f"{self.names['key row', self.table.name]}({self.row})"
        return Source(f"{self.names['column', self.table.name, name]}({row})")

    def _column(self, column: Column) -> str:
        if column.table is not None:
            rows = self.rows(column.name)
            return self._key_of(column, rows, column.type.nullable)
        if not self._inline(column) and not (self._whole and sequence_of(column)):
            return f"{self.names['column', self.table.name, column.name]}({self.row})"
        if sequence_of(column):
            return self._sequence(self.table.columns[sequence_of(column)], column.name)
        from compiler.emit.columns import value_of  # the two call each other

        return value_of(self, column)

    def _sequence(self, column: Column, wanted: str) -> str:
        """The code of a column that goes along in time, or of the changes that it cuts."""
        from compiler.emit.columns import nulled, sequence_value

        key = ("group", self.table.name, column.name)
        called = key in self.shared.columns and self._inside != column.name
        code = (
            f"{self.names[key]}({self.row})" if called else sequence_value(self, column)
        )

        def finished(value: str) -> str:
            return value if called else nulled(self, column, value)

        if not isinstance(column.spec, Running):
            return finished(code)
        if not column.spec.cuts:
            return code if called else finished(f"{code}[1]")
        # A balance reads its change, which is no use of what that comes to.
        change, balance = column.spec.change, column.name
        both = self._inside == balance
        if wanted == balance and self._uses[change] < 2 and not both:
            return finished(f"{code}[1]")
        if wanted == change and not self._uses[balance] and not both:
            return f"{code}[0]"
        names = [
            self.locals.take(object(), name, f"{name}_") for name in (change, balance)
        ]
        self.statements.append(f"{', '.join(names)} = {code}")
        self._known |= {change: names[0], balance: finished(names[1])}
        return self._known[wanted]

    def change(self, name: str, balance: Column) -> Source:
        """The code of what a balance adds up: before it is cut, where it is this one's to cut."""
        from compiler.emit.columns import value_of

        column = self.table.columns[name]
        own = column.cut_by == balance.name
        return Source(value_of(self, column)) if own else self.column(name)

    def _key_of(self, ref: Column, rows: str, nullable: bool) -> str:
        """The code of the keys that a ref holds, of the rows that it points at."""
        assert ref.table is not None
        target = self.plan.table(ref.table)
        assert target.key is not None
        key = target.columns[target.key]
        if key.table is not None:  # the key is a ref itself
            rows = self._pointed_at(target, key, rows, nullable)
            return self._key_of(key, rows, nullable or key.type.nullable)
        function = self.names["column", target.name, target.key]
        return called(function, rows, "present" if nullable else None)

    def read(self, text: str, paths: Mapping[str, Path]) -> Source:
        """The code of the column at a path."""
        path = paths[text]
        if not path.hops:
            return self.column(path.column)
        return self._kept(text, path.column, lambda: self._far(path))

    def _far(self, path: Path) -> str:
        rows, nullable = self._hops(path.hops)
        table = self.plan.table(path.table)
        column = table.columns[path.column]
        if column.table is None:
            function = self.names["column", table.name, column.name]
            return called(function, rows, "present" if nullable else None)
        rows = self._pointed_at(table, column, rows, nullable)
        return self._key_of(column, rows, nullable or column.type.nullable)

    def rows_at(self, hops: tuple[Hop, ...]) -> str:
        """The code of the rows that refs lead to."""
        return self._hops(hops)[0]

    def _hops(self, hops: tuple[Hop, ...]) -> tuple[str, bool]:
        """The code of the rows that refs lead to, and whether some may be none."""
        rows, nullable = self.rows(hops[0].column), hops[0].nullable
        for hop in hops[1:]:
            table = self.plan.table(hop.table)
            rows = self._pointed_at(table, table.columns[hop.column], rows, nullable)
            nullable = nullable or hop.nullable
        return rows, nullable

    def _pointed_at(self, table: Table, ref: Column, rows: str, nullable: bool) -> str:
        """The code of the rows that a ref of some rows points at."""
        if ref.parent:  # no row (-1) has no parent (-1)
            return parent_rows(self.names, table, rows)
        function = self.names["rows", table.name, ref.name]
        return called(function, rows, "present_rows" if nullable else None)

    def rows(self, name: str) -> str:
        """The local variable that holds the rows that a reference of this table points at."""
        key = f"{name} (rows)"
        if key not in self._known:
            column = self.table.columns[name]
            short = subject(column)
            wishes = [short] if short != name else []
            code = f"{self.names['rows', self.table.name, name]}({self.row})"
            if ("rows", self.table.name, name) not in self.shared.columns:
                from compiler.emit.columns import rows_of

                code = rows_of(self, column)
            same = code == self.row  # a parent's one child has its parent's number
            named = code if same else self._assign(code, *wishes, f"{name}_row")
            self._known[key] = named
        return self._known[key]

    def _kept(self, use: str, wish: str, code: Callable[[], str]) -> Source:
        """Known code, or new code: as a local variable where it is used again."""
        if use not in self._known:
            made = code()
            again = self._uses[use] > 1 and not made.isidentifier()
            self._known[use] = self._assign(made, wish, f"{wish}_") if again else made
        return Source(self._known[use])

    def local(self, name: str, code: str) -> str:
        """A local variable for code that is no column; the same code has one variable."""
        key = f"{code} (local)"
        if key not in self._known:
            self._known[key] = self._assign(code, name, f"{name}_")
        return self._known[key]

    def _assign(self, code: str, *wishes: str) -> str:
        name = self.locals.take(object(), *wishes)
        self.statements.append(f"{name} = {code}")
        return name

    def batch(self) -> Source:
        """The local variable that holds the batch of each row."""
        code = batch_of(self.plan, self.names, self.table, self.row)
        return Source(self.local("batch", code))

    def draw(self, part: str, rows: str | None = None) -> Source:
        """A uniform draw for each row (or for other numbers than the rows' own).

        `part` is the column, or `column/what` for a further draw of its own.
        """
        rows = rows or self.numbers
        if self._alone or rows != self.row:
            stream = literal(f"{self.table.name}.{part}")
            code = f"uniform({stream}, {rows})"
            return Source(self.local("u", code) if self.apart else code)
        draws = self.local("u", f"draws({literal(self.table.name)}, {self.row})")
        return Source(f"{draws}({literal(part)})")

    def number(self, key: Key) -> Source:
        """The numbers that a key counts these rows by."""
        return Source(f"{self.row} + {key.start}" if key.start else self.row)


def called(function: str, rows: str, guard: str | None) -> str:
    """A call for some rows; a guard keeps rows that are none (-1) out of it."""
    return f"{guard}({rows}, {function})" if guard else f"{function}({rows})"
