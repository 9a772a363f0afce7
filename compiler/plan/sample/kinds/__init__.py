"""How each kind of column is sampled: a function for each, registered by the class of its spec.

A new module here needs no entry anywhere else. A kind without a function cannot be sampled: the
plan then gives a bound instead of an estimate.
"""

from __future__ import annotations

from compiler.plan.sample.kinds.base import Asked, samples, values_of
from compiler.spec.columns.registry import import_modules

import_modules(__name__, __path__)

__all__ = ["Asked", "samples", "values_of"]
