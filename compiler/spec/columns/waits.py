"""Lengths of time from a distribution, as an offset has them, and each state of a lifecycle."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from compiler.spec import words
from compiler.spec.base import Model, Positive, problem
from compiler.spec.columns.delays import DELAYS
from compiler.spec.columns.numbers import Numeric
from compiler.spec.time import Length

if TYPE_CHECKING:
    Delay = str
else:
    Delay = Literal[tuple(DELAYS)]
"""The distributions of lengths of time."""


class Wait(Model):
    """A length of time, from a distribution."""

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

    @property
    def delay(self) -> Numeric:
        """The delay's distribution, in seconds."""
        model = DELAYS[self.distribution]
        values: dict[str, Any] = {}
        if model.model_fields["kind"].is_required():
            values["kind"] = self.distribution
        for key in {*model.parameters, "min", "max"} & Wait.model_fields.keys():
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

    @property
    def fixed(self) -> timedelta | None:
        """The length, where it is the same in every row."""
        return self.value or (self.low if self.low == self.high else None)

    @property
    def is_none(self) -> bool:
        """Whether no row waits at all."""
        return timedelta(0) in (self.value, self.high, self.max)

    def describe(self) -> list[str]:
        """The distribution of the length, in words."""
        limits = [
            None if each is None else words.length(each)
            for each in (self.min, self.max)
        ]
        if self.fixed is not None:
            return [words.length(self.fixed), *words.bounds(*limits)]
        return [*self.delay.describe(words.seconds), *words.bounds(*limits)]
