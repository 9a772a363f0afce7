"""The distributions that numbers may follow, with their best parameters, the best one first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from compiler.profiling.values.families import FAMILIES, Family, Parameters
from compiler.profiling.values.fit import Fit
from compiler.profiling.values.sample import Array, Sample

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
