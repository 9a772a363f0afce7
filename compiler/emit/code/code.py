"""A piece of Python source: its text, how tightly it binds, and the names that it uses.

Pieces are put together by the functions here. They set parentheses only where Python needs
them, and keep the names, so that a script knows which helpers, constants and imports they need.
Only in what is no such piece are names searched for: in helpers, and in the parts of a script that
are rendered whole (`symbols.names_in`).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce


class Precedence(enum.IntEnum):
    """How tightly a piece binds, loosest first."""

    LAMBDA = 0
    COMPARISON = 1
    OR = 2
    AND = 3
    SUM = 4
    PRODUCT = 5
    SIGN = 6
    POWER = 7
    ATOM = 8


OPERATORS = {
    "**": Precedence.POWER,
    "*": Precedence.PRODUCT,
    "/": Precedence.PRODUCT,
    "//": Precedence.PRODUCT,
    "%": Precedence.PRODUCT,
    "+": Precedence.SUM,
    "-": Precedence.SUM,
    "&": Precedence.AND,
    "|": Precedence.OR,
}
NO_NAMES: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Code:
    """A piece of source."""

    text: str
    precedence: Precedence = Precedence.ATOM
    names: frozenset[str] = NO_NAMES
    """The names that it reads: of helpers, constants, functions, imports, local variables."""
    argument: Code | None = None
    """Of a call with one plain argument: that argument."""

    def within(self, least: Precedence) -> str:
        """The text, in parentheses if it binds less tightly."""
        return self.text if self.precedence >= least else f"({self.text})"

    @property
    def is_name(self) -> bool:
        return self.text.isidentifier()

    def __str__(self) -> str:
        return self.text

    def __format__(self, spec: str) -> str:
        raise TypeError("code in an f-string would lose its names")


def name(text: str) -> Code:
    """A name, or one with dots: `row`, `np.int64`."""
    return Code(text, names=frozenset({text.partition(".")[0]}))


def names_of(*codes: Code) -> frozenset[str]:
    """The names that any of these uses."""
    return frozenset().union(*(code.names for code in codes))


def call(function: str | Code, /, *arguments: Code, **keywords: Code) -> Code:
    """`function(a, b, key=c)`; unpacked `**arguments` are the last."""
    head = name(function) if isinstance(function, str) else function
    plain = [each.text for each in arguments if not each.text.startswith("**")]
    named = [f"{key}={value.text}" for key, value in keywords.items()]
    last = [each.text for each in arguments if each.text.startswith("**")]
    alone = arguments[0] if len(plain) == 1 and not named + last else None
    return Code(
        f"{head.within(Precedence.ATOM)}({', '.join([*plain, *named, *last])})",
        names=names_of(head, *arguments, *keywords.values()),
        argument=alone,
    )


def method(target: Code, called: str, *arguments: Code, **keywords: Code) -> Code:
    """`target.name(a, b)`; the name may have dots."""
    return call(attribute(target, called), *arguments, **keywords)


def attribute(target: Code, called: str) -> Code:
    """`target.name`."""
    return Code(f"{target.within(Precedence.ATOM)}.{called}", names=target.names)


def item(target: Code, key: Code) -> Code:
    """`target[key]`."""
    text = f"{target.within(Precedence.ATOM)}[{key.text}]"
    return Code(text, names=names_of(target, key))


def binary(operator: str, left: Code, right: Code) -> Code:
    """`left operator right`, of arithmetic or of logic."""
    binds, used = OPERATORS[operator], names_of(left, right)
    if operator == "**":
        base, exponent = left.within(Precedence.ATOM), right.within(Precedence.SIGN)
        return Code(f"{base} ** {exponent}", binds, used)
    tighter = Precedence(binds + 1)
    return Code(f"{left.within(binds)} {operator} {right.within(tighter)}", binds, used)


def chain(operator: str, codes: Iterable[Code]) -> Code:
    """`a + b + c`."""
    return reduce(lambda left, right: binary(operator, left, right), codes)


def comparison(operator: str, left: Code, right: Code) -> Code:
    """`left operator right`, never chained."""
    text = f"{left.within(Precedence.OR)} {operator} {right.within(Precedence.OR)}"
    return Code(text, Precedence.COMPARISON, names_of(left, right))


def sign(operator: str, operand: Code) -> Code:
    """`-x`, `~x`."""
    text = f"{operator}{operand.within(Precedence.SIGN)}"
    return Code(text, Precedence.SIGN, operand.names)


def listed(codes: Iterable[Code]) -> Code:
    """`[a, b]`."""
    codes = [*codes]
    return Code(f"[{', '.join(map(str, codes))}]", names=names_of(*codes))


def grouped(codes: Iterable[Code]) -> Code:
    """The tuple `(a, b)`."""
    codes = [*codes]
    items = ", ".join(map(str, codes))
    return Code(
        f"({items},)" if len(codes) == 1 else f"({items})", names=names_of(*codes)
    )


def unpacked(stars: str, code: Code) -> Code:
    """`*code` or `**code`, as an argument."""
    return Code(f"{stars}{code.text}", Precedence.LAMBDA, code.names)


def function(parameters: str, result: Code) -> Code:
    """`lambda parameters: result`."""
    text = (
        f"lambda {parameters}: {result.text}"
        if parameters
        else f"lambda: {result.text}"
    )
    return Code(text, Precedence.LAMBDA, result.names - {*parameters.split(", ")})


def a_line_each(code: Code) -> Code:
    """A call or a dictionary with a comma at its end, so that black gives each item a line."""
    return replace(code, text=f"{code.text[:-1]},{code.text[-1]}")
