"""Tables, categories and pools of too few rows, and grids of too many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from compiler.plan.libraries.patterns import pieces_of
from compiler.plan.lint.growth import ways_to_grow
from compiler.plan.lint.rule import Found, rule
from compiler.plan.lint.subjects import is_dimension, is_events
from compiler.plan.model import Column, Plan, Table
from compiler.plan.periods import NOMINAL_END, window_start
from compiler.spec.columns import Choice, Faker
from compiler.spec.spec import Spec
from compiler.spec.time import shown_step

LARGE_TABLE = 10_000
HUGE_GRID = 1_000_000_000
ROWS_A_DAY = 50
ROWS_A_CATEGORY = 500
ROWS_A_POOL_VALUE = 10


@rule("W405")
def no_large_table(plan: Plan, spec: Spec) -> Iterator[Found]:
    """Queries over a few rows show nothing of what they do, or take."""
    if max(table.rows for table in plan.tables) < LARGE_TABLE:
        message = f"no table has {LARGE_TABLE:,} rows"
        counted = any(not (one.data or one.children) for one in plan.tables)
        largest = max(plan.tables, key=lambda one: one.rows)
        way = f"set rows = {LARGE_TABLE:_} in one"
        way = way if counted else ways_to_grow(plan, largest, LARGE_TABLE)
        help = f"{way}, so that a GROUP BY shows patterns"
        yield Found(message, help, ("tables",))


@rule("W406")
def few_rows_a_day(plan: Plan, table: Table) -> Iterator[Found]:
    """With few events a day, chance hides the weekends, the holidays and the trend."""
    if not is_events(table) or table.count.is_bound:
        return
    days = window_days(plan)
    each = table.rows / days
    if each < ROWS_A_DAY:
        message = f"`{table.name}` has {each:.0f} rows a day, under {ROWS_A_DAY}"
        help = ways_to_grow(plan, table, days * ROWS_A_DAY)
        if plan.grid_of(table) is None:  # else a shorter window has fewer rows
            help += ", or make the window shorter"
        yield Found(message, help)


def window_days(plan: Plan) -> float:
    """The length of the window in days, at least one."""
    end = plan.end or NOMINAL_END
    start = window_start(plan.window).on(end)
    return max((end - start.date()).days, 1)


@rule("W407")
def thin_category(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """A value in few rows is too rare for any statistic about it."""
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
        few = f"about {thin[value]:.0f} rows"
        message = f"{few} of `{column.name}` are `{value}`, under {ROWS_A_CATEGORY}"
        rows = table.rows * ROWS_A_CATEGORY / max(thin[value], 1)
        help = f"{ways_to_grow(plan, table, rows)}, or give the value more weight"
        yield Found(message, help, ("weights", value))


@rule("W410")
def small_pool(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """Texts that are drawn over and over look made up."""
    spec = column.spec
    if not isinstance(spec, Faker) or not column.type.is_text:
        return  # numbers and the like repeat in life, too
    if not table.count.is_bound and table.rows > room_of(spec, table):
        each = " of each locale" if len(table.locales) > 1 else ""
        message = f"{spec.pool_size:,} texts{each} are shared by {table.rows:,} rows"
        yield Found(
            message,
            f"raise it, such as pool = {min(table.rows // 5, 1_000_000)}",
            ("pool",),
        )


def room_of(spec: Faker, table: Table) -> int:
    """The rows that pools are enough for: one a locale, of a composed text one a piece."""
    pieces = [
        () if spec.args or spec.unique else pieces_of(spec.provider, locale)
        for locale in table.locales
    ]
    return ROWS_A_POOL_VALUE * sum(
        int(spec.pool_size ** max(len(one) // 2, 1)) for one in pieces
    )


@rule("W416")
def fine_grid(plan: Plan, table: Table) -> Iterator[Found]:
    """So many rows are most often a unit that was mistaken: months for minutes."""
    every = table.children.every if table.children is not None else None
    short = isinstance(every, timedelta) and every < timedelta(hours=1)
    if every is not None and short and table.rows > HUGE_GRID:
        message = f"`{table.name}` has {table.rows:,} rows: one {shown_step(every)}"
        help = 'lengthen it: "1m" is a minute, "1mo" is a month'
        yield Found(message, help, ("rows", "every"))
