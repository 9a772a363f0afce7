"""What the data will be like, in words: the plan, the README and `--json` print the same."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.plan.figures import OTHERS, compare_means, describe_figures
from compiler.plan.model import (
    Assumptions,
    Children,
    Column,
    Path,
    Plan,
    Table,
    Variant,
)
from compiler.spec import words
from compiler.spec.columns import Bool, Expr
from compiler.spec.time import shown_step
from compiler.spec.types import Data


def assumptions_of(table: Table) -> Assumptions:
    """What the data of a table will be like."""
    texts = {one.name: describe_column(one) for one in table.columns.values()}
    return Assumptions(
        rows=describe_rows(table),
        columns={name: text for name, text in texts.items() if text},
    )


def describe_form(table: Table) -> str:
    """How a table is written, where that is not as any other: hidden, or in partitions."""
    if table.hidden:
        return "hidden"
    by = table.partition_by
    return f"partitioned by {words.all_of(by)}" if by else ""


def describe_rows(table: Table) -> str:
    """What the number of rows depends on; empty where it is just that number."""
    if table.growth.rows and table.growth.follows:
        number = f"{table.growth.rows:,}"
        return f"a batch adds about {number} at the window's mean volume"
    if table.growth.rows:
        return f"a batch adds {table.growth.rows:,}"
    return "" if table.children is None else describe_children(table.children)


def describe_children(children: Children) -> str:
    column, parent = children.column, children.parent
    if column is None:
        assert children.every is not None, "else there is a column"
        return f"one {shown_step(children.every)} for each row of {parent}"
    if isinstance(column.spec, Expr):
        return f"one for each row of {parent} where {words.one_line(column.spec.expr)}"
    by = "" if column.by is None else f" by {column.by.text}"
    if not isinstance(column.spec, Bool):
        return f"for each row of {parent}{by}: {describe_variants(column)}"
    if by:
        return f"one for a part of {parent}{by}: {describe_variants(column)}"
    return f"one for {describe_variants(column)} of {parent}"


def describe_calendars(plan: Plan) -> dict[str, str]:
    """Each calendar that a column follows: what it makes of a day's volume."""
    return {
        shape.name: "; ".join(shape.calendar.summary()) or "every day alike"
        for shape in plan.calendars
    }


def describe_bad_data(plan: Plan) -> str:
    """The faults on top of the clean data; empty where there are none."""
    if plan.bad_data is None:
        return ""
    rates = [
        f"{fault} {words.percent(rate)}" for fault, rate in plan.bad_data.rates.items()
    ]
    faulty = plan.bad_data.chosen
    where = "" if len(faulty) == len(plan.written) else f" in {', '.join(faulty)}"
    return (
        f"Bad data{where}: {', '.join(rates)}; the table _bad_data lists every fault."
    )


def describe_column(column: Column) -> str:
    """All that is asked of a column: in every case, and of how many rows it is null."""
    parts = []
    if not column.parent:  # a ref to the parent is filled, with nothing to choose
        parts += describe_by(column.variants, column.by)
    if column.spec.has_nulls:
        parts.append(describe_nulls(column))
    return "; ".join(parts)


def describe_nulls(column: Column) -> str:
    """In which rows the spec asks for nulls."""
    rate, when = column.null_rate, column.spec.when
    share = f"in {words.percent(rate or 0)}"
    if rate is None and column.by is not None:
        rates = zip(column.variants, column.null_rates, strict=True)
        each = (f"{case_name(one)} {words.percent(rate)}" for one, rate in rates)
        share = f"by {column.by.text} ({', '.join(each)})"
    if when is None:
        return f"null {share} of the rows"
    others = f", and {share} of those rows" if any(column.null_rates) else ""
    return f"null unless {words.one_line(when)}{others}"


def describe_by(variants: Sequence[Variant], by: Path | None) -> list[str]:
    """What all cases share, and then each case with what it has of its own."""
    summaries = [variant.spec.summary() for variant in variants]
    brief = by is not None
    figures = [describe_figures(variant.spec, brief) for variant in variants]
    if by is None:
        return [in_full(part, figures[0]) for part in summaries if part]
    common, rests = shared_parts(summaries)
    cases = [
        f"{case_name(variant)}: {in_full(rest, what)}"
        for variant, rest, what in zip(variants, rests, figures, strict=True)
    ]
    start = [", ".join(common)] if common else []
    parts = [*start, f"by {by.text}: {'; '.join(cases)}"]
    apart = ""
    if by.type.data in (
        Data.TEXT,
        Data.BOOLEAN,
    ):  # a range is further apart by its nature
        apart = compare_means(
            {
                f"{by.column} {one.case.name}" if one.case else OTHERS: one.spec
                for one in variants
            }
        )
    return [*parts, *([apart] if apart else [])]


def in_full(parts: Sequence[str], figures: str) -> str:
    """What was asked for and, in brackets, what it comes to."""
    return ", ".join(parts) + (f" ({figures})" if figures else "")


def shared_parts(
    summaries: Sequence[list[str]],
) -> tuple[list[str], list[list[str]]]:
    """The parts that are in all summaries, and what is left of each; each keeps some."""
    common = [
        part for part in summaries[0] if all(part in other for other in summaries)
    ]
    rests = [[part for part in one if part not in common] for one in summaries]
    if all(rests):
        return common, rests
    return [], list(summaries)


def describe_variants(column: Column) -> str:
    """How many children: in each case, or in all rows."""
    summaries = [", ".join(variant.spec.summary()) for variant in column.variants]
    if column.by is None:
        return summaries[0]
    cases = zip(column.variants, summaries, strict=True)
    return "; ".join(f"{case_name(variant)}: {text}" for variant, text in cases)


def case_name(variant: Variant) -> str:
    return variant.case.name if variant.case else "else"
