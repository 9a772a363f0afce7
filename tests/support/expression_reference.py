"""What an expression means, row by row, in plain Python: what printed code is held against."""

from __future__ import annotations

import ast
import math
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from tests.support.time_reference import (
    NOW,
    Months,
    Span,
    Words,
    at,
    called,
    later,
    moment,
)

__all__ = ["NOW", "OUTAGE", "OutOfRange", "at", "evaluate", "moment"]

OUTAGE = (datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC))
BOUND = 2**63


class OutOfRange(Exception):
    """A whole number that 64 bits do not hold: of it the language promises nothing."""


def evaluate(text: str, row: dict[str, Any]) -> Any:
    """The value of an expression in one row; None is null."""
    return _in_range(_evaluate(ast.parse(f"({text})", mode="eval").body, row))


def _in_range(value: Any) -> Any:
    if isinstance(value, Span):
        seconds = _in_range(value.seconds)
        return None if seconds is None else Span(seconds, value.whole_days)
    if isinstance(value, Months):
        return Months(_in_range(value.count))
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and not -BOUND <= value < BOUND:
        raise OutOfRange
    return value


def _evaluate(tree: ast.expr, row: dict[str, Any]) -> Any:
    match tree:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            words = {"now": NOW, "true": True, "false": False, "null": None}
            return words.get(name, row.get(name))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _evaluate(operand, row)
        case ast.UnaryOp(op=op, operand=operand):
            value = _evaluate(operand, row)
            if value is None or not isinstance(op, ast.USub):
                return value
            return _in_range(_of_lengths(ast.Mult(), value, -1) or -value)
        case ast.BinOp(left=left, op=op, right=right):
            sides = _evaluate(left, row), _evaluate(right, row)
            return None if None in sides else _in_range(_arithmetic(op, *sides))
        case ast.BoolOp(op=op, values=values):
            parts = [bool(_evaluate(value, row)) for value in values]
            return all(parts) if isinstance(op, ast.And) else any(parts)
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            chain = [left, *comparators]
            return all(
                _comparison(op, _evaluate(one, row), other, row)
                for op, one, other in zip(ops, chain, comparators, strict=False)
            )
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _evaluate(body if _evaluate(test, row) else orelse, row)
        case ast.Call(func=ast.Name(id=name), args=args):
            return _in_range(_call(name, [_evaluate(arg, row) for arg in args]))
    raise NotImplementedError(ast.dump(tree))


def _comparison(op: ast.cmpop, one: Any, other: ast.expr, row: dict[str, Any]) -> bool:
    if not isinstance(op, ast.In | ast.NotIn):
        return _compare(op, one, _evaluate(other, row))
    assert isinstance(other, ast.Tuple)
    found = any(_compare(ast.Eq(), one, _evaluate(each, row)) for each in other.elts)
    return found == isinstance(op, ast.In)


def _of_lengths(op: ast.operator, a: Any, b: Any) -> Any:
    """Arithmetic with moments and lengths; None for all other."""
    sign = -1 if isinstance(op, ast.Sub) else 1
    match a, b:
        case Span(), Span():
            found = _arithmetic(op, a.seconds, b.seconds)
            if isinstance(op, ast.Div | ast.FloorDiv) or found is None:
                return found
            return Span(found, a.whole_days and b.whole_days)
        case Months(), Months():
            return Months(a.count + sign * b.count)
        case (Span() as one, int() | float() as number) | (
            int() | float() as number,
            Span() as one,
        ):
            found = _in_range(_arithmetic(op, one.seconds, number))
            whole = one.whole_days and isinstance(number, int)
            return None if found is None else Span(found, whole)
        case (Months() as months, int() as number) | (
            int() as number,
            Months() as months,
        ):
            return Months(months.count * number)
        case (Span() | Months() as one, _):
            return later(b, one, sign)
        case (_, Span() | Months() as one):
            return later(a, one, sign)
        case _ if isinstance(moment(a), date):
            return Span(round((at(a) - at(b)).total_seconds()))
    return None


def _arithmetic(op: ast.operator, a: Any, b: Any) -> Any:
    if any(isinstance(moment(each), Span | Months | date) for each in (a, b)):
        return _of_lengths(op, a, b)
    match op:
        case ast.Add():
            return Words(a + b) if isinstance(a, str) else a + b
        case ast.Sub():
            return a - b
        case ast.Mult():
            return a * b
        case ast.Div():
            return a / b if b else None
        case ast.FloorDiv():
            return a // b if b else None
        case ast.Mod():
            return a % b if b else None
        case ast.Pow() if isinstance(a, int) and isinstance(b, int) and b >= 0:
            return a**b
        case ast.Pow():
            try:
                return math.pow(a, b)
            except ValueError:
                return None
            except OverflowError:
                return None
    raise NotImplementedError(op)


def _compare(op: ast.cmpop, a: Any, b: Any) -> bool:
    if a is None or b is None:
        return False
    if isinstance(moment(a), date) and not isinstance(b, Words):
        a, b = at(a), at(b)
    results = {
        ast.Eq: a == b,
        ast.NotEq: a != b,
        ast.Lt: a < b,
        ast.LtE: a <= b,
        ast.Gt: a > b,
        ast.GtE: a >= b,
    }
    return results[type(op)]


def _call(name: str, args: list[Any]) -> Any:  # noqa: PLR0912 - a branch a function
    if name == "now":
        return NOW
    if name == "is_null":
        return args[0] is None
    if name == "coalesce":
        return next((arg for arg in args if arg is not None), None)
    if name == "during":
        return args[1] is not None and OUTAGE[0] <= at(args[1]) < OUTAGE[1]
    if name == "is_holiday" and args[0] is None:
        return False
    if name == "is_weekend" and args[0] is None:
        return False
    if None in args:
        return None
    if name in ("int", "float", "str"):
        return _cast(name, args[0])
    if isinstance(args[0], Span) and name == "abs":
        return Span(abs(args[0].seconds), args[0].whole_days)
    if (found := called(name, args)) is not NotImplemented:
        return found
    if any(isinstance(moment(arg), date) for arg in args):
        args = [at(arg) for arg in args]
    match name, args:
        case "min" | "max", _:
            return min(args) if name == "min" else max(args)
        case "clip", [x, low, high]:
            return max(min(x, high), low)
        case "round", [x]:
            return round(x)
        case "round", [x, decimals]:
            return float(np.round(float(x), decimals))
        case "log" | "sqrt", [x]:
            try:
                return getattr(math, name)(x)
            except ValueError:
                return None
        case "exp" | "sin" | "cos" | "floor" | "ceil", [x]:
            try:
                return getattr(math, name)(x)
            except OverflowError:
                return None
        case "abs", [x]:
            return abs(x)
        case "lower" | "upper", [x]:
            return Words(getattr(x, name)())
        case "len", [x]:
            return len(x)
        case "slug", [x]:
            letters = unicodedata.normalize("NFKD", x)
            plain = "".join(
                each for each in letters if unicodedata.category(each)[0] != "M"
            )
            return Words(re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-"))
        case "year" | "month" | "day" | "hour", [x]:
            return getattr(at(x), name)
        case "weekday", [x]:
            return at(x).weekday()
        case "days_between", [a, b]:
            return (at(b) - at(a)) / timedelta(days=1)
        case "hours_between", [a, b]:
            return (at(b) - at(a)) / timedelta(hours=1)
    raise NotImplementedError(name)


def _cast(name: str, value: Any) -> Any:
    if name == "str":
        return Words(_text(value))
    if isinstance(value, str):
        digits = (
            r"[0-9]+" if name == "int" else r"([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?\d+)?"
        )
        if not re.fullmatch(rf"[+-]?{digits}", value, re.ASCII | re.I):
            return None
        number = int(value) if name == "int" else float(value)
        return number if abs(number) < BOUND or name == "float" else None
    if name == "float":
        return float(value)
    return int(value) if abs(value) < BOUND else None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)
