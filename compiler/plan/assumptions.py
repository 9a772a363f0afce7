"""What the data will be like, in words: the plan shows them, the script's header keeps them."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.plan.model import Children, Plan, Table
from compiler.plan.model import Column as PlanColumn
from compiler.spec.columns import Bool, Choice, Column, Expr, Numeric, Ref
from compiler.spec.columns.moments import Date, Offset
from compiler.spec.time import When, shown_months, shown_step


def assumptions_of(table: Table) -> dict[str, str]:
    """What each column assumes, if anything; under "", what the number of rows does."""
    lines = {}
    if table.children is not None:
        lines[""] = said_of_children(table.children)
    if table.growth.rows:
        about = "about " if table.growth.follows else ""
        lines[""] = f"a batch adds {about}{table.growth.rows:,}"
    for column in table.columns.values():
        text = "; ".join(said(column))
        if text:
            lines[column.name] = text
    return lines


def said_of_children(children: Children) -> str:
    column, parent = children.column, children.parent
    if column is None:
        assert children.every is not None, "else a column tells"
        return f"one {shown_step(children.every)} for each row of {parent}"
    if isinstance(column.spec, Expr):
        return f"one for each row of {parent} where {column.spec.expr}"
    cases = [
        f"{variant.case.name if variant.case else 'else'} {variant.spec.says()}"
        for variant in column.variants
    ]
    numbers = cases[0].removeprefix("else ") if column.by is None else "; ".join(cases)
    by = f" by {column.by.text}" if column.by else ""
    if isinstance(column.spec, Bool):
        return f"one for a part of {parent}{by}: {numbers}"
    if by:
        return f"for each row of {parent} on average{by}: {numbers}"
    mean, _, bounds = numbers.partition(", ")
    bounds = f", {bounds}" if bounds else ""
    return f"{mean} for each row of {parent} on average{bounds}"


def said_of_bad_data(plan: Plan) -> str:
    """The faults on top of the clean data; empty where there are none."""
    if plan.bad_data is None:
        return ""
    rates = [
        f"{fault} {rate * 100:.3g}%" for fault, rate in plan.bad_data.rates.items()
    ]
    faulty = plan.bad_data.chosen
    where = "" if len(faulty) == len(plan.tables) else f" in {', '.join(faulty)}"
    return (
        f"Bad data{where}: {', '.join(rates)}; the table _bad_data lists every fault."
    )


def said(column: PlanColumn) -> Iterator[str]:
    spec = column.spec
    if isinstance(spec, Ref):
        yield from said_of_ref(column)
    elif isinstance(spec, Date):
        yield said_of_date(spec)
    elif isinstance(spec, Offset):
        yield f"some time after {spec.of} ({spec.distribution})"
    elif column.by is not None:
        cases = {
            variant.case.name if variant.case else "else": variant.spec.says()
            + cut_of(variant.spec)
            for variant in column.variants
            if variant.spec.says()
        }
        if cases and not isinstance(spec, Choice):  # whose shares are told in full
            cases = said_once(cases)
        if cases:
            said = "; ".join(f"{name}: {text}" for name, text in cases.items())
            yield f"by {column.by.text}: {said}"
    elif spec.says():
        yield spec.says() + cut_of(spec)
    if spec.null_rate:
        yield f"null in {spec.null_rate * 100:.3g}% of the rows"


def cut_of(spec: Column) -> str:
    """The bounds that a distribution is cut at."""
    if not isinstance(spec, Numeric) or (spec.min is None and spec.max is None):
        return ""
    if spec.max is None:
        return f", cut below {spec.min:g}"
    return (
        f", cut above {spec.max:g}"
        if spec.min is None
        else (f", cut to {spec.min:g} ... {spec.max:g}")
    )


def said_once(cases: dict[str, str]) -> dict[str, str]:
    """The cases; what all of them say first (a distribution's name) only at the first."""
    parts = [text.split(", ") for text in cases.values()]
    same = 0
    while all(part[same:-1] and part[same] == parts[0][same] for part in parts):
        same += 1
    skipped = [0, *[same] * len(parts)]
    return {
        name: ", ".join(part[skip:])
        for name, part, skip in zip(cases, parts, skipped, strict=False)
    }


def said_of_ref(column: PlanColumn) -> Iterator[str]:
    spec = column.spec
    assert isinstance(spec, Ref)
    for weighed, weights in spec.weights.items():
        least = min(weight for weight in weights.values() if weight)
        ratio = " : ".join(f"{weight / least:g}" for weight in weights.values())
        yield f"{weighed} {' : '.join(weights)} as {ratio}"
    if spec.skew and not column.parent:
        yield f"the busiest 20% of {column.table} get {spec.skew * 100:g}%"
    if spec.distinct:
        yield f"each of {column.table} at most once for a parent"


def said_of_date(spec: Date) -> str:
    parts = []
    if spec.start is not None or spec.end is not None:
        parts.append(said_of_period(spec.start, spec.end))
    if spec.shape is not None:
        parts.append(f"calendar {spec.shape}")
    parts += [f"{key} {path}" for key, path in spec.paths().items()]
    return ", ".join(parts)


def said_of_period(start: When | None, end: When | None) -> str:
    first, last = shown(start, "the window's start"), shown(end, "the end")
    before = " before the end"
    if first.endswith(before) and last.endswith(before):
        first, unit = first.removesuffix(before), last.removesuffix(before).split()[-1]
        first = first.removesuffix(f" {unit}")
    return f"{first} to {last}"


def shown(when: When | None, otherwise: str) -> str:
    if when is None:
        return otherwise
    if when.fixed is not None:
        text = when.fixed.isoformat(sep=" ").removesuffix("+00:00")
        return text.removesuffix(" 00:00:00")
    if when.months:
        return f"{shown_months(when.months)} before the end"
    days = when.before_end.total_seconds() / 86_400
    return f"{days:g} days before the end" if days else "the end"
