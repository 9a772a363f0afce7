"""Parts of a total."""

from __future__ import annotations

import numpy as np

from compiler.plan.sample.kinds.base import Asked, samples
from compiler.plan.sample.values import Values
from compiler.spec.columns import Share


@samples(Share)
def share(asked: Asked, spec: Share) -> Values:
    parent, total = asked.sampler.families(asked.table), asked.at(spec.of)
    weight = np.maximum(asked.rng.gamma(spec.evenness, size=len(parent)), 1e-300)
    part = total.data * (weight / np.bincount(parent, weight)[parent])
    return Values(np.round(part, spec.decimals), total.null)
