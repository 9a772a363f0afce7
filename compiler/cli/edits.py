"""`scaffold diff`, `scaffold check` and `scaffold adopt`: what people changed in emitted files."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compiler.cli.building import committed, finish
from compiler.cli.options import (
    FINE,
    WRONG,
    engine_option,
    format_option,
    json_option,
    out_option,
    template_option,
)
from compiler.cli.report import (
    show,
    show_diagnostics,
    show_diffs,
    show_findings,
    show_stat,
)
from compiler.printing import print_json, print_line

if TYPE_CHECKING:
    from compiler.cli.targets import Target
    from compiler.pipeline import Compiled
    from compiler.regen.planning import Writing

paths_argument = click.argument("paths", nargs=-1, metavar="[SPEC|FOLDER]…")


@click.command()
@paths_argument
@out_option
@click.option("--stat", is_flag=True, help="Count lines only.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if there are differences.")
def diff(paths: tuple[str, ...], out: str, stat: bool, exit_code: bool) -> None:
    """Show your edits, and what a build would change.

    The edits are the differences between what was last written and what is there now.
    Without arguments: of all that was written to generated/.
    """
    from compiler.cli.differences import differences_of
    from compiler.cli.targets import targets_of

    differs = wrong = False
    for target in targets_of(paths, out):
        found = differences_of(target, out)
        for title, diffs in found.by_title():
            print_line(f"# {title}")
            print_line()
            show_stat(diffs) if stat else show_diffs(diffs)
        show(found.problems, found.sources)
        differs = differs or bool(found.by_title() or found.problems)
        wrong = wrong or found.failed
    if not differs:
        print_line("no edits, and a build would change nothing", err=True)
    sys.exit(WRONG if wrong or (exit_code and differs) else FINE)


@click.command()
@paths_argument
@out_option
@click.option("--strict", is_flag=True, help="Fail for edited and deleted files, too.")
@json_option
def check(paths: tuple[str, ...], out: str, strict: bool, as_json: bool) -> None:
    """Check that what was written is in step with its specs; change nothing.

    Exits with 1 if a build would change something, if a spec is gone or wrong, or if a file
    holds a conflict. Edited and deleted files are listed, too: they are yours. Each line
    ends with the command that helps.
    """
    from compiler.cli.checking import findings_of
    from compiler.cli.targets import targets_of

    targets = targets_of(paths, out)
    found = [one for target in targets for one in findings_of(target, out)]
    failing = [one for one in found if strict or not one.is_yours]
    if as_json:
        print_json([one.as_data() for one in found])
    else:
        show_findings(found, failing)
        step = "all in step"
        if failing:
            s = "" if len(failing) == 1 else "s"
            step = f"{len(failing)} failure{s}"
        what = "folder" if len(targets) == 1 else "folders"
        print_line(f"{len(targets)} {what} checked: {step}", err=True)
    sys.exit(WRONG if failing else FINE)


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER…")
@click.option("--spec", type=click.Path(), help="Its spec, if no record names it.")
@template_option
@engine_option
@format_option
@json_option
def adopt(
    folders: tuple[str, ...],
    spec: str | None,
    bundle_template: str | None,
    engine: str | None,
    format: str | None,
    as_json: bool,
) -> None:
    """Take the edited files of a folder as they are: they are your merge.

    What differs from the text of the spec are your edits from now on, which later builds
    merge with what changes after that. For a merge that was made by hand or by git, for a
    record that is lost, and for a script that scaffold did not write. Files that nobody
    edited get their new text.
    """
    from compiler.cli.targets import RunsCode, quoted

    options = {"engine": engine, "format": format, "bundle-template": bundle_template}
    given = {name: value for name, value in options.items() if value is not None}
    compiled, writings = [], []
    for found in [one for folder in folders for one in adopted(folder, spec)]:
        target = replace(found, options={**found.options, **given})
        try:
            one, writing = adoption(target, bundle_template)
        except RunsCode as template:
            message = f"the bundle template {template} runs code"
            help = (
                f"if you trust it, name it: `--bundle-template {quoted(str(template))}`"
            )
            raise click.UsageError(f"{message}; {help}") from None
        if writing is None:
            show_diagnostics([one])
            sys.exit(finish([one], [], as_json, WRONG))
        else:
            compiled.append(one)
            writings.append(writing)
    sys.exit(finish(compiled, committed(writings), as_json, FINE))


def adoption(target: Target, trusted: str | None) -> tuple[Compiled, Writing | None]:
    """What adopts a folder; nothing where its spec is wrong."""
    from compiler.cli.targets import compiled_target, names_of
    from compiler.regen.adopting import plan_adopt
    from compiler.regen.origin import origin_of

    folder = target.folder
    assert folder is not None
    compiled = compiled_target(target, str(folder.parent), trusted)
    if compiled.plan is None or compiled.text is None:
        return compiled, None
    if compiled.plan.name not in names_of(folder):
        message = f"{compiled.path} makes a folder {compiled.plan.name}, not {folder}"
        raise click.UsageError(message)
    origin = origin_of(compiled.path, compiled.text, folder, target.options)
    return compiled, plan_adopt(folder, compiled.files, origin)


def adopted(folder: str, spec: str | None) -> list[Target]:
    """The folder to adopt, or those in it, each with its spec."""
    from compiler.cli.targets import Target, target_of
    from compiler.regen.status import folders_in

    path = Path(folder)
    if not path.is_dir():
        raise click.UsageError(f"there is no folder {folder}")
    found = [target_of(one) for one in folders_in(path)] or [Target(path, None)]
    if spec is not None and len(found) > 1:
        raise click.UsageError("`--spec` is for one folder")
    if spec is not None:
        return [replace(found[0], spec=Path(spec))]
    for target in found:
        if target.spec is None:
            message = f"no record in {target.folder} names its spec"
            raise click.UsageError(f"{message}: add `--spec specs/NAME.toml`")
    return found
