"""Numbers and tables in Markdown."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns are as wide as their texts; numbers are to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    right = [
        any(row[n] for row in rows) and all(is_number(row[n]) for row in rows)
        for n in range(len(head))
    ]
    rule = [
        "-" * (width - 1) + ":" if number else "-" * width
        for width, number in zip(widths, right, strict=True)
    ]
    made = []
    for line in [lines[0], rule, *lines[1:]]:
        cells = (
            text.rjust(width) if number else text.ljust(width)
            for text, width, number in zip(line, widths, right, strict=True)
        )
        made.append(f"| {' | '.join(cells)} |")
    return "\n".join(made)


def is_number(text: str) -> bool:
    return not text or text[0].isdigit() or text[0] in "-+<"


def figure(number: float) -> str:
    """Three digits that count: 1.23, 12.3, 123, 1,234."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def short(number: float) -> str:
    """In thousands, millions or billions: 12.3 M."""
    for size, name in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:.3g} {name}"
    return f"{number:.3g}"


def per_cent(share: float) -> str:
    return f"{share:.0%}"


def times(ratio: float) -> str:
    return f"{figure(ratio)} ×"


def mib(size: float) -> str:
    return f"{size:,.0f}"
