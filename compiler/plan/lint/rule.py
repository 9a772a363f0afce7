"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, ParamSpec

P = ParamSpec("P")


@dataclass(frozen=True)
class Found:
    """What a rule found."""

    message: str
    help: str
    at: tuple[str | int, ...] = ()
    """Where it is: the keys below the spec, the table or the column that the rule looks at."""


@dataclass(frozen=True)
class Rule(Generic[P]):
    """A rule, with the code of its warning."""

    code: str
    check: Callable[P, Iterator[Found]]

    @property
    def reason(self) -> str:
        """Why a spec is warned of what the rule finds."""
        return self.check.__doc__ or ""


def rule(code: str) -> Callable[[Callable[P, Iterator[Found]]], Rule[P]]:
    """Makes a function a rule. Its docstring is the reason."""

    def made(check: Callable[P, Iterator[Found]]) -> Rule[P]:
        return Rule(code, check)

    return made
