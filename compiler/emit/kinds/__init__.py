"""The code of columns: one emitter a kind. A new module here needs no entry anywhere else."""

from __future__ import annotations

import importlib
import pkgutil

from compiler.emit.kinds.base import CaseColumn, Emitter, Function, emitter_of

for found in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{found.name}")

__all__ = ["CaseColumn", "Emitter", "Function", "emitter_of"]
