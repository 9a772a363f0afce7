"""`scaffold build` and `scaffold plan`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compiler.cli.compiling import all_compiled, summed_up
from compiler.cli.options import (
    CONFLICT,
    FINE,
    USAGE,
    WRONG,
    engine_option,
    format_option,
    json_option,
    out_option,
    specs_argument,
    strict_option,
    template_option,
)
from compiler.cli.report import (
    diagnostics_data,
    print_result,
    show,
    show_diagnostics,
    show_edits,
    show_files,
    show_other_build,
    show_plans,
)
from compiler.escape.terminal import as_terminal
from compiler.printing import print_json

if TYPE_CHECKING:
    from compiler.pipeline import Compiled
    from compiler.regen.planning import Writing

CONFLICTS = ("stop", "markers", "ours", "theirs")
"""The values of `Resolution`, which is imported only to build."""


@click.command()
@specs_argument
@out_option
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option(
    "--run", "and_run", is_flag=True, help="Run the script after it is written."
)
@click.option(
    "--conflict",
    type=click.Choice(CONFLICTS),
    default="stop",
    show_default=True,
    help="What becomes of lines that you and the new text changed: `markers` writes both.",
)
@click.option("--ours", "conflict", flag_value="ours", help="In a conflict, keep mine.")
@click.option(
    "--theirs", "conflict", flag_value="theirs", help="In a conflict, take the new."
)
@click.option("--restore", is_flag=True, help="Write deleted files again.")
@click.option(
    "--force", is_flag=True, help="Overwrite edited files and files of others."
)
@template_option
@engine_option
@format_option
@strict_option
@json_option
def build(
    specs: tuple[str, ...],
    out: str,
    yes: bool,
    and_run: bool,
    conflict: str,
    restore: bool,
    force: bool,
    bundle_template: str | None,
    engine: str | None,
    format: str | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Check the specs, show the plan, write the scripts and their bundles.

    The plan, the question and the list of files go to stderr. `scaffold plan` prints the plan
    on stdout. Edits of files are merged with the new text.
    """
    from compiler.cli.known import recalled, remembered
    from compiler.pipeline import compile_spec
    from compiler.regen.merging import Resolution
    from compiler.regen.origin import origin_of, source_of
    from compiler.regen.planning import plan_write

    asks = sys.stdin.isatty() and sys.stderr.isatty() and not (yes or as_json)
    if asks and not may_run_code(bundle_template):
        finish([], [], as_json, FINE)
    options = {"engine": engine, "format": format, "bundle-template": bundle_template}

    def compile(path: str, text: str) -> Compiled:
        source = source_of(path, Path(out))
        if known := recalled(path, text, source, options, Path(out)):
            return known
        compiled = compile_spec(path, text, engine, format, bundle_template, source)
        return remembered(summed_up(compiled), source, options)

    compiled = all_compiled(specs, compile)
    if not as_json:
        show_plans(compiled)
        show_diagnostics(compiled)
    if any_wrong(compiled, strict):
        finish(compiled, [], as_json, exit_code_of(compiled))
    writings = []
    for one in compiled:
        assert one.summary is not None and one.text is not None
        folder = Path(out) / one.summary.name
        if not as_json:
            show_other_build(folder, options)
        origin = origin_of(one.path, one.text, folder, options)
        writings.append(
            plan_write(
                folder,
                one.files,
                force=force,
                restore=restore,
                resolution=Resolution(conflict),
                origin=origin,
                renames=one.summary.renames,
            )
        )
    if asks and not all(writing.diagnostics for writing in writings):
        loses = show_edits(writings, conflict)
        question = as_terminal(f"Write to {out}/?")
        if not click.confirm(question, default=not loses, err=True):
            finish(compiled, [], as_json, FINE)
    finish(compiled, committed(writings), as_json, FINE, and_run)


@click.command()
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

    compiled = all_compiled(
        specs, lambda path, text: plan_spec(path, text, engine, format)
    )
    if as_json:
        from compiler.show import as_data

        plans = [as_data(one.plan) for one in compiled if one.plan]
        print_json({"plans": plans, "diagnostics": diagnostics_data(compiled)})
    else:
        show_plans(compiled, err=False)
        show_diagnostics(compiled)
    sys.exit(WRONG if any_wrong(compiled, strict) else FINE)


def may_run_code(bundle_template: str | None) -> bool:
    """Asks whether the code of a template may run: rendering the template runs it."""
    if bundle_template is None:
        return True
    from compiler.emit.bundle.render import code_of

    code = code_of(Path(bundle_template))
    question = as_terminal(f"{bundle_template} runs {', '.join(code)}. Run it?")
    return not code or click.confirm(question, default=True, err=True)


def exit_code_of(compiled: list[Compiled]) -> int:
    """The exit code of a failed build; errors of specs come before those of the disk."""
    codes = {each.code for one in compiled for each in one.diagnostics}
    return USAGE if codes == {"E503"} else WRONG


def any_wrong(compiled: list[Compiled], strict: bool) -> bool:
    return any(one.failed or (strict and one.diagnostics) for one in compiled)


def committed(writings: list[Writing]) -> list[Writing]:
    """Writes all files of a spec or none; a spec that is refused does not stop the others."""
    from dataclasses import replace

    return [replace(one, diagnostics=one.commit()) for one in writings]


def finish(
    compiled: list[Compiled],
    writings: list[Writing],
    as_json: bool,
    code: int,
    and_run: bool = False,
) -> None:
    """Prints what was done, runs the scripts if asked to, and exits."""
    if as_json:
        print_result(compiled, writings)
    else:
        show_files([one for one in writings if not one.diagnostics])
        left = [one for each in writings for one in (*each.diagnostics, *each.notices)]
        show(
            left, {path: text for one in writings for path, text in one.sources.items()}
        )
    refused = {one.code for each in writings for one in each.diagnostics}
    notices = [one for writing in writings for one in writing.notices]
    marked = any(one.severity == "error" for one in notices)
    if "E503" in refused:
        code = USAGE
    elif refused or marked:
        code = CONFLICT
    if and_run and code == FINE:
        from compiler.run import run

        for writing in writings:
            script = writing.folder / "generate_data.py"
            if not script.exists():
                restore = "you deleted it; `--restore` writes it again"
                raise click.UsageError(f"there is no {script}: {restore}")
            code = code or run(script)
    sys.exit(code)
