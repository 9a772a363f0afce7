"""The one way out to a terminal: nothing else of the compiler prints, or makes a console."""

from __future__ import annotations

import io
import json
import os
import sys
from typing import TYPE_CHECKING, TextIO

from compiler.escape.terminal import as_terminal, without_commands

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def prepare() -> None:
    """Both streams take any character: one that their encoding lacks is written as `\\u2192`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_line(text: str = "", *, err: bool = False) -> None:
    """A text in one line, whatever is in it."""
    print_text(as_terminal(text) + "\n", err=err)


def print_lines(text: str, *, err: bool = False) -> None:
    """Lines of our own, in whose words there may be a text of others."""
    print_text("".join(f"{as_terminal(line)}\n" for line in text.split("\n")), err=err)


def print_json(value: object) -> None:
    """A value as JSON in ASCII, on stdout: no character in it does anything to a terminal."""
    text = json.dumps(value, indent=2)
    print_text(text.replace("##[", "##\\u005b") + "\n")  # the same text to a reader


def print_styled(*parts: RenderableType, err: bool = False) -> None:
    """Parts made of texts that were escaped (see `show.py`), with their styles."""
    console = console_of(sys.stderr if err else sys.stdout)
    with console.capture() as captured:
        console.print(*parts)
    print_text(captured.get(), err=err)


def print_text(text: str, *, err: bool = False) -> None:
    """Text that was escaped: lines, maybe with styles of ours.

    Who reads it may have seen enough (`| head -1`): what is printed then is lost, no more.
    """
    text = without_commands(text) if in_workflow() else text
    write(text, sys.stderr if err else sys.stdout)


def print_commands(text: str) -> None:
    """Commands of ours for a workflow's log."""
    write(text, sys.stderr)


def in_workflow() -> bool:
    """Whether GitHub's runner reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def write(text: str, stream: TextIO) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def console_of(stream: TextIO) -> Console:
    """A console to which no text is markup, a number to be colored, or an emoji."""
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, emoji=False)
