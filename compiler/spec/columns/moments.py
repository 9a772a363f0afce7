"""Columns of time: dates, timestamps, and moments some time after another."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from compiler.spec import words
from compiler.spec.base import (
    WEIGHT_HELP,
    Name,
    Path,
    Positive,
    is_out_of_reach,
    problem,
)
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.columns.delays import DELAYS
from compiler.spec.columns.numbers import Numeric
from compiler.spec.columns.personal import is_birth
from compiler.spec.time import Length, Moment
from compiler.spec.types import DATE, TIMESTAMP, Need, Type


def check_hours(hours: list[float]) -> list[float]:
    """24 weights, of the hours from midnight on; raises E110 or E104 else."""
    if len(hours) != 24:
        raise problem(
            "E110", f"a day has 24 hours, not {len(hours)}", "give one weight an hour"
        )
    if min(hours) < 0 or not any(hours):
        raise problem(
            "E110", "weights of hours are 0 or more, and one at least is above 0"
        )
    for hour, weight in enumerate(hours):
        if is_out_of_reach(weight):
            message = f"the weight of hour {hour} is {weight:g}"
            raise problem("E104", message, WEIGHT_HELP, at=[(hour,)])
    return hours


Hours = (
    Literal["flat", "business", "evening"]
    | Annotated[list[float], AfterValidator(check_hours)]
)


class Date(ByCase):
    """A day of the window, or of a period of its own."""

    kind: Literal["date"]
    start: Moment | None = Field(
        None, description="the period's start, for the window's"
    )
    end: Moment | None = Field(None, description="the period's end, not in it")
    calendar: Name | None = Field(
        None, description="the calendar that shapes the volume"
    )
    after: Path | None = Field(None, description="a moment before which it never lies")
    before: Path | None = Field(None, description="a moment after which it never lies")

    path_keys: ClassVar = ("after", "before")
    needs: ClassVar = {"after": Need.MOMENT, "before": Need.MOMENT}

    @property
    def shape(self) -> str | None:
        """The calendar in force: events in the window follow `default` if none is given."""
        in_window = self.start is None and self.end is None
        return self.calendar or ("default" if in_window else None)

    def gives(self, at: TypeOf) -> Type:
        return DATE

    def personal_data(self, name: str) -> str | None:
        return "date_of_birth" if is_birth(name) else None

    def summary(self) -> list[str]:
        in_window = self.start is None and self.end is None
        parts = ["in the window" if in_window else words.period(self.start, self.end)]
        parts += [f"calendar {self.shape}"] if self.shape else []
        return parts + [f"{key} {path}" for key, path in self.paths().items()]


class Timestamp(Date):
    """A moment of the window, or of a period of its own, to the second."""

    kind: Literal["timestamp"]  # type: ignore[assignment]
    hours: Hours = Field("flat", description="how the hours of a day share the events")

    def gives(self, at: TypeOf) -> Type:
        return TIMESTAMP

    def summary(self) -> list[str]:
        if isinstance(self.hours, str):
            return [*super().summary(), f"{self.hours} hours"]
        weights = ", ".join(map(words.number, self.hours))
        return [*super().summary(), f"hours weigh {weights} from midnight on"]


if TYPE_CHECKING:
    Delay = str
else:
    Delay = Literal[tuple(DELAYS)]
"""The distributions of lengths of time."""


class Offset(ByCase):
    """A moment some time after another: shipped, resolved, paid."""

    kind: Literal["offset"]
    of: Path = Field(description="the moment that it follows")
    distribution: Delay
    mean: Length | None = None
    median: Length | None = None
    sd: Length | None = None
    scale: Length | None = None
    left: Length | None = None
    mode: Length | None = None
    right: Length | None = None
    low: Length | None = None
    high: Length | None = None
    value: Length | None = Field(None, description="the length, where it is constant")
    lam: Positive | None = Field(None, description="the mean number of units")
    unit: Length | None = Field(None, description="the unit of `lam`: a day by default")
    sigma: Positive | None = Field(None, description="of the logarithm")
    a: Positive | None = None
    shape: Positive | None = None
    min: Length | None = Field(
        None, description="the distribution is cut below (0s by default)"
    )
    max: Length | None = Field(None, description="the distribution is cut above")
    until_now: bool = Field(
        False, description="null where it would lie after the window's end"
    )

    path_keys: ClassVar = ("of",)
    needs: ClassVar = {"of": Need.MOMENT}
    passes_null: ClassVar = True

    @property
    def delay(self) -> Numeric:
        """The delay's distribution, in seconds."""
        model = DELAYS[self.distribution]
        values: dict[str, Any] = {}
        if model.model_fields["kind"].is_required():
            values["kind"] = self.distribution
        for key in {*model.parameters, "min", "max"} & Offset.model_fields.keys():
            value = getattr(self, key)
            if value is not None:
                values[key] = (
                    value.total_seconds() if isinstance(value, timedelta) else value
                )
        if self.distribution == "normal":
            values.setdefault("min", 0.0)
        return model.model_validate(values, context={"amount": words.seconds})

    @model_validator(mode="after")
    def _delay_is_whole(self) -> Self:
        model = DELAYS[self.distribution]
        extra = {
            key
            for other in DELAYS.values()
            for key in other.parameters
            if key not in model.parameters and getattr(self, key, None) is not None
        }
        if extra:
            named = ", ".join(f"`{key}`" for key in sorted(extra))
            takes = ", ".join(f"`{key}`" for key in model.parameters if key != "mu")
            raise problem(
                "E101",
                f"{self.distribution} has no {named}",
                f"it takes {takes}",
                at=[(key,) for key in sorted(extra)],
            )
        try:
            self.delay  # noqa: B018 - built for its checks
        except ValidationError as error:
            first = error.errors()[0]
            context = first.get("ctx", {})
            if "message" in context:
                # The least delay of a normal is 0s unless given.
                given = [at for at in context["at"] if at[0] in self.model_fields_set]
                context |= {"at": given}
                raise PydanticCustomError(first["type"], "{message}", context) from None
            place = ".".join(str(part) for part in first["loc"])
            if first["type"] != "missing":
                limit = first["msg"].removeprefix("Input should be ")
                message = f"`{place}` must be {limit}"
                raise problem("E104", message, at=[(place,)]) from None
            raise problem("E102", f"{self.distribution} needs `{place}`") from None
        return self

    def gives(self, at: TypeOf) -> Type:
        return at(self.of).or_null(self.until_now)

    def summary(self) -> list[str]:
        limits = [
            None if each is None else words.length(each)
            for each in (self.min, self.max)
        ]
        fixed = self.value or (self.low if self.low == self.high else None)
        if fixed is not None:
            parts = [f"{words.length(fixed)} after {self.of}"]
        else:
            parts = [f"after {self.of}", *self.delay.describe(words.seconds)]
        parts += words.bounds(*limits)
        return parts + (["null where after the window's end"] if self.until_now else [])
