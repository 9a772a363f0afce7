"""What every column kind has, and what the compiler asks of each."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, get_args

from pydantic import Field

from compiler.spec.base import Allow, Model, Name, Rate
from compiler.spec.cases import Cased, CaseKeys
from compiler.spec.columns.registry import register
from compiler.spec.types import Need, Type

TypeOf = Callable[[str], Type]
"""The type of the column at a path, seen from the table of the column that reads it."""


class Column(Model):
    """A column of any kind.

    A new kind is a subclass with a `kind` of its own, in a module of this package. It registers
    itself. What takes no part in a spec has a default of its `kind`, and is no kind.
    """

    kind: str
    null_rate: Rate = Field(0.0, description="share of the rows that are null")
    when: str | None = Field(
        None,
        description="an expression: the column is null where it is false or null",
    )
    hidden: bool = Field(
        False, description="computed and usable by others, but not written"
    )
    description: str = Field("", description="what the column means")
    renamed_from: Name | None = Field(
        None, description="the column's name before: its cells stay as they were"
    )
    allow: Allow = Field([], description='lint codes to silence, "*" for all')

    called: ClassVar[str] = "column"
    path_keys: ClassVar[tuple[str, ...]] = ()
    """The keys whose values are paths."""
    needs: ClassVar[Mapping[str, Need]] = {}
    """What the columns named by these keys must be; other keys take columns of any type."""
    passes_null: ClassVar[bool] = False
    """Whether it is null where a column that it needs is null; if not, those must never be null."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        field = cls.model_fields["kind"]
        if "kind" in inspect.get_annotations(cls) and field.is_required():
            (kind,) = get_args(field.annotation)
            register(kind, cls)

    def paths(self) -> dict[str, str]:
        """The columns that this one reads, by the key that names each."""
        values = {key: getattr(self, key) for key in self.path_keys}
        return {key: value for key, value in values.items() if isinstance(value, str)}

    @property
    def has_nulls(self) -> bool:
        """Whether the spec asks for nulls, by `null_rate` or `when`."""
        return self.null_rate > 0 or self.when is not None

    def gives(self, at: TypeOf) -> Type:
        """The type of its values, nulls by `null_rate` and `when` apart."""
        raise NotImplementedError

    def personal_data(self, name: str) -> str | None:
        """The kind of personal data that a column of this name draws: `name`, `phone`, or None.

        Unity Catalog's tags state it. A kind that makes such texts overrides this.
        """
        return None

    def holds_what_it_reads(self, type: Type) -> bool:
        """Whether its values, of this type, show those of the columns that it reads."""
        return False

    def summary(self) -> list[str]:
        """What is asked of its values, in words, part by part.

        The plan, the README and `--json` print it. Parts that all cases of a `by` share are
        printed once, so a part is whole in itself.
        """
        return []


class ByCase(Column, Cased):
    """A column whose parameters may differ by case."""

    @classmethod
    def fixed_keys(cls) -> set[str]:
        return {*super().fixed_keys(), *Column.model_fields} - {"null_rate"}

    @property
    def has_nulls(self) -> bool:
        rates = (one.null_rate for one in self.variants.values())
        return self.when is not None or any(rates)


class AmongSiblings(ByCase):
    """A column computed over all rows of a parent at once."""


def variants_of(spec: Column) -> Mapping[CaseKeys, Column]:
    """A column as it is in each case, by where its parameters are below the column."""
    return spec.variants if isinstance(spec, ByCase) else {(): spec}
