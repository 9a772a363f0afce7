"""`type = "decimal(12, 2)"`: numbers that are written as exact decimals."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema

from compiler.diagnostics import Hint, Write, leave_out
from compiler.spec.base import problem
from compiler.spec.types import MAXIMUM, NUMBER, Decimal, Type

FORM = re.compile(r"\s*decimal\s*\(\s*(\d{1,3})\s*(?:,\s*(\d{1,3})\s*)?\)\s*", re.I)
MOST_DIGITS = 18
"""Their digits are those of a 64-bit integer."""
MOST_DECIMALS = 9
EXAMPLE = 'such as "decimal(12, 2)": 12 digits, 2 of them behind the point'


def check_decimal(text: str) -> str:
    """A decimal type, as it is usually written; otherwise raises E105 or E104."""
    found = FORM.fullmatch(text)
    if found is None:
        raise problem("E105", f"`type` cannot be `{text}`", f"a decimal, {EXAMPLE}")
    digits, decimals = int(found[1]), int(found[2] or 0)
    if not 1 <= digits <= MOST_DIGITS:
        message = f"a decimal of {digits} digits"
        help = f"it has from 1 to {MOST_DIGITS} digits: they are exact"
        raise problem("E104", message, help)
    if decimals > min(digits, MOST_DECIMALS):
        message = f"{decimals} of {digits} digits behind the point"
        most = min(digits, MOST_DECIMALS)
        raise problem("E104", message, f"at most {most} of them can be there")
    return str(Decimal(digits, decimals))


DecimalType = Annotated[
    str,
    AfterValidator(check_decimal),
    WithJsonSchema({"type": "string", "pattern": r"^decimal\(\d+(, ?\d+)?\)$"}),
]


def decimal_field() -> Any:
    return Field(None, description='an exact decimal: "decimal(12, 2)"')


def decimal_of(text: str | None) -> Decimal | None:
    """The decimal type that a checked text names."""
    found = FORM.fullmatch(text or "")
    return Decimal(int(found[1]), int(found[2] or 0)) if found else None


def scale_of(given: object) -> int | None:
    """The digits behind the point that a key `type` asks for, whatever it holds."""
    found = FORM.fullmatch(given) if isinstance(given, str) else None
    return int(found[2] or 0) if found else None


def in_digits(value: object, scale: int | None) -> object:
    """A number with so many digits behind the point; anything else as it is."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if scale is None or not number or not abs(value) < MAXIMUM:  # type: ignore[arg-type]
        return value
    return round(float(value), scale)  # type: ignore[arg-type]


def with_scale(data: Any) -> Any:
    """Keys of a column that has the decimals of its `type`; E106 where it has others, too."""
    scale = scale_of(data.get("type")) if isinstance(data, dict) else None
    if scale is None:
        return data
    if data.get("decimals", scale) != scale:
        message = f"`decimals` is {data['decimals']}, and `type` has {scale}"
        raise problem("E106", message, leave_out(), at=[("decimals",), ("type",)])
    return {**data, "decimals": scale}


def as_decimal(type: Type, text: str | None) -> Type:
    """The type of numbers that are written as a decimal."""
    decimal = decimal_of(text)
    if decimal is None:
        return type
    return replace(type, data=NUMBER.data, decimal=decimal)


def check_fits(text: str | None, value: float, at: tuple[str, ...], what: str) -> None:
    """Raises E104 where a value has more digits before the point than a decimal."""
    decimal = decimal_of(text)
    if decimal is None or decimal.holds(value):
        return
    whole = len(f"{abs(value):.0f}")
    digits, help = whole + decimal.scale, None
    if digits <= MOST_DIGITS:
        larger = str(Decimal(digits, decimal.scale))
        help = Hint(f'"{larger}" has room for it', Write(f'"{larger}"'))
    places = [("type",), at] if at else [("type",)]
    raise problem("E104", f"{what} does not fit {decimal}", help, at=places)
