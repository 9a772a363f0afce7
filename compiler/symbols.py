"""The names that Python source reads, found by Python's own symbol tables."""

from __future__ import annotations

import builtins
import functools
from symtable import symtable


@functools.cache
def names_in(source: str) -> set[str]:
    """The names that source reads and that are no function's own."""
    found, open = set(), [symtable(source, "helper", "exec")]
    while open:
        scope = open.pop()
        open += scope.get_children()
        module = scope.get_type() == "module"
        symbols = [symbol for symbol in scope.get_symbols() if symbol.is_referenced()]
        found |= {one.get_name() for one in symbols if module or one.is_global()}
    return found - set(dir(builtins))
