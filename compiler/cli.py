"""The command line: its options, what it prints, and its exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from compiler import __version__
from compiler.engines import ENGINES, FORMATS
from compiler.escape.terminal import as_terminal
from compiler.printing import prepare, print_json, print_line, print_lines
from compiler.report import (
    diagnostics_data,
    print_result,
    show,
    show_diagnostics,
    show_files,
    show_plans,
)
from compiler.usage import check_command, show_usage

# Everything else is imported where it is used, so `--version` and `--help` are fast.
if TYPE_CHECKING:
    from compiler.pipeline import Compiled
    from compiler.regen import Writing

FINE, WRONG, USAGE, CONFLICT, INTERRUPTED = 0, 1, 2, 3, 130


class Commands(click.Group):
    """`scaffold SPEC…` is `scaffold build SPEC…`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if not args:
            print_lines(ctx.get_help(), err=True)
            ctx.exit(USAGE)
        if args[0] not in self.commands and args[0] not in own:
            check_command(args[0], self.commands, ctx)
            args.insert(0, "build")
        return super().parse_args(ctx, args)

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


specs_argument = click.argument("specs", nargs=-1, required=True, metavar="SPEC…")
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON on stdout."
)
engine_option = click.option(
    "--engine", type=click.Choice([*ENGINES]), help="Override the spec."
)
format_option = click.option(
    "--format", type=click.Choice([*FORMATS]), help="Override the spec."
)
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")


@main.command()
@specs_argument
@click.option(
    "--out", default="generated", show_default=True, help="The folder to write to."
)
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option(
    "--run", "and_run", is_flag=True, help="Run the script after it is written."
)
@click.option(
    "--force", is_flag=True, help="Overwrite edited files and files of others."
)
@click.option(
    "--bundle-template",
    type=click.Path(),
    metavar="DIR",
    help="Your own cookiecutter template for the bundle.",
)
@engine_option
@format_option
@strict_option
@json_option
def build(
    specs: tuple[str, ...],
    out: str,
    yes: bool,
    and_run: bool,
    force: bool,
    bundle_template: str | None,
    engine: str | None,
    format: str | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Check the specs, show the plan, write the scripts and their bundles.

    The plan, the question and the list of files go to stderr. `scaffold plan` prints the plan
    on stdout.
    """
    from compiler.pipeline import compile_spec

    asks = sys.stdin.isatty() and sys.stderr.isatty() and not (yes or as_json)
    if asks and not may_run_code(bundle_template):
        finish([], [], as_json, FINE)
    compiled = all_compiled(specs, compile_spec, engine, format, bundle_template)
    if not as_json:
        show_plans(compiled)
        show_diagnostics(compiled)
    if any_wrong(compiled, strict):
        finish(compiled, [], as_json, exit_code_of(compiled))
    question = as_terminal(f"Write to {out}/?")
    if asks and not click.confirm(question, default=True, err=True):
        finish(compiled, [], as_json, FINE)
    writings = written(compiled, out, force)
    refused = {one.code for writing in writings for one in writing.diagnostics}
    code = USAGE if "E503" in refused else CONFLICT if refused else FINE
    finish(compiled, writings, as_json, code, and_run)


@main.command()
@specs_argument
@engine_option
@format_option
@strict_option
@json_option
def plan(
    specs: tuple[str, ...],
    engine: str | None,
    format: str | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Check the specs and print the plan on stdout; write nothing."""
    from compiler.pipeline import plan_spec

    compiled = all_compiled(specs, plan_spec, engine, format)
    if as_json:
        from compiler.show import as_data

        plans = [as_data(one.plan) for one in compiled if one.plan]
        print_json({"plans": plans, "diagnostics": diagnostics_data(compiled)})
    else:
        show_plans(compiled, err=False)
        show_diagnostics(compiled)
    sys.exit(WRONG if any_wrong(compiled, strict) else FINE)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a spec, for editors."""
    from compiler.spec.schema import schema

    print_json(schema())


@main.command()
@click.argument("code", required=False)
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


def may_run_code(bundle_template: str | None) -> bool:
    """Asks whether the code of a template may run: rendering the template runs it."""
    if bundle_template is None:
        return True
    from pathlib import Path

    from compiler.emit.bundle.render import code_of

    code = code_of(Path(bundle_template))
    question = as_terminal(f"{bundle_template} runs {', '.join(code)}. Run it?")
    return not code or click.confirm(question, default=True, err=True)


def exit_code_of(compiled: list[Compiled]) -> int:
    """The exit code of a failed build; errors of specs come before those of the disk."""
    codes = {each.code for one in compiled for each in one.diagnostics}
    return USAGE if codes == {"E503"} else WRONG


def all_compiled(
    specs: Sequence[str], stages: Callable[..., Compiled], *options: str | None
) -> list[Compiled]:
    """Compiles each spec through these stages, with these options."""
    from compiler.pipeline import without_twins

    return without_twins([compiled_from(path, stages, *options) for path in specs])


def compiled_from(
    path: str, stages: Callable[..., Compiled], *options: str | None
) -> Compiled:
    from compiler.pipeline import unreadable
    from compiler.reading import Unreadable, read_text

    try:
        text = read_text(path)
    except Unreadable as error:
        return unreadable(path, str(error), error.code)
    return stages(path.replace("\\", "/"), text, *options)


def any_wrong(compiled: list[Compiled], strict: bool) -> bool:
    return any(one.failed or (strict and one.diagnostics) for one in compiled)


def written(compiled: list[Compiled], out: str, force: bool) -> list[Writing]:
    """Writes all files of all specs or, where one is refused, none."""
    from dataclasses import replace
    from pathlib import Path

    from compiler.regen import commit, plan_write

    writings = [
        plan_write(Path(out) / one.plan.name, one.files, force=force)
        for one in compiled
        if one.plan
    ]
    if not any(writing.diagnostics for writing in writings):
        failed = commit(writings)
        writings[:1] = [replace(one, diagnostics=failed) for one in writings[:1]]
    return writings


def finish(
    compiled: list[Compiled],
    writings: list[Writing],
    as_json: bool,
    code: int,
    and_run: bool = False,
) -> None:
    """Prints what was done, runs the scripts if asked to, and exits."""
    refusals = [
        diagnostic for writing in writings for diagnostic in writing.diagnostics
    ]
    if as_json:
        print_result(compiled, writings, refusals)
    else:
        show(refusals, {})
        show_files(writings if not refusals else [])
    if and_run and code == FINE:
        from compiler.run import run

        for writing in writings:
            code = code or run(writing.folder / "generate_data.py")
    sys.exit(code)


if __name__ == "__main__":
    main()
