"""The questions of `scaffold new` on a terminal: one line each, each with a default.

An answer that cannot be is explained, and asked for again. Questions are on stderr.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Set
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from compiler.cli.new_options import (
    DomainName,
    OneOf,
    Quartz,
    SchemaName,
    SpecName,
    Utf8,
    ZoneName,
)
from compiler.engines import ENGINES, FORMATS
from compiler.escape.terminal import as_terminal
from compiler.printing import print_line

if TYPE_CHECKING:
    from compiler.starters.answers import Answers

FEATURES = ("skew", "joins", "bad_data", "languages", "append")
ONCE = "once"
"""The answer for data without a schedule."""
NONE = "none"
"""The answer for data without any of the features."""
SURPRISE = "surprise"
"""The answer for another story."""


def asked(answers: Answers, given: Set[str], output: str | None) -> Answers:
    """The answers, after a question for each that no option has given."""
    print_line("Enter takes what is in brackets; Ctrl-C ends it.", err=True)
    answers = about_the_story(answers, given, output)
    if "rows" not in given:
        answers = about_sizes(answers)
    answers = about_the_job(answers, given)
    answers = about_the_output(answers, given)
    if not given & set(FEATURES):
        answers = about_features(answers)
    return answers


def about_the_story(answers: Answers, given: Set[str], output: str | None) -> Answers:
    """What it is about, its name, and the story in a few sentences."""
    from compiler.cli.new_file import path_of
    from compiler.starters.domain import DOMAINS, domain_of
    from compiler.starters.render import description_of, new_seed

    for name in DOMAINS:
        print_wrapped(domain_of(name).title, f"  {name:<11} ")
    domain = ask("What is it about?", "retail", DomainName())
    answers = replace(answers, domain=domain)

    def free(name: str) -> str:
        path_of(SpecName().convert(name, None, None), output)
        return name

    if "name" not in given:
        answers = replace(answers, name=ask("Its name?", domain, free))
    while "description" not in given:
        print_wrapped(description_of(answers))
        question = f"This story ({SURPRISE}: another; or a sentence of yours)?"
        text = ask(question, "yes", Utf8())
        if text.strip().lower() == SURPRISE:
            answers = replace(answers, seed=new_seed())
            continue
        own = text.strip().lower() not in ("", "y", "yes")
        return replace(answers, description=text if own else None)
    return answers


def about_sizes(answers: Answers) -> Answers:
    """The rows of the main table, and of those that go with it."""
    from compiler.starters.checks import rows_from
    from compiler.starters.domain import domain_of

    domain = domain_of(answers.domain)
    main = domain.main

    def of(number: str) -> dict[str, int]:
        return rows_from(f"{main}={number}", domain.sizes({}), main)

    rows = ask(f"How many {main.replace('_', ' ')}?", f"{domain.usual}", of)
    others = {
        name: number
        for name, number in domain.sizes(rows).items()
        if name != domain.main
    }
    usual = " ".join(f"{name}={number}" for name, number in others.items())
    more = ask("Other tables?", usual, lambda text: rows_from(text, others, main))
    chosen = {name: number for name, number in more.items() if number != others[name]}
    return replace(answers, rows={**rows, **chosen})


def about_the_job(answers: Answers, given: Set[str]) -> Answers:
    """When it runs, and where."""
    if "schedule" not in given:
        question = f"When does it run ({ONCE}, hourly, daily, weekly, or Quartz)?"
        schedule = ask(question, ONCE, when)
        answers = replace(answers, schedule=schedule)
    if answers.schedule and "timezone" not in given:
        zone = ask("In which time zone?", "UTC", ZoneName())
        answers = replace(answers, timezone=zone)
    return answers


def when(text: str) -> str | None:
    return None if text.strip().lower() == ONCE else Quartz().convert(text, None, None)


def about_the_output(answers: Answers, given: Set[str]) -> Answers:
    """The engine, its compute, the format and the place in the catalog."""
    from compiler.starters.checks import check_format

    if "engine" not in given:
        engine = ask("Which engine?", answers.engine, Word(ENGINES))
        answers = replace(answers, engine=engine)
    on_databricks = answers.engine == "spark" or answers.schedule is not None
    if on_databricks and not given & {"compute", "node_type"}:
        compute = ask("Which compute?", "serverless", Word(("serverless", "classic")))
        if compute == "classic":
            answers = replace(
                answers, node_type=ask("On which machines?", "i3.xlarge", Utf8())
            )

    def fits(text: str) -> str:
        format = Word(FORMATS).convert(text, None, None)
        check_format(replace(answers, format=format))  # type: ignore[arg-type]
        return format

    if "format" not in given:
        answers = replace(answers, format=ask("Which format?", answers.format, fits))
    if not given & {"catalog", "schema"}:
        from compiler.spec.output import CATALOG

        usual = f"{CATALOG}.{answers.name}"
        place = ask("In which catalog and schema?", usual, SchemaName())
        if place != usual:
            catalog, _, schema = place.rpartition(".")
            answers = replace(answers, catalog=catalog or None, schema=schema)
    return answers


def about_features(answers: Answers) -> Answers:
    """Which features the data has."""
    from compiler.starters.checks import in_batches

    def switched(text: str) -> Answers:
        known = Word((*FEATURES, NONE))
        on = [
            known.convert(word, None, None) for word in text.replace(",", " ").split()
        ]
        found = replace(
            answers,
            skew="skew" in on,
            joins="joins" in on,
            bad_data="bad_data" in on,
            languages="languages" in on,
            append="append" in on,
        )
        in_batches(found, datetime.now(UTC).date())
        return found

    others = ", ".join(FEATURES[2:])
    question = f"Which features (also {others}; or {NONE})?"
    found: Answers = ask(question, "skew, joins", switched)
    return found


class Word(OneOf):
    """One of these words."""

    name = "choice"

    def __init__(self, words: Collection[str]) -> None:
        self._words = tuple(words)

    def words(self) -> tuple[str, ...]:
        return self._words


def print_wrapped(text: str, first: str = "  ") -> None:
    """Prints a text behind its first letters, with no word broken at the terminal's edge."""
    for line in wrapped(text, first):
        print_line(line, err=True)


def wrapped(text: str, first: str) -> list[str]:
    """The lines of a text that fit the terminal, behind the first one's first letters."""
    width = max(shutil.get_terminal_size().columns - 1, 20)
    found = click.wrap_text(as_terminal(text), width, first, " " * len(first))
    return found.split("\n")


def ask(
    question: str,
    default: str,
    check: click.ParamType[str] | Callable[[str], Any] | None = None,
) -> Any:
    """Asks until the answer is right; gives what the check makes of it."""
    from compiler.starters.checks import Wrong

    def value(text: str) -> Any:
        try:
            if isinstance(check, click.ParamType):
                return check.convert(text, None, None)
            return check(text) if check else text
        except Wrong as error:
            raise click.UsageError(as_terminal(str(error))) from None
        except click.UsageError as error:
            raise click.UsageError(as_terminal(error.message)) from None

    *before, last = wrapped(f"{question} [{default}]", "")
    for line in before:
        print_line(line, err=True)
    return click.prompt(
        last, default=default, show_default=False, value_proc=value, err=True
    )
