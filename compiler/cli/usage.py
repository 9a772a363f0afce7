"""Wrong calls of the command line: what is wrong, and what was probably meant."""

from __future__ import annotations

import io
from collections.abc import Collection
from pathlib import Path

import click

from compiler.escape.terminal import as_terminal
from compiler.printing import print_lines

DANGEROUS = ("--force", "--yes")


def show_usage(error: click.ClickException) -> None:
    """Prints what is wrong with the command line, and the option that was probably meant."""
    message = error.format_message()
    if isinstance(error, click.NoSuchOption):
        message = no_option(error)
    shown = io.StringIO()
    click.UsageError(as_terminal(message), getattr(error, "ctx", None)).show(shown)
    print_lines(shown.getvalue().rstrip("\n"), err=True)


def no_option(error: click.NoSuchOption) -> str:
    """The message for an unknown option. Options that can lose data are never suggested."""
    from compiler.names import nearest

    parameters = error.ctx.command.params if error.ctx else []
    options = [name for each in parameters for name in each.opts if name[:2] == "--"]
    near = nearest(error.option_name, [*options, "--help"])
    help = f"; did you mean {near}?" if near and near not in DANGEROUS else ""
    return f"there is no option {error.option_name}{help}"


def check_command(name: str, commands: Collection[str], ctx: click.Context) -> None:
    """Raises a `UsageError` if a spec does not exist, and its name is like that of a command."""
    from compiler.names import nearest

    near = nearest(name, [*commands, "--help"])
    path = Path(name)
    if near and path.name == name and not path.suffix and not path.exists():
        message = f"there is no file {name}; did you mean `scaffold {near}`?"
        raise click.UsageError(message, ctx)
