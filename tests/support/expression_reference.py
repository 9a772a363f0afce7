"""What an expression means, row by row, in plain Python: what printed code is held against."""

from __future__ import annotations

import ast
import math
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

NOW = datetime(2026, 7, 14, tzinfo=UTC)
OUTAGE = (datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC))
UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
BOUND = 2**63
MOMENT = r"now|-\d+[smhdw]|\d{4}-\d\d-\d\d(T.+)?"


class OutOfRange(Exception):
    """A whole number that 64 bits do not hold: of it the language promises nothing."""


def evaluate(text: str, row: dict[str, Any]) -> Any:
    """The value of an expression in one row; None is null."""
    return _in_range(_evaluate(ast.parse(f"({text})", mode="eval").body, row))


def moment(value: Any) -> Any:
    """Text that reads like a moment as one (no test's own text does); all else as it is."""
    if not isinstance(value, str) or not re.fullmatch(MOMENT, value):
        return value
    if value == "now":
        return NOW
    if found := re.fullmatch(r"-(\d+)([smhdw])", value):
        return NOW - timedelta(seconds=int(found[1]) * UNITS[found[2]])
    if len(value) == 10:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def at(value: Any) -> datetime:
    """A moment as a timestamp: a date is its midnight."""
    value = moment(value)
    return (
        value if isinstance(value, datetime) else datetime.combine(value, time(), UTC)
    )


def _in_range(value: Any) -> Any:
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
            return -value if value is not None and isinstance(op, ast.USub) else value
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


def _arithmetic(op: ast.operator, a: Any, b: Any) -> Any:
    match op:
        case ast.Add():
            return a + b
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
    if isinstance(moment(a), date):
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
    if None in args:
        return None
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
            return getattr(x, name)()
        case "len", [x]:
            return len(x)
        case "slug", [x]:
            letters = unicodedata.normalize("NFKD", x)
            plain = "".join(
                each for each in letters if unicodedata.category(each)[0] != "M"
            )
            return re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")
        case "year" | "month" | "day" | "hour", [x]:
            return getattr(at(x), name)
        case "weekday", [x]:
            return at(x).weekday()
        case "days_between", [a, b]:
            return (at(b) - at(a)) / timedelta(days=1)
        case "hours_between", [a, b]:
            return (at(b) - at(a)) / timedelta(hours=1)
    raise NotImplementedError(name)
