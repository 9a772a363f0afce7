"""Warnings: what compiles, but makes data that looks made up or drowns its own story."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from compiler.diagnostics import Diagnostic, Label
from compiler.plan.early import early_moments
from compiler.plan.idle import idle_events_of
from compiler.plan.late_rows import late_rows_of
from compiler.plan.libraries import pieces_of
from compiler.plan.model import Column, Plan, Table
from compiler.plan.periods import NOMINAL_END, window_start
from compiler.plan.schedule import misfit_of
from compiler.plan.skew import unreachable
from compiler.plan.worker import short_of_memory
from compiler.source import Document
from compiler.spec.columns import Choice, Faker, Key, Ref, Uniform
from compiler.spec.columns.moments import Offset
from compiler.spec.spec import Spec
from compiler.spec.time import shown_step

AGGREGATES = ("total_", "sum_", "avg_")
LARGE_TABLE = 10_000
HUGE_GRID = 1_000_000_000
ROWS_A_DAY = 50
ROWS_A_CATEGORY = 500
CHILDREN = (5, 20)
ROWS_A_POOL_VALUE = 10


@dataclass(frozen=True)
class Found:
    """What a rule found."""

    code: str
    message: str
    help: str
    at: tuple[str | int, ...] = ()
    """The keys below the column or table where it lies."""


def lint(plan: Plan, spec: Spec, document: Document) -> list[Diagnostic]:
    """All warnings that the spec does not allow."""
    warnings = []
    top = set(spec.allow)
    if max(table.rows for table in plan.tables) < LARGE_TABLE:
        message = f"no table has {LARGE_TABLE:,} rows"
        help = f"set rows = {LARGE_TABLE:_} in one, so that a GROUP BY shows patterns"
        found = [Found("W405", message, f"{help} (this is about the whole spec)")]
        warnings += kept(found, document, ("tables",), top)
    warnings += kept(idle_events(plan, spec), document, ("calendars",), top)
    warnings += kept(schedule(plan), document, ("job",), top)
    for table in plan.tables:
        place = ("tables", table.name)
        allowed = top | set(spec.tables[table.name].allow)
        warnings += kept(of_table(plan, table), document, place, allowed)
        for column in table.columns.values():
            spot = (*place, "columns", column.name)
            found = [one for rule in RULES for one in rule(plan, table, column)]
            warnings += kept(found, document, spot, allowed | set(column.spec.allow))
    return warnings


def kept(
    found: Iterable[Found],
    document: Document,
    place: tuple[str, ...],
    allow: set[str],
) -> list[Diagnostic]:
    return [
        Diagnostic(
            one.code,
            one.message,
            (Label(document.key((*place, *one.at))),),
            f'{one.help}; or allow = ["{one.code}"]',
            "warning",
        )
        for one in found
        if not {"*", one.code} & allow
    ]


def of_table(plan: Plan, table: Table) -> Iterator[Found]:
    yield from late_rows(plan, table)
    yield from fine_grid(table)
    if not is_events(table) or table.count.is_bound:
        return
    days = window_days(plan)
    if table.rows / days < ROWS_A_DAY:
        message = (
            f"`{table.name}` has {table.rows / days:.0f} rows a day, under {ROWS_A_DAY}"
        )
        yield Found(
            "W406",
            message,
            f"give it {days * ROWS_A_DAY:,.0f} rows, or a shorter window",
        )


def idle_events(plan: Plan, spec: Spec) -> Iterator[Found]:
    for calendar, number, name in idle_events_of(plan, spec):
        message = f"no moment with calendar `{calendar}` is in the event `{name}`"
        place = (calendar, "events", number, "name")
        yield Found("W412", message, "move it into the window", place)


def late_rows(plan: Plan, table: Table) -> Iterator[Found]:
    if what := late_rows_of(plan, table):
        children = table.children
        assert children is not None and children.column is not None
        message = (
            f"rows of `{table.name}` that are due after the batch of their "
            f"`{children.parent}` row are never written"
        )
        help = (
            f"{what} is evaluated at the end of that batch: use only what is known then"
        )
        key = "by" if children.column.by is not None else "where"
        yield Found("W414", message, help, ("rows", key))


def fine_grid(table: Table) -> Iterator[Found]:
    every = table.children.every if table.children is not None else None
    short = isinstance(every, timedelta) and every < timedelta(hours=1)
    if every is not None and short and table.rows > HUGE_GRID:
        message = f"`{table.name}` has {table.rows:,} rows: one {shown_step(every)}"
        help = 'lengthen it: "1m" is a minute, "1mo" is a month'
        yield Found("W416", message, help, ("rows", "every"))


def schedule(plan: Plan) -> Iterator[Found]:
    if misfit := misfit_of(plan):
        message, help = misfit
        yield Found("W413", message, help, ("schedule",))


def window_days(plan: Plan) -> float:
    end = plan.end or NOMINAL_END
    start = window_start(plan.window).on(end)
    return max((end - start.date()).days, 1)


def is_events(table: Table) -> bool:
    """Whether its rows happen in the window: a grid's do not, they are taken there."""
    if table.children is not None and table.children.every is not None:
        return False
    return table.has_moments_in_window


def is_dimension(plan: Plan, table: Table) -> bool:
    """Whether its rows are things that others point at: it has as many as there are."""
    pointed_at = table.name in plan.pointed_at
    in_time = is_events(table) or plan.grid_of(table) is not None
    return bool(table.data) or (pointed_at and not in_time)


def uniform(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    offset = isinstance(column.spec, Offset)
    specs = [variant.spec for variant in column.variants]
    drawn = [spec.delay if isinstance(spec, Offset) else spec for spec in specs]
    if any(isinstance(spec, Uniform) and not spec.is_fixed for spec in drawn):
        message = f"`{column.name}` is uniform, which real values rarely are"
        key = "distribution" if offset else "kind"
        yield Found("W401", message, "try lognormal or normal", (key,))


def equal_weights(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    for variant in column.variants:
        if isinstance(variant.spec, Choice):
            weights = [weight for weight in variant.spec.shares.values() if weight]
            if len(weights) > 1 and len(set(weights)) == 1:
                message = f"all values of `{column.name}` have the same weight"
                key = "weights" if variant.spec.weights else "values"
                yield Found("W402", message, "give some a larger weight", (key,))
                return


def flat_ref(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    spec = column.spec
    if isinstance(spec, Ref) and not (spec.skew or spec.weights or column.parent):
        message = f"every row of {spec.table} is as busy as any other"
        yield Found("W403", message, "such as skew = 0.8, or weights", ("skew",))


def aggregate_name(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    if column.name.startswith(AGGREGATES) or column.name.endswith("_count"):
        message = f"`{column.name}` is named like an aggregate"
        yield Found(
            "W404", message, "keep raw rows, and let the pipeline aggregate them"
        )


def thin_category(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    if not isinstance(column.spec, Choice) or column.by or table.count.is_bound:
        return
    if is_dimension(plan, table):
        return  # forty hotels are forty, each category of them few
    shares = column.spec.shares
    total = sum(shares.values())
    thin = {
        value: table.rows * share / total for value, share in shares.items() if share
    }
    value = min(thin, key=lambda name: thin[name])
    if thin[value] < ROWS_A_CATEGORY:
        rows = f"about {thin[value]:.0f} rows"
        message = f"{rows} of `{column.name}` are `{value}`, under {ROWS_A_CATEGORY}"
        help = "give the table more rows, or the value more weight"
        yield Found("W407", message, help, ("weights", value))


def few_children(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    if (
        not isinstance(column.spec, Ref)
        or column.table == table.name
        or not is_events(table)
        or table.count.is_bound
        or plan.table(column.spec.table).count.is_bound
        or plan.table(column.spec.table).data  # a catalogue has as many rows as it has
    ):
        return
    least, most = CHILDREN
    parents = max(plan.table(column.spec.table).rows, 1)
    if not least <= table.rows / parents <= most and not column.parent:
        each = table.rows / parents
        average = f"{each:,.{0 if each > 20 else 1}f} rows for each of {column.table}"
        few = table.rows < least * parents
        message = f"{average}, {f'under {least}' if few else f'over {most}'}"
        right = f"{parents * least:,} to {parents * most:,}"
        yield Found("W408", message, f"with {right} rows, each one has its own history")


def narrow_key(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    if isinstance(column.spec, Key) and column.spec.format is not None:
        _, width, _ = column.spec.parts
        highest = table.max_row + column.spec.start
        if 0 < width < len(str(highest)):
            message = f"the key's {width} digits are too few for number {highest:,}"
            yield Found(
                "W409",
                message,
                "longer numbers are written in full, so keys stay unique",
                ("format",),
            )


def small_pool(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    spec = column.spec
    if not isinstance(spec, Faker) or not column.type.is_text:
        return  # numbers and the like repeat in life, too
    if not table.count.is_bound and table.rows > room_of(spec, table):
        each = " of each locale" if len(table.locales) > 1 else ""
        message = f"{spec.pool_size:,} texts{each} are shared by {table.rows:,} rows"
        yield Found(
            "W410",
            message,
            f"raise it, such as pool = {min(table.rows // 5, 1_000_000)}",
            ("pool",),
        )


def room_of(spec: Faker, table: Table) -> int:
    """The rows that pools are enough for: one a locale, of a composed text one a piece."""
    pieces = [
        () if spec.args else pieces_of(spec.provider, locale)
        for locale in table.locales
    ]
    return ROWS_A_POOL_VALUE * sum(
        int(spec.pool_size ** max(len(one) // 2, 1)) for one in pieces
    )


def early(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    for message, help, at in early_moments(plan, table, column):
        yield Found("W411", message, help, at)


def unreachable_skew(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    if column.table is None or column.table == table.name:
        return
    target = plan.table(column.table)
    for variant, most in unreachable(table, column, target):
        place: tuple[str, ...] = ("skew",)
        if column.by:
            case = ("cases", variant.case.name) if variant.case else ("otherwise",)
            place = (*case, "skew")
        percent = math.floor(most * 100)
        message = f"the busiest 20 % of `{target.name}` get at most {percent} %"
        skew = f"skew = {percent / 100:g}, or skew = false"
        distinct = isinstance(variant.spec, Ref) and variant.spec.distinct
        few = "rows without repeating one" if distinct else "of each weight"
        help = f"there are too few {few}: {skew}"
        yield Found("W415", message, help, place)
        return


def large_target(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    for message, help, at in short_of_memory(plan, table, column):
        yield Found("W417", message, help, at)


RULES: tuple[Callable[[Plan, Table, Column], Iterator[Found]], ...] = (
    uniform,
    equal_weights,
    flat_ref,
    aggregate_name,
    thin_category,
    few_children,
    narrow_key,
    small_pool,
    early,
    unreachable_skew,
    large_target,
)
