"""Where column kinds register themselves."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

ORDER = (
    *("key", "ref", "position"),
    *("faker", "email", "template"),
    *("choice", "bool", "constant"),
    *("normal", "lognormal", "exponential", "pareto", "gamma"),
    *("beta", "poisson", "triangular", "uniform", "quantiles", "histogram"),
    *("date", "timestamp", "offset"),
    *("lookup", "expr"),
    *("lifecycle", "entered", "state"),
    *("tick", "series", "running", "progression", "share"),
)
"""How kinds are listed for people, in the JSON Schema too. Any other comes after these, by name."""

_MODELS: dict[str, type] = {}


def register(kind: str, model: type) -> None:
    """Makes a model that of a kind."""
    other = _MODELS.setdefault(kind, model)
    assert other is model, f"two models of the kind {kind}: {other} and {model}"


def kinds_of(parent: type[T]) -> dict[str, type[T]]:
    """The kinds so far whose models are subclasses of one, in the order for people."""

    def place(kind: str) -> tuple[int, str]:
        return (ORDER.index(kind) if kind in ORDER else len(ORDER)), kind

    found = {kind: one for kind, one in _MODELS.items() if issubclass(one, parent)}
    return {kind: found[kind] for kind in sorted(found, key=place)}


def import_modules(package: str, path: Iterable[str]) -> None:
    """Imports all modules of a package, so that their kinds are registered."""
    for module in pkgutil.iter_modules(path):
        importlib.import_module(f"{package}.{module.name}")
