"""Faker's texts as code: of one locale, or of each row's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from compiler.emit.body import Body
from compiler.emit.dialect import dialect_of
from compiler.emit.python import Source
from compiler.plan.libraries.patterns import pieces_of
from compiler.plan.libraries.providers import faked_type
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Faker
from compiler.spec.types import Data, Type


@dataclass(frozen=True)
class FakedView:
    """A column of Faker's texts, as its template sees it."""

    plan: Plan
    table: Table
    column: Column
    spec: Faker
    constant: str
    body: Callable[[], Body]

    @property
    def type(self) -> Type:
        return faked_type(self.spec, self.table.locales)

    @property
    def noun(self) -> str:
        return "texts" if self.type.data is Data.TEXT else "values"

    def typed(self, texts: str) -> str:
        """The code of the provider's values, which its pool holds as texts."""
        return dialect_of(self.plan).parsed(texts, self.type)

    @property
    def several(self) -> bool:
        """Whether each row has a locale of its own."""
        return len(self.table.locales) > 1

    @property
    def locale(self) -> str | None:
        """The table's one locale where it is not the script's."""
        locale, *others = self.table.locales
        return None if others or locale == self.plan.locale else locale

    @property
    def row_locale(self) -> str:
        """The local variable that holds each row's locale, where there are several."""
        locale = self.table.row_locale
        assert locale is not None, "its rows differ in it"
        code = self.body().read(locale.name, self.column.reads)
        return code if code.isidentifier() else self.body().local("locale", code)

    @property
    def pieces(self) -> list[tuple[str, str, str]]:
        """What a text is composed of, where that is the same in all locales.

        The text before each provider, the provider, and the name of its draw.
        """
        first, *others = self._pieces.values()
        return [] if any(other != first for other in others) else numbered(first)

    @property
    def ending(self) -> str:
        """What stands behind the last piece."""
        return next(iter(self._pieces.values()))[-1]

    @property
    def patterns(self) -> dict[str, str]:
        """How each locale puts a text together, where they differ in it."""
        if len(set(self._pieces.values())) == 1:
            return {}
        whole = ("", self.spec.provider, "")
        return {
            locale: pattern(pieces or whole) for locale, pieces in self._pieces.items()
        }

    @property
    def composed(self) -> bool:
        return bool(self.pieces or self.patterns)

    @property
    def slot(self) -> str:
        """Where a composed text has a pool: the pool's place that each row takes its text from."""
        if not self.spec.pool:
            return self.body().row
        code = f"({self.drawn()} * {self.constant}_POOL).astype(np.int64)"
        return self.body().local("place", code)

    def drawn(self, part: str = "", rows: str | None = None) -> Source:
        """A uniform draw (of a piece), for the rows or for places of a pool."""
        name = self.column.name
        return self.body().draw(f"{name}/{part}" if part else name, rows)

    @property
    def _pieces(self) -> dict[str, tuple[str, ...]]:
        """By locale; none where the text is the provider's own."""
        if self.spec.args:
            return dict.fromkeys(self.table.locales, ())
        provider = self.spec.provider
        return {locale: pieces_of(provider, locale) for locale in self.table.locales}


def numbered(pieces: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Each provider, what stands before it, and a name of its own: `last_name1`, `last_name2`."""
    providers = pieces[1::2]
    return [
        (
            (text, provider, f"{provider}{providers[:n].count(provider) + 1}")
            if providers.count(provider) > 1
            else (text, provider, provider)
        )
        for n, (text, provider) in enumerate(zip(pieces[:-1:2], providers, strict=True))
    ]


def pattern(pieces: tuple[str, ...]) -> str:
    """Pieces in one text: `{last_name} {first_name}`."""
    parts = [f"{text}{{{name}}}" for text, _, name in numbered(pieces)]
    return "".join(parts) + pieces[-1]
