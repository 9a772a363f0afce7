"""What the column templates see: every decision made, ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from compiler.emit.body import Body
from compiler.emit.dialect import Dialect, dialect_of
from compiler.emit.expression import printer_of
from compiler.emit.expression.code import Shape
from compiler.emit.faked import FakedView
from compiler.emit.hours import lines_of
from compiler.emit.names import Names
from compiler.emit.numbering import stride_of
from compiler.emit.numbers import PARAMETERS, law_of
from compiler.emit.python import Source
from compiler.emit.refs import RefView, has_cases
from compiler.emit.sequences import limited, one_range
from compiler.emit.texts import template_code
from compiler.emit.times import (
    can_be_still,
    during_code,
    moment_code,
    timeline_of,
)
from compiler.plan.model import Column, Plan, Table, Variant
from compiler.spec.types import NUMBER, Data

LONG = 60
"""A call with more than so much in it reads better with a part of it as a variable."""


@dataclass(frozen=True)
class View:
    """A column, in one of its cases or in all, as its template sees it."""

    plan: Plan
    table: Table
    column: Column
    variant: Variant
    names: Names
    outer: Body | None
    """The function's body that the values stand in; None for constants."""
    case: Source | None
    """The code that names each row's case, where the cases are parameters of one draw."""
    suffix: str = ""

    @property
    def body(self) -> Body:
        assert self.outer is not None, "constants stand outside of any body"
        return self.outer

    @property
    def spec(self) -> Any:
        """The model; each template knows its own kind."""
        return self.variant.spec

    @property
    def dialect(self) -> Dialect:
        return dialect_of(self.plan)

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def stream(self) -> str:
        return f"{self.table.name}.{self.column.name}"

    @property
    def stream_of_case(self) -> str:
        """A stream of the case's own, where what is made for a stream is kept."""
        return self.stream + self.suffix.lower().replace("_", "/", 1)

    @property
    def constant(self) -> str:
        return self.names["constant", self.table.name, self.column.name] + self.suffix

    @property
    def row(self) -> str:
        return self.body.row

    @property
    def numbers(self) -> str:
        """What draws go by: the rows' numbers, or those of draws that are made anew."""
        return self.body.numbers

    @property
    def reason(self) -> str:
        """The comment above the constants: what neither their name nor their values tell."""
        parts = [f"{self.of_children} of {self.table.name}"] if self.of_children else []
        if self.column.by is not None:
            chance = "chance of " if self.spec.kind == "bool" else ""
            start = "" if parts else f"{chance}{self.stream} "
            parts.append(f"{start}by {self.column.by.text}")
        words = ", ".join(parts)
        description = self.column.spec.description.rstrip(".")
        if description:
            return f"{words or self.stream}: {description}."
        return words

    @property
    def of_children(self) -> str | None:
        """What is said of a column that tells how many children a parent has."""
        child, _, rows = self.column.name.partition(" ")
        if not rows:
            return None
        some = "a Poisson number of rows for each"
        return f"{child}: {'a row for a part' if self.spec.kind == 'bool' else some}"

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The cases that this view speaks for."""
        return (self.variant,) if self.suffix else self.column.variants

    def draw(self, part: str = "") -> Source:
        """A uniform draw of the column's own stream, or of a further one beside it."""
        return self.body.draw(f"{self.name}/{part}" if part else self.name)

    def read(self, path: str) -> Source:
        return self.body.read(path, self.variant.paths)

    # Parameters of a draw

    def text_of(self, path: str) -> Source:
        """Another column's values as strings."""
        type = self.variant.paths[path].type
        return Source(self.dialect.as_text(self.read(path), type))

    def by_case(self, parameters: str) -> object:
        """What a draw takes: of the one case, or of each by its name."""
        specs = [variant.spec for variant in self.variants]
        values = [PARAMETERS[parameters](spec, specs) for spec in specs]
        if self.column.by is None or self.suffix:
            return values[0]
        names = [v.case.name if v.case else "otherwise" for v in self.variants]
        return dict(zip(names, values, strict=True))

    @property
    def drawn(self) -> Source:
        """The code of numbers (of an offset: delays), as numpy has them."""
        return self.by_law(*law_of([variant.spec for variant in self.variants]))

    @property
    def delay(self) -> Source:
        """The code of an offset's delays."""
        code, long = self.drawn, LONG - len(self.read(self.spec.of))
        return Source(self.local("delay", code)) if len(code) > long else code

    def by_law(self, *law: str) -> Source:
        """The code of draws by a law whose parameters the constants hold."""
        if self.case is not None:
            assert self.column.by is not None
            draw, key, rest = self.draw(), self.case, ", ".join((self.constant, *law))
            if len(f"{draw}{key}{rest}") > LONG and not key.isidentifier():
                key = Source(self.local(self.column.by.column, key))
            return Source(f"draw_by({draw}, {key}, {rest})")
        given = (self.draw(), *law[1:], f"**{self.constant}")
        return Source(f"{law[0]}({', '.join(given)})")

    @property
    def arguments(self) -> Source:
        """The constants as named arguments: of all rows, or of each row's case."""
        if self.case is None:
            return Source(f"**{self.constant}")
        return Source(f"**parameters({self.case}, {self.constant})")

    # Keys and positions

    @property
    def number(self) -> Source:
        return self.body.number(self.spec)

    @property
    def stride(self) -> str:
        return stride_of(self.names, self.table)

    # What goes along in time

    @property
    def tick(self) -> Source:
        """The code of the rows' moments on their grid."""
        return Source(f"tick({self.row}, {self.names['every', self.table.name]})")

    @property
    def waved(self) -> bool:
        specs: list[Any] = [variant.spec for variant in self.variants]
        return any(spec.cycles for spec in specs)

    @property
    def shift(self) -> str:
        """The code of what is added to a reading where it is off."""
        constant = f"{self.constant}_SHIFT"
        return f"by({self.case}, {constant})" if self.case else constant

    @property
    def waves(self) -> Source:
        """The code of a reading's waves: the same for all rows, or those of each row's case."""
        constant = f"{self.constant}_CYCLES"
        if not self.waved:
            return Source("()")
        return Source(f"waves_by({self.case}, {constant})" if self.case else constant)

    def limited(self, reading: str) -> Source:
        """A reading within what the sensor can tell; cases that agree in it leave it to later."""
        later = self.suffix and one_range(self.column)
        return Source(reading if later else limited(self.spec, reading))

    @property
    def parent(self) -> str:
        """The local variable that holds the parents' rows."""
        assert self.table.children is not None
        return self.body.rows(self.table.children.ref)

    @property
    def change(self) -> Source:
        """The code of what a balance adds up."""
        return self.body.change(self.spec.change, self.column)

    @property
    def decimals(self) -> int | None:
        """The digits behind the point of a balance; None where it is a whole number."""
        whole = self.column.type.data is Data.INTEGER
        return None if whole else self.spec.decimals

    # Moments

    @property
    def period(self) -> object:
        """The moments that a column has of its own: where its period starts, ends, or both."""
        own = [when for when in (self.spec.start, self.spec.end) if when is not None]
        return own[0] if len(own) == 1 else own

    @property
    def hours(self) -> str:
        """The constant of the day's hours, where the spec lists their weights."""
        hours = getattr(self.spec, "hours", None)
        if not isinstance(hours, list):
            return ""
        said = f"{self.stream}: the weight of each hour of the day"
        return lines_of(f"{self.constant}_HOURS", tuple(hours), said)

    @property
    def timeline(self) -> Source:
        """The code of the timeline that moments lie on; a long one has a variable."""
        code = timeline_of(self.plan, self.names, self.spec, self.constant)
        named = len(code) > LONG and not self.plan.appends
        return Source(self.local("timeline", code)) if named else code

    @property
    def batch(self) -> Source | None:
        """In append mode: the local variable that holds the batch of each row."""
        return self.body.batch() if self.plan.appends else None

    @property
    def can_be_still(self) -> bool:
        """Whether there are times at which nothing happens."""
        return can_be_still(self.plan, self.spec)

    def local(self, name: str, code: str) -> str:
        """A local variable that holds the code's value."""
        return self.body.local(name, code)

    # Text

    @property
    def faked(self) -> FakedView:
        return FakedView(
            self.plan,
            self.table,
            self.column,
            self.spec,
            self.constant,
            lambda: self.body,
        )

    def repeated(self, code: object, data: Data | None = None) -> Source:
        """The code of a Series that holds one value in every row."""
        data = data or self.column.type.data
        return Source(self.dialect.repeated(code, self.row, data))

    @property
    def text(self) -> Source:
        return template_code(
            self.dialect, self.spec, self.row, self.read, self.variant.paths
        )

    @property
    def expression(self) -> Source:
        node = self.variant.expression
        assert node is not None
        words = (
            self.read,
            lambda text, type: moment_code(
                self.dialect, text, type, lambda: self.batch
            ),
            lambda event, moments: during_code(self.names, event, moments),
        )
        printed = printer_of(self.plan, *words, rows=self.row).whole(node)
        code = printed.text
        if printed.shape is Shape.SCALAR:
            code = self.repeated(code, node.type.data)
        if self.column.type.data is Data.NUMBER and node.type.data is Data.INTEGER:
            code = self.dialect.cast(code, NUMBER.or_null(node.type.nullable))
        return Source(code)

    # Refs

    @property
    def case_number(self) -> int | None:
        """The number of the view's case, where a function tells each row's."""
        if not has_cases(self.column):
            return None
        cases = enumerate(self.column.variants)
        return next(n for n, variant in cases if variant is self.variant)

    @property
    def ref(self) -> RefView:
        return RefView(
            self.plan,
            self.table,
            self.column,
            self.spec,
            self.names,
            self.constant,
            self.case_number,
        )
