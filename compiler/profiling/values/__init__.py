"""What numbers, categories and booleans are drawn from.

`describe` gives a column its kind and parameters, with the reasons. Numbers follow one of the
usual distributions, or else their own quantiles, or are computed from others; categories and
booleans have shares. All may depend on a category of the row, or of a row that it points at.
"""

from __future__ import annotations

from compiler.profiling.values.describe import describe
from compiler.profiling.values.view import Labels, TableView, Views

__all__ = ["Labels", "TableView", "Views", "describe"]
