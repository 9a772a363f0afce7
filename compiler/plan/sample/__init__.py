"""How many rows a table has where only the data show it: counted in a sample."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from compiler import cache, installed
from compiler.plan.columns.resolver import Resolver
from compiler.plan.counts import Known, RowCount
from compiler.plan.rows.layout import Rows

SIZES = (40_000, 200_000)
"""Rows of each table to draw; the second where too few of the first are counted."""
ENOUGH = 400
FEWEST = 25
"""From fewer rows no estimate is made: the plan gives the bound."""


def with_samples(resolver: Resolver, rows: Mapping[str, Rows]) -> dict[str, Rows]:
    """The rows of all tables, with an estimate in place of a bound where one can be made."""
    found = dict(rows)
    open = [name for name, each in rows.items() if each.count.is_bound]
    for size in SIZES:
        if not open:
            break
        counted = known_estimates(resolver, rows, open, size)
        for name, (estimate, seen) in counted.items():
            if seen >= FEWEST:
                count = RowCount(min(estimate, rows[name].most), Known.SAMPLED)
                found[name] = replace(rows[name], count=count)
        open = [name for name, (_, seen) in counted.items() if seen < ENOUGH]
    return found


def known_estimates(
    resolver: Resolver, rows: Mapping[str, Rows], names: list[str], size: int
) -> dict[str, tuple[int, int]]:
    """The estimates for a spec, which the cache may know: numpy takes its time to import."""
    scope = resolver.scope
    inputs = [scope.document.text, repr(scope.spec.output), names, size]
    found = cache.made(
        f"sample {installed.state()}",
        [json.dumps(inputs)],
        lambda _: json.dumps(estimates(resolver, rows, names, size)).encode(),
    )
    (known,) = map(json.loads, found.values())
    return {name: (estimate, seen) for name, (estimate, seen) in known.items()}


def estimates(
    resolver: Resolver, rows: Mapping[str, Rows], names: list[str], size: int
) -> dict[str, tuple[int, int]]:
    """The estimates that can be made, each with the number of rows that were counted."""
    # numpy is imported where a spec needs a sample.
    import numpy as np

    from compiler.plan.sample.tables import TableSampler
    from compiler.plan.sample.values import CannotSample

    sampler = TableSampler(resolver, rows, size)
    found = {}
    for name in names:
        children = rows[name].children
        assert children is not None, "only a `per` table has a bound"
        try:
            with np.errstate(all="ignore"):  # numbers may be as large as floats are
                seen = int(sampler.counts(name).sum())
                weight = sampler.table(children.parent).weight
        except CannotSample:
            continue
        found[name] = (three_digits(seen * weight), seen)
    return found


def three_digits(estimate: float) -> int:
    """No more digits than a sample can give."""
    return int(float(f"{estimate:.3g}"))
