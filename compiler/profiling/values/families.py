"""The distributions of a spec, as they are fitted: cumulated shares, densities, first guesses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from compiler.profiling.values.sample import Array, Sample

Parameters = tuple[float, ...]


@dataclass(frozen=True)
class Family:
    """A kind of numbers with its parameters."""

    kind: ClassVar[str]
    names: ClassVar[tuple[str, ...]]
    positive: ClassVar[tuple[bool, ...]]
    """Which parameters are above 0; these are searched on a logarithmic scale."""
    bounded: ClassVar[bool] = True
    """Whether `min` and `max` may truncate it: others end by themselves."""
    is_discrete: ClassVar[bool] = False
    is_exact: ClassVar[bool] = False
    """Whether the first guess is already the best one, without bounds and coarse steps."""

    def cdf(self, x: Array, p: Parameters) -> Array:
        """The cumulated share at each x."""
        raise NotImplementedError

    def log_density(self, x: Array, p: Parameters) -> Array:
        raise NotImplementedError

    def first(self, sample: Sample) -> Parameters | None:
        """A first guess; None if the values are none of this distribution."""
        raise NotImplementedError


class NormalFamily(Family):
    kind, names, positive = "normal", ("mean", "sd"), (False, True)
    is_exact = True

    def cdf(self, x: Array, p: Parameters) -> Array:
        from scipy.special import ndtr

        return ndtr((x - p[0]) / p[1])

    def log_density(self, x: Array, p: Parameters) -> Array:
        z = (x - p[0]) / p[1]
        return -z * z / 2 - math.log(p[1] * math.sqrt(2 * math.pi))

    def first(self, sample: Sample) -> Parameters | None:
        return (sample.mean, sample.sd) if sample.sd > 0 else None


class LognormalFamily(Family):
    kind, names, positive = "lognormal", ("median", "sigma"), (True, True)
    is_exact = True

    def cdf(self, x: Array, p: Parameters) -> Array:
        from scipy.special import ndtr

        return ndtr((_log(x) - math.log(p[0])) / p[1])

    def log_density(self, x: Array, p: Parameters) -> Array:
        logs = _log(x)
        z = (logs - math.log(p[0])) / p[1]
        return -z * z / 2 - math.log(p[1] * math.sqrt(2 * math.pi)) - logs

    def first(self, sample: Sample) -> Parameters | None:
        import numpy as np

        if not is_positive(sample):
            return None
        logs = np.log(np.maximum(sample.values, sample.step / 4 or 5e-324))
        sigma = float(logs.std())
        return (math.exp(logs.mean()), sigma) if 0 < sigma < 20 else None


class ExponentialFamily(Family):
    kind, names, positive = "exponential", ("scale",), (True,)
    is_exact = True

    def cdf(self, x: Array, p: Parameters) -> Array:
        import numpy as np

        return -np.expm1(-np.maximum(x, 0) / p[0])

    def log_density(self, x: Array, p: Parameters) -> Array:
        return -x / p[0] - math.log(p[0])

    def first(self, sample: Sample) -> Parameters | None:
        return (sample.mean,) if sample.least >= 0 and sample.mean > 0 else None


class ParetoFamily(Family):
    """Its least value is no parameter to search: the data end there."""

    kind, names, positive = "pareto", ("a", "scale"), (True, True)
    is_exact = True

    def cdf(self, x: Array, p: Parameters) -> Array:
        import numpy as np

        return -np.expm1(-p[0] * np.maximum(_log(x) - math.log(p[1]), 0))

    def log_density(self, x: Array, p: Parameters) -> Array:
        return math.log(p[0]) + p[0] * math.log(p[1]) - (p[0] + 1) * _log(x)

    def first(self, sample: Sample) -> Parameters | None:
        import numpy as np

        scale = sample.low
        if scale <= 0 or sample.least <= 0:
            return None
        mean = float(np.log(sample.values / scale).mean())
        return (1 / mean, scale) if mean > 0 else None


class GammaFamily(Family):
    kind, names, positive = "gamma", ("shape", "scale"), (True, True)

    def cdf(self, x: Array, p: Parameters) -> Array:
        import numpy as np
        from scipy.special import gammainc

        return gammainc(p[0], np.maximum(x, 0) / p[1])

    def log_density(self, x: Array, p: Parameters) -> Array:
        shape, scale = p
        constant = math.lgamma(shape) + shape * math.log(scale)
        return (shape - 1) * _log(x) - x / scale - constant

    def first(self, sample: Sample) -> Parameters | None:
        """Minka, "Estimating a Gamma distribution" (2002): a closed form, off by under 2 %."""
        import numpy as np

        if not is_positive(sample):
            return None
        values = np.maximum(sample.values, sample.step / 4 or 5e-324)
        mean = float(values.mean())
        s = math.log(mean) - float(np.log(values).mean())
        if s <= 1e-9:
            return None
        shape = (3 - s + math.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s)
        return (shape, mean / shape) if 1e-3 < shape < 1e6 else None


class BetaFamily(Family):
    kind, names, positive = "beta", ("a", "b"), (True, True)
    bounded = False

    def cdf(self, x: Array, p: Parameters) -> Array:
        import numpy as np
        from scipy.special import betainc

        return betainc(p[0], p[1], np.clip(x, 0, 1))

    def log_density(self, x: Array, p: Parameters) -> Array:
        import numpy as np
        from scipy.special import betaln

        with np.errstate(divide="ignore"):
            logs = (p[0] - 1) * np.log(x) + (p[1] - 1) * np.log1p(-x)
        return np.clip(logs, -1e300, 1e300) - float(betaln(p[0], p[1]))

    def first(self, sample: Sample) -> Parameters | None:
        """The method of moments."""
        if sample.least < 0 or sample.greatest > 1 or sample.is_integer:
            return None
        mean, variance = sample.mean, sample.sd**2
        if not 0 < variance < mean * (1 - mean):
            return None
        total = mean * (1 - mean) / variance - 1
        return (max(mean * total, 0.05), max((1 - mean) * total, 0.05))


class PoissonFamily(Family):
    kind, names, positive = "poisson", ("lam",), (True,)
    is_discrete = True

    def cdf(self, x: Array, p: Parameters) -> Array:
        import numpy as np
        from scipy.special import pdtr

        whole = np.floor(x)
        return np.where(whole < 0, 0.0, pdtr(np.maximum(whole, 0), p[0]))

    def log_density(self, x: Array, p: Parameters) -> Array:
        from scipy.special import gammaln

        return x * math.log(p[0]) - p[0] - gammaln(x + 1)

    def first(self, sample: Sample) -> Parameters | None:
        whole = sample.is_integer and sample.least >= 0
        return (sample.mean,) if whole and 0 < sample.mean < 1e6 else None


class TriangularFamily(Family):
    kind, names, positive = "triangular", ("left", "mode", "right"), (False,) * 3
    bounded = False
    is_exact = True

    def cdf(self, x: Array, p: Parameters) -> Array:
        import numpy as np

        left, mode, right = p
        width = right - left
        up = (np.clip(x, left, mode) - left) ** 2 / width
        down = (right - np.clip(x, mode, right)) ** 2 / width
        up = up / (mode - left) if mode > left else up
        down = down / (right - mode) if right > mode else down
        return np.where(x < mode, up, 1 - down)

    def log_density(self, x: Array, p: Parameters) -> Array:
        import numpy as np

        left, mode, right = p
        rise = (x - left) / max(mode - left, 1e-300)
        fall = (right - x) / max(right - mode, 1e-300)
        height = np.where(x < mode, rise, fall) * 2 / (right - left)
        return np.log(np.maximum(height, 1e-12))

    def first(self, sample: Sample) -> Parameters | None:
        """From the mean, the spread and the skewness of the values, by bisection on the mode.

        With the mode at a share c of the way from left to right, the variance is
        width² × (1 − c + c²) / 18, and the mean left + width × (1 + c) / 3.
        """
        import numpy as np

        if sample.sd <= 0:
            return None
        skewness = float((((sample.values - sample.mean) / sample.sd) ** 3).mean())
        c = np.linspace(0, 1, 501)
        curve = math.sqrt(2) * (1 - 2 * c) * (2 - c) * (1 + c)
        skew = curve / (5 * (1 - c + c * c) ** 1.5)
        share = float(c[np.abs(skew - skewness).argmin()])
        width = sample.sd * math.sqrt(18 / (1 - share + share * share))
        left = sample.mean - width * (1 + share) / 3
        return (left, left + share * width, left + width)


class UniformFamily(Family):
    kind, names, positive = "uniform", ("low", "high"), (False, False)
    bounded = False
    is_exact = True

    def cdf(self, x: Array, p: Parameters) -> Array:
        import numpy as np

        return np.clip((x - p[0]) / (p[1] - p[0]), 0, 1)

    def log_density(self, x: Array, p: Parameters) -> Array:
        import numpy as np

        return np.full(len(x), -math.log(p[1] - p[0]))

    def first(self, sample: Sample) -> Parameters | None:
        low, high = sample.low, sample.high
        half = 0.5 if sample.is_integer else 0.0
        return (low - half, high + half) if low < high else None


def is_positive(sample: Sample) -> bool:
    """Whether all values are above 0, or were before they were rounded."""
    return sample.least > 0 or (sample.least == 0 and sample.step > 0)


def _log(x: Array) -> Array:
    import numpy as np

    return np.log(np.maximum(x, 1e-300))


COUNTS = ("poisson", "uniform")
"""Distributions of numbers that are but a few: others would be hard to see in them."""
FAMILIES: tuple[Family, ...] = (
    NormalFamily(),
    LognormalFamily(),
    ExponentialFamily(),
    PoissonFamily(),
    GammaFamily(),
    ParetoFamily(),
    BetaFamily(),
    UniformFamily(),
    TriangularFamily(),
)
"""The most usual first: of two that fit alike, the first is taken."""
