"""A schedule that leaves out batches of append mode, or makes some more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from compiler.plan.lint.rule import Found, rule
from compiler.plan.model import Plan
from compiler.quartz import is_run_day, times_of_day
from compiler.spec.spec import Spec
from compiler.spec.time import shown_length

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MOST_RUNS = 24
"""Of a day: more of them make batches of an hour, the shortest, more than once."""


@rule("W413")
def misfitting_schedule(plan: Plan, spec: Spec) -> Iterator[Found]:
    """A batch that no run makes is missing in the data, and nothing reports it."""
    if misfit := misfit_of(plan):
        message, help = misfit
        yield Found(message, help, ("job", "schedule"))


def misfit_of(plan: Plan) -> tuple[str, str] | None:
    """What is wrong with the schedule, and the way out; None where it makes each batch once."""
    cron, zone = plan.job.schedule, plan.job.timezone
    if not plan.appends or plan.end is None or cron is None or not is_known(zone):
        return None
    help = way_out(cron, zone, plan.end, plan.output.batch)
    if len(times_of_day(cron, MOST_RUNS + 1)) > MOST_RUNS:
        return "the schedule writes batches more than once, in many runs a day", help
    runs = runs_of_batches(cron, zone, plan.end, plan.output.batch)
    lost = [batch for batch, count in runs.items() if not count]
    again = [batch for batch, count in runs.items() if count > 1]
    if not lost and not again:
        return None
    parts = [
        f"{what} {len(found):,} of {len(runs):,} batches, such as that of {shown(found[0])}"
        for what, found in (("leaves out", lost), ("repeats", again))
        if found
    ]
    return f"the schedule {' and '.join(parts)}", help


def is_known(zone: str) -> bool:
    """Whether this system knows a time zone: some know none."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def runs_of_batches(
    cron: str, zone: str, end: date, batch: timedelta
) -> dict[datetime, int]:
    """How many runs make each of the batches from the window's end on, for a year, or years."""
    days = min(max(400, 130 * batch // DAY), 4_000)
    first = datetime(end.year, end.month, end.day, tzinfo=UTC)
    whole = max(timedelta(days=days) // batch, 1)
    counts: Counter[int] = Counter()
    for run in runs_between(cron, zone, end - DAY, whole * batch // DAY + 3):
        # Batches of days count by the days of the schedule's time zone.
        since = run - first if batch < DAY else run.date() - end
        counts[since // batch] += 1
    return {first + n * batch: counts[n] for n in range(whole)}


def runs_between(cron: str, zone: str, start: date, days: int) -> list[datetime]:
    """The runs of so many days, by the clocks of a time zone."""
    clocks, times = ZoneInfo(zone), times_of_day(cron, MOST_RUNS)
    found = {}
    for day in (start + n * DAY for n in range(days)):
        if not is_run_day(cron, day):
            continue
        for time in times:
            # A time that the clocks leave out is an hour later; one that comes twice is the first.
            moment = datetime.combine(day, time, clocks).astimezone(UTC)
            found[moment] = moment.astimezone(clocks)
    return list(found.values())


def shown(moment: datetime) -> str:
    """The start of a batch."""
    text = f"{moment:%Y-%m-%d %H:%M}"
    return text.removesuffix(" 00:00")


def way_out(cron: str, zone: str, end: date, batch: timedelta) -> str:
    """A schedule that makes each batch once, or another batch where there is none."""
    fits = all(n == 1 for n in runs_of_batches(cron, "UTC", end, batch).values())
    if batch < DAY and zone != "UTC" and fits:
        return 'batches of hours count in UTC: timezone = "UTC"'
    hours = batch // HOUR
    schedules = {24: "0 0 6 * * ?", 168: "0 0 6 ? * MON", 1: "0 0 * * * ?"}
    if hours < 24 and 24 % hours == 0:
        schedules[hours] = schedules.get(hours, f"0 0 0/{hours} * * ?")
    if hours in schedules:
        utc = ' and timezone = "UTC"' if hours < 24 and zone != "UTC" else ""
        each = shown_length(batch)
        return f'a run for each {each}, such as schedule = "{schedules[hours]}"{utc}'
    return 'no schedule fits this batch: write, for example, batch = "1d", schedule = "0 0 6 * * ?"'
