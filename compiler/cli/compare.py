"""`scaffold compare`: how like its source generated data is."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from compiler.cli.options import FINE, USAGE, WRONG, json_option
from compiler.cli.report import show, show_diagnostics
from compiler.printing import print_json, print_line, print_styled, progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from compiler.compare.model import Comparison
    from compiler.plan.model import Plan
    from compiler.profiling.model import Relations
    from compiler.sources.model import Source

SPECS = (".toml", ".json")
SCRIPT = "generate_data.py"
FAULTS = "_bad_data"
"""The table in which a script lists the faults that it made; no source has it."""


@click.command()
@click.argument("generated", metavar="SPEC|FOLDER")
@click.argument("source", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "--min",
    "least",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    help="Exit with 1 if the total is lower.",
)
@click.option("--as-of", metavar="DATE", help="Of a spec: the end of the window.")
@click.option("--scale", type=float, help="Of a spec: multiply the numbers of rows.")
@click.option("--seed", type=int, help="Of a spec: another seed gives other data.")
@json_option
def compare(
    generated: str,
    source: tuple[str, ...],
    least: float | None,
    as_of: str | None,
    scale: float | None,
    seed: int | None,
    as_json: bool,
) -> None:
    """Compare generated data with its source: a score from 0 to 1, where 1 is alike.

    The data is made from a spec, in a temporary folder, or is in a folder. A source is what
    `scaffold new --from` reads: files, folders, databases. The scores go to stdout.
    """
    given = {"--as-of": as_of, "--scale": scale, "--seed": seed}
    options = [
        word
        for name, one in given.items()
        if one is not None
        for word in (name, str(one))
    ]
    is_spec = Path(generated).suffix.lower() in SPECS and not Path(generated).is_dir()
    if not is_spec:
        check_folder(Path(generated), options)
    real, end = sources_at(source), None
    if is_spec:
        plan, script = compiled(generated)
        end = end_of(plan, as_of)
        with TemporaryDirectory(prefix="scaffold-") as folder:
            found = of_spec(plan, script, Path(folder), options, real)
    else:
        found = of_folder(generated, real)
    if found.total is None:
        nothing = "the two sides have no columns in common"
        raise click.UsageError(f"{nothing}: {names_of(found)}")
    if as_json:
        from compiler.compare.shown import data_of

        print_json(data_of(found))
    else:
        show_comparison(found, generated, " ".join(source))
        print_line(next_step(found, generated, source, end), err=True)
    if least is not None and found.total < least:
        print_line(f"the total of {found.total:.4f} is below {least}", err=True)
        sys.exit(WRONG)
    sys.exit(FINE)


def check_folder(folder: Path, options: Sequence[str]) -> None:
    """Raises a `UsageError` for what holds no data, or takes no options of a run."""
    if not folder.exists():
        raise click.UsageError(f"there is no spec or folder {folder}")
    if (folder / SCRIPT).exists():
        help = (
            f"run it (`python {folder / SCRIPT}`), then give the folder that it writes"
        )
        raise click.UsageError(
            f"{folder} has a script, no data: {help}, or give its spec"
        )
    if options:
        raise click.UsageError(f"`{options[0]}` is for a spec; {folder} has its data")


def sources_at(paths: Sequence[str]) -> Source:
    """What was found at these paths; shows what is wrong, and exits, if they cannot be read."""
    from compiler.sources.read import read_sources

    with progress(f"reading {', '.join(paths)}"):
        found, diagnostics = read_sources([Path(path) for path in paths])
    show(diagnostics, {})
    if found is None or any(one.severity == "error" for one in diagnostics):
        sys.exit(USAGE)
    return found


def compiled(path: str) -> tuple[Plan, str]:
    """The plan and the script of a spec; shows its errors, and exits, if it has some.

    Whatever engine and format it has: the rows are the same on each.
    """
    from compiler.cli.compiling import compiled_from
    from compiler.pipeline import compile_spec

    one = compiled_from(
        path, lambda at, text: compile_spec(at, text, "polars", "parquet")
    )
    if one.failed or one.plan is None:
        show_diagnostics([one])
        sys.exit(WRONG)
    return one.plan, one.files[SCRIPT]


def of_spec(
    plan: Plan, text: str, folder: Path, options: Sequence[str], source: Source
) -> Comparison:
    """Runs the script in a temporary folder, and compares what it writes."""
    from compiler.compare.comparing import compare
    from compiler.compare.planned import relations_of_plan, source_of_plan
    from compiler.run import run

    script, output = folder / SCRIPT, folder / "output"
    script.write_text(text, "utf-8")
    with progress(f"generating the data of {plan.name}"):
        code = run(script, ["--output", str(output), *options], quiet=True)
    if code != FINE:
        sys.exit(USAGE)
    with progress("comparing"):
        return compare(source_of_plan(plan, output), source, relations_of_plan(plan))


def of_folder(path: str, source: Source) -> Comparison:
    """Compares the data in a folder; keys and refs are those that the source has."""
    from dataclasses import replace

    from compiler.compare.comparing import compare

    found = sources_at([path])
    tables = tuple(table for table in found.tables if table.name != FAULTS)
    with progress("comparing"):
        return compare(replace(found, tables=tables), source, relations_in(source))


def relations_in(source: Source) -> Relations:
    from compiler.profiling.names import renamed
    from compiler.profiling.relations import relations_of
    from compiler.profiling.tables import Tables

    return relations_of(Tables(renamed(source)))


def names_of(found: Comparison) -> str:
    """The tables that only one side has, for a message."""
    sides = {
        "source": [one.name for one in found.missing if one.side == "generated"],
        "generated data": [one.name for one in found.missing if one.side == "source"],
    }
    texts = [
        f"the {side} has {', '.join(names[:6])}"
        for side, names in sides.items()
        if names
    ]
    return "; ".join(texts) or "what they have is not compared"


def show_comparison(found: Comparison, generated: str, source: str) -> None:
    from compiler.compare.shown import shown_of
    from compiler.styled import as_text

    print_styled(as_text(shown_of(found, generated, source)))


def end_of(plan: Plan, as_of: str | None) -> date | None:
    """The end of the window of a run; None in append mode, where it cannot be set."""
    if plan.appends:
        return None
    from datetime import date

    try:
        return date.fromisoformat(as_of) if as_of else plan.end or date.today()
    except ValueError:  # the script reports it
        return None


def next_step(
    found: Comparison, generated: str, source: Sequence[str], end: date | None
) -> str:
    """The command that is most useful now."""
    from datetime import timedelta

    from compiler.cli.targets import quoted
    from compiler.compare.shown import LEAST_LAG

    words = " ".join(map(quoted, ["scaffold", "compare", generated, *source]))
    if end and not found.is_aligned and abs(found.lag) >= LEAST_LAG:
        day = end - timedelta(days=found.lag)
        return f"with the window of the source: {words} --as-of {day}"
    return f"all scores: {words} --json"
