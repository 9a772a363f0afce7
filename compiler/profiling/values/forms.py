"""The ways in which a number may be computed from others of its row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, permutations

from compiler.profiling.values.digits import significant
from compiler.profiling.values.sample import Array

Operands = dict[str, Array]
"""By path: the numbers of the rows."""


@dataclass(frozen=True)
class Formula:
    """An expression of a spec over some columns."""

    text: str
    operands: tuple[str, ...]
    compute: Callable[[Operands], Array]
    is_fractional: bool = False
    """Whether it gives fractions even of whole numbers."""
    is_exact: bool = False
    """Whether it needs no rounding: it has the digits of its operand."""


Form = Callable[[Array, Operands], Iterator[Formula]]
"""All formulas of a form; it is given the numbers to explain, and what they may come from."""


def copies(target: Array, operands: Operands) -> Iterator[Formula]:
    for a in operands:
        yield Formula(a, (a,), _same(a), is_exact=True)


def negatives(target: Array, operands: Operands) -> Iterator[Formula]:
    for a in operands:
        yield Formula(f"-{a}", (a,), _times(a, -1), is_exact=True)


def lengths(target: Array, operands: Operands) -> Iterator[Formula]:
    """Between two dates, which are given in days.

    Only dates: there, people see at once that a number of nights is not that of the stay.
    """
    for a, b in permutations(operands, 2):
        text = f"days_between({a}, {b})"
        yield Formula(text, (a, b), _difference(b, a), is_fractional=True)


def products(target: Array, operands: Operands) -> Iterator[Formula]:
    for a, b in combinations(operands, 2):
        yield Formula(f"{a} * {b}", (a, b), _product(a, b))


def discounts(target: Array, operands: Operands) -> Iterator[Formula]:
    """A price or an amount less a share of it, or with it."""
    rates = rates_of(operands)
    for c in rates:
        for a in operands:
            if a == c:
                continue
            for sign, word in ((-1, "-"), (1, "+")):
                text = f"{a} * (1 {word} {c})"
                yield Formula(text, (a, c), _less(a, c, sign), True)


def discounted_products(target: Array, operands: Operands) -> Iterator[Formula]:
    rates = rates_of(operands)
    for c in rates:
        for a, b in combinations([name for name in operands if name != c], 2):
            for sign, word in ((-1, "-"), (1, "+")):
                text = f"{a} * {b} * (1 {word} {c})"
                yield Formula(text, (a, b, c), _less_product(a, b, c, sign), True)


def multiples(target: Array, operands: Operands) -> Iterator[Formula]:
    """Another number times a constant of at most four digits."""
    import numpy as np

    for a, values in operands.items():
        used = np.isfinite(values) & np.isfinite(target) & (values != 0)
        if not used.any():
            continue
        large = np.abs(values[used]) >= np.median(np.abs(values[used]))
        factor = significant(float(np.median((target[used] / values[used])[large])), 4)
        if factor not in (0.0, 1.0, -1.0):
            text = f"{factor:g} * {a}"
            yield Formula(text, (a,), _times(a, factor), factor != round(factor))


def sums(target: Array, operands: Operands) -> Iterator[Formula]:
    for a, b in combinations(parts_of(operands), 2):
        yield Formula(f"{a} + {b}", (a, b), _sum(a, b))


def differences(target: Array, operands: Operands) -> Iterator[Formula]:
    for a, b in permutations(operands, 2):
        yield Formula(f"{a} - {b}", (a, b), _difference(a, b))


def sums_of_three(target: Array, operands: Operands) -> Iterator[Formula]:
    for a, b, c in combinations(parts_of(operands), 3):
        yield Formula(f"{a} + {b} + {c}", (a, b, c), _three(a, b, c, 1))


def sums_less_one(target: Array, operands: Operands) -> Iterator[Formula]:
    for a, b, c in combinations(operands, 3):
        for x, y, z in ((a, b, c), (a, c, b), (b, c, a)):
            yield Formula(f"{x} + {y} - {z}", (x, y, z), _three(x, y, z, -1))


def quotients(target: Array, operands: Operands) -> Iterator[Formula]:
    for a, b in permutations(operands, 2):
        yield Formula(f"{a} / {b}", (a, b), _divided(a, b), True)


FORMS: tuple[Form, ...] = (
    copies,
    negatives,
    products,
    discounts,
    discounted_products,
    multiples,
    sums,
    sums_of_three,
    differences,
    sums_less_one,
    quotients,
)
"""The usual ones first. A total is a sum, so its parts are no differences of it."""
LAST_FIRST = (differences, sums_less_one, quotients)
"""Forms that hold for several columns alike: the last of them is taken to be the result."""
OWN_ONLY = (sums_of_three, sums_less_one)
"""Forms that are tried within the row only: over refs there are too many."""
BACKWARD = (copies, negatives, multiples)
"""Forms that are as true the other way round: the later column is that of the earlier."""


def parts_of(operands: Operands) -> list[str]:
    """Operands that are never negative: a profit is no part of a sum, but what a difference
    leaves."""
    import numpy as np

    return [
        name
        for name, values in operands.items()
        if not (values[np.isfinite(values)] < 0).any()
    ]


def rates_of(operands: Operands) -> list[str]:
    """Operands from 0 to 1 that are not whole: discounts, tax rates."""
    import numpy as np

    found = []
    for name, values in operands.items():
        known = values[np.isfinite(values)]
        if len(known) and known.min() >= 0 and known.max() <= 1 and (known % 1).any():
            found.append(name)
    return found


def _same(a: str) -> Callable[[Operands], Array]:
    return lambda x: x[a]


def _product(a: str, b: str) -> Callable[[Operands], Array]:
    return lambda x: x[a] * x[b]


def _sum(a: str, b: str) -> Callable[[Operands], Array]:
    return lambda x: x[a] + x[b]


def _difference(a: str, b: str) -> Callable[[Operands], Array]:
    return lambda x: x[a] - x[b]


def _less(a: str, c: str, sign: int) -> Callable[[Operands], Array]:
    return lambda x: x[a] * (1 + sign * x[c])


def _less_product(a: str, b: str, c: str, sign: int) -> Callable[[Operands], Array]:
    return lambda x: x[a] * x[b] * (1 + sign * x[c])


def _times(a: str, factor: float) -> Callable[[Operands], Array]:
    return lambda x: factor * x[a]


def _three(a: str, b: str, c: str, sign: int) -> Callable[[Operands], Array]:
    return lambda x: x[a] + x[b] + sign * x[c]


def _divided(a: str, b: str) -> Callable[[Operands], Array]:
    import numpy as np

    def compute(x: Operands) -> Array:
        with np.errstate(all="ignore"):
            return x[a] / x[b]

    return compute
