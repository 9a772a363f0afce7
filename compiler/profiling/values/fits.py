"""The distribution that numbers follow: by likelihood, and by how far apart the shares are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from compiler.profiling.values.digits import significant
from compiler.profiling.values.families import FAMILIES, Family, Parameters
from compiler.profiling.values.sample import Array, Sample

KS_LIMIT = 0.02
"""Shares of a fitting distribution differ by no more than this, and by chance."""
NOISE = 1.0
"""√n × KS that chance alone gives: less in 73 % of samples (Kolmogorov's distribution). It is
added to `KS_LIMIT`, so a sample that does follow the distribution passes."""
MEDIAN_LIMIT = 0.025
"""The median of a fit is so near that of the values: half of the 5 % that a round trip allows."""
HOPELESS = 0.25
"""A first guess further off than this is not made better."""
ROWS_BEYOND = 5.0
"""A distribution that expects so many rows beyond the last value, where there are none, is
truncated there: chance does that once in 150 cases (exp(−5))."""
LEAST_INSIDE = 0.2
"""Bounds leave so much of a distribution: of less, hardly the shape of it is left."""
NEAR_BIC = 10.0
"""Of two fits whose BIC differs by less, the more usual one is taken: "very strong" evidence
begins here (Kass and Raftery, "Bayes Factors", 1995)."""


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
        chance = 1.25 / math.sqrt(
            sample.size
        )  # the standard error of a share at 0.5, × 2.5
        off = MEDIAN_LIMIT * abs(sample.median)
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


def fits_of(sample: Sample, families: Iterable[Family] = FAMILIES) -> list[Fit]:
    """These distributions with their best parameters, the best first by `better`."""
    firsts = [(one, first) for one in families if (first := one.first(sample))]
    plain = [plain_fit(family, first, sample) for family, first in firsts]
    if not any(fit.suits_well and not expects_beyond(fit) for fit in plain):
        plain += [one for fit in plain for one in truncated(fit)]
    best = [best_of(family, plain) for family, _ in firsts]
    return better([within_the_values(fit).rounded() for fit in best])


def best_of(family: Family, fits: list[Fit]) -> Fit:
    """The best fit of a distribution, truncated or not: the last of those clearly better."""
    best, *rest = (fit for fit in fits if fit.family is family)
    for fit in rest:
        best = fit if _is_clearly_better(fit, best) else best
    return best


def better(fits: list[Fit]) -> list[Fit]:
    """The fits that suit before the others; the best BIC first, near ones by their order."""
    good = [fit for fit in fits if fit.suits]
    rest = sorted((fit for fit in fits if not fit.suits), key=lambda fit: fit.ks)
    if not good:
        return rest
    least = min(fit.bic for fit in good)
    first = next(fit for fit in good if fit.bic <= least + NEAR_BIC)
    return [first, *sorted((f for f in good if f is not first), key=ks_of), *rest]


def ks_of(fit: Fit) -> float:
    return fit.ks


def plain_fit(family: Family, first: Parameters, sample: Sample) -> Fit:
    """A distribution that is not truncated, from a first guess of its parameters."""
    fit = Fit(family, first, sample, freedom=len(family.names))
    return improved(fit) if fit.ks < HOPELESS and not _is_exact(fit) else fit


def truncated(plain: Fit) -> Iterator[Fit]:
    """The distribution truncated in the ways that the values allow."""
    for low, high in bounds_to_try(plain):
        freedom = plain.freedom + math.isfinite(low) + math.isfinite(high)
        fit = improved(replace(plain, low=low, high=high, freedom=freedom))
        if fit.inside[1] >= LEAST_INSIDE:
            yield fit


def _is_clearly_better(fit: Fit, other: Fit) -> bool:
    return fit.bic < other.bic - NEAR_BIC and fit.ks < other.ks + 0.002


def _is_exact(fit: Fit) -> bool:
    """Whether the first guess needs no search: rounding moves it by nothing that matters."""
    sample = fit.sample
    fine = sample.step < sample.sd / 10 and (
        fit.family.kind == "normal" or sample.step < sample.quantile(0.05) / 3
    )
    return fit.family.is_exact and (fine or not fit.family.bounded)


def bounds_to_try(fit: Fit) -> Iterator[tuple[float, float]]:
    """Bounds where the values end though the distribution would go on."""
    if not fit.family.bounded:
        return
    sample = fit.sample
    if fit.family.kind == "pareto":  # its scale is its lower bound
        yield -math.inf, sample.high
        return
    low_ends, high_ends = expects(fit)
    if low_ends:
        yield sample.low, math.inf
    if high_ends:
        yield -math.inf, sample.high
    if low_ends or high_ends or fit.ks < HOPELESS:
        yield sample.low, sample.high


def expects(fit: Fit) -> tuple[bool, bool]:
    """Whether the distribution expects rows below the least value, and above the greatest."""
    import numpy as np

    sample = fit.sample
    half = sample.step / 2
    ends = np.array([sample.least - half * (1 + 1e-9), sample.greatest + half])
    below, upto = fit.share(ends)
    rows = sample.size
    return bool(below * rows > ROWS_BEYOND), bool((1 - upto) * rows > ROWS_BEYOND)


def expects_beyond(fit: Fit) -> bool:
    return fit.family.bounded and any(expects(fit))


def within_the_values(fit: Fit) -> Fit:
    """The fit without values that cannot be: negative ones, or those past a triangle's ends."""
    import numpy as np

    sample, kind = fit.sample, fit.family.kind
    if kind == "triangular":
        left, _, right = fit.parameters
        low = sample.low if left < sample.low else fit.low
        high = sample.high if right > sample.high else fit.high
        return replace(fit, low=low, high=high)
    if kind != "normal" or sample.least < 0 or math.isfinite(fit.low):
        return fit
    below = float(fit.family.cdf(np.array([0.0]), fit.parameters)[0])
    return replace(fit, low=0.0) if below > 1e-6 else fit


def improved(fit: Fit) -> Fit:
    """The parameters of the greatest likelihood, searched from those of the fit."""
    import numpy as np
    from scipy.optimize import minimize

    positive, family = fit.family.positive, fit.family
    searched = 1 if family.kind == "pareto" else len(fit.parameters)
    start = fit.parameters
    units = [fit.sample.sd or 1.0 for _ in positive]

    def parameters(point: Array) -> Parameters:
        found = list(start)
        for n in range(searched):
            moved = float(point[n])
            found[n] = (
                start[n] * math.exp(min(max(moved, -30), 30))
                if positive[n]
                else start[n] + moved * units[n]
            )
        return tuple(found)

    def loss(point: Array) -> float:
        here = replace(fit, parameters=parameters(point))
        value = -here.likelihood / fit.sample.size
        return value if math.isfinite(value) else 1e9

    simplex = np.vstack([np.zeros(searched), 0.2 * np.eye(searched)])
    with np.errstate(all="ignore"):
        found = minimize(
            loss,
            np.zeros(searched),
            method="Nelder-Mead",
            options={
                "initial_simplex": simplex,
                "xatol": 1e-3,
                "fatol": 1e-6,
                "maxiter": 120,
            },
        )
    return replace(fit, parameters=parameters(found.x))
