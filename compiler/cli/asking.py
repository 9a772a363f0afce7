"""The question after a plan: build, edit the spec, or stop."""

from __future__ import annotations

import enum
import sys
from collections.abc import Sequence

import click

from compiler.escape.terminal import as_terminal


class Answer(enum.Enum):
    BUILD = "build"
    EDIT = "edit"
    STOP = "stop"


WORDS = {
    **{word: Answer.BUILD for word in ("b", "build", "y", "yes")},
    **{word: Answer.EDIT for word in ("e", "edit")},
    **{word: Answer.STOP for word in ("s", "stop", "n", "no", "q", "quit")},
}


def on_terminal(*, out: bool = False) -> bool:
    """Whether someone can be asked; with `out`, stdout has to be a terminal, too."""
    streams = [sys.stdin, sys.stderr, *([sys.stdout] if out else [])]
    return all(stream.isatty() for stream in streams)


def ask_what_next(out: str, default: Answer = Answer.BUILD) -> Answer:
    """Asks what to do after a plan; Return alone is the default, whose letter is a capital."""
    letters = [
        each.value[0].upper() if each is default else each.value[0] for each in Answer
    ]
    question = as_terminal(f"Build into {out}/, edit the spec, or stop?")
    found: Answer = click.prompt(
        f"{question} [{'/'.join(letters)}]",
        default=default.value,
        show_default=False,
        value_proc=answer_of,
        err=True,
    )
    return found


def ask_to_edit_again() -> bool:
    """Asks whether to edit a spec once more, which has errors now."""
    return click.confirm("Edit it again?", default=True, err=True)


def answer_of(text: str) -> Answer:
    word = text.strip().lower()
    if word not in WORDS:
        raise click.BadParameter("type build, edit or stop, or the first letter")
    return WORDS[word]


def edit(specs: Sequence[str]) -> None:
    """Opens each spec in the user's editor (VISUAL, EDITOR), and waits until it is closed."""
    for spec in specs:
        try:
            click.edit(filename=spec)
        except click.ClickException as error:
            help = "set EDITOR to the command of your editor"
            raise click.UsageError(f"{error.format_message()}; {help}") from None
