"""A distribution with its parameters, and how well numbers follow it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

from compiler.profiling.values.digits import significant
from compiler.profiling.values.families import Family, Parameters
from compiler.profiling.values.sample import Array, Sample

KS_LIMIT = 0.02
"""Shares of a fitting distribution differ by no more than this, and by chance."""
NOISE = 1.0
"""√n × KS that chance alone gives: less in 73 % of samples (Kolmogorov's distribution). It is
added to `KS_LIMIT`, so a sample that does follow the distribution passes."""
MANY = 1_000
"""A median of more rows is taken as it is, where the next number is too far from it."""
MEDIAN_LIMIT = 0.025
"""The median of a fit is so near that of the values: half of the 5 % that a round trip allows."""


@dataclass(frozen=True)
class Fit:
    """A distribution with its parameters, and how well it suits a sample."""

    family: Family
    parameters: Parameters
    sample: Sample
    low: float = -math.inf
    """The first number that it gives, where it is truncated."""
    high: float = math.inf
    freedom: int = 0
    """Parameters that were searched; bounds count."""

    @cached_property
    def edges(self) -> tuple[float, float]:
        """Where the distribution is truncated; a whole number owns half a step on either side."""
        half = 0.5 if self.sample.is_integer else 0.0
        return self.low - half, self.high + half

    @cached_property
    def inside(self) -> tuple[float, float]:
        """The share below the lower bound, and the share between both bounds."""
        import numpy as np

        below, upto = 0.0, 1.0
        if math.isfinite(self.low):
            below = float(
                self.family.cdf(np.array([self.edges[0]]), self.parameters)[0]
            )
        if math.isfinite(self.high):
            upto = float(self.family.cdf(np.array([self.edges[1]]), self.parameters)[0])
        return below, max(upto - below, 1e-300)

    def share(self, x: Array) -> Array:
        """The cumulated share at each x, truncated."""
        import numpy as np

        below, inside = self.inside
        at = np.clip(x, *self.edges) if self.is_truncated else x
        return (self.family.cdf(at, self.parameters) - below) / inside

    @property
    def is_truncated(self) -> bool:
        return math.isfinite(self.low) or math.isfinite(self.high)

    @cached_property
    def likelihood(self) -> float:
        """The logarithm of the likelihood of the sample."""
        import numpy as np

        x, weights, in_cells = self.sample.points
        half = self.sample.step / 2
        if in_cells and not self.family.is_discrete:
            chances = self.share(x + half) - self.share(x - half)
            return float(weights @ np.log(np.maximum(chances, 1e-300)))
        if self.sample.least == 0 and not self.family.is_discrete:
            x = np.maximum(
                x, self.sample.step / 4
            )  # rounded to 0, but densities have a pole
        logs = self.family.log_density(x, self.parameters)
        logs = np.maximum(logs + math.log(self.sample.step or 1), -690)
        return float(weights @ logs) - self.sample.size * math.log(self.inside[1])

    @cached_property
    def ks(self) -> float:
        """The largest difference of cumulated shares (Kolmogorov and Smirnov)."""
        import numpy as np

        numbers, below, upto = self.sample.checked
        half = self.sample.step / 2
        above = np.abs(self.share(numbers + half) - upto).max()
        under = np.abs(self.share(numbers - half * (1 + 1e-9)) - below).max()
        worst = float(max(above, under))
        return worst if math.isfinite(worst) else 1.0

    @cached_property
    def bic(self) -> float:
        """The Bayesian information criterion; less is better."""
        return self.freedom * math.log(self.sample.size) - 2 * self.likelihood

    @property
    def keeps_the_median(self) -> bool:
        """Whether the median of the values is within `MEDIAN_LIMIT` of its own."""
        import numpy as np

        sample = self.sample
        chance = 0.5 / math.sqrt(sample.size)  # the standard error of a share at 0.5
        off = MEDIAN_LIMIT * abs(sample.median)
        if sample.step:  # whole steps
            off = math.floor(off / sample.step + 1e-9) * sample.step
        if (
            sample.step > 2 * MEDIAN_LIMIT * abs(sample.median) > 0
            and sample.size > MANY
        ):
            chance = 0.0  # 10 instead of 11 is off by 9 %
        ends = np.array([sample.median - off, sample.median + off])
        half = sample.step / 2
        low, high = self.share(ends + np.array([-half, half]))
        return bool(low - chance <= 0.5 <= high + chance)

    @property
    def suits(self) -> bool:
        limit = KS_LIMIT + NOISE / math.sqrt(self.sample.size)
        return self.ks <= limit and self.keeps_the_median

    @property
    def suits_well(self) -> bool:
        """Whether no truncated distribution needs to be tried.

        Where numbers end early, those that end by themselves look well: they must fit exactly.
        """
        limit = KS_LIMIT / 2 if self.family.bounded else 0.0
        limit += NOISE / math.sqrt(self.sample.size)
        return self.ks <= limit and self.keeps_the_median

    def rounded(self) -> Fit:
        """The fit with three significant digits in its parameters, or four where it matters."""
        short = self._with_digits(3)
        return short if short.ks <= self.ks + 0.001 else self._with_digits(4)

    def _with_digits(self, digits: int) -> Fit:
        if self.family.kind == "uniform":  # its ends are round already
            return self
        parameters = tuple(significant(value, digits) for value in self.parameters)
        if self.family.kind == "triangular":
            parameters = _on_grid(self.parameters, self.sample.sd / 10 ** (digits - 1))
        return replace(self, parameters=parameters)


def _on_grid(values: Parameters, unit: float) -> Parameters:
    """Values rounded alike, to a power of ten below a unit: their differences matter."""
    decimals = -math.floor(math.log10(unit))
    return tuple(round(value, decimals) for value in values)
