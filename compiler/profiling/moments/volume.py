"""A regression of daily counts: what a weekend, a trend and the like make of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compiler.profiling.moments.clock import Floats

ROUNDS = 40
HUBER = 2.0
"""Standard deviations from which on a day has less weight: the usual bound is 1.5 to 2."""
CONSISTENT = 1.4826
"""The standard deviation of a normal distribution in medians of absolute deviations."""


@dataclass(frozen=True)
class Regression:
    """Coefficients of the logarithm of the daily volume, their errors, and what is left."""

    coefficients: Floats
    errors: Floats
    expected: Floats
    noise: float
    """Standard deviation of the days' factor, beyond what chance makes."""

    def is_clear(self, place: int, errors: float) -> bool:
        """Whether a coefficient is so many standard errors away from 0."""
        return bool(abs(self.coefficients[place]) > errors * self.errors[place])


def regression(
    counts: Floats, exposure: Floats, terms: Floats, used: NDArray[np.bool_]
) -> Regression:
    """A robust regression with a log link and the variance of a negative binomial.

    Iterated weighted least squares (McCullagh and Nelder 1989) with Huber's weights. The first
    column of `terms` is 1; days that are not `used` have no weight.
    """
    total = np.median(counts[used] / exposure[used])
    beta = np.zeros(terms.shape[1])
    beta[0] = np.log(max(total, counts[used].mean() / exposure[used].mean() / 2, 1e-6))
    noise = 0.2
    for round in range(ROUNDS):
        expected = exposure * np.exp(np.clip(terms @ beta, -30, 30))
        variance = expected + (noise * expected) ** 2
        residual = (counts - expected) / np.sqrt(variance)
        huber = np.minimum(1.0, HUBER / np.maximum(np.abs(residual), 1e-9))
        weight = np.where(used, huber * expected**2 / variance, 0.0)
        work = terms @ beta + (counts - expected) / expected
        weighted = terms * weight[:, None]
        information = weighted.T @ terms + 1e-9 * np.eye(len(beta))
        new = np.linalg.solve(information, weighted.T @ work)
        step = np.clip(new - beta, -1, 1)
        beta = beta + step
        noise = robust_noise(counts[used], expected[used])
        if round > 5 and np.abs(step).max() < 1e-6:
            break
    expected = exposure * np.exp(np.clip(terms @ beta, -30, 30))
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    return Regression(
        beta, errors, expected, robust_noise(counts[used], expected[used])
    )


def robust_noise(counts: Floats, expected: Floats) -> float:
    """The noise of most days, whatever a few days do."""
    pearson = (counts - expected) / np.sqrt(np.maximum(expected, 1e-9))
    scale = CONSISTENT * float(np.median(np.abs(pearson)))
    return float(np.sqrt(max(scale**2 - 1, 0.0) / expected.mean()))


def moment_noise(counts: Floats, expected: Floats) -> float:
    """The noise by the method of moments: exact where no day is far off."""
    square = ((counts - expected) ** 2 - expected).sum()
    return float(np.sqrt(max(square, 0.0) / (expected**2).sum()))
