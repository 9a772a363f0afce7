"""Numbers: the distribution that they follow, by case where they depend on a category."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.model import Options
from compiler.profiling.values.cases import parts_of, with_cases
from compiler.profiling.values.categories import allow_as_it_is
from compiler.profiling.values.codes import are_codes, choice_of
from compiler.profiling.values.dependence import Dependence, of_numbers
from compiler.profiling.values.digits import MOST_DECIMALS, as_number, percent
from compiler.profiling.values.families import COUNTS, FAMILIES, Family
from compiler.profiling.values.faults import without_faults
from compiler.profiling.values.fit import Fit
from compiler.profiling.values.fits import fits_of
from compiler.profiling.values.guess import guessed
from compiler.profiling.values.joint import joint_fits
from compiler.profiling.values.quantiles import (
    ROUGHLY,
    curve,
    in_words,
    only_numbers,
    settings_of,
    shown,
    steps,
)
from compiler.profiling.values.sample import Array, Sample
from compiler.profiling.values.view import CATEGORIES, Labels, TableView
from compiler.sources.model import SourceColumn
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

FEWEST = 5
"""Parameters of fewer rows would show single ones."""
FEW_NUMBERS = 12
"""Whole numbers of so few values are grades or counts: their own shares say more than a curve."""
IMMENSE = 1e100
"""Squares of larger numbers would overflow."""
AGREE = 0.98
"""So many of the numbers have no more digits behind the point than the column."""


@dataclass(frozen=True)
class Drawn:
    """What numbers are drawn from, and why."""

    kind: str
    parameters: Settings
    reason: str


def describe_number(view: TableView, column: SourceColumn) -> DraftColumn | None:
    """A column of numbers."""
    import numpy as np

    values = floats(view.frame[column.name])
    there = ~np.isnan(values)
    kept, faults = without_faults(np.sort(values[there]))
    few = (
        kept[0] == kept[-1] and len(kept) < view.options.least_rows
        if len(kept)
        else True
    )
    if few or len(kept) < FEWEST:
        draft = guessed(column)
        if draft is not None:
            words = (
                f"only {len(kept)} rows have a number" if len(kept) else "all are null"
            )
            draft.comments = [f"{words}: a guess by name and type"]
        return draft
    there &= (values >= kept[0]) & (values <= kept[-1])
    sample = sample_of(kept, column, view.options)
    comments = []
    if faults:
        share = percent(faults / (len(kept) + faults))
        comments.append(
            f"left out: {share} of the rows, far off all others like faults"
        )
    dependent = by_category(view, column, values, there, sample)
    if dependent:
        settings, reasons = dependent
    else:
        drawn = drawn_from(sample)
        settings = {
            "kind": drawn.kind,
            **drawn.parameters,
            **digits_of(sample, drawn.kind),
        }
        reasons = [drawn.reason]
        if drawn.kind == "choice":
            fewest = min(settings["weights"].values()) * view.rows
            comments += allow_as_it_is(settings, fewest)
    if settings["kind"] == "uniform":
        settings["allow"] = ["W401"]
    return DraftColumn(column.name, settings, [*reasons, *comments])


def floats(series: pl.Series) -> Array:
    """Numbers as floats; null, infinite and immense ones as NaN."""
    import numpy as np
    import polars as pl

    values = series.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return np.where(np.abs(values) < IMMENSE, values, np.nan)


def sample_of(values: Array, column: SourceColumn, options: Options) -> Sample:
    """The sorted numbers of a column, with the digits that they have."""
    is_integer = column.data is Data.INTEGER
    step = 1.0 if is_integer else step_of(values, column.decimals)
    return Sample(values, step, is_integer, options.least_rows, options.names_values)


def step_of(values: Array, declared: int | None) -> float:
    """The unit of the last digit that numbers have; 0 if they have many."""
    import numpy as np

    some = values[:: max(len(values) // 5_000, 1)]
    most = MOST_DECIMALS if declared is None else min(declared, MOST_DECIMALS)
    for decimals in range(most + 1):
        near = np.isclose(np.round(some, decimals), some, rtol=1e-12, atol=1e-12)
        if near.mean() >= AGREE:
            return float(f"1e-{decimals}")
    return 0.0 if declared is None else float(f"1e-{most}")


def decimals_of(sample: Sample) -> int | None:
    """The digits behind the point."""
    import math

    return None if sample.step == 0 else round(-math.log10(sample.step))


def digits_of(sample: Sample, kind: str) -> Settings:
    """`integer` or `decimals`, as the kind needs it."""
    if kind == "choice":
        return {"type": "integer"}
    if kind in ("poisson", "constant"):
        return {}
    if sample.is_integer:
        return {"integer": True}
    decimals = decimals_of(sample)
    return {} if decimals is None else {"decimals": decimals}


def drawn_from(sample: Sample) -> Drawn:
    """A fitting distribution, or the quantiles of the numbers themselves."""
    rows = f"{sample.size:,} values"
    if sample.least == sample.greatest and sample.size >= sample.least_rows:
        value = as_number(shown(sample.least, sample), sample.is_integer)
        return Drawn("constant", {"value": value}, f"the same in all {rows}")
    fits = fits_of(sample, families_for([sample]))
    best = fits[0] if fits else None
    numbers = only_numbers(sample)
    few = sample.size < 2 * sample.least_rows and not numbers
    if best and (best.suits or few):
        return Drawn(best.family.kind, parameters_of(best), reason_of(fits))
    if numbers:
        words = f"{len(numbers)} numbers over {rows}: {in_words(numbers)}"
        if are_codes(numbers, sample):
            return Drawn("choice", choice_of(numbers), words)
        return Drawn("quantiles", settings_of(steps(numbers), sample.is_integer), words)
    points = curve(sample)
    near = f" (nearest: {best.family.kind}, KS {best.ks:.2g})" if best else ""
    words = f"quantiles of {rows}, both ends rounded: no usual distribution fits{near}"
    return Drawn("quantiles", settings_of(points, sample.is_integer), words)


def families_for(samples: list[Sample]) -> list[Family]:
    """The distributions to try: of a few whole numbers, only those of counts."""
    few = all(
        one.step >= 1 and len(one.counted[0]) <= FEW_NUMBERS and only_numbers(one)
        for one in samples
    )
    return [one for one in FAMILIES if not few or one.kind in COUNTS]


def reason_of(fits: list[Fit]) -> str:
    """How well the first distribution fits, and how well the next best."""
    best, *others = fits
    words = f"{best.family.kind}: KS {best.ks:.2g} over {best.sample.size:,} values"
    if others:
        second = min(others, key=lambda fit: fit.ks)
        words += f"; also near: {second.family.kind} {second.ks:.2g}"
    return words if best.suits else f"{words}: a rough guess, there are too few"


def parameters_of(fit: Fit) -> Settings:
    """The parameters and bounds of a fit, as a spec has them."""
    import math

    whole = fit.sample.is_integer
    names, values = fit.family.names, fit.parameters
    if fit.family.kind == "uniform" and whole:
        return {"low": round(values[0] + 0.5), "high": round(values[1] - 0.5)}
    found: Settings = dict(zip(names, values, strict=True))
    if math.isfinite(fit.low):
        found["min"] = as_number(fit.low, whole)
    if math.isfinite(fit.high):
        found["max"] = as_number(fit.high, whole)
    return found


def by_category(
    view: TableView, column: SourceColumn, values: Array, there: Array, sample: Sample
) -> tuple[Settings, list[str]] | None:
    """The parameters by the values of a category, if they depend on one."""
    import numpy as np

    masked = np.where(there, values, np.nan)
    found = of_numbers(masked, candidates(view, column, masked))
    least = max(view.options.least_rows, FEWEST)
    parts = found and parts_of(found.labels, there, least)
    if not found or not parts:
        return None

    def part(rows: Array) -> Sample:
        return replace(sample, values=np.sort(values[rows]))

    samples = {name: part(rows) for name, rows in parts.cases.items()}
    each = [*samples.values()]
    if parts.needs_rest:  # where hardly any rows are left, as in the most frequent case
        most = max(each, key=lambda one: one.size)
        each.append(part(parts.rest) if parts.rest.sum() >= least else most)
    kind, parameters, reason = drawn_by_case(each)
    named = dict(zip(samples, parameters, strict=False))
    own = digits_of(sample, kind)
    settings = with_cases(kind, parts, named, parameters[-1], own)
    return settings, [reason, depends(found)]


def depends(found: Dependence) -> str:
    return f"depends on {found.labels.path}: {found}"


def drawn_by_case(samples: list[Sample]) -> tuple[str, list[Settings], str]:
    """One kind for all cases, with the parameters of each."""
    rows = sum(sample.size for sample in samples)
    if all(one.least == one.greatest for one in samples) and all(
        one.size >= one.least_rows for one in samples
    ):
        values = [
            {"value": as_number(shown(s.least, s), s.is_integer)} for s in samples
        ]
        return "constant", [*values], f"the same in each case, over {rows:,} values"
    fits = joint_fits(samples, families_for(samples))
    if fits:
        worst = max(fit.ks for fit in fits)
        words = (
            f"{fits[0].family.kind}: KS at most {worst:.2g} by case, {rows:,} values"
        )
        return fits[0].family.kind, [parameters_of(fit) for fit in fits], words
    found = [only_numbers(sample) for sample in samples]
    codes = [
        one
        for one, sample in zip(found, samples, strict=True)
        if one and are_codes(one, sample)
    ]
    if len(codes) == len(samples):
        words = f"a few codes with their shares, over {rows:,} values"
        return "choice", [choice_of(one) for one in codes], words
    settings, all_named = [], True
    for sample, numbers in zip(samples, found, strict=True):
        points = steps(numbers) if numbers else curve(sample, ROUGHLY)
        all_named = all_named and numbers is not None
        settings.append(settings_of(points, sample.is_integer))
    words = (
        f"quantiles of {rows:,} values, both ends rounded: no usual distribution fits"
    )
    if all_named:
        words = f"a few numbers with their shares, over {rows:,} values"
    return "quantiles", settings, words


def candidates(view: TableView, column: SourceColumn, values: Array) -> list[Labels]:
    """The categories that a number may depend on: of its row, and of other rows.

    Categories come before numbers, so no two columns depend on each other.
    """
    place = view.place(column.name)
    own = []
    for labels in view.own_labels:
        later = view.place(labels.path) > place
        if later and view.table.column(labels.path).data not in CATEGORIES:
            continue  # a position that follows
        if not (later and is_consequence(values, labels)):
            own.append(labels)
    return [*own, *view.far_labels]


def is_consequence(values: Array, labels: Labels) -> bool:
    """Whether a category is a class of the number: each has a range of its own."""
    import numpy as np

    used = (labels.codes >= 0) & ~np.isnan(values)
    codes = labels.codes[used][np.argsort(values[used], kind="stable")]
    changes = int((np.diff(codes) != 0).sum())
    return changes < len(labels.values)
