"""Everything that the compiler prints goes through this module."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from compiler.escape.terminal import as_terminal, without_commands

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def prepare() -> None:
    """Lets both streams write any character; one that the encoding lacks becomes `\\u2192`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_line(text: str = "", *, err: bool = False) -> None:
    """Prints any text on one line."""
    print_text(as_terminal(text) + "\n", err=err)


def print_lines(text: str, *, err: bool = False) -> None:
    """Prints lines that may contain text of a spec."""
    print_text("".join(f"{as_terminal(line)}\n" for line in text.split("\n")), err=err)


def print_json(value: object) -> None:
    """Prints a value as JSON in ASCII on stdout, without characters that control a terminal."""
    text = json.dumps(value, indent=2)
    print_text(text.replace("##[", "##\\u005b") + "\n")  # the same text to a reader


def print_styled(*parts: RenderableType, err: bool = False) -> None:
    """Prints parts with styles, whose texts were escaped (see `styled.py`)."""
    console = console_of(sys.stderr if err else sys.stdout)
    with console.capture() as captured:
        console.print(*parts, crop=False)  # nothing is lost on a narrow terminal
    print_text(captured.get(), err=err)


@contextmanager
def progress(text: str) -> Iterator[Callable[[str], None]]:
    """Shows on stderr what is being done; the function that it gives shows what is done now.

    It is one line of a terminal, which goes at the end; elsewhere nothing is printed.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    with console_of(sys.stderr).status(as_terminal(text), spinner="line") as status:
        yield lambda step: status.update(as_terminal(step))


def print_text(text: str, *, err: bool = False) -> None:
    """Prints escaped text: lines, maybe with styles.

    The reader may have closed the stream (`| head -1`); then the rest is dropped.
    """
    text = without_commands(text) if in_workflow() else text
    write(text, sys.stderr if err else sys.stdout)


def print_commands(text: str) -> None:
    """Prints commands for the log of a workflow."""
    write(text, sys.stderr)


def in_workflow() -> bool:
    """Whether this runs in a GitHub workflow."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def write(text: str, stream: TextIO) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def console_of(stream: TextIO) -> Console:
    """A console that does not interpret markup, numbers or emoji codes in text."""
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, emoji=False)
