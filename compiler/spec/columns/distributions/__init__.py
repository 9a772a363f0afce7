"""Columns of numbers: a module a distribution. A new one is found, and registers itself."""

from __future__ import annotations

from compiler.spec.columns.distributions.beta import Beta
from compiler.spec.columns.distributions.exponential import Exponential
from compiler.spec.columns.distributions.gamma import Gamma
from compiler.spec.columns.distributions.histogram import Histogram
from compiler.spec.columns.distributions.lognormal import Lognormal
from compiler.spec.columns.distributions.normal import Normal
from compiler.spec.columns.distributions.pareto import Pareto
from compiler.spec.columns.distributions.piecewise import Piecewise
from compiler.spec.columns.distributions.poisson import Poisson
from compiler.spec.columns.distributions.quantiles import Quantiles
from compiler.spec.columns.distributions.triangular import Triangular
from compiler.spec.columns.distributions.uniform import Uniform
from compiler.spec.columns.numbers import Numeric
from compiler.spec.columns.registry import import_modules, kinds_of

import_modules(__name__, __path__)

NUMERIC: dict[str, type[Numeric]] = kinds_of(Numeric)
"""The distributions by kind."""

__all__ = [
    "NUMERIC",
    "Beta",
    "Exponential",
    "Gamma",
    "Histogram",
    "Lognormal",
    "Normal",
    "Pareto",
    "Piecewise",
    "Poisson",
    "Quantiles",
    "Triangular",
    "Uniform",
]
