"""Columns, in each of their cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from compiler.plan.expression import Node, goes_by_order
from compiler.plan.model.paths import Path, Reference
from compiler.spec.columns import AmongSiblings, Expr
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.locales import RowLocale
from compiler.spec.types import Type


@dataclass(frozen=True)
class Case:
    """A case of a `by`: its name, and the test that a row passes."""

    name: str
    operator: str = "=="
    value: float | str | bool | date = ""


@dataclass(frozen=True)
class Variant:
    """A column as it is in one case (or, without `by`, in all rows)."""

    case: Case | None
    """None: in all rows, or in those of no other case."""
    spec: ColumnSpec
    paths: Mapping[str, Path]
    """What it reads, by the path's text; the row's locale, too, where rows differ in it."""
    expression: Node | None = None
    keys: tuple[str, ...] = ()
    """Where its parameters are in the spec, below the column."""

    @property
    def gives(self) -> Type:
        """The type of its values, of Faker's texts unknown; nulls by the spec's rate apart."""
        if isinstance(self.spec, Expr):
            assert self.expression is not None
            return self.expression.type
        return self.spec.gives(lambda text: self.paths[text].type)


def reads_of(variants: Iterable[Variant], by: Path | None) -> dict[str, Path]:
    """All that some variants read from their own row on, by the path's text."""
    paths = {text: path for variant in variants for text, path in variant.paths.items()}
    return ({by.text: by} if by else {}) | paths


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    stream: str
    """What its draws are named after: its name, or the one that it had before a rename."""
    spec: ColumnSpec
    type: Type
    """Of the values that others read and that are written: nulls included."""
    variants: tuple[Variant, ...]
    by: Path | None = None
    when: Variant | None = None
    """The expression that holds in the rows that have a value."""
    table: str | None = None
    """The table that a ref points at."""
    references: Reference | None = None
    """The key that it holds, as a ref or as what it reads of one."""
    weighted: tuple[Path, ...] = ()
    """The target's columns that weigh a ref."""
    parent: bool = False
    """Whether it is the ref of a `per` table to its parent."""
    cut_by: str | None = None
    """The balance of its table that cuts its values, so as not to fall below a floor."""

    @property
    def kind(self) -> str:
        return self.spec.kind

    @property
    def identifier(self) -> str:
        """What code calls it."""
        return "locale" if isinstance(self.spec, RowLocale) else self.name

    @cached_property
    def needs_siblings(self) -> bool:
        """Whether it is computed over all rows of a parent at once."""
        nodes = [one.expression for one in self.variants if isinstance(one.spec, Expr)]
        by_order = any(node is not None and goes_by_order(node) for node in nodes)
        return by_order or isinstance(self.spec, AmongSiblings)

    @property
    def case_names(self) -> list[str]:
        """What the configuration calls each of its cases."""
        cases = [variant.case for variant in self.variants]
        return [case.name if case else "otherwise" for case in cases]

    @property
    def null_rates(self) -> tuple[float, ...]:
        """The share of nulls in each of its cases."""
        return tuple(variant.spec.null_rate for variant in self.variants)

    @property
    def null_rate(self) -> float | None:
        """The share of nulls; None where cases differ in it."""
        rates = {*self.null_rates}
        return rates.pop() if len(rates) == 1 else None

    @property
    def reads(self) -> dict[str, Path]:
        """All that it reads from its own row on, by the path's text."""
        own = self.variants if self.when is None else (*self.variants, self.when)
        return reads_of(own, self.by)
