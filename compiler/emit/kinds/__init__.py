"""The code of columns: one emitter a kind. A new module here needs no entry anywhere else."""

from __future__ import annotations

from compiler.emit.kinds.base import (
    CaseColumn,
    Emitter,
    Function,
    constant_endings,
    emitter_of,
)
from compiler.spec.columns.registry import import_modules

import_modules(__name__, __path__)

__all__ = ["CaseColumn", "Emitter", "Function", "constant_endings", "emitter_of"]
