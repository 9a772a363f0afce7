"""`scaffold new`: a first spec, from a few answers or from what people have."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compiler.cli.new_file import path_of, write
from compiler.cli.new_options import (
    CatalogName,
    DialectName,
    DomainName,
    Quartz,
    SchemaName,
    SpecName,
    Utf8,
    ZoneName,
)
from compiler.cli.options import WRONG, json_option
from compiler.engines import ENGINES, FORMATS
from compiler.printing import print_json, print_line

if TYPE_CHECKING:
    from compiler.pipeline import Compiled
    from compiler.starters.answers import Answers

OPTIONS = (
    *("engine", "format", "catalog", "schema", "schedule", "timezone", "node_type"),
    *("description", "skew", "joins", "bad_data", "languages", "append"),
)
"""The options that are answers of the same name."""


class ManyPaths(click.Command):
    """Takes all that follows `--from`, up to the next option, as its paths."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        found: list[str] = []
        in_paths = False
        for arg in args:
            if arg.startswith("-") and arg != "-":
                in_paths = arg == "--from"
                found.append(arg)
            elif in_paths and found[-1] != "--from":
                found += ["--from", arg]
            else:
                found.append(arg)
        return super().parse_args(ctx, found)


@click.command(
    cls=ManyPaths,
    short_help="Write a first spec, from a few answers or from what you have.",
)
@click.argument("name", required=False, type=SpecName())
@click.option(
    "--domain",
    type=DomainName(),
    metavar="NAME",
    help="retail, support, iot, finance, healthcare, saas or logistics.",
)
@click.option(
    "--surprise", is_flag=True, help="Make up a story, of any domain if none is given."
)
@click.option(
    "--seed", type=int, help="Of the surprise: the same seed, the same story."
)
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="PATH…",
    type=click.Path(),
    help="Start from data (a folder, a file, a database), DDL, dbt or a data contract.",
)
@click.option(
    "--least-rows",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="With --from: name a category only if so many rows have it.",
)
@click.option(
    "--no-values", is_flag=True, help="With --from: leave out the names of categories."
)
@click.option(
    "--dialect",
    type=DialectName(),
    metavar="NAME",
    help="With --from: of SQL files.  [default: what fits]",
)
@click.option("--description", type=Utf8(), help="The story in your own words.")
@click.option(
    "--rows",
    multiple=True,
    metavar="[TABLE=]N",
    help="Rows of the main table, or of another one.",
)
@click.option("--engine", type=click.Choice([*ENGINES]), help="[default: polars]")
@click.option("--format", type=click.Choice([*FORMATS]), help="[default: parquet]")
@click.option("--catalog", type=CatalogName(), help="Of Unity Catalog.")
@click.option("--schema", type=SchemaName(), help="Of Unity Catalog.")
@click.option(
    "--schedule",
    type=Quartz(),
    metavar="WHEN",
    help="hourly, daily, weekly, or Quartz; else data is made once.",
)
@click.option("--timezone", type=ZoneName(), help="Of the schedule.  [default: UTC]")
@click.option(
    "--compute",
    type=click.Choice(["serverless", "classic"]),
    help="Of the job.  [default: serverless]",
)
@click.option("--node-type", type=Utf8(), help="The machines of classic compute.")
@click.option(
    "--skew/--no-skew", default=None, help="Some rows are far busier.  [default: yes]"
)
@click.option(
    "--joins/--no-joins",
    default=None,
    help="Each reference has its row; without, one in twenty has none.  [default: yes]",
)
@click.option("--bad-data", is_flag=True, default=None, help="Inject faults.")
@click.option("--languages", is_flag=True, default=None, help="Names of each country.")
@click.option("--append", is_flag=True, default=None, help="Each run adds a batch.")
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="FILE",
    help="The file to write.  [default: specs/NAME.toml, or NAME.toml without specs/]",
)
@click.option(
    "--yes", "-y", is_flag=True, help="Do not ask: take each default, and build."
)
@json_option
@click.pass_context
def new(
    ctx: click.Context,
    /,
    name: str | None,
    output: str | None,
    sources: tuple[str, ...],
    yes: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Write a first spec: a story, its tables, and comments on what each line does.

    On a terminal it asks a few questions, each with a default, and offers to build in the end.
    `--domain`, `--surprise` and `--from` ask none. A file that is there stays as it is.
    """
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not (yes or as_json)
    check_together(given, sources)
    if sources:
        from compiler.cli.new_from import spec_of_sources

        path, drafted = spec_of_sources(sources, name, output, given)
        finish(ctx, path, drafted, None, asks, yes, as_json)
        return
    chosen = given["surprise"] or given["domain"] is not None
    if not chosen and not (asks or yes):
        raise click.UsageError(
            "nobody is there to answer questions: "
            "add `--domain NAME`, `--surprise` or `--from PATH`"
        )
    answers = answers_from(name, given)
    if not chosen and asks:
        from compiler.cli.questions import asked

        taken = {key for key, value in given.items() if value not in (None, ())}
        answers = asked(answers, taken | ({"name"} if name else set()), output)
    answers = checked(answers)
    path = path_of(answers.name, output)
    drafted = draft(answers, path)
    finish(ctx, path, drafted, answers, asks, yes, as_json)


def finish(
    ctx: click.Context,
    path: Path,
    drafted: Compiled,
    answers: Answers | None,
    asks: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Writes the spec, shows it, and builds it if asked to."""
    write(path, drafted.text or "")
    show(path, answers, drafted, as_json)
    if as_json:
        return
    if asks or yes:
        from compiler.cli.build import build

        ctx.invoke(build, specs=(str(path),), yes=yes)
    show_next(path, drafted)


def check_together(given: Mapping[str, Any], sources: tuple[str, ...]) -> None:
    """Raises a `UsageError` for options that exclude or need each other."""
    if sources and (given["surprise"] or given["domain"]):
        raise click.UsageError("`--from` goes without `--domain` and `--surprise`")
    if given["seed"] is not None and not given["surprise"]:
        raise click.UsageError("`--seed` is of a surprise: add `--surprise`")
    if given["timezone"] and not given["schedule"]:
        raise click.UsageError("`--timezone` is of a schedule: add `--schedule daily`")
    if given["compute"] == "classic" and not given["node_type"]:
        message = "classic compute needs machines: add `--node-type`, such as i3.xlarge"
        raise click.UsageError(message)
    if given["compute"] == "serverless" and given["node_type"]:
        raise click.UsageError("`--node-type` is of classic compute")


def answers_from(name: str | None, given: Mapping[str, Any]) -> Answers:
    """The answers that the options hold; the rest has its defaults."""
    from compiler.starters.answers import Answers
    from compiler.starters.checks import Wrong, rows_from
    from compiler.starters.domain import domain_of
    from compiler.starters.render import new_seed, surprise

    seed = given["seed"]
    if given["surprise"] and seed is None:
        seed = new_seed()
    domain = given["domain"] or (surprise(seed) if seed is not None else "retail")
    values = {key: given[key] for key in OPTIONS if given[key] is not None}
    answers = Answers(name or domain, domain, seed, **values)
    about = domain_of(domain)
    try:
        rows = rows_from(" ".join(given["rows"]), about.sizes({}), about.main)
    except Wrong as error:
        raise click.UsageError(f"--rows: {error}") from None
    return replace(answers, rows=rows)


def checked(answers: Answers) -> Answers:
    """The answers, if they go together; otherwise raises a `UsageError`."""
    from compiler.starters.checks import Wrong, check_format, in_batches

    try:
        check_format(answers)
        return in_batches(answers, datetime.now(UTC).date())
    except Wrong as error:
        raise click.UsageError(str(error)) from None


def draft(answers: Answers, path: Path) -> Compiled:
    """The spec and its plan. Errors that only a whole spec shows end the command."""
    from compiler.cli.report import show_diagnostics
    from compiler.starters.render import drafted

    schema = path.parent / "spec.schema.json"
    found = drafted(answers, path.as_posix(), schema.is_file())
    if found.failed:
        show_diagnostics([found])
        sys.exit(WRONG)
    return found


def show(path: Path, answers: Answers | None, drafted: Compiled, as_json: bool) -> None:
    """Prints what was written, and how to get the same again."""
    from compiler.cli.report import diagnostics_data
    from compiler.show import as_data
    from compiler.starters.render import OF_SIZES

    if as_json:
        plan = drafted.plan and as_data(drafted.plan)
        found: dict[str, Any] = {"spec": path.as_posix()}
        if answers is not None:
            found |= {"domain": answers.domain, "seed": answers.seed}
        more = {"plan": plan}
        print_json({**found, **more, "diagnostics": diagnostics_data([drafted])})
        return
    print_line(f"create {path}", err=True)
    if answers is not None and answers.seed is not None:
        print_line(f"its story is that of --seed {answers.seed}", err=True)
    if answers is not None and any(
        f'"{code}"' in (drafted.text or "") for code in OF_SIZES
    ):
        message = "some patterns have few rows: each `allow` in it marks a table"
        print_line(message, err=True)
    print_line(err=True)


def show_next(path: Path, drafted: Compiled) -> None:
    """Prints the plan, and the command that builds it."""
    from compiler.cli.compiling import summed_up
    from compiler.cli.report import show_diagnostics, show_plans
    from compiler.cli.targets import quoted

    show_plans([summed_up(drafted)])
    show_diagnostics([drafted])
    print_line(f"next: scaffold {quoted(path.as_posix())}", err=True)
