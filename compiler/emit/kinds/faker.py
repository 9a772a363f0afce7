"""Faker's texts: of one locale, or of each row's own."""

from __future__ import annotations

from collections.abc import Mapping

from compiler.emit.code.code import Code, binary, call, chain, method, name
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.plan.libraries.patterns import pieces_of
from compiler.plan.libraries.providers import faked_type
from compiler.spec.columns import Faker
from compiler.spec.columns.texts import POOL
from compiler.spec.types import Data

Pieces = tuple[str, ...]
"""What a text is composed of: text, provider, text, …, provider, text; empty for a whole one."""


class FakerCode(Emitter[Faker], of=Faker):
    endings = ("POOL",)

    def constants(self, column: CaseColumn[Faker]) -> list[Constant]:
        spec, found = column.spec, []
        pieces = pieces_by_locale(column)
        patterns = patterns_of(spec, pieces)
        if patterns:
            found.append(Constant(column.constant().text, literal(patterns)))
        composed = bool(patterns or next(iter(pieces.values())))
        text = faked_type(spec, column.table.locales).data is Data.TEXT
        what = "distinct texts" if text else "distinct values"
        if composed and not spec.pool:
            what = "distinct texts of each part"
        pool, note = (
            literal(spec.pool_size),
            f"{what} of Faker's {spec.provider}, at most",
        )
        found.append(Constant(column.constant("_POOL").text, pool, note=note))
        return found

    def value(self, column: CaseColumn[Faker], function: Function) -> Code:
        spec = column.spec
        if spec.unique:
            return texts_of(
                column, "unique_texts", [literal(column.stream), function.row]
            )
        pieces = pieces_by_locale(column)
        first = next(iter(pieces.values()))
        if patterns_of(spec, pieces):
            place = place_in_pool(column, function)
            size = literal(POOL) if spec.pool else column.constant("_POOL")
            locale, patterns = row_locale(column, function), column.constant()
            stream = literal(column.stream)
            return call("faker_patterns", stream, place, locale, patterns, size)
        if not first:
            texts = faked(column, function, function.row, spec.provider)
            type = faked_type(spec, column.table.locales)
            return column.dialect.parsed(texts, type)
        place, parts = place_in_pool(column, function), []
        for text, provider, part in numbered(first):
            parts += [literal(text)] if text else []
            piece = faked(column, function, place, provider, part)
            parts.append(function.local(part, piece))
        return chain("+", [*parts, *([literal(first[-1])] if first[-1] else [])])


def faked(
    column: CaseColumn[Faker],
    function: Function,
    rows: Code,
    provider: str,
    part: str = "",
) -> Code:
    """Texts of a provider: of the row's locale where there are several."""
    several = len(column.table.locales) > 1
    helper = "faker_texts_by_locale" if several else "faker_texts"
    first = [row_locale(column, function)] if several else []
    draw = function.draw(column.column, part, rows)
    return texts_of(column, helper, [*first, draw], provider, part)


def texts_of(
    column: CaseColumn[Faker],
    helper: str,
    first: list[Code],
    provider: str = "",
    part: str = "",
) -> Code:
    """A call of what gives texts of a provider; `first` are its first arguments."""
    spec, (locale, *others) = column.spec, column.table.locales
    arguments = [*first, literal(provider or spec.provider)]
    if not (spec.pool and part):
        arguments.append(column.constant("_POOL"))
    given = {key: literal(value) for key, value in spec.args.items()}
    own = not others and locale != column.plan.locale
    given = ({"locale": literal(locale)} if own else {}) | given
    return call(helper, *arguments, **given)


def row_locale(column: CaseColumn[Faker], function: Function) -> Code:
    """The local variable that holds each row's locale, where there are several."""
    locale = column.table.row_locale
    assert locale is not None, "its rows differ in it"
    code = function.read(locale.name, column.column.reads)
    return code if code.is_name else function.local("locale", code)


def place_in_pool(column: CaseColumn[Faker], function: Function) -> Code:
    """The rows; where a composed text has a pool, the place in it that each row's text is from."""
    if not column.spec.pool:
        return function.row
    draw = function.draw(column.column, rows=function.row)
    place = binary("*", draw, column.constant("_POOL"))
    return function.local("place", method(place, "astype", name("np.int64")))


def pieces_by_locale(column: CaseColumn[Faker]) -> dict[str, Pieces]:
    """By locale what a text is composed of; nothing where it is the provider's own."""
    spec, locales = column.spec, column.table.locales
    if spec.args or spec.unique:
        return dict.fromkeys(locales, ())
    return {locale: pieces_of(spec.provider, locale) for locale in locales}


def patterns_of(spec: Faker, pieces: Mapping[str, Pieces]) -> dict[str, str]:
    """How each locale puts a text together, where they differ in it."""
    if len(set(pieces.values())) == 1:
        return {}
    whole = ("", spec.provider, "")
    return {locale: pattern(each or whole) for locale, each in pieces.items()}


def numbered(pieces: Pieces) -> list[tuple[str, str, str]]:
    """Each provider, the text before it, and a name of its own: `last_name1`, `last_name2`."""
    providers = pieces[1::2]
    return [
        (
            (text, provider, f"{provider}{providers[:n].count(provider) + 1}")
            if providers.count(provider) > 1
            else (text, provider, provider)
        )
        for n, (text, provider) in enumerate(zip(pieces[:-1:2], providers, strict=True))
    ]


def pattern(pieces: Pieces) -> str:
    """Pieces in one text: `{last_name} {first_name}`."""
    parts = [f"{text}{{{name}}}" for text, _, name in numbered(pieces)]
    return "".join(parts) + pieces[-1]
