"""What follows from a lifecycle: the moments of its states, and the log of its moves."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from compiler.spec.base import Name
from compiler.spec.columns.base import Column, TypeOf
from compiler.spec.types import INTEGER, TEXT, TIMESTAMP, Data, Type


class Entered(Column):
    """The moment at which a row first entered a state of its lifecycle."""

    kind: Literal["entered"]
    of: Name = Field(description="the lifecycle, a column of this table")
    state: str = Field(description="the state; null where a row was never in it")

    path_keys: ClassVar = ("of",)

    def gives(self, at: TypeOf) -> Type:
        return Type(TIMESTAMP.data, nullable=True)

    def summary(self) -> list[str]:
        return [f"when {self.of} was first {self.state}"]


class LogState(Column):
    """In a table of the moves of a lifecycle: the state that was entered."""

    kind: Literal["state"]

    def gives(self, at: TypeOf) -> Type:
        return TEXT

    def summary(self) -> list[str]:
        return ["the state that was entered"]


class MoveState(LogState):
    """The state that was entered, of the lifecycle at the path `of`."""

    kind: Literal["state"] = "state"
    of: str | None = None

    path_keys: ClassVar = ("of",)

    def gives(self, at: TypeOf) -> Type:
        return Type(Data.TEXT, values=at(self.of).values if self.of else ())


class MoveMoment(Column):
    """The moment at which the state was entered, of the lifecycle at the path `of`."""

    kind: Literal["tick"] = "tick"
    of: str | None = None

    path_keys: ClassVar = ("of",)

    def gives(self, at: TypeOf) -> Type:
        return TIMESTAMP

    def summary(self) -> list[str]:
        return ["when the state was entered"]


class Moves(Column):
    """How many states a row has entered: a row of the log each."""

    kind: Literal["moves"] = "moves"
    moves: str

    path_keys: ClassVar = ("moves",)

    def gives(self, at: TypeOf) -> Type:
        return INTEGER

    def summary(self) -> list[str]:
        return [f"one for each state that {self.moves} has entered"]
