"""Columns of numbers: one class a distribution, all drawn by their quantile function."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field

from compiler.diagnostics import SWAP
from compiler.spec import words
from compiler.spec.base import Positive, problem
from compiler.spec.columns.numbers import HIGHEST_DRAW, STANDARD, Numeric
from compiler.spec.words import Number


class Normal(Numeric):
    """The bell curve."""

    kind: Literal["normal"]
    mean: float
    sd: Positive = Field(description="standard deviation")

    parameters: ClassVar = ("mean", "sd")
    lengths: ClassVar = ("mean", "sd")

    def share_below(self, value: float) -> float:
        return STANDARD.cdf((value - self.mean) / self.sd)

    def quantile(self, share: float) -> float:
        return self.mean + self.sd * STANDARD.inv_cdf(min(share, HIGHEST_DRAW))

    def describe(self, amount: Number = words.number) -> list[str]:
        return ["normal", f"mean {amount(self.mean)}", f"sd {amount(self.sd)}"]


class Lognormal(Numeric):
    """Prices, salaries, amounts: the logarithm is normal."""

    kind: Literal["lognormal"]
    mean: Positive | None = Field(
        None, description="the mean, in the column's own units"
    )
    median: Positive | None = Field(
        None, description="the median, in the column's own units"
    )
    mu: float | None = Field(None, description="the mean of the logarithm")
    sigma: Positive = Field(le=20, description="standard deviation of the logarithm")

    one_of: ClassVar = (("mean", "median", "mu"),)
    parameters: ClassVar = ("mean", "median", "mu", "sigma")
    lengths: ClassVar = ("mean", "median")

    @property
    def log_mean(self) -> float:
        """The mean of the logarithm; a log-normal's mean is exp(mu + sigma² / 2)."""
        if self.mean is not None:
            return math.log(self.mean) - self.sigma**2 / 2
        return math.log(self.median) if self.median is not None else self.mu or 0.0

    @property
    def arguments(self) -> dict[str, float]:
        if self.mean is not None:
            return {"mean": self.mean, "sigma": self.sigma}
        median = self.median if self.median is not None else math.exp(self.mu or 0.0)
        return {"median": median, "sigma": self.sigma}

    def share_below(self, value: float) -> float:
        if value <= 0:
            return 0.0
        return STANDARD.cdf((math.log(value) - self.log_mean) / self.sigma)

    def quantile(self, share: float) -> float:
        log = self.log_mean + self.sigma * STANDARD.inv_cdf(min(share, HIGHEST_DRAW))
        return math.exp(log) if log < 700 else math.inf

    def describe(self, amount: Number = words.number) -> list[str]:
        middle = {"mean": self.mean, "median": self.median}
        parts = [f"{key} {amount(value)}" for key, value in middle.items() if value]
        parts += [] if self.mu is None else [f"mu {words.number(self.mu)}"]
        return ["log-normal", *parts, f"sigma {words.number(self.sigma)}"]


class Exponential(Numeric):
    """Times between events, hours to resolve: `scale` is the mean."""

    kind: Literal["exponential"]
    scale: Positive = Field(description="the mean")

    parameters: ClassVar = ("scale",)
    lengths: ClassVar = ("scale",)

    def share_below(self, value: float) -> float:
        return -math.expm1(-max(value, 0.0) / self.scale)

    def quantile(self, share: float) -> float:
        return -self.scale * math.log1p(-share)

    def describe(self, amount: Number = words.number) -> list[str]:
        return ["exponential", f"mean {amount(self.scale)}"]


class Pareto(Numeric):
    """Popularity, wealth: no value is under `scale`, few are far above."""

    kind: Literal["pareto"]
    a: Positive = Field(description="the shape: the smaller, the longer the tail")
    scale: Positive = Field(description="the least value")

    parameters: ClassVar = ("a", "scale")
    lengths: ClassVar = ("scale",)

    def share_below(self, value: float) -> float:
        if value <= self.scale:
            return 0.0
        return -math.expm1(self.a * (math.log(self.scale) - math.log(value)))

    def quantile(self, share: float) -> float:
        log = math.log(self.scale) - math.log1p(-share) / self.a
        return math.exp(log) if log < 700 else math.inf

    def describe(self, amount: Number = words.number) -> list[str]:
        return [f"power law from {amount(self.scale)}", f"a {words.number(self.a)}"]


class Gamma(Numeric):
    """Waiting times of several steps; its mean is shape × scale."""

    kind: Literal["gamma"]
    shape: Positive = Field(ge=1e-3, le=1e6)
    scale: Positive

    parameters: ClassVar = ("shape", "scale")
    lengths: ClassVar = ("scale",)

    def share_below(self, value: float) -> float:
        if math.isinf(value) or value <= 0:
            return float(value > 0)
        from scipy.special import gammainc  # heavy, and only bounds need it

        return float(gammainc(self.shape, value / self.scale))

    def quantile(self, share: float) -> float:
        # A rough reach: mean and standard deviations of a normal, and an exponential's tail.
        tail = -math.log1p(-share) if share > 0.5 else 0.0
        return self.scale * (self.shape + math.sqrt(self.shape) * tail / 2 + tail)

    def describe(self, amount: Number = words.number) -> list[str]:
        shape = f"shape {words.number(self.shape)}"
        return ["gamma", shape, f"scale {amount(self.scale)}"]


class Beta(Numeric):
    """Shares between 0 and 1; its mean is a / (a + b)."""

    kind: Literal["beta"]
    a: Positive = Field(ge=1e-2, le=1e6)
    b: Positive = Field(ge=1e-2, le=1e6)

    parameters: ClassVar = ("a", "b")

    def share_below(self, value: float) -> float:
        if value <= 0 or value >= 1:
            return float(value > 0)
        from scipy.special import betainc  # heavy, and only bounds need it

        return float(betainc(self.a, self.b, value))

    def quantile(self, share: float) -> float:
        return self.a / (self.a + self.b) if share == 0.5 else float(share > 0.5)

    def describe(self, amount: Number = words.number) -> list[str]:
        return ["beta", f"a {words.number(self.a)}", f"b {words.number(self.b)}"]


class Poisson(Numeric):
    """Counts of independent events, `lam` of them on average."""

    kind: Literal["poisson"]
    lam: Positive = Field(le=1e6, description="the mean")

    parameters: ClassVar = ("lam",)
    discrete: ClassVar = True

    def share_below(self, value: float) -> float:
        # The normal curve with a half step, near enough to tell bounds that leave nothing.
        return (
            STANDARD.cdf((value + 0.5 - self.lam) / math.sqrt(self.lam))
            if value >= 0
            else 0.0
        )

    def quantile(self, share: float) -> float:
        return max(
            0.0,
            self.lam + math.sqrt(self.lam) * STANDARD.inv_cdf(min(share, HIGHEST_DRAW)),
        )

    def describe(self, amount: Number = words.number) -> list[str]:
        return ["Poisson", f"mean {words.number(self.lam)}"]


class Triangular(Numeric):
    """From `left` to `right`, most often near `mode`."""

    kind: Literal["triangular"]
    left: float
    mode: float
    right: float

    parameters: ClassVar = ("left", "mode", "right")
    lengths: ClassVar = ("left", "mode", "right")

    def check_parameters(self, amount: Number) -> None:
        if not (self.left <= self.mode <= self.right and self.left < self.right):
            message = "the mode lies between left and right"
            help = "such as left = 1, mode = 2, right = 5"
            raise problem("E215", message, help, at=[("mode",), ("left",), ("right",)])

    def share_below(self, value: float) -> float:
        left, mode, right = self.left, self.mode, self.right
        if value <= left or value >= right:
            return float(value >= right)
        if value < mode:
            return (value - left) / (right - left) * ((value - left) / (mode - left))
        return 1 - (right - value) / (right - left) * ((right - value) / (right - mode))

    def quantile(self, share: float) -> float:
        return self.mode if share == 0.5 else (self.right if share > 0.5 else self.left)

    def describe(self, amount: Number = words.number) -> list[str]:
        ends = f"{amount(self.left)} to {amount(self.right)}"
        return ["triangular", ends, f"most often {amount(self.mode)}"]


class Uniform(Numeric):
    """Every value from `low` up to `high` alike (an integer may be `high` itself).

    Where both are the same, it is that one in every row.
    """

    kind: Literal["uniform"]
    low: float
    high: float

    parameters: ClassVar = ("low", "high")
    lengths: ClassVar = ("low", "high")

    def check_parameters(self, amount: Number) -> None:
        if self.low > self.high:
            message = f"low {amount(self.low)} is above high {amount(self.high)}"
            raise problem("E215", message, SWAP, at=[("low",), ("high",)])
        if self.integer and math.ceil(self.low) > math.floor(self.high):
            raise problem("E215", "no whole number lies between low and high")

    @property
    def arguments(self) -> dict[str, float]:
        """The range, narrowed by the bounds; whole numbers own half a step on either side."""
        step = 0.5 if self.integer else 0
        low, high = self.bounds
        first = math.ceil(self.low) if self.integer else self.low
        last = math.floor(self.high) if self.integer else self.high
        return {"low": max(first - step, low), "high": min(last + step, high)}

    def share_below(self, value: float) -> float:
        step = 0.5 if self.integer else 0
        width = self.high - self.low + 2 * step
        return min(max((value - self.low + step) / width, 0.0), 1.0)

    def quantile(self, share: float) -> float:
        return self.low + share * (self.high - self.low)

    def share_between(self, low: float, high: float) -> float:
        if self.is_fixed:  # all of it is in one place
            return float(low <= self.low <= high)
        return super().share_between(low, high)

    @property
    def is_fixed(self) -> bool:
        """Whether there is just one value."""
        return self.low == self.high

    def describe(self, amount: Number = words.number) -> list[str]:
        if self.is_fixed:
            return [f"always {amount(self.low)}"]
        return ["uniform", f"{amount(self.low)} to {amount(self.high)}"]


NUMERIC: dict[str, type[Numeric]] = {
    "normal": Normal,
    "lognormal": Lognormal,
    "exponential": Exponential,
    "pareto": Pareto,
    "gamma": Gamma,
    "beta": Beta,
    "poisson": Poisson,
    "triangular": Triangular,
    "uniform": Uniform,
}
