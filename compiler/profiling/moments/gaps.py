"""Distributions of the time between two moments, fitted to what was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from compiler.profiling.moments.clock import Floats
from compiler.profiling.moments.lengths import (
    NEVER,
    Parameters,
    log_density,
    share_at,
    share_below,
)

MOST = 10_000
"""Gaps that a fit reads: its parameters are then exact to about a percent."""
ALIKE = 0.999
"""If this share of the gaps is the same, the length is fixed."""
ITERATIONS = 30
EXPONENTIAL = (0.95, 1.05)
"""A gamma distribution with a shape between these is an exponential one."""
TRUNCATED_ROWS = 8.0
"""If a distribution has so many rows beyond the smallest or largest gap, it is truncated there."""
UNSEEN = 0.01
"""A smaller part of a distribution that is truncated does not change its parameters."""
MOSTLY_UNSEEN = 0.9
"""A distribution with a larger part beyond its bounds is none that anyone would write."""
TRUNCATION = 0.01
"""A truncated distribution must explain each row by so much better for each of its bounds: a
flat part of a wide one is as good as a uniform distribution, but says less."""
STEPS = 200
FEW = 2_000
"""Gaps that each step of a truncated fit reads."""
CLOSE = 0.3
"""A distribution that explains a row so much worse is not saved by truncation."""
EQUAL = 1e-3
"""Scores that differ less are equal: then the simpler distribution is taken."""


@dataclass(frozen=True)
class Gap:
    """A distribution of lengths in seconds, and how well it fits."""

    distribution: str
    parameters: Parameters
    """In seconds, but for `sigma` and `shape`."""
    score: float
    """The mean logarithm of its density a row, in seconds, less half of its BIC's penalty."""
    distance: float = 0.0
    """Kolmogorov and Smirnov's: the largest difference of the two distribution functions."""
    minimum: float | None = None
    maximum: float | None = None


def exponential(x: Floats, unit: float) -> Parameters:
    return {"scale": float(x.mean())}


def gamma(x: Floats, unit: float) -> Parameters:
    """Minka's fixed point for the shape (2002), which starts close to the maximum."""
    from scipy.special import digamma, polygamma

    s = max(float(np.log(x.mean()) - np.log(x).mean()), 1e-6)
    shape = (3 - s + np.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s)
    for _ in range(ITERATIONS):
        slope = 1 / shape - float(polygamma(1, shape))
        step = (np.log(shape) - float(digamma(shape)) - s) / slope
        shape = max(shape - step, shape / 2)
    return {"shape": float(shape), "scale": float(x.mean() / shape)}


def lognormal(x: Floats, unit: float) -> Parameters:
    logs = np.log(x)
    return {"median": float(np.exp(logs.mean())), "sigma": max(float(logs.std()), 1e-4)}


def normal(x: Floats, unit: float) -> Parameters:
    return {"mean": float(x.mean()), "sd": max(float(x.std()), unit / 10)}


def uniform(x: Floats, unit: float) -> Parameters:
    return {"low": float(x.min() - unit / 2), "high": float(x.max() + unit / 2)}


FITS: dict[str, Callable[[Floats, float], Parameters]] = {
    "exponential": exponential,
    "gamma": gamma,
    "lognormal": lognormal,
    "normal": normal,
    "uniform": uniform,
}
"""From the simplest on."""


def sampled(x: Floats) -> Floats:
    """Evenly spread rows of them, enough for a fit."""
    return x[:: -(-len(x) // MOST)] if len(x) > MOST else x


def smoothed(x: Floats, unit: float) -> Floats:
    """The middles of the steps in which gaps are counted: whole days, or seconds."""
    return x + unit / 2


def fixed_length(x: Floats) -> float | None:
    """The length of all gaps, if they have the same one."""
    middle = float(np.median(x))
    return middle if (x == middle).mean() >= ALIKE else None


def fit(distribution: str, gaps: Floats, unit: float) -> Gap:
    """The distribution with its parameters by maximum likelihood."""
    x = smoothed(sampled(gaps), unit)
    return scored(distribution, FITS[distribution](x, unit), x)


def scored(
    distribution: str,
    parameters: Parameters,
    x: Floats,
    bounds: tuple[float | None, float | None] = (None, None),
) -> Gap:
    """A distribution with its score and its distance from what was seen."""
    logs, distance = likelihood(distribution, parameters, x, *bounds)
    penalty = len(parameters) * np.log(len(x)) / 2 / len(x)
    penalty += TRUNCATION * sum(bound is not None for bound in bounds)
    score = float(logs.mean() - penalty)
    return Gap(distribution, parameters, score, distance, *bounds)


def truncated(found: Gap, gaps: Floats, unit: float) -> Gap:
    """The same, truncated where it has rows that were not seen."""
    if found.distribution == "uniform":
        return found
    low, high = float(gaps.min()), float(gaps.max()) + unit
    shares = [
        share_at(found.distribution, found.parameters, bound, 0.0)
        for bound in (low, high)
    ]
    below, above = len(gaps) * shares[0], len(gaps) * (1 - shares[1])
    bounds = (
        low if low > 0 and below > TRUNCATED_ROWS else None,
        high if above > TRUNCATED_ROWS else None,
    )
    if bounds == (None, None):
        return found
    x = smoothed(sampled(gaps), unit)
    parameters = found.parameters
    if below + above > UNSEEN * len(gaps):
        parameters = truncated_fit(found.distribution, x, parameters, bounds)
        seen = share_at(found.distribution, parameters, bounds[1], 1.0)
        seen -= share_at(found.distribution, parameters, bounds[0], 0.0)
        if seen < 1 - MOSTLY_UNSEEN:
            return found
    return scored(found.distribution, parameters, x, bounds)


def likelihood(
    distribution: str,
    parameters: Parameters,
    x: Floats,
    minimum: float | None,
    maximum: float | None,
) -> tuple[Floats, float]:
    """The logarithms of the densities, and the distance of the distribution functions."""
    # Only a normal distribution has a part below 0, which a spec truncates.
    low = share_at(distribution, parameters, minimum or 0.0, 0.0)
    high = share_at(distribution, parameters, maximum, 1.0)
    share = max(high - low, 1e-12)
    logs = log_density(distribution, parameters, x) - np.log(share)
    ordered = np.sort(x)
    seen = (np.arange(len(x)) + 0.5) / len(x)
    expected = (share_below(distribution, parameters, ordered) - low) / share
    return np.maximum(logs, NEVER), float(np.abs(expected - seen).max())


def truncated_fit(
    distribution: str,
    x: Floats,
    start: Parameters,
    bounds: tuple[float | None, float | None],
) -> Parameters:
    """The parameters of greatest likelihood, if only gaps between the bounds could be seen."""
    from scipy.optimize import minimize

    names = list(start)
    few = x[:: max(1, len(x) // FEW)]

    def loss(logs: Floats) -> float:
        parameters = dict(zip(names, np.exp(np.clip(logs, -20, 25)), strict=True))
        seen, _ = likelihood(distribution, parameters, few, *bounds)
        return -float(seen.mean())

    first = np.log([start[name] for name in names])
    found = minimize(
        loss, first, method="Nelder-Mead", options={"maxiter": STEPS, "xatol": 1e-3}
    )
    return dict(zip(names, map(float, np.exp(found.x)), strict=True))


def candidates(gaps: Floats, unit: float) -> list[Gap]:
    """Each distribution, not yet truncated; or the fixed length of all gaps."""
    fixed = fixed_length(gaps)
    if fixed is not None:
        parameters = {"low": fixed, "high": fixed}
        return [Gap("uniform", parameters, -float(np.log(unit)))]
    fits = {name: fit(name, gaps, unit) for name in FITS}
    if EXPONENTIAL[0] <= fits["gamma"].parameters["shape"] <= EXPONENTIAL[1]:
        del fits["gamma"]
    return list(fits.values())


def best_score(gaps: Floats, unit: float) -> float:
    """How well the best distribution explains the gaps."""
    return max(one.score for one in candidates(gaps, unit))


def best_fit(gaps: Floats, unit: float) -> Gap:
    """The distribution that explains the gaps best, by BIC; the simplest of equal ones."""
    return fits_of_groups([gaps], unit)[0]


def fits_of_groups(groups: Sequence[Floats], unit: float) -> list[Gap]:
    """One distribution for each group, of the kind that explains all of them best."""
    found = [{one.distribution: one for one in candidates(x, unit)} for x in groups]
    weights = np.array([len(x) for x in groups]) / sum(map(len, groups))
    kinds = [name for name in FITS if all(name in one for one in found)]
    if not kinds:  # some have a fixed length, some an exponential one
        return [max(one.values(), key=lambda fit: fit.score) for one in found]
    scores = {kind: mean_score([one[kind] for one in found], weights) for kind in kinds}
    best: tuple[float, list[Gap]] = (-np.inf, [])
    for kind, score in scores.items():
        if score < max(scores.values()) - CLOSE:
            continue
        fits = [
            truncated(one[kind], gaps, unit)
            for one, gaps in zip(found, groups, strict=True)
        ]
        total = mean_score(fits, weights)
        if total > best[0] + EQUAL:
            best = total, fits
    return best[1]


def mean_score(fits: Sequence[Gap], weights: Floats) -> float:
    return float(np.dot([one.score for one in fits], weights))
