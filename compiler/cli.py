"""The front door: what is typed, what is shown, and the exit code."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from compiler import __version__
from compiler.engines import ENGINES, FORMATS
from compiler.escape.terminal import as_terminal
from compiler.printing import (
    in_workflow,
    prepare,
    print_commands,
    print_json,
    print_line,
    print_lines,
    print_text,
)

# Everything else is imported where it is used: `--version` and `--help` answer at once.
if TYPE_CHECKING:
    from compiler.pipeline import Compiled
    from compiler.regen import Writing

FINE, WRONG, USAGE, CONFLICT, INTERRUPTED = 0, 1, 2, 3, 130
DANGEROUS = ("--force", "--yes")


class Commands(click.Group):
    """`scaffold SPEC…` is `scaffold build SPEC…`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if args and args[0] not in self.commands and args[0] not in own:
            args.insert(0, "build")
        return super().parse_args(ctx, args)

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Runs the command; whatever goes wrong ends in a message and an exit code."""
        prepare()
        try:
            code = super().main(args, **{**extra, "standalone_mode": False})
        except click.ClickException as error:
            show_usage(error)
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            code = INTERRUPTED
        except Exception as error:  # a bug of ours; a traceback would help nobody else
            if "SCAFFOLD_TRACEBACK" in os.environ:
                raise
            print_line(f"internal error: {type(error).__name__}: {error}", err=True)
            print_line("please report it, with SCAFFOLD_TRACEBACK=1 set", err=True)
            code = USAGE
        sys.exit(code or FINE)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scaffold")
def main() -> None:
    """Compile data specs to programs that generate the data.

    scaffold SPEC… writes generated/NAME/ for each spec, after it has shown the plan.
    """


specs_argument = click.argument("specs", nargs=-1, required=True, metavar="SPEC…")
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, on stdout."
)
engine_option = click.option(
    "--engine", type=click.Choice([*ENGINES]), help="Instead of the spec's."
)
format_option = click.option(
    "--format", type=click.Choice([*FORMATS]), help="Instead of the spec's."
)
strict_option = click.option("--strict", is_flag=True, help="Warnings are errors.")


@main.command()
@specs_argument
@click.option(
    "--out", default="generated", show_default=True, help="Folder to write below."
)
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option(
    "--run", "and_run", is_flag=True, help="Run the script when it is written."
)
@click.option(
    "--force", is_flag=True, help="Overwrite files that were edited or are not ours."
)
@click.option(
    "--bundle-template",
    type=click.Path(),
    metavar="DIR",
    help="A cookiecutter template for the bundle, instead of ours.",
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

    The plan and what was written are messages, on stderr, as is the question; `scaffold plan`
    prints the plan on stdout.
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
    """Check the specs and show the plan, on stdout; write nothing."""
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
    """Explain a diagnostic's code; without one, list them all."""
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


def show_usage(error: click.ClickException) -> None:
    """What is wrong with the command line, with the option that was meant where one is near."""
    message = error.format_message()
    if isinstance(error, click.NoSuchOption):
        message = no_option(error)
    shown = io.StringIO()
    click.UsageError(as_terminal(message), getattr(error, "ctx", None)).show(shown)
    print_lines(shown.getvalue().rstrip("\n"), err=True)


def no_option(error: click.NoSuchOption) -> str:
    """Options by which something could be lost are not suggested: they are easily copied."""
    from compiler.names import nearest

    parameters = error.ctx.command.params if error.ctx else []
    options = [name for each in parameters for name in each.opts if name[:2] == "--"]
    near = nearest(error.option_name, [*options, "--help"])
    help = f"; did you mean {near}?" if near and near not in DANGEROUS else ""
    return f"there is no option {error.option_name}{help}"


def may_run_code(bundle_template: str | None) -> bool:
    """Asks before the code of a template runs, which it does to render it, before all else."""
    if bundle_template is None:
        return True
    from pathlib import Path

    from compiler.emit.bundle.render import code_of

    code = code_of(Path(bundle_template))
    question = as_terminal(f"{bundle_template} runs {', '.join(code)}. Run it?")
    return not code or click.confirm(question, default=True, err=True)


def exit_code_of(compiled: list[Compiled]) -> int:
    """What is wrong with the specs goes before what is wrong with the disk."""
    codes = {each.code for one in compiled for each in one.diagnostics}
    return USAGE if codes == {"E503"} else WRONG


def all_compiled(
    specs: Sequence[str], stages: Callable[..., Compiled], *options: str | None
) -> list[Compiled]:
    """Each spec taken through the stages, with these options."""
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
    """Writes all the files of all specs, or, where one is refused, none."""
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
    """Says what was done, runs the scripts if asked to, and exits."""
    refusals = [
        diagnostic for writing in writings for diagnostic in writing.diagnostics
    ]
    if as_json:
        files = [
            {
                "path": str(writing.folder / decision.path),
                "action": decision.action.value,
            }
            for writing in writings
            for decision in writing.decisions
        ]
        from compiler.render import to_json

        told = diagnostics_data(compiled) + json.loads(to_json(refusals))
        print_json({"files": files if not refusals else [], "diagnostics": told})
    else:
        show(refusals, {})
        for writing in writings if not refusals else []:
            for decision in writing.decisions:
                path = writing.folder / decision.path
                print_line(f"{decision.action.value} {path}", err=True)
    if and_run and code == FINE:
        from compiler.run import run

        for writing in writings:
            code = code or run(writing.folder / "generate_data.py")
    sys.exit(code)


def show_plans(compiled: list[Compiled], err: bool = True) -> None:
    from compiler.printing import print_styled
    from compiler.show import as_text

    for one in compiled:
        if one.plan:
            print_styled(as_text(one.plan), err=err)


def show_diagnostics(compiled: list[Compiled]) -> None:
    found = [diagnostic for one in compiled for diagnostic in one.diagnostics]
    show(found, {one.path: one.text for one in compiled if one.text is not None})


def show(diagnostics: Sequence[Any], sources: dict[str, str]) -> None:
    """Prints diagnostics on stderr; in a GitHub workflow as annotations, too."""
    from compiler.render import to_github, to_text

    if not diagnostics:
        return
    color = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    print_text(to_text(diagnostics, sources, color=color) + "\n", err=True)
    if in_workflow():
        print_commands(to_github(diagnostics))


def diagnostics_data(compiled: list[Compiled]) -> list[Any]:
    from compiler.render import to_json

    return [item for one in compiled for item in json.loads(to_json(one.diagnostics))]


if __name__ == "__main__":
    main()
