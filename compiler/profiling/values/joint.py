"""One distribution for all cases of a `by`, with parameters that they share where they agree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from compiler.profiling.values.digits import significant
from compiler.profiling.values.families import FAMILIES, Family
from compiler.profiling.values.fit import KS_LIMIT, NOISE, Fit
from compiler.profiling.values.fits import NEAR_BIC, fits_of
from compiler.profiling.values.sample import Sample

ALIKE = 0.05
"""A parameter that differs by less between cases is taken to be the same in all."""
SHARED = ("sigma", "sd", "shape", "a", "b")
"""Parameters that cases may have in common: those of the shape."""


def noise(fit: Fit) -> float:
    """The distance that chance gives."""
    return NOISE / math.sqrt(fit.sample.size)


def joint_fits(
    samples: list[Sample], families: Sequence[Family] = FAMILIES
) -> list[Fit] | None:
    """The fits of one distribution to each sample; None if none fits them all."""
    found: dict[str, list[Fit]] = {family.kind: [] for family in families}
    for place, sample in enumerate(samples, start=1):
        for fit in fits_of(sample, [one for one in families if one.kind in found]):
            found[fit.family.kind].append(fit)
        for kind, fits in [*found.items()]:
            if len(fits) < place or fits[-1].ks > 2 * KS_LIMIT + noise(fits[-1]):
                del found[kind]
    good = [
        (sum(fit.bic for fit in fits), fits)
        for fits in found.values()
        if nearly_all_suit(fits)
    ]
    if not good:
        return None
    least = min(bic for bic, _ in good)
    first = next(fits for bic, fits in good if bic <= least + NEAR_BIC)
    return with_shared_parameters(first)


def nearly_all_suit(fits: list[Fit]) -> bool:
    """Whether those that do not suit are off by little, and few of the rows."""
    rows = sum(fit.sample.size for fit in fits)
    off = sum(fit.sample.size for fit in fits if not fit.suits)
    worst = max(fit.ks - noise(fit) for fit in fits)
    medians = all(fit.keeps_the_median for fit in fits)
    return off < rows / 4 and worst < 2 * KS_LIMIT and medians


def with_shared_parameters(fits: list[Fit]) -> list[Fit]:
    """The fits with the mean of a parameter in all of them, where it hardly differs."""
    family = fits[0].family
    for place, name in enumerate(family.names):
        if name not in SHARED:
            continue
        common = common_value(family, fits, place)
        if common is None:
            continue
        changed = [
            replace(
                fit,
                parameters=(
                    *fit.parameters[:place],
                    common,
                    *fit.parameters[place + 1 :],
                ),
            )
            for fit in fits
        ]
        pairs = zip(changed, fits, strict=True)
        if all(new.suits or new.ks < old.ks + 0.005 for new, old in pairs):
            fits = changed
    return fits


def common_value(family: Family, fits: list[Fit], place: int) -> float | None:
    """The mean of a parameter over the rows of all cases, if each is as near as chance gives."""
    rows = sum(fit.sample.size for fit in fits)
    mean = sum(fit.parameters[place] * fit.sample.size for fit in fits) / rows
    for fit in fits:
        # The relative standard error of a spread is 1 / √(2n), of a shape about 1 / √n.
        allowed = max(ALIKE, 3 / math.sqrt(fit.sample.size))
        if abs(fit.parameters[place] - mean) > allowed * abs(mean):
            return None
    return significant(mean)
