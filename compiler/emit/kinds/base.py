"""What an emitter is, what it is given, and how the emitter of a column is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar, cast

from compiler.emit.code.code import Code, call, unpacked
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import annotation, literal
from compiler.emit.engines.dialect import Dialect, dialect_of
from compiler.emit.names import ScriptNames, suffixes_of
from compiler.plan.model import Column, Path, Plan, Table, Variant
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Numeric
from compiler.spec.types import Data

Spec = TypeVar("Spec", bound=ColumnSpec)
Parameters = Callable[[Spec, Sequence[Spec]], object]
"""What a constant holds of a case, given all the cases of its column."""


class Function(Protocol):
    """What an emitter may ask of the function in which a column is computed."""

    row: Code
    """The rows' numbers."""
    numbers: Code
    """The numbers that draws go by: the rows', or others where draws are made again."""

    def draw(self, column: Column, part: str = "", rows: Code | None = None) -> Code:
        """A uniform draw of the column's own for each row, or a further one beside it."""
        ...

    def read(self, text: str, paths: Mapping[str, Path]) -> Code:
        """The column at a path."""
        ...

    def change(self, change: str, balance: Column) -> Code:
        """What a balance adds up."""
        ...

    def rows(self, ref: str) -> Code:
        """The rows that a reference of this table points at."""
        ...

    def local(self, wish: str, code: Code, column: str = "") -> Code:
        """A local variable for code; the same code has one variable.

        Where another has its name, it is named after the column, too.
        """
        ...

    def batch(self) -> Code:
        """In append mode: the batch of each row."""
        ...


@dataclass(frozen=True)
class CaseColumn(Generic[Spec]):
    """A column as its emitter sees it: in one of its cases, or in all where they share code."""

    plan: Plan
    names: ScriptNames
    table: Table
    column: Column
    variant: Variant
    suffix: str = ""
    """What ends the names of the case's own constants; empty where all cases share them."""
    key: Code | None = None
    """The code that names each row's case, where all cases share one draw."""

    @property
    def spec(self) -> Spec:
        return cast(Spec, self.variant.spec)

    @property
    def specs(self) -> list[Spec]:
        """The cases that share this code."""
        variants = (self.variant,) if self.suffix else self.column.variants
        return [cast(Spec, variant.spec) for variant in variants]

    @property
    def cases(self) -> list[CaseColumn[Spec]]:
        """The column in each of the cases that share this code; itself where there is one."""
        if self.suffix or self.column.by is None:
            return [self]
        pairs = zip(self.column.variants, suffixes_of(self.column), strict=True)
        return [replace(self, variant=one, suffix=suffix) for one, suffix in pairs]

    @property
    def name(self) -> str:
        """The name of its case."""
        return self.variant.case.name if self.variant.case else "otherwise"

    @property
    def dialect(self) -> Dialect:
        return dialect_of(self.plan)

    @property
    def stream(self) -> str:
        """The name of the column's draws."""
        return self.table.stream_of(self.column)

    @property
    def full_name(self) -> str:
        """The column with its table, in words."""
        return f"{self.table.name}.{self.column.name}"

    # Constants

    def constant(self, ending: str = "") -> Code:
        """The column's constant, or one with an ending of its own."""
        return self.names.constant(
            self.table.name, self.column.name, self.suffix + ending
        )

    def by_case(self, parameters: Parameters[Spec]) -> object:
        """What a constant holds: of the one case, or of each by its name."""
        values = [parameters(spec, self.specs) for spec in self.specs]
        if self.column.by is None or self.suffix:
            return values[0]
        return dict(zip((case.name for case in self.cases), values, strict=True))

    def holding(
        self,
        parameters: Parameters[Spec],
        ending: str = "",
        is_share: bool = False,
        **words: str,
    ) -> Constant:
        """The constant that holds something of each case; `words` are its comment, note, type."""
        constant, value = self.constant(ending).text, self.by_case(parameters)
        return Constant(constant, literal(value), is_share=is_share, **words)

    def reasoned(
        self, parameters: Parameters[Spec], note: str = "", reason: str | None = None
    ) -> Constant:
        """The constant that holds something of each case, below the column's reason.

        A note is behind it, or part of the reason.
        """
        given, reason = self.by_case(parameters), reason or self.reason
        if note and self.column.by and not self.column.spec.description:
            reason = f"{note}, by {self.column.by.text}"
        note = "" if reason else note
        value, type = literal(given), annotation(given)
        return Constant(self.constant().text, value, reason, note, type)

    @property
    def reason(self) -> str:
        """The comment above the constants: what neither their name nor their values tell."""
        return self.reason_for(self.full_name)

    def reason_for(self, what: str) -> str:
        """The comment above constants that hold `what`, by case; nothing where that is plain."""
        by, description = self.column.by, self.column.spec.description.rstrip(".")
        words = f"{what} by {by.text}" if by else ""
        return f"{words or self.full_name}: {description}." if description else words

    # Values

    def draw(self, function: Function, part: str = "") -> Code:
        """A uniform draw of the column's own, or a further one beside it."""
        if part:
            return function.draw(self.column, part)
        return self.draw_of(self.column, function)

    def draw_of(self, column: Column, function: Function) -> Code:
        """The draw of a column of this table, which may follow those of others."""
        draw = function.draw(column)
        if not (isinstance(column.spec, Numeric) and column.spec.correlated):
            return draw
        others = {
            name: self.draw_of(self.table.columns[name], function)
            for name in column.spec.correlated
        }
        code = call("correlated", draw, self.correlations(column), **others)
        return function.local(f"{column.name}_draw", code, column.name)

    def correlations(self, column: Column) -> Code:
        """The constant that holds a column's correlations."""
        return self.names.constant(self.table.name, column.name, "_CORRELATED")

    def read(self, function: Function, path: str) -> Code:
        """A column that this one reads."""
        return function.read(path, self.variant.paths)

    def value_by_case(self, ending: str = "") -> Code:
        """A constant's value: the same in all rows, or that of each row's case."""
        constant = self.constant(ending)
        return constant if self.key is None else call("case_value", self.key, constant)

    @property
    def arguments(self) -> Code:
        """The constant as named arguments: of all rows, or of each row's case."""
        constant = self.constant()
        if self.key is not None:
            constant = call("case_parameters", self.key, constant)
        return unpacked("**", constant)

    def repeated(
        self, code: Code, function: Function, data: Data | None = None
    ) -> Code:
        """A Series that holds one value in every row."""
        data = data or self.column.type.data
        return self.dialect.repeated(code, function.row, data)


class Emitter(Generic[Spec]):
    """Emits the columns of one kind. `class ChoiceCode(Emitter[Choice], of=Choice)` registers."""

    endings: tuple[str, ...] = ()
    """What the names of its constants may end in, beside the main one."""
    one_call = False
    """Whether the cases of a `by` go into one call, which is given each row's parameters."""

    def __init_subclass__(cls, of: type[ColumnSpec]) -> None:
        assert of not in EMITTERS, f"two emitters of {of}: {EMITTERS[of]} and {cls}"
        EMITTERS[of] = cls()

    def in_one_call(self, plan: Plan, cases: Sequence[Spec]) -> bool:
        """Whether these cases of a column go into one call; if not, each has code of its own."""
        return self.one_call

    def constants(self, column: CaseColumn[Spec]) -> list[Constant]:
        """What the configuration holds of the column."""
        return []

    def value(self, column: CaseColumn[Spec], function: Function) -> Code:
        """The code of the column's values, as a Series.

        Numbers of children and whether there is one are arrays of numpy. A balance is a pair:
        its changes as they could be made, and the balance.
        """
        raise NotImplementedError(column.column.kind)


EMITTERS: dict[type[ColumnSpec], Emitter[Any]] = {}
"""By the class of a column's spec."""


def constant_endings() -> frozenset[str]:
    """What the names of constants of columns may end in."""
    kinds = {ending for emitter in EMITTERS.values() for ending in emitter.endings}
    return frozenset({*kinds, "NULLS", "CORRELATED"})


def emitter_of(spec: ColumnSpec) -> Emitter[Any]:
    """The emitter of a column: that of its class, or of the nearest class above."""
    for each in type(spec).__mro__:
        if each in EMITTERS:
            return EMITTERS[each]
    raise LookupError(f"no emitter for columns of kind {spec.kind}")


def same(cases: Sequence[ColumnSpec], *keys: str) -> bool:
    """Whether all cases of a column agree in these."""
    first, *others = cases
    return all(
        getattr(first, key) == getattr(other, key) for key in keys for other in others
    )
