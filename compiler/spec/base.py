"""The base class of all models, and the field types that several of them use."""

from __future__ import annotations

import json
import keyword
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from compiler.codes import CODES
from compiler.diagnostics import Help, Hint, Rename, Write, did_you_mean

Keys = tuple[str | int, ...]
IDENTIFIER = r"[a-z][a-z0-9_]*"
IDENTIFIER_NAME = re.compile(rf"(?!.{{61}}){IDENTIFIER}")
WORDS = ("now", "true", "false", "null")
LONGEST_NAME = 60
LARGEST = 2**62
LARGEST_WEIGHT = 1e15
"""Weights are added and multiplied: above this, and below its inverse, floats would overflow."""


class Model(BaseModel):
    """A table of the spec: no unknown keys, no silent conversion of values."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        defer_build=True,  # a command uses few of the models
    )

    called: ClassVar[str] = "table"
    """Its name in messages."""
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Groups of keys; exactly one key of each group is required."""

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        for group in self.one_of:
            given = [key for key in group if getattr(self, key) is not None]
            names = ", ".join(f"`{key}`" for key in group)
            if len(given) > 1:
                raise problem(
                    "E106",
                    f"{' and '.join(f'`{key}`' for key in given)} exclude each other",
                    f"one of {names}",
                    at=[(key,) for key in given],
                )
            if not given:
                raise problem("E106", f"one of {names} is needed")
        return self


def problem(
    code: str,
    message: str,
    help: Help = None,
    at: Sequence[Keys] = (),
    within: tuple[int, int] | None = None,
) -> PydanticCustomError:
    """An error of a value, raised inside a validator; its code is one of compiler.codes.

    `at` holds the keys (below the value) of the primary place, then of places that conflict
    with it. `within` is the part of a text at the place, in characters.
    """
    # The message is in the context: pydantic would read its braces as those of a format.
    context = {"message": message, "help": help, "at": list(at), "within": within}
    return PydanticCustomError(code, "{message}", context)


def check_name(name: str) -> str:
    """A name that is valid in Python, SQL and YAML; otherwise raises E108."""
    if not re.fullmatch(IDENTIFIER, name) or len(name) > LONGEST_NAME:
        good = suggest_name(name)
        help = f"names are lower snake_case, at most {LONGEST_NAME} letters: `{good}`"
        raise problem("E108", f"`{name}` is not a name", Hint(help, Rename(name, good)))
    if is_taken(name):
        owner = "the expressions" if name in WORDS else "Python"
        other = Hint(f"try `{name}_`", Rename(name, f"{name}_"))
        raise problem("E108", f"`{name}` is a keyword of {owner}", other)
    return name


def check_seen(text: str) -> str:
    """A path, or a name for another program, without invisible characters; otherwise raises E108.

    Files cannot have such names (NUL), or people could not find them.
    """
    unseen = [letter for letter in text if not letter.isprintable()]
    if unseen:
        clean = "".join(letter for letter in text if letter.isprintable())
        what = f"an invisible character, U+{ord(unseen[0]):04X}"
        good = json.dumps(clean, ensure_ascii=False)
        help = Hint(f"write {good}", Write(good)) if clean else None
        raise problem("E108", f"`{text}` holds {what}", help)
    return text


def check_table(name: str) -> str:
    """The name of a table, no path to a column; otherwise raises E108."""
    table, dot, _ = name.partition(".")
    if dot and is_path(name):
        only = Hint(f"name the table alone: `{table}`", Rename(name, table))
        raise problem("E108", f"`{name}` is not the name of a table", only)
    return check_name(name)


def is_taken(name: str) -> bool:
    """Whether a name has a meaning in Python or in expressions."""
    return keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in WORDS


def suggest_name(text: str) -> str:
    """The most similar identifier to a text."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    plain = plain.encode("ascii", "ignore").decode()
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain)
    name = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:LONGEST_NAME]
    name = name if re.match("[a-z]", name) else f"n_{name}".rstrip("_")
    return f"{name}_" if is_taken(name) else name


def is_path(text: str) -> bool:
    """Whether text is a column's name, or several joined by dots."""
    return re.fullmatch(rf"{IDENTIFIER}(\.{IDENTIFIER})*", text) is not None


def check_path(path: str) -> str:
    """A column's name, or several joined by dots; otherwise raises E108."""
    if not is_path(path):
        raise problem(
            "E108",
            f"`{path}` is not a path",
            "a path is a column, or a ref column and a column of its table: `customer_id.tier`",
        )
    return path


def check_weights(weights: dict[str, float]) -> dict[str, float]:
    """Weights: none below zero, at least one above; otherwise raises E110 or E104."""
    if not weights:
        raise problem(
            "E110", "no weights", "give each value a weight: { yes = 0.7, no = 0.3 }"
        )
    for value, weight in weights.items():
        if weight < 0:
            raise problem(
                "E110",
                f"the weight of `{value}` is negative: {weight:g}",
                "a weight of 0 means never",
                at=[(value,)],
            )
        if is_out_of_reach(weight):
            message = f"the weight of `{value}` is {weight:g}"
            raise problem("E104", message, WEIGHT_HELP, at=[(value,)])
    if not any(weights.values()):
        raise problem(
            "E110", "all weights are zero", "give at least one value a weight above 0"
        )
    return weights


def is_out_of_reach(weight: float) -> bool:
    """Whether a weight is too large, or too small, to compute with."""
    return weight != 0 and not 1 / LARGEST_WEIGHT <= weight <= LARGEST_WEIGHT


WEIGHT_HELP = f"a weight is 0, or from {1 / LARGEST_WEIGHT:g} to {LARGEST_WEIGHT:g}"


def check_allow(codes: list[str]) -> list[str]:
    """Codes of warnings, or "*"; otherwise raises E105."""
    warnings = [code for code in CODES if code.startswith("W")]
    for place, code in enumerate(codes):
        if code != "*" and code not in warnings:
            help = did_you_mean(code, warnings) or 'warnings are W401 …, all are "*"'
            raise problem("E105", f"`{code}` is no warning", help, at=[(place,)])
    return codes


Name = Annotated[
    str,
    AfterValidator(check_name),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{IDENTIFIER}$", "maxLength": LONGEST_NAME}
    ),
]
Seen = Annotated[str, Field(min_length=1), AfterValidator(check_seen)]
"""The name of something outside of the spec: a path, a cluster."""
TableName = Annotated[
    str,
    AfterValidator(check_table),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{IDENTIFIER}$", "maxLength": LONGEST_NAME}
    ),
]
"""The name of a table, used in another part of the spec."""
Path = Annotated[
    str,
    AfterValidator(check_path),
    WithJsonSchema({"type": "string", "pattern": rf"^{IDENTIFIER}(\.{IDENTIFIER})*$"}),
]
Rate = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Rows = Annotated[int, Field(ge=1, le=LARGEST)]
Weights = Annotated[dict[str, float], AfterValidator(check_weights)]
Integer = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Allow = Annotated[list[str], AfterValidator(check_allow)]
Cell = str | bool | Integer | float | datetime | date
"""A value that a spec gives."""
