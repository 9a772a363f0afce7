"""Densities and distribution functions of lengths of time.

With scipy's functions directly: its distributions take a millisecond to be made.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from compiler.profiling.moments.clock import Floats

Parameters = Mapping[str, float]
HALF_LOG_2PI = 0.5 * np.log(2 * np.pi)
NEVER = -60.0
"""The logarithm of the density where there is none."""


def log_density(distribution: str, p: Parameters, x: Floats) -> Floats:
    """The logarithm of the density at positive lengths."""
    from scipy.special import gammaln

    if distribution == "exponential":
        found = -np.log(p["scale"]) - x / p["scale"]
    elif distribution == "gamma":
        shape, z = p["shape"], x / p["scale"]
        found = (shape - 1) * np.log(z) - z - gammaln(shape) - np.log(p["scale"])
    elif distribution == "lognormal":
        z = np.log(x / p["median"]) / p["sigma"]
        found = -0.5 * z**2 - HALF_LOG_2PI - np.log(p["sigma"] * x)
    elif distribution == "normal":
        z = (x - p["mean"]) / p["sd"]
        found = -0.5 * z**2 - HALF_LOG_2PI - np.log(p["sd"])
    else:
        inside = (x >= p["low"]) & (x <= p["high"])
        found = np.where(inside, -np.log(max(p["high"] - p["low"], 1e-9)), NEVER)
    return np.asarray(np.maximum(found, NEVER), dtype=np.float64)


def share_below(distribution: str, p: Parameters, x: Floats) -> Floats:
    """The distribution function: the share of shorter lengths."""
    from scipy.special import gammainc, ndtr

    x = np.maximum(x, 0.0)
    if distribution == "exponential":
        found = -np.expm1(-x / p["scale"])
    elif distribution == "gamma":
        found = gammainc(p["shape"], x / p["scale"])
    elif distribution == "lognormal":
        found = ndtr(np.log(np.maximum(x, 1e-9) / p["median"]) / p["sigma"])
    elif distribution == "normal":
        found = ndtr((x - p["mean"]) / p["sd"])
    else:
        width = max(p["high"] - p["low"], 1e-9)
        found = np.clip((x - p["low"]) / width, 0.0, 1.0)
    return np.asarray(found, dtype=np.float64)


def share_at(distribution: str, p: Parameters, x: float | None, none: float) -> float:
    """The share of lengths below a bound; `none` without one."""
    if x is None:
        return none
    return float(share_below(distribution, p, np.array([x]))[0])
