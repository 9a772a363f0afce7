"""The rows of a `per` table: its parent, how many children a parent has, how many to expect."""

from __future__ import annotations

from datetime import date

from compiler.diagnostics import Label
from compiler.plan.columns.cases import holds
from compiler.plan.columns.resolver import Resolver
from compiler.plan.columns.targets import key_of
from compiler.plan.expression import Node, Not, Read
from compiler.plan.model import Case, Children, Column, Variant
from compiler.plan.periods import NOMINAL_END, window_end, window_start
from compiler.plan.rows.shares import knows_shares, shares_of
from compiler.plan.scope import Scope
from compiler.spec.columns import Bool, Lifecycle, Ref
from compiler.spec.columns.children import Children as ChildrenSpec
from compiler.spec.columns.given import ErrorColumn
from compiler.spec.columns.moves import Moves
from compiler.spec.rows import Per
from compiler.spec.time import Months, Step, When, steps_between

LAST_DAY = date(2200, 1, 1)
"""No moment is later: so far a grid goes on in append mode."""


def children_of(resolver: Resolver, name: str, per: Per) -> Children | None:
    """The rows of a `per` table; None, and a diagnostic, where they cannot be."""
    scope = resolver.scope
    place = ("tables", name, "rows")
    if per.per == name:
        return None  # reported as a circle
    if per.per not in scope.specs:
        help = scope.table_meant(per.per)
        scope.error("E201", (*place, "per"), f"there is no table `{per.per}`", help)
        return None
    columns = scope.specs[name].items()
    refs = [
        column
        for column, spec in columns
        if isinstance(spec, Ref) and spec.table == per.per
    ]
    lost = any(
        isinstance(spec, ErrorColumn)
        or (isinstance(spec, Ref) and spec.table not in scope.specs)
        for _, spec in columns
    )
    if not refs and (lost or scope.unsure(name)):
        return None  # its ref is wrong, which is reported there
    if len(refs) != 1:
        message = f"a `per` table has exactly one ref to its parent, and `{name}` has {len(refs)}"
        ref = ref_meant(scope, name, per.per)
        help = f'such as {ref} = {{ kind = "ref", table = "{per.per}" }}'
        scope.error("E214", (*place, "per"), message, help if not refs else None)
        return None
    spec = scope.specs[name][refs[0]]
    options = spec.model_fields_set - {
        "kind",
        "table",
        "description",
        "renamed_from",
        "hidden",
        "allow",
    }
    if options:
        spot = ("tables", name, "columns", refs[0], sorted(options)[0])
        label = (Label(scope.document.key(spot)),)
        message = f"`{refs[0]}` is filled from the parent: it takes no {', '.join(sorted(options))}"
        scope.report("E214", message, label, "leave them out")
    if per.every is not None:
        return on_grid(scope, name, refs[0], per.per, per.every)
    column = resolver.children(name)
    assert column is not None, "no grid, and the parent is known"
    variants = [variant.spec for variant in column.variants]
    if per.moves is not None:
        return of_moves(resolver, per.per, refs[0], column)
    most = max((getattr(spec, "most", 1) for spec in variants), default=1)
    least = min((getattr(spec, "least", 0) for spec in variants), default=0)
    # Where something is wrong, the column may be a stand-in.
    mean = None if scope.diagnostics else mean_of(resolver, column)
    return Children(
        per.per, refs[0], most, column, mean=mean, least=least, most_now=most
    )


def of_moves(resolver: Resolver, parent: str, ref: str, column: Column) -> Children:
    """The rows of a log: one for each state that a row's lifecycle has entered."""
    assert isinstance(column.spec, Moves)
    lifecycle = resolver.columns.get((parent, column.spec.moves))
    variants = lifecycle.variants if lifecycle is not None else ()
    specs = [one.spec for one in variants if isinstance(one.spec, Lifecycle)]
    most = 1 + max((spec.most for spec in specs), default=1)
    always = lifecycle is not None and not any(one.gives.nullable for one in variants)
    return Children(parent, ref, most, column, least=int(always), most_now=most)


def ref_meant(scope: Scope, table: str, parent: str) -> str:
    """The name of a ref that is missing: one that the table uses already, else a free one."""
    columns = scope.specs[table]
    paths = [path for spec in columns.values() for path in spec.paths().values()]
    used = [
        *scope.spec.tables[table].primary_key,
        *(path.split(".")[0] for path in paths if "." in path),
    ]
    key = key_of(scope, parent) or ""
    if key.endswith("_id"):
        used.append(key)
    return next((name for name in used if name not in columns), "parent_id")


def on_grid(scope: Scope, name: str, ref: str, parent: str, every: Step) -> Children:
    """The rows of a grid, for each row of its parent."""
    end = window_end(scope.spec.window)
    start = window_start(scope.spec.window)
    ticks = ticks_of(scope, every, end or NOMINAL_END)
    if ticks < 1 and start.on(end or NOMINAL_END) < When().on(end or NOMINAL_END):
        message = "the window is too short to contain the end of a month"
        help = "a window of 31 days or more always contains one"
        scope.error("E215", ("tables", name, "rows", "every"), message, help)
    goes_on = scope.spec.output.mode == "append"
    most = ticks_of(scope, every, LAST_DAY) if goes_on else ticks
    by_calendar = isinstance(every, Months) or start.months
    varies = end is None and bool(by_calendar or start.fixed)
    ticks = max(ticks, 1)
    return Children(
        parent,
        ref,
        max(most, 1),
        every=every,
        mean=ticks,
        least=ticks - 1 if varies else ticks,
        most_now=ticks + 1 if varies else ticks,
    )


def ticks_of(scope: Scope, every: Step, end: date) -> int:
    """How many rows a grid has from the window's start to a day."""
    start = window_start(scope.spec.window)
    first = start.on(window_end(scope.spec.window) or NOMINAL_END)
    return steps_between(first, When().on(end), every)


def mean_of(resolver: Resolver, column: Column) -> float | None:
    """How many children a parent has on average, where the spec states it.

    It does where nothing but chance decides, or a column of the parent's own of which the spec
    states the share of each value. Shares that are seen over a ref are sampled.
    """
    means = [expected(resolver, variant) for variant in column.variants]
    known, last = list[tuple[Case, float]](), None
    for variant, mean in zip(column.variants, means, strict=True):
        if mean is None:
            return None
        if variant.case is None:
            last = mean
        else:
            known.append((variant.case, mean))
    if column.by is None:
        return last
    by = resolver.columns[column.by.table, column.by.column]
    shares = shares_of(by)
    if column.by.hops or not knows_shares(by):
        return None
    if by.when is not None or by.null_rate is None:
        return None  # where it is null depends on others
    others = last or 0.0

    def mean_at(value: str) -> float:
        """Of the first case that holds."""
        return next((mean for case, mean in known if holds(case, value)), others)

    mean = sum(share * mean_at(value) for value, share in shares.items())
    nulls = by.null_rate
    return mean * (1 - nulls) + others * nulls


def expected(resolver: Resolver, variant: Variant) -> float | None:
    """How many children a parent of one case has on average."""
    spec, node = variant.spec, variant.expression
    if isinstance(spec, ChildrenSpec):
        return spec.mean
    if isinstance(spec, Bool):
        return spec.chance
    if isinstance(node, Not):
        share = share_true(resolver, variant, node.operand)
        return None if share is None else 1 - share
    return None if node is None else share_true(resolver, variant, node)


def share_true(resolver: Resolver, variant: Variant, node: Node) -> float | None:
    """The share of the rows in which a boolean column is true; None for any other node."""
    if not isinstance(node, Read) or node.path not in variant.paths:
        return None  # what is wrong with a column that is read is reported there
    if variant.paths[node.path].hops:
        return None
    path = variant.paths[node.path]
    column = resolver.columns[path.table, path.column]
    if not isinstance(column.spec, Bool) or column.when is not None:
        return None
    mean, nulls = mean_of(resolver, column), column.null_rate
    return None if mean is None or nulls is None else mean * (1 - nulls)
