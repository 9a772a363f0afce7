"""Words that this project does not use: plain modern English reads without stopping.

A place is added to `PLACES` once it is clean; from then on it stays so.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

AVOIDED = {
    "told": "use reported, described or known",
    "tells": "use reports, describes or shows",
    "said": "use written or reported",
    "says": "use describes or states; the subject is not a person",
    "stands": "use is, or means",
    "stood": "use was",
    "hangs on": "use depends on",
    "hang on": "use depend on",
    "house": "use architecture",
    "rooms": "use modules",
    "bereft": "use orphaned",
    "doubled": "use duplicate",
    "aside": "use staging or backup",
    "promises": "use expectations",
    "gone": "use missing",
    "anew": "use again",
    "unevenly": "use skewed",
    "scattered": "use shuffled",
    "reckoned": "use computed",
    "in the midst": "use in the middle",
}
"""Each with what to write instead."""

PLACES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/*.md",
    "benchmarks/**/*.py",
    "compiler/*.py",
    "compiler/codes/*.py",
    "compiler/escape/*.py",
    "compiler/quartz/*.py",
    "compiler/regen/*.py",
    "compiler/source/*.py",
    "compiler/spec/**/*.py",
    "compiler/emit/**/*.py",
    "compiler/plan/**/*.py",
    "templates/script/**/*.j2",
    "templates/script/**/*.py",
    "templates/bundle/**/*",
)
"""What is clean, as patterns below the repository's folder."""

WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(AVOIDED)})(?![\w-])", re.IGNORECASE)


def files(pattern: str) -> list[Path]:
    """The files of a pattern."""
    return sorted(path for path in ROOT.glob(pattern) if path.is_file())


@pytest.mark.parametrize("pattern", PLACES)
def test_texts_are_in_plain_words(pattern: str) -> None:
    assert files(pattern), "no file matches"
    found = [
        f"{path.relative_to(ROOT)}:{number}: {word}: {AVOIDED[word.lower()]}"
        for path in files(pattern)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for word in WORD.findall(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("word", AVOIDED)
def test_each_word_is_found(word: str) -> None:
    assert WORD.findall(f"{word.capitalize()}, {word}") == [word.capitalize(), word]
    assert not WORD.findall(f"the suffix -{word}, un{word}, {word}s")
