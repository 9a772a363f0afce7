"""Numbers of a distribution within its bounds, and numbers of children."""

from __future__ import annotations

import numpy as np

from compiler.plan.sample.values import Array, CannotSample
from compiler.spec.columns import Numeric
from compiler.spec.columns.children import Children

ROUNDS = 40
FEWEST = 1_000
"""So many draws within the bounds are taken for all, where few of a distribution's are."""
MANY_CHILDREN = 100_000


def numbers(spec: Numeric, rng: np.random.Generator, size: int) -> Array:
    """Numbers within the bounds, with the column's digits."""
    low, high = spec.bounds
    drawn = spec.draw(rng, size)
    kept = drawn[(drawn >= low) & (drawn <= high)]
    for _ in range(ROUNDS):
        if len(kept) >= min(size, FEWEST):
            break
        drawn = spec.draw(rng, 10 * FEWEST)
        kept = np.append(kept, drawn[(drawn >= low) & (drawn <= high)])
    if not len(kept):
        raise CannotSample("nearly nothing lies within the bounds")
    values = kept if len(kept) == size else rng.choice(kept, size)
    if spec.whole:
        return np.rint(values).astype(np.int64)
    return values if spec.decimals is None else np.round(values, spec.decimals)


def child_counts(spec: Children, rng: np.random.Generator, size: int) -> Array:
    """Poisson numbers within the bounds, whose mean is `mean` all the same."""
    if spec.least == spec.most:
        return np.full(size, spec.least, np.int64)
    if spec.most > MANY_CHILDREN:
        return np.clip(rng.poisson(spec.mean, size), spec.least, spec.most)
    counts = np.arange(spec.least, spec.most + 1)
    log_factorials = np.cumsum(np.log(np.maximum(np.arange(spec.most + 1), 1)))
    low, high = -50.0, 50.0  # of the logarithm of the rate: the mean grows with it
    for _ in range(60):
        logs = counts * (low + high) / 2 - log_factorials[spec.least :]
        chances = np.exp(logs - logs.max())
        chances /= chances.sum()
        if float(chances @ counts) < spec.mean:
            low = (low + high) / 2
        else:
            high = (low + high) / 2
    return rng.choice(counts, size, p=chances)
