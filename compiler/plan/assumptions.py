"""What the data will be like, in words: the plan shows them, the script's header keeps them."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.plan.model import Column as PlanColumn
from compiler.plan.model import Table
from compiler.spec.columns import Column, Numeric, Ref
from compiler.spec.columns.moments import Date, Offset
from compiler.spec.time import When


def assumptions_of(table: Table) -> dict[str, str]:
    """What each column assumes, if anything; under "", what the number of rows does."""
    lines = {}
    if table.children is not None:
        children = table.children
        bounds = f", {children.fewest} to {children.most}" if children.fewest else ""
        each = f"row of {children.parent} on average{bounds}"
        lines[""] = f"{children.mean:g} for each {each}"
    for column in table.columns.values():
        text = "; ".join(said(column))
        if text:
            lines[column.name] = text
    return lines


def said(column: PlanColumn) -> Iterator[str]:
    spec = column.spec
    if isinstance(spec, Ref):
        yield from said_of_ref(column)
    elif isinstance(spec, Date):
        yield said_of_date(spec)
    elif isinstance(spec, Offset):
        yield f"some time after {spec.of} ({spec.distribution})"
    elif column.by is not None:
        cases = [
            f"{variant.case.name if variant.case else 'else'}: "
            f"{variant.spec.says()}{cut_of(variant.spec)}"
            for variant in column.variants
            if variant.spec.says()
        ]
        if cases:
            yield f"by {column.by.text}: " + "; ".join(common(cases, column))
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


def common(cases: list[str], column: PlanColumn) -> list[str]:
    """The cases with a distribution's name said once, at the first."""
    if not isinstance(column.spec, Numeric) or len(cases) < 2:
        return cases
    name = column.variants[0].spec.says().partition(",")[0]
    return [cases[0], *(case.replace(f"{name}, ", "", 1) for case in cases[1:])]


def said_of_ref(column: PlanColumn) -> Iterator[str]:
    spec = column.spec
    assert isinstance(spec, Ref)
    for weighed, weights in spec.weights.items():
        least = min(weight for weight in weights.values() if weight)
        ratio = " : ".join(f"{weight / least:g}" for weight in weights.values())
        yield f"{weighed} {' : '.join(weights)} as {ratio}"
    if spec.skew and not column.parent:
        yield f"the busiest 20% of {column.table} get {spec.skew * 100:g}%"


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
    before = " days before the end"
    if first.endswith(before) and last.endswith(before):
        first = first.removesuffix(before)
    return f"{first} to {last}"


def shown(when: When | None, otherwise: str) -> str:
    if when is None:
        return otherwise
    if when.fixed is not None:
        text = when.fixed.isoformat(sep=" ").removesuffix("+00:00")
        return text.removesuffix(" 00:00:00")
    days = when.before_end.total_seconds() / 86_400
    return f"{days:g} days before the end" if days else "the end"
