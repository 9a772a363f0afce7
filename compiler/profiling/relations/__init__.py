"""How tables depend on each other: keys, refs, lookups and children, each with its reason."""

from __future__ import annotations

from compiler.profiling.relations.find import relations_of

__all__ = ["relations_of"]
