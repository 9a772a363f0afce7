"""How each function is written. The language has no others."""

from __future__ import annotations

SIGNATURES: dict[str, str] = {
    "abs": "abs(number)",
    "min": "min(a, b, ...)",
    "max": "max(a, b, ...)",
    "round": "round(number, decimals)",
    "floor": "floor(number)",
    "ceil": "ceil(number)",
    "log": "log(number)",
    "exp": "exp(number)",
    "sqrt": "sqrt(number)",
    "sin": "sin(number)",
    "cos": "cos(number)",
    "clip": "clip(number, low, high)",
    "lower": "lower(text)",
    "upper": "upper(text)",
    "slug": "slug(text)",
    "len": "len(text)",
    "int": "int(a)",
    "float": "float(a)",
    "str": "str(a)",
    "date": "date(moment)",
    "timestamp": "timestamp(date)",
    "year": "year(moment)",
    "quarter": "quarter(moment)",
    "month": "month(moment)",
    "day": "day(moment)",
    "hour": "hour(timestamp)",
    "weekday": "weekday(moment)",
    "days_in_month": "days_in_month(moment)",
    "month_start": "month_start(moment)",
    "month_end": "month_end(moment)",
    "trunc": 'trunc(moment, "hour")',
    "local": 'local(timestamp, "Europe/Berlin")',
    "is_weekend": "is_weekend(moment)",
    "is_holiday": 'is_holiday(moment, "US")',
    "days": "days(number)",
    "weeks": "weeks(number)",
    "hours": "hours(number)",
    "minutes": "minutes(number)",
    "seconds": "seconds(number)",
    "months": "months(number)",
    "days_between": "days_between(earlier, later)",
    "hours_between": "hours_between(earlier, later)",
    "lag": "lag(a)",
    "lead": "lead(a)",
    "first": "first(a)",
    "last": "last(a)",
    "cumsum": "cumsum(number)",
    "row_number": "row_number()",
    "coalesce": "coalesce(a, b, ...)",
    "is_null": "is_null(a)",
    "now": "now()",
    "during": 'during("event", moment)',
}

_ENDLESS = 1_000_000


def arity(name: str) -> tuple[int, int]:
    """The fewest and the most arguments."""
    signature = SIGNATURES[name]
    count = 0 if signature.endswith("()") else signature.count(",") + 1
    if "..." in signature:
        return count - 1, _ENDLESS
    return (1, 2) if name == "round" else (count, count)


def counted(fewest: int, most: int) -> str:
    """So many arguments, in words."""
    words = f"{fewest} argument{'' if fewest == 1 else 's'}"
    if most == _ENDLESS:
        return f"{words} or more"
    return words if fewest == most else f"{fewest} or {most} arguments"
