"""`scaffold build` and `scaffold plan`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compiler.cli.asking import (
    Answer,
    ask_to_edit_again,
    ask_what_next,
    edit,
    on_terminal,
)
from compiler.cli.building import Building, any_wrong
from compiler.cli.compiling import all_compiled, today
from compiler.cli.options import (
    FINE,
    WRONG,
    engine_option,
    format_option,
    json_option,
    out_option,
    plan_format_option,
    specs_argument,
    strict_option,
    template_option,
)
from compiler.cli.report import (
    diagnostics_data,
    show_diagnostics,
    show_plans,
)
from compiler.escape.terminal import as_terminal
from compiler.printing import print_json, print_text

if TYPE_CHECKING:
    pass

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
    asks = on_terminal() and not (yes or as_json)
    if asks and not may_run_code(bundle_template):
        sys.exit(FINE)
    options = {"engine": engine, "format": format, "bundle-template": bundle_template}
    building = Building(
        specs, out, options, conflict, restore, force, strict, as_json, and_run
    )
    sys.exit(building.run(asks))


@click.command()
@specs_argument
@engine_option
@plan_format_option
@strict_option
@json_option
def plan(
    specs: tuple[str, ...],
    engine: str | None,
    format: str | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Check the specs and print the plan on stdout.

    It writes nothing. On a terminal it asks whether to build, to edit the spec, or to stop.
    """
    from compiler.pipeline import plan_spec

    as_markdown = format == "md"
    override = None if as_markdown else format
    asks = on_terminal(out=True) and not (as_json or as_markdown)
    edited = False
    while True:
        compiled = all_compiled(
            specs, lambda path, text: plan_spec(path, text, engine, override)
        )
        if as_json:
            from compiler.show import as_data

            plans = [as_data(one.plan) for one in compiled if one.plan]
            print_json({"plans": plans, "diagnostics": diagnostics_data(compiled)})
        elif as_markdown:
            from compiler.show.markdown import to_markdown

            print_text(
                "\n".join(
                    to_markdown(one.plan, one.diagnostics, today())
                    for one in compiled
                    if one.plan
                )
            )
        else:
            show_plans(compiled, err=False)
        if not as_json:
            show_diagnostics(compiled)
        wrong = any_wrong(compiled, strict)
        if not asks or (wrong and not (edited and ask_to_edit_again())):
            sys.exit(WRONG if wrong else FINE)
        answer = Answer.EDIT if wrong else ask_what_next("generated")
        if answer is Answer.STOP:
            sys.exit(FINE)
        if answer is Answer.BUILD:
            options = {"engine": engine, "format": override, "bundle-template": None}
            sys.exit(Building(specs, "generated", options, is_shown=False).run(False))
        edit(specs)
        edited = True


def may_run_code(bundle_template: str | None) -> bool:
    """Asks whether the code of a template may run: rendering the template runs it."""
    if bundle_template is None:
        return True
    from compiler.emit.bundle.render import code_of

    code = code_of(Path(bundle_template))
    question = as_terminal(f"{bundle_template} runs {', '.join(code)}. Run it?")
    return not code or click.confirm(question, default=True, err=True)
