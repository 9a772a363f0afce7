"""The command itself, and those that only print."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from compiler import __version__
from compiler.cli.build import build, plan
from compiler.cli.compare import compare
from compiler.cli.edits import adopt, check, diff
from compiler.cli.new import new
from compiler.cli.options import FINE, INTERRUPTED, USAGE
from compiler.cli.usage import check_command, show_usage
from compiler.printing import prepare, print_json, print_line, print_lines, print_text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Commands(click.Group):
    """`scaffold SPEC…` is `scaffold build SPEC…`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if ctx.resilient_parsing:  # to complete a command line
            if args and args[0] not in {*self.commands, *own}:
                args.insert(0, "build")
            return super().parse_args(ctx, args)
        if not args:
            print_lines(ctx.get_help(), err=True)
            ctx.exit(USAGE)
        if args[0] not in self.commands and args[0] not in own:
            check_command(args[0], self.commands, ctx)
            args.insert(0, "build")
        return super().parse_args(ctx, args)

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem]:
        """Commands and options; and files, as a spec may be first."""
        from click.shell_completion import CompletionItem

        found = super().shell_complete(ctx, incomplete)
        return [*found, CompletionItem(incomplete, type="file")]

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Runs the command; any failure ends in a message and an exit code."""
        prepare()
        try:
            code = super().main(args, **{**extra, "standalone_mode": False})
        except click.ClickException as error:
            show_usage(error)
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            code = INTERRUPTED
        except Exception as error:  # a bug; users do not need its traceback
            if "SCAFFOLD_TRACEBACK" in os.environ:
                raise
            print_line(f"internal error: {type(error).__name__}: {error}", err=True)
            print_line(
                "please report it with the traceback: set SCAFFOLD_TRACEBACK=1 and run it again",
                err=True,
            )
            code = USAGE
        sys.exit(code or FINE)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scaffold")
def main() -> None:
    """Compile data specs to scripts that generate the data.

    scaffold SPEC… shows the plan of each spec and writes generated/NAME/.
    """


@main.command()
def schema() -> None:
    """Print the JSON Schema of a spec, for editors."""
    from compiler.spec.schema import schema

    print_json(schema())


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands in a shell.

    In bash or zsh: eval "$(scaffold completion bash)". In fish: scaffold completion fish | source.
    """
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete is not None, "a shell of the choice"
    print_text(complete(main, {}, "scaffold", "_SCAFFOLD_COMPLETE").source())


def codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The codes of diagnostics that begin so, for completion."""
    from compiler.codes import CODES

    return [code for code in CODES if code.startswith(incomplete.upper())]


@main.command()
@click.argument("code", required=False, shell_complete=codes)
def explain(code: str | None) -> None:
    """Explain the code of a diagnostic, or list all codes."""
    from compiler.codes import CODES, explain
    from compiler.diagnostics import did_you_mean

    if code is None:
        for known in CODES.values():
            print_line(f"{known.code}  {known.title}")
        return
    text = explain(code)
    if text is None:
        help = did_you_mean(code.upper(), list(CODES)) or "`scaffold explain` lists all"
        raise click.UsageError(f"there is no code {code}; {help}")
    print_lines(text)


for command in (new, build, plan, compare, diff, check, adopt):
    main.add_command(command)
