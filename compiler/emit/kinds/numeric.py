"""Numbers of a distribution: a draw, turned into a value by its quantile function."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from compiler.emit.code.code import Code, binary, call, method, name
from compiler.emit.code.comments import LONG
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.spec.columns import Column, Lognormal, Numeric, Offset, Uniform

WHOLE = name("np.int64")


class NumericCode(Emitter[Numeric], of=Numeric):
    one_call = True

    def constants(self, column: CaseColumn[Numeric]) -> list[Constant]:
        return [column.reasoned(parameters, described(column.specs))]

    def value(self, column: CaseColumn[Numeric], function: Function) -> Code:
        if is_unique(column.spec):
            numbers = call(
                "unique_numbers", literal(column.stream), function.row, column.arguments
            )
            return column.dialect.as_series(numbers)
        spec, helpers = column.spec, distribution_helpers(column.specs)
        code = drawn(column, function, *helpers)
        if spec.discrete and (helpers[0] != "poisson" or column.key is not None):
            code = method(code, "astype", WHOLE)
        return column.dialect.as_series(rounded(spec, code))


def is_unique(spec: Column) -> bool:
    """Whether whole numbers are in random order, none twice, in place of drawn."""
    return isinstance(spec, Uniform) and spec.unique


def rounded(spec: Numeric, code: Code) -> Code:
    """Drawn numbers with the digits that the column has."""
    if spec.discrete:
        return code
    if spec.integer:
        return method(method(code, "round"), "astype", WHOLE)
    if spec.decimals is not None:
        return method(code, "round", Code(str(spec.decimals)))
    return code


def drawn(column: CaseColumn[Any], function: Function, *helpers: str) -> Code:
    """Draws by a distribution's helpers, as numpy has them; the constant holds its parameters."""
    draw, constant = column.draw(function), column.constant()
    called = [name(helper) for helper in helpers]
    if column.key is None or in_one_array(column.specs, *helpers):
        quantile, *rest = called
        return call(quantile, draw, *rest, column.arguments)
    key, rest = column.key, [constant, *called]
    words = ", ".join(map(str, rest))
    if len(draw.text + key.text + words) > LONG and not key.is_name:
        assert column.column.by is not None
        key = function.local(column.column.by.column, key)
    return call("quantile_by_case", draw, key, *rest)


def in_one_array(cases: Sequence[Column], helper: str, *more: str) -> bool:
    """Whether one call of a helper can draw for all these cases, from arrays of parameters."""
    if helper in (
        "truncated",
        "truncated_poisson",
        "poisson",
        "poisson_units",
    ):  # they take single numbers
        return False
    return len({tuple(parameters(case, cases)) for case in cases}) == 1


def described(specs: Sequence[Column]) -> str:
    """The name of the distribution, and whether it is truncated."""
    drawn = [distribution_of(spec) for spec in specs]
    words = ["uniform" if isinstance(drawn[0], Uniform) else drawn[0].describe()[0]]
    words += ["none twice"] if is_unique(specs[0]) else []
    words += ["truncated"] if "truncated" in distribution_helpers(specs) else []
    whole = drawn[0].integer and not (drawn[0].discrete or is_unique(specs[0]))
    return ", ".join([*words, *(["rounded"] if whole else [])])


def distribution_of(spec: Column) -> Numeric:
    """The distribution that a column draws from: its own, or an offset's delay in seconds."""
    drawn = spec.delay if isinstance(spec, Offset) else spec
    assert isinstance(drawn, Numeric)
    return drawn


def distribution_helpers(specs: Sequence[Column]) -> list[str]:
    """The helpers that draw for all these cases: a quantile function, or `truncated` and it."""
    drawn = [distribution_of(spec) for spec in specs]
    if isinstance(drawn[0], Uniform):
        return ["uniform"]
    quantile = drawn[0].kind
    if isinstance(drawn[0], Lognormal) and not by_median(drawn):
        quantile = "lognormal_mean"
    return ["truncated", quantile] if bounded(drawn) else [quantile]


def by_median(drawn: Sequence[Numeric]) -> bool:
    """Whether log-normals are given by their medians; where some are not, all go by the mean."""
    return all(isinstance(one, Lognormal) and one.mean is None for one in drawn)


def bounded(drawn: Sequence[Numeric]) -> bool:
    return any(one.min is not None or one.max is not None for one in drawn)


def parameters(spec: Column, cases: Sequence[Column]) -> dict[str, object]:
    """A distribution's parameters, as its helper names them."""
    drawn = distribution_of(spec)
    values: dict[str, object] = dict(drawn.arguments)
    own_median = isinstance(drawn, Lognormal) and "median" in values
    if own_median and not by_median([distribution_of(case) for case in cases]):
        assert isinstance(drawn, Lognormal)
        mean = math.exp(drawn.log_mean + drawn.sigma**2 / 2)
        values = {"mean": float(f"{mean:.12g}"), "sigma": drawn.sigma}
    if isinstance(drawn, Uniform):
        if not drawn.integer:
            return values
        if drawn.unique:
            return dict(zip(("low", "high"), drawn.range, strict=True))
        low, high = drawn.arguments["low"] + 0.5, drawn.arguments["high"] - 0.5
        return {"low": bound(drawn, low, "-"), "high": bound(drawn, high, "+")}
    if drawn.least is not None:
        values["minimum"] = bound(drawn, drawn.least, "-")
    if drawn.greatest is not None:
        values["maximum"] = bound(drawn, drawn.greatest, "+")
    return values


def bound(drawn: Numeric, value: float, sign: str) -> float | Code:
    """Where a distribution is cut; before rounding, a whole number owns half a step more."""
    if drawn.integer and not drawn.discrete:
        return binary(sign, literal(value), literal(0.5))
    return value
