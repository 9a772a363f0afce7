"""A plan in short: for people on a terminal and in Markdown, and as data for programs."""

from compiler.show.data import as_data
from compiler.show.terminal import shown_of, summary_of

__all__ = ["as_data", "shown_of", "summary_of"]
