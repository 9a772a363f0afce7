"""The helpers that scripts take with them: `library/SECTION/FUNCTION[.VARIANT...].py`.

A file holds one function. Its folder is its section of the script. The suffixes of its name are
the variants of scripts that it is for: a script without calendars or hours takes
`timeline.flat.py`, any other takes `timeline.py`.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from compiler.emit.library.sections import SECTIONS
from compiler.installed import templates

VARIANTS = (
    *("decimals", "append", "paced", "grids"),
    *("pandas", "spark", "flat", "calendar", "monthly", "renamed", "zoned"),
    *("delimited", "zipped", "single", "partitioned"),
)
"""Of decimals, of append mode (with volumes, with grids), engines, kinds of moments, renamed
columns, zones, and forms of files.

Of two helpers for the same number of variants, a script takes the one for a later variant here.
"""


@dataclass(frozen=True)
class Helper:
    """One function of the library, in one of its variants."""

    name: str
    section: str
    variants: frozenset[str]
    text: str

    @property
    def precedence(self) -> tuple[int, int]:
        """Of several helpers for a script, the one with the highest precedence is taken."""
        latest = max((VARIANTS.index(one) for one in self.variants), default=-1)
        return len(self.variants), latest


@functools.cache
def all_helpers() -> tuple[Helper, ...]:
    """All helpers, in all their variants; raises ValueError where a file's name has another."""
    library = templates() / "script" / "library"
    sections = [sorted((library / section).glob("*.py")) for section in SECTIONS]
    return tuple(helper_in(file) for files in sections for file in files)


def helper_in(file: Path) -> Helper:
    """The helper in a file; raises ValueError where no script is of the variants in its name."""
    name, *variants = file.stem.split(".")
    if unknown := set(variants).difference(VARIANTS):
        there_are = ", ".join(VARIANTS)
        raise ValueError(f"{file}: no variant {min(unknown)}; there are {there_are}")
    text = file.read_text("utf-8").strip()
    return Helper(name, file.parent.name, frozenset(variants), text)


@functools.cache
def helpers_for(variants: frozenset[str] = frozenset()) -> dict[str, Helper]:
    """The helpers for a script of these variants, by name."""
    fitting = [helper for helper in all_helpers() if helper.variants <= variants]
    chosen = {
        helper.name: helper for helper in sorted(fitting, key=lambda h: h.precedence)
    }
    return {name: adapted(helper, variants) for name, helper in sorted(chosen.items())}


def adapted(helper: Helper, variants: Collection[str]) -> Helper:
    """A helper with the types of these variants."""
    text = helper.text
    if "monthly" in variants:
        text = text.replace("every: timedelta", "every: Step")
    if "pandas" in variants:
        text = in_pandas(text)
    return Helper(helper.name, helper.section, helper.variants, text)


def in_pandas(text: str) -> str:
    """Source for pandas: the types have the same names in both engines."""
    return text.replace("pl.Series", "pd.Series").replace(
        "pl.DataFrame", "pd.DataFrame"
    )
