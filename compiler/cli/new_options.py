"""The types of the options of `scaffold new`, each checked as the language checks a spec."""

from __future__ import annotations

from collections.abc import Callable

import click


class Checked(click.ParamType[str]):
    """Text that a function of the language accepts; what it raises is the error."""

    name = "text"

    def check(self) -> Callable[[str], str]:
        """The function; it is imported only where an option is given."""
        raise NotImplementedError

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        from pydantic_core import PydanticCustomError

        try:
            return self.check()(value)
        except PydanticCustomError as error:
            about = error.context or {}
            self.fail(": ".join(str(about[key]) for key in ("message", "help")))


class Utf8(click.ParamType[str]):
    """Text that a file can hold: a terminal may hand over bytes that are no characters."""

    name = "text"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        try:
            value.encode()
        except UnicodeEncodeError:
            self.fail("it is not UTF-8 text")
        return value


class SpecName(Checked):
    """The name of a spec."""

    name = "name"

    def check(self) -> Callable[[str], str]:
        from compiler.spec.base import check_name

        return check_name


class CatalogName(Checked):
    """The name of a catalog."""

    name = "name"

    def check(self) -> Callable[[str], str]:
        from compiler.spec.output import check_unity_name

        return check_unity_name


class SchemaName(Checked):
    """The name of a schema, or of its catalog and schema."""

    name = "name"

    def check(self) -> Callable[[str], str]:
        from compiler.spec.output import check_schema

        return check_schema


class ZoneName(Checked):
    """An IANA time zone."""

    name = "zone"

    def check(self) -> Callable[[str], str]:
        from compiler.spec.zones import check_timezone

        return check_timezone


class Quartz(Checked):
    """A schedule: a Quartz expression, or the name of one."""

    name = "when"

    def check(self) -> Callable[[str], str]:
        from compiler.spec.job import check_schedule
        from compiler.starters.checks import SCHEDULES

        return lambda text: SCHEDULES.get(text.lower()) or check_schedule(text)


class OneOf(click.ParamType[str]):
    """One of some words; another one gets the nearest of them."""

    name = "word"

    def words(self) -> tuple[str, ...]:
        """The words, in the order in which they are shown."""
        raise NotImplementedError

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        from compiler.names import nearest

        words = self.words()
        if value.lower() in words:
            return value.lower()
        near = nearest(value, words)
        meant = f"did you mean {near}?" if near else f"one of {', '.join(words)}"
        self.fail(f"there is no {self.name} {value}; {meant}")


class DialectName(OneOf):
    """A dialect of SQL."""

    name = "dialect"

    def words(self) -> tuple[str, ...]:
        from compiler.sources.sql_dialects import DIALECTS

        return DIALECTS


class DomainName(OneOf):
    """A domain that has a starter."""

    name = "domain"

    def words(self) -> tuple[str, ...]:
        from compiler.starters.domain import DOMAINS

        return DOMAINS
