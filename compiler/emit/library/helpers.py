"""The helpers that scripts are linked of: a function a file, and which variants go before."""

from __future__ import annotations

import functools

from compiler.emit.templates import folder

APPEND = ("append", "paced", "gridded")
"""The folders of helpers that append mode has of its own; for calendars' sake, for grids'."""

ENGINES = ("spark", "pandas")
"""The folders of helpers that an engine has of its own."""
PANDAS = ("pandas", "pandas/append")
"""The folders of helpers that speak pandas; the second of them is append mode's."""

CALENDAR = ("calendar", "calendar/append")
"""The folders of helpers for moments that count by the calendar; the second is append mode's."""
MONTHLY = ("monthly", "monthly/append")
"""The same for grids of which one, at least, steps by the calendar."""


@functools.cache
def HELPERS(*variants: str) -> dict[str, str]:
    """The helper functions' source, by name; a variant's own go before the plain ones."""
    plain = folder() / "script" / "helpers"
    folders = [plain, *(plain / variant for variant in variants)]
    files = [file for each in folders for file in sorted(each.glob("*.py"))]
    texts = {file.stem: file.read_text("utf-8").strip() for file in files}
    if MONTHLY[0] in variants:
        texts = {name: by_steps(text) for name, text in texts.items()}
    if PANDAS[0] in variants:
        texts = {name: in_pandas(text) for name, text in texts.items()}
    return texts


def in_pandas(text: str) -> str:
    """What only passes Series on, or makes them of numbers, and says the same to both."""
    return text.replace("pl.Series", "pd.Series")


def by_steps(text: str) -> str:
    """What only passes the step of a grid on, whether it is a length or so many months."""
    return text.replace("every: timedelta", "every: Step")
