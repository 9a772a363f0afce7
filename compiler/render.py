"""Diagnostics as text, as JSON and as GitHub annotations.

Every renderer keeps the order of its input (see `diagnostics.in_order`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from compiler.diagnostics import Diagnostic, Label, Replace, Span
from compiler.escape.terminal import as_terminal
from compiler.snippet import Mark, Paint, snippet

LONGEST = (
    2000  # maximum letters of a message or help: a spec can contain very long names
)
SHOWN = 200  # maximum number of diagnostics in text
STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "frame": "1;34",
    "strong": "1",
    "plain": "",
}


def to_text(
    diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], *, color: bool
) -> str:
    """The diagnostics for a terminal, each with its source lines, and a summary line.

    `sources` maps paths to the texts of files; places in other files are shown without
    source lines. Returns "" for no diagnostics, else text that ends in a newline.
    """
    if not diagnostics:
        return ""

    def paint(style: str, text: str) -> str:
        codes = STYLES[style]
        return f"\x1b[{codes}m{text}\x1b[0m" if color and codes and text else text

    files = {
        path: text.removeprefix("\ufeff").split("\n") for path, text in sources.items()
    }
    first = diagnostics[:SHOWN]
    blocks = ["\n".join(_block(diagnostic, files, paint)) for diagnostic in first]
    total = summary(diagnostics)
    if len(first) < len(diagnostics):
        total += f"; the first {SHOWN} are shown, `--json` has all"
    return "\n\n".join([*blocks, paint("strong", total)]) + "\n"


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """How many there are, such as "2 errors, 1 warning"."""
    counts = [
        (sum(diagnostic.severity == severity for diagnostic in diagnostics), severity)
        for severity in ("error", "warning")
    ]
    return (
        ", ".join(f"{n} {word}{'s' * (n != 1)}" for n, word in counts if n)
        or "no errors"
    )


def to_json(diagnostics: Sequence[Diagnostic]) -> str:
    """The diagnostics as a JSON document in ASCII: a list of objects, with labels in order.

    A `suggestion` is the help as an edit, if it is one: `text` replaces the span.
    """

    def place(part: Label | Replace) -> dict[str, str | int]:
        span = part.span
        return {
            "path": span.path,
            "line": span.line,
            "column": span.column,
            "end_line": span.end_line,
            "end_column": span.end_column,
            "text": part.text,
        }

    records = [
        {
            "code": diagnostic.code,
            "severity": diagnostic.severity,
            "message": diagnostic.message,
            "help": diagnostic.help,
            "suggestion": diagnostic.fix and place(diagnostic.fix),
            "labels": [place(label) for label in diagnostic.labels],
        }
        for diagnostic in diagnostics
    ]
    return json.dumps(records, indent=2) + "\n"


def to_github(diagnostics: Sequence[Diagnostic]) -> str:
    """The diagnostics as workflow commands, one per line: GitHub shows them in the diff.

    Only the first ones, as in text; GitHub itself shows fewer.
    """
    return "".join(_command(diagnostic) + "\n" for diagnostic in diagnostics[:SHOWN])


def _command(diagnostic: Diagnostic) -> str:
    properties = {"title": diagnostic.code}
    if span := diagnostic.span:
        place = {"file": span.path, "line": str(span.line), "col": str(span.column)}
        properties = place | properties
    text = _escaped(short(diagnostic.message))
    if diagnostic.help:
        text += f"%0Ahelp: {_escaped(short(diagnostic.help))}"
    listed = ",".join(
        f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
    )
    return f"::{diagnostic.severity} {listed}::{text}"


def short(text: str) -> str:
    """A message, shortened in the middle if it is very long."""
    if len(text) <= LONGEST:
        return text
    half = LONGEST // 2
    return f"{text[:half]} … {text[-half:]}"


def _escaped(text: str) -> str:
    return as_terminal(text).replace("%", "%25")


def _block(
    diagnostic: Diagnostic, files: Mapping[str, list[str]], paint: Paint
) -> list[str]:
    """One diagnostic: its message, then the places by file, then notes and help."""
    head = f"{diagnostic.severity}[{diagnostic.code}]"
    message = f": {as_terminal(short(diagnostic.message))}"
    rows = [paint(diagnostic.severity, head) + paint("strong", message)]
    labels = diagnostic.labels
    lines = [label.span.line for label in labels if label.span.path in files]
    margin = len(str(max(lines, default=1)))
    pad = " " * margin
    bar = paint("frame", f"{pad} |")

    notes = []
    arrow = "-->"
    for path in dict.fromkeys(label.span.path for label in labels):
        here = [label for label in labels if label.span.path == path]
        rows.append(
            f"{paint('frame', pad + arrow)} {_place(here[0].span, path in files)}"
        )
        arrow = ":::"
        if path in files:
            marks = [_mark(label, files[path], diagnostic) for label in here]
            rows += [bar, *snippet(files[path], marks, margin, paint)]
        else:
            notes += [("note", label.text) for label in here if label.text]

    if diagnostic.help:
        notes.append(("help", short(diagnostic.help)))
    if notes and lines:
        rows.append(bar)
    for word, text in notes:
        rows.append(
            f"{paint('frame', f'{pad} =')} {paint('strong', word)}: {as_terminal(text)}"
        )
    return rows


def _place(span: Span, known: bool) -> str:
    """The place as text; a whole file (such as one that cannot be read) has no line."""
    if not known and (span.line, span.column) <= (1, 1):
        return as_terminal(span.path)
    return f"{as_terminal(span.path)}:{span.line}:{span.column}"


def _mark(label: Label, lines: list[str], diagnostic: Diagnostic) -> Mark:
    """The part of a label in its first line; only that part is underlined."""
    span = label.span
    line = lines[span.line - 1].rstrip("\r") if 0 < span.line <= len(lines) else ""
    start = min(max(span.column - 1, 0), len(line))
    end = span.end_column - 1
    if span.end_line > span.line:
        end = len(line.rstrip())
    primary = label is diagnostic.labels[0]
    style = diagnostic.severity if primary else "frame"
    return Mark(span.line, start, max(end, start), label.text, style, primary)
