"""Columns of text: Faker's, addresses of mail, templates."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from compiler.spec import words
from compiler.spec.base import Path, Weights, is_path, problem
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.columns.personal import kind_of_provider
from compiler.spec.types import TEXT, UNKNOWN, Need, Type

MANY = (
    "phone_number",
    "ipv4",
    "ipv6",
    "uuid4",
    "mac_address",
    "iban",
    "street_address",
)
POOL, LARGE_POOL = 2_000, 10_000
"""Distinct texts drawn by default: of what repeats in life, and of what does not."""


class Faker(ByCase):
    """A Faker provider's text, or what else it gives."""

    kind: Literal["faker"]
    provider: str = Field(
        description="a method of Faker: name, company, city, phone_number …"
    )
    args: dict[str, Any] = Field({}, description="the provider's arguments, by name")
    pool: int | None = Field(
        None, ge=1, le=1_000_000, description="distinct values drawn"
    )
    unique: bool = Field(
        False, description="no text twice: beyond the pool, with a number"
    )

    own_keys: ClassVar = ("unique",)

    @property
    def pool_size(self) -> int:
        many = self.unique or self.provider in MANY
        return self.pool or (LARGE_POOL if many else POOL)

    def gives(self, at: TypeOf) -> Type:
        return UNKNOWN  # what the provider gives, once it is called

    def personal_data(self, name: str) -> str | None:
        return kind_of_provider(self.provider)

    def summary(self) -> list[str]:
        values = {
            key: json.dumps(value, ensure_ascii=False, default=words.constant)
            for key, value in self.args.items()
        }
        args = ", ".join(f"{key}={value}" for key, value in values.items())
        call = f"Faker's {self.provider}" + (f"({args})" if args else "")
        unique = ["none twice"] if self.unique else []
        return [call, f"a pool of {self.pool_size:,}", *unique]


class Email(ByCase):
    """A unique address made of a name."""

    kind: Literal["email"]
    of: Path = Field(description="the column that holds the name")
    domains: Weights = Field(
        {"example.com": 0.6, "example.org": 0.25, "example.net": 0.15},
        description="mail domains and their weights",
    )

    path_keys: ClassVar = ("of",)
    needs: ClassVar = {"of": Need.TEXT}
    passes_null: ClassVar = True

    @model_validator(mode="after")
    def _domains_are_domains(self) -> Self:
        for domain in self.domains:
            if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", domain):
                raise problem(
                    "E105",
                    f"`{domain}` is not a mail domain",
                    'such as "example.com"',
                    at=[("domains", domain)],
                )
        return self

    def gives(self, at: TypeOf) -> Type:
        return TEXT.or_null(at(self.of).nullable)

    def personal_data(self, name: str) -> str | None:
        return "email"

    def summary(self) -> list[str]:
        return [f"of {self.of}", words.shares(self.domains)]


PLACE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
LONGEST, MOST_PLACES = 10_000, 100
FILTERS = ("lower", "upper", "slug")


class Template(ByCase):
    """Text with other columns' values in it."""

    kind: Literal["template"]
    text: str = Field(description='such as "{name} of {region_id.name|upper}"')
    unique: bool = Field(
        False, description="no text twice: the number of the row is in it"
    )

    own_keys: ClassVar = ("unique",)

    @property
    def parts(self) -> list[str | tuple[str, str]]:
        """Literal text, and (path, filter) for each place; the filter may be empty."""
        parts: list[str | tuple[str, str]] = []
        end = 0
        for match in PLACE.finditer(self.text):
            parts.append(self.text[end : match.start()])
            end = match.end()
            if match[1] is None:
                parts.append(match[0][0])
            else:
                path, _, filter = match[1].partition("|")
                parts.append((path.strip(), filter.strip()))
        return merged([*parts, self.text[end:]])

    @model_validator(mode="after")
    def _is_short(self) -> Self:
        places = sum(match[1] is not None for match in PLACE.finditer(self.text))
        if len(self.text) > LONGEST or places > MOST_PLACES:
            message = f"a template has {LONGEST:,} letters and {MOST_PLACES} places"
            help = "split it: a template may have others in it"
            raise problem("E104", f"{message} at most", help, at=[("text",)])
        return self

    @model_validator(mode="after")
    def _places_are_paths(self) -> Self:
        for match in PLACE.finditer(self.text):
            if match[0] in ("{", "}"):
                message = "a brace in the template has no partner"
                raise self._wrong("E105", message, self._other_brace(match), match)
            if match[1] is None:
                continue
            path, _, filter = (part.strip() for part in match[1].partition("|"))
            if not is_path(path):
                message = f"`{path}` is not a path"
                help = "a column, or a ref and a column of its table"
                raise self._wrong("E108", message, help, match)
            if filter and filter not in FILTERS:
                message = f"unknown filter `{filter}`"
                raise self._wrong("E105", message, "lower, upper or slug", match)
        return self

    def _other_brace(self, match: re.Match[str]) -> str:
        """The brace that is missing, where the text beside it could be a place; or two of it."""
        escaped = f"for a brace in the text write {match[0] * 2}"
        opens = match[0] == "{"
        inside = (
            re.match(r"[\w.|]+", self.text[match.end() :])
            if opens
            else re.search(r"[\w.|]+$", self.text[: match.start()])
        )
        if inside is None:
            return escaped
        other = "}" if opens else "{"
        return f"a `{other}` is missing: {{{inside[0]}}}; {escaped}"

    @staticmethod
    def _wrong(
        code: str, message: str, help: str, match: re.Match[str]
    ) -> PydanticCustomError:
        return problem(code, message, help, at=[("text",)], within=match.span())

    def paths(self) -> dict[str, str]:
        places = [part[0] for part in self.parts if isinstance(part, tuple)]
        return {f"text:{path}": path for path in places}

    def gives(self, at: TypeOf) -> Type:
        return TEXT.or_null(any(at(path).nullable for path in self.paths().values()))

    def holds_what_it_reads(self, type: Type) -> bool:
        return True

    def summary(self) -> list[str]:
        return [self.text, *(["with the row's number"] if self.unique else [])]


def merged(parts: list[str | tuple[str, str]]) -> list[str | tuple[str, str]]:
    """The parts with neighbouring texts joined and empty ones left out."""
    result: list[str | tuple[str, str]] = []
    for part in parts:
        if isinstance(part, str) and result and isinstance(result[-1], str):
            result[-1] += part
        elif part != "":
            result.append(part)
    return result
