"""The language of a table's texts: one locale, shares of several, or one by a column's value."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, field_validator

from compiler.spec import words
from compiler.spec.base import Model, Path, Weights, problem
from compiler.spec.cases import BY_KEYS, CaseKeys
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.types import Data, Type


class LocaleCases(Model):
    """A locale for each value of a column."""

    by: Path = Field(description="the column whose value chooses the locale")
    cases: dict[str, str] = Field(
        description='a Faker locale for each value: { DE = "de_DE" }'
    )
    otherwise: str | None = Field(
        None, description="the Faker locale for every other value"
    )

    @property
    def variants(self) -> dict[CaseKeys, str]:
        """The locale of each case, by where it is below these."""
        found: dict[CaseKeys, str] = {
            ("cases", value): name for value, name in self.cases.items()
        }
        return found | ({("otherwise",): self.otherwise} if self.otherwise else {})

    @field_validator("cases")
    @classmethod
    def _some_cases(cls, cases: dict[str, str]) -> dict[str, str]:
        if not cases:
            help = 'by = "country", cases = { DE = "de_DE" }'
            raise problem("E215", "`cases` has no case", help)
        return cases


def form_of(value: Any) -> str:
    """The form in which a locale is written."""
    if not isinstance(value, dict):
        return "one locale"
    return "locales by column" if BY_KEYS & value.keys() else "locales by weight"


def not_by_column(value: Any) -> Any:
    """A locale of all tables; raises E101 if it depends on a column, which only a table has."""
    for key in ("by", "cases", "otherwise"):
        if form_of(value) == "locales by column" and key in value:
            message = "only a table can have a locale by a column"
            help = "give one locale here, or weights: { en_US = 0.7, de_DE = 0.3 }"
            raise problem("E101", message, help, at=[(key,)])
    return value


OneLocale = Annotated[str, Tag("one locale")]
ByWeight = Annotated[Weights, Tag("locales by weight")]
ByColumn = Annotated[LocaleCases, Tag("locales by column")]

Locale = Annotated[
    OneLocale | ByWeight, Discriminator(form_of), BeforeValidator(not_by_column)
]
TableLocale = Annotated[OneLocale | ByWeight | ByColumn, Discriminator(form_of)]


ROW_LOCALE = "row's locale"
"""The name of the column that holds it: no column of a spec can have such a name."""


class RowLocale(ByCase):
    """The locale of each row: a hidden column that the table's texts read."""

    kind: Literal["locale"] = "locale"
    hidden: bool = True
    weights: dict[str, float]
    everywhere: bool = False
    """Whether the weights are those of the spec, not of the table."""

    @property
    def names(self) -> list[str]:
        """The locales that occur in any row."""
        found = (name for one in self.variants.values() for name in one.weights)
        return list(dict.fromkeys(found))

    def gives(self, at: TypeOf) -> Type:
        return Type(Data.TEXT, values=tuple(self.weights))

    def summary(self) -> list[str]:
        alone = len(self.weights) == 1
        return [next(iter(self.weights)) if alone else words.shares(self.weights)]


def row_locale(
    locale: str | dict[str, float] | LocaleCases, everywhere: bool = False
) -> RowLocale:
    """The column with the locale of each row; locales of weight 0 are left out."""
    if isinstance(locale, LocaleCases):
        variants = {keys: row_locale(name) for keys, name in locale.variants.items()}
        return next(iter(variants.values())).with_variants(locale.by, variants)
    weights = {locale: 1.0} if isinstance(locale, str) else locale
    kept = {name: weight for name, weight in weights.items() if weight}
    return RowLocale(weights=kept, everywhere=everywhere)
