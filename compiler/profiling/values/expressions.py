"""Numbers that are computed from others: `line_total` is `quantity * unit_price`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler.profiling.draft import DraftColumn
from compiler.profiling.values.forms import (
    BACKWARD,
    FORMS,
    LAST_FIRST,
    OWN_ONLY,
    Form,
    Formula,
    Operands,
    lengths,
)
from compiler.profiling.values.numbers import decimals_of, floats, sample_of
from compiler.profiling.values.sample import Array
from compiler.profiling.values.view import NUMBERS, TableView
from compiler.sources.model import SourceColumn
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

EXACT = 0.995
"""A formula holds in so many of the rows, to the last digit."""
UNUSUAL = 0.98
"""And in so many of those that do not have the most frequent number: a column of zeros agrees
with many formulas."""
ROWS = 20_000
"""Rows that a formula is tried on."""
COVERED = 0.9
"""What it reads is there in so many of the rows that have a number."""
SLIPS = 7
"""Of the screened rows, so many may have another number: 5 %."""
SCREENED = 150
"""Rows that rule out nearly all formulas."""
FEWEST = 20
"""Of fewer rows, formulas hold by chance."""
DAY = 86_400e6
"""Microseconds of a day."""
MOST_OPERANDS = 12
"""Columns of the row that are tried for one number, the nearest ones."""
LEAST_DIFFERENT = 3
"""A number with fewer values is not worth a formula."""


@dataclass(frozen=True)
class Found:
    """The formula of a column, and in how many rows it holds."""

    formula: Formula
    agreeing: int
    rows: int
    step: float


def describe_expression(view: TableView, column: SourceColumn) -> DraftColumn | None:
    """A column that is a formula of others; None if it is none."""
    found = formulas(view).get(column.name)
    if found is None:
        return None
    comment = f"holds in {found.agreeing:,} of {found.rows:,} rows"
    text = in_a_spec(view, found, column)
    return DraftColumn(column.name, {"kind": "expr", "expr": text}, [comment])


def operands_of(view: TableView, column: str) -> tuple[str, ...]:
    """The columns that a column is computed from; none if it is drawn."""
    found = formulas(view).get(column)
    return found.formula.operands if found else ()


def in_a_spec(view: TableView, found: Found, column: SourceColumn) -> str:
    """The formula as a spec has it: rounded, and of the column's type."""
    formula = found.formula
    if formula.is_exact:
        return formula.text
    decimals = 0 if found.step == 0 else max(-round(_log10(found.step)), 0)
    if column.data is Data.INTEGER:
        return f"round({formula.text})" if formula.is_fractional else formula.text
    if found.step == 0:
        return formula.text
    return f"round({formula.text}, {decimals})"


def _log10(value: float) -> float:
    import math

    return math.log10(value)


def formulas(view: TableView) -> dict[str, Found]:
    """The formulas of a table's columns; no column depends on itself."""
    if view.formulas is None:
        view.formulas = _search(view) if len(view.frame) >= FEWEST else {}
    return view.formulas


def _search(view: TableView) -> dict[str, Found]:
    own = {
        column.name: column
        for column in view.table.columns
        if column.data in NUMBERS and may_be_read(view, column.name)
    }
    numbers = {name: _thin(view.frame[name]) for name in own}
    numbers |= {path: _thin(view.joined[path]) for path in view.far_numbers}
    targets = {
        name: Target.of(numbers[name], column, view)
        for name, column in own.items()
        if view.is_plain(name)
    }
    found: dict[str, Found] = {}
    moments = {
        column.name: _days(view.frame[column.name])
        for column in view.table.columns
        if column.data is Data.DATE
    }
    for name, target in targets.items():
        if target is not None and (one := target.explained(lengths, moments)):
            found[name] = one
    for form in FORMS:
        order = reversed(targets) if form in LAST_FIRST else iter(targets)
        for name, target in ((name, targets[name]) for name in order):
            if target is None or name in found:
                continue
            taken = operands_for(name, [*own], view.far_numbers, form)
            taken = [path for path in taken if not _leads_to(name, path, found)]
            one = target.explained(form, {path: numbers[path] for path in taken})
            if one is not None:
                found[name] = one
    return found


def _days(series: pl.Series) -> Array:
    """Dates in days since 1970; NaN for null."""
    import polars as pl

    microseconds = _thin(series.cast(pl.Datetime("us")).cast(pl.Int64))
    return microseconds / DAY


def _thin(series: pl.Series) -> Array:
    return floats(series.gather_every(max(len(series) // ROWS, 1)))


def may_be_read(view: TableView, column: str) -> bool:
    """Whether a number is a quantity: no key, and no ref."""
    own = view.relations
    is_key = own.key is not None and own.key.columns == (column,)
    return not is_key and own.ref(column) is None


def operands_for(target: str, own: list[str], far: list[str], form: Form) -> list[str]:
    """The columns that a number may be computed from, the nearest in the table."""
    place = own.index(target)
    others = [name for name in own if name != target]
    if form in BACKWARD:
        others = own[:place]
    near = sorted(others, key=lambda name: abs(own.index(name) - place))[:MOST_OPERANDS]
    return [name for name in own if name in near] + ([] if form in OWN_ONLY else far)


def _leads_to(name: str, path: str, found: dict[str, Found]) -> bool:
    """Whether a column is computed from another one, by any number of steps."""
    if path == name:
        return True
    one = found.get(path)
    return one is not None and any(
        _leads_to(name, each, found) for each in one.formula.operands
    )


@dataclass(frozen=True, eq=False)
class Target:
    """A number to explain."""

    values: Array
    step: float
    allowed: Array
    """How far a formula may be off, by row: half the last digit."""
    usual: float
    """The most frequent value."""
    screen: Array
    """Rows to try first: those with an unusual value."""

    @classmethod
    def of(cls, values: Array, column: SourceColumn, view: TableView) -> Target | None:
        import numpy as np

        known = np.sort(values[~np.isnan(values)])
        numbers, counts = np.unique(known, return_counts=True)
        if len(known) < FEWEST or len(numbers) < LEAST_DIFFERENT:
            return None
        usual = float(numbers[counts.argmax()])
        unusual = np.flatnonzero(~np.isnan(values) & (values != usual))
        if len(unusual) < FEWEST:
            return None
        sample = sample_of(known, column, view.options)
        step = 0.0 if decimals_of(sample) is None else sample.step
        allowed = step / 2 * (1 + 1e-6) + 1e-9 * np.abs(values)
        screen = unusual[:: max(len(unusual) // SCREENED, 1)]
        return cls(values, step, allowed, usual, screen)

    def explained(self, form: Form, operands: Operands) -> Found | None:
        """The formula of a form that holds in the most rows, if it holds in nearly all."""
        few = {path: values[self.screen] for path, values in operands.items()}
        best: Found | None = None
        wanted, allowed = self.values[self.screen], self.allowed[self.screen]
        for formula in form(wanted, few):
            off = abs(formula.compute(few) - wanted)
            wrong = (off > allowed).sum()
            if wrong > SLIPS or (off <= allowed).sum() < len(off) / 2:
                continue
            one = self._checked(formula, operands)
            if one and (best is None or one.agreeing > best.agreeing):
                best = one
        return best

    def _checked(self, formula: Formula, operands: Operands) -> Found | None:
        import numpy as np

        off = np.abs(formula.compute(operands) - self.values)
        there, known = ~np.isnan(off), ~np.isnan(self.values)
        holds = off <= self.allowed
        unusual = there & (self.values != self.usual)
        if there.sum() < COVERED * known.sum() or unusual.sum() < FEWEST:
            return None
        if holds[unusual].mean() < UNUSUAL or holds[there].mean() < EXACT:
            return None
        return Found(formula, int(holds[there].sum()), int(there.sum()), self.step)
