"""What answers must fulfil, beyond what the language checks itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from compiler.starters.answers import Answers

LARGEST = 10_000_000
"""The most rows of a table in a first spec. With more, other things count, such as memory."""
SCHEDULES = {
    "hourly": "0 0 * * * ?",
    "daily": "0 0 6 * * ?",
    "weekly": "0 0 6 ? * MON",
}
"""Schedules that have a name."""
BATCHES = {"1d": 24, "7d": 168, "1h": 1, "2h": 2, "3h": 3, "4h": 4, "6h": 6, "12h": 12}
"""Periods of a batch that a schedule may make one by one, with their hours."""


class Wrong(ValueError):
    """Answers that cannot be, with the way out."""


def rows_from(text: str, tables: Mapping[str, int], main: str) -> dict[str, int]:
    """Numbers of rows by table, from texts such as `50_000` (of `main`) and `customers=900`.

    Several are separated by blanks. Raises `Wrong`.
    """
    from compiler.diagnostics import did_you_mean

    found = {}
    for part in text.split():
        table, _, number = part.rpartition("=")
        table = table or main
        if table not in tables:
            help = did_you_mean(table, list(tables))
            raise Wrong(f"there is no table {table} with a number of rows; {help}")
        digits = number.replace(",", "").replace("_", "")
        if not (digits.isascii() and digits.isdigit()):
            raise Wrong(f"{number} is no number of rows, such as 50000")
        if not 1 <= int(digits[:20]) <= LARGEST:
            raise Wrong(f"{table} can have 1 to {LARGEST:,} rows, not {number}")
        found[table] = int(digits)
    return found


def check_format(answers: Answers) -> None:
    """Raises `Wrong` for a job that would write Delta tables to a volume."""
    if answers.format == "delta" and answers.engine != "spark" and answers.has_job:
        message = "a job writes Delta tables only with the engine spark"
        raise Wrong(f"{message}: choose that engine, or another format")


def in_batches(answers: Answers, end: date) -> Answers:
    """The answers in append mode: batches count from `end`, and fit the schedule.

    Raises `Wrong` if no batch fits it.
    """
    if not answers.append:
        return answers
    return replace(answers, end=end, batch=batch_of(answers, end))


def batch_of(answers: Answers, end: date) -> str:
    """The period of which each run of the schedule makes one batch."""
    if answers.schedule is None:
        return "1d"
    from datetime import timedelta

    from compiler.plan.lint.schedule import MOST_RUNS, runs_of_batches
    from compiler.quartz import times_of_day

    if len(times_of_day(answers.schedule, MOST_RUNS + 1)) <= MOST_RUNS:
        for batch, hours in BATCHES.items():
            zone = answers.timezone
            length = timedelta(hours=hours)
            runs = runs_of_batches(answers.schedule, zone, end, length)
            if all(number == 1 for number in runs.values()):
                return batch
    message = "in append mode each run writes one batch, and the schedule does not run once in each"
    raise Wrong(f"{message} day, week or hour; try daily, weekly, or hourly in UTC")
