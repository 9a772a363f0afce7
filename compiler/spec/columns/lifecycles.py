"""Lifecycles: states that rows go through in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, NamedTuple, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from compiler.diagnostics import leave_out
from compiler.spec import words
from compiler.spec.base import Model, Path, problem
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.columns.waits import Wait
from compiler.spec.types import Data, Need, Type

MOST_MOVES = 20
"""Of a row whose states come again, unless the spec gives another number."""
ROUNDING = 1e-9
"""Shares that were rounded may add up to so much more than 1."""


class Move(Model):
    """A move to another state."""

    weight: float = Field(gt=0, le=1, description="the share of the rows that make it")
    after: Wait | None = Field(
        None, description="how long a row that makes it stays until then"
    )


def as_move(value: object) -> object:
    """A share alone, as a move."""
    return {"weight": value} if isinstance(value, int | float) else value


def check_moves(moves: dict[str, Move]) -> dict[str, Move]:
    """Moves whose weights are shares of all rows; raises E110 else."""
    total = sum(move.weight for move in moves.values())
    if total > 1 + ROUNDING:
        message = f"the weights add up to {total:.6g}, which is more than all rows"
        raise problem("E110", message, "what they leave of 1 stays in the state")
    return moves


class State(Model):
    """A state of a lifecycle, and what comes after it."""

    to: Annotated[
        dict[str, Annotated[float | Move, BeforeValidator(as_move)]],
        AfterValidator(check_moves),
    ] = Field(
        {},
        description="the next states, each with the share of the rows that move there; what the "
        "shares leave of 1 stays for good",
    )
    after: Wait | None = Field(
        None, description="how long rows stay before they move on"
    )

    @property
    def moves(self) -> dict[str, Move]:
        """The moves to other states, by state."""
        return {name: move for name, move in self.to.items() if isinstance(move, Move)}

    @property
    def is_alike(self) -> bool:
        """Whether it has several moves, of which all take as long."""
        return len(self.to) > 1 and not any(one.after for one in self.moves.values())

    @model_validator(mode="after")
    def _moves_take_time(self) -> Self:
        if self.after is not None and not self.to:
            raise problem(
                "E106",
                "`after` has no effect: the state is an end",
                leave_out(),
                at=[("after",)],
            )
        for name, move in self.moves.items():
            if move.after is None and self.after is None:
                message = f"`after` is missing: when rows move on to `{name}`"
                help = (
                    'such as after = { distribution = "exponential", scale = "2h" }, '
                    'or a "constant" `value`'
                )
                raise problem("E102", message, help, at=[("to", name)])
        return self


class Step(NamedTuple):
    """A move from one state to another."""

    state: str
    target: str
    weight: float
    wait: Wait
    own: bool
    """Whether the wait is that of this move alone, not of all from its state."""


def check_lifecycle(states: dict[str, State]) -> dict[str, State]:
    """States between which rows move in time; raises E106 or E215 else."""
    if not any(state.to for state in states.values()):
        message = "no state leads to another one"
        raise problem("E106", message, "such as placed = { to = { paid = 0.9 }, … }")
    still: dict[str, list[str]] = {}
    for step in steps_of(states):
        if step.wait.is_none:
            still.setdefault(step.state, []).append(step.target)
    for name in still:
        if circle := circle_of(still, name):
            message = f"rows go through {' → '.join(circle)} again and again in no time"
            help = "let a move between them take some time"
            raise problem("E215", message, help, at=[(name,)])
    return states


def steps_of(states: Mapping[str, State]) -> Iterator[Step]:
    """All moves, in the spec's order."""
    for state, one in states.items():
        for target, move in one.moves.items():
            wait = move.after or one.after
            if wait is not None:
                own = move.after is not None
                yield Step(state, target, move.weight, wait, own)


def circle_of(nexts: Mapping[str, list[str]], start: str) -> list[str]:
    """The states from one back to itself; none where no way leads back."""
    open, seen = [[start]], set[str]()
    while open:
        way = open.pop()
        for name in nexts.get(way[-1], ()):
            if name == start:
                return [*way, name]
            if name not in seen:
                seen.add(name)
                open.append([*way, name])
    return []


class Lifecycle(ByCase):
    """The state that a row is in at the end, of those that it goes through in time."""

    kind: Literal["lifecycle"]
    start: Path = Field(description="the moment at which a row enters the first state")
    states: Annotated[dict[str, State], AfterValidator(check_lifecycle)] = Field(
        description="each state that leads to others; the first one is where rows start"
    )
    max: int | None = Field(
        None, ge=1, le=1_000, description="the most moves of a row (20 in a cycle)"
    )

    path_keys: ClassVar = ("start",)
    needs: ClassVar = {"start": Need.MOMENT}
    passes_null: ClassVar = True
    own_keys: ClassVar = ("start",)

    @property
    def first(self) -> str:
        """The state that rows start in."""
        return next(iter(self.states))

    @property
    def names(self) -> tuple[str, ...]:
        """All states: those listed, then those that are only named by others."""
        named = (step.target for step in self.steps)
        return tuple(dict.fromkeys([*self.states, *named]))

    @property
    def steps(self) -> tuple[Step, ...]:
        """All moves from one state to another."""
        return tuple(steps_of(self.states))

    @property
    def most(self) -> int:
        """The most moves of a row."""
        longest = self._longest()
        if longest is None:
            return self.max or MOST_MOVES
        return longest if self.max is None else min(self.max, longest)

    def _longest(self) -> int | None:
        """The moves on the longest way from the first state; None where states come again."""
        nexts: dict[str, list[str]] = {}
        for step in self.steps:
            nexts.setdefault(step.state, []).append(step.target)
        reached, moves = {self.first}, 0
        while reached := {then for name in reached for then in nexts.get(name, ())}:
            moves += 1
            if moves > len(self.names):
                return None
        return moves

    def reachable(self, start: str, without: str = "") -> set[str]:
        """The states that a state leads to, itself included, on ways around another one."""
        open, found = {start} - {without}, set[str]()
        while open:
            found |= open
            then = {step.target for step in self.steps if step.state in open}
            open = then - found - {without}
        return found

    def reached(self) -> dict[str, float]:
        """The share of the rows that are ever in each state, whenever that is.

        Exact: the chances of each way, move by move, with the state in question as an end.
        """
        return {name: self._chance_of(name) for name in self.names}

    def _chance_of(self, state: str) -> float:
        rows, found = {self.first: 1.0}, 0.0
        for _ in range(self.most + 1):
            found += rows.pop(state, 0.0)
            then: dict[str, float] = {}
            for step in self.steps:
                share = rows.get(step.state, 0.0) * step.weight
                then[step.target] = then.get(step.target, 0.0) + share
            rows = then
        return found

    def gives(self, at: TypeOf) -> Type:
        return Type(Data.TEXT, at(self.start).nullable, self.names)

    def summary(self) -> list[str]:
        parts = [f"{self.first} from {self.start} on"]
        parts += [
            f"{name} → {moves_in_words(state)}"
            for name, state in self.states.items()
            if state.to
        ]
        reached = ", ".join(
            f"{name} {words.percent(float(f'{share:.3g}'))}"
            for name, share in self.reached().items()
            if name != self.first
        )
        parts.append(f"ever reached: {reached}")
        longest = self._longest()
        if longest is None or self.most < longest:
            parts.append(f"at most {words.count(str(self.most), 'move')}")
        return parts


def moves_in_words(state: State) -> str:
    """The moves from a state: `paid 92% or cancelled 8% after 2 hours`."""
    shares = {name: words.percent(move.weight) for name, move in state.moves.items()}
    alike = [
        f"{name} {shares[name]}" for name, one in state.moves.items() if not one.after
    ]
    found = [f"{' or '.join(alike)}{waited(state.after)}"] if alike else []
    found += [
        f"{name} {shares[name]}{waited(one.after)}"
        for name, one in state.moves.items()
        if one.after
    ]
    return " or ".join(found)


def waited(wait: Wait | None) -> str:
    """How long rows stay before a move, in words."""
    return f" after {' '.join(wait.describe())}" if wait else ""
