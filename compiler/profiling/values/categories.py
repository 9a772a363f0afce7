"""Categories and booleans: their shares, by case where they depend on another category."""

from __future__ import annotations

from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.values.cases import MOST, parts_of, with_cases
from compiler.profiling.values.dependence import cross, of_codes
from compiler.profiling.values.digits import percent
from compiler.profiling.values.names import Named
from compiler.profiling.values.sample import Array
from compiler.profiling.values.view import Labels, TableView
from compiler.sources.model import SourceColumn

ROWS_A_CATEGORY = 500
"""The compiler warns of categories with fewer rows (W407), which a source may well have."""


def candidates(view: TableView, column: SourceColumn) -> list[Labels]:
    """The categories that another one may depend on: those before it, and of other rows."""
    place = view.place(column.name)
    own = [labels for labels in view.own_labels if view.place(labels.path) < place]
    return [*own, *view.far_labels]


def describe_boolean(view: TableView, column: SourceColumn) -> DraftColumn | None:
    """A column of true and false: a chance, by case where it depends on a category."""
    import polars as pl

    series = view.frame[column.name]
    codes = series.cast(pl.Int64).fill_null(-1).to_numpy()
    there = codes >= 0
    rows = int(there.sum())
    if not rows:
        return None

    def chance(rows: Array) -> Settings:
        return {"chance": rounded(float(codes[rows].mean()) if rows.any() else 0.0)}

    share = float(codes[there].mean())
    comment = f"true in {percent(share)} of {rows:,} rows"
    found = of_codes(codes, 2, candidates(view, column))
    parts = found and parts_of(found.labels, there, view.options.least_rows)
    if not found or not parts:
        return DraftColumn(column.name, {"kind": "bool", **chance(there)}, [comment])
    rest = parts.rest if parts.rest.any() else there
    cases = {name: chance(rows) for name, rows in parts.cases.items()}
    settings = with_cases("bool", parts, cases, chance(rest))
    return DraftColumn(
        column.name, settings, [comment, f"depends on {found.labels.path}: {found}"]
    )


def describe_text(view: TableView, column: SourceColumn) -> DraftColumn | None:
    """A category: a choice with weights; None for a text that is none."""
    named = view.named(column)
    if named is None:
        return None
    rows = sum(named.rows)
    what = f"{len(named.values)} values over {rows:,} rows"
    comments = [what if len(named.values) > 1 else f"the same in all of {rows:,} rows"]
    if named.rare_values:
        few = f"{named.rare_values:,} values of {named.rare_rows:,} rows"
        least = view.options.least_rows
        comments.append(f"left out: {few}, as under {least} rows have each")
    if len(named.values) == 1:
        settings: Settings = {"kind": "constant", "value": named.shown[0]}
        return DraftColumn(column.name, settings, comments)
    settings = {"kind": "choice", "weights": weights(named.shown, named.rows)}
    dependent = by_category(view, column, named)
    if dependent:
        settings, reason = dependent
        comments.append(reason)
    else:
        comments += allow_as_it_is(settings, min(named.rows) / rows * view.rows)
    return DraftColumn(column.name, settings, comments)


def allow_as_it_is(settings: Settings, fewest: float) -> list[str]:
    """Allows the warnings of a choice that the data would get, too; why, in words.

    `fewest` is how many rows the rarest value has.
    """
    comments = []
    if len({*settings["weights"].values()}) == 1:
        settings["allow"] = ["W402"]
        comments.append("all values are about as frequent in the data, too")
    if fewest < ROWS_A_CATEGORY:
        settings["allow"] = [*settings.get("allow", []), "W407"]
        comments.append(
            f"some values have under {ROWS_A_CATEGORY} rows in the data, too: "
            "too few for a GROUP BY over days"
        )
    return comments


def by_category(
    view: TableView, column: SourceColumn, named: Named
) -> tuple[Settings, str] | None:
    """The weights by the values of another category, if they depend on one."""
    codes = named.codes(view.frame[column.name])
    count = len(named.values)
    found = of_codes(codes, count, candidates(view, column))
    parts = found and parts_of(found.labels, codes >= 0, view.options.least_rows)
    if not found or not parts:
        return None
    groups = [*parts.cases.values()]
    rest = parts.rest if parts.rest.sum() >= view.options.least_rows else codes >= 0
    groups += [rest] if parts.needs_rest else []
    table = cross_of(groups, codes, count)
    kept = table * (table >= view.options.least_rows)
    for value in range(count):  # each value is in some case
        if not kept[:, value].any():
            place = int(table[:, value].argmax())
            kept[place, value] = table[place, value]
    if not kept.any(axis=1).all():
        return None
    each = [weights(named.shown, tuple(row)) for row in kept.tolist()]
    cases = dict(zip(parts.cases, ({"weights": one} for one in each), strict=False))
    settings = with_cases("choice", parts, cases, {"weights": each[-1]})
    if any(len(one) > 1 and len({*one.values()}) == 1 for one in each):
        settings["allow"] = ["W402"]
    more = len(found.labels.values) > len(parts.cases) > MOST - 1
    words = f"depends on {found.labels.path}: {found}"
    return settings, f"{words}; the {MOST} most frequent values" if more else words


def cross_of(groups: list[Array], codes: Array, count: int) -> Array:
    """How many rows of each group have each value."""
    import numpy as np

    zeros = np.zeros
    return np.vstack(
        [cross(zeros(int(rows.sum()), int), 1, codes[rows], count) for rows in groups]
    )


def weights(names: tuple[str, ...], rows: tuple[int, ...]) -> dict[str, float]:
    """Shares in falling order, with digits enough to tell them apart."""
    total = sum(rows)
    pairs = sorted(zip(names, rows, strict=True), key=lambda pair: -pair[1])
    shares = {name: count / total for name, count in pairs if count}
    for digits in (3, 4, 6):
        short = {name: round(share, digits) for name, share in shares.items()}
        told_apart = len({*short.values()}) > 1 or len({*shares.values()}) == 1
        if min(short.values()) >= 5 * 10.0**-digits and told_apart:
            return short
    return shares


def rounded(share: float) -> float:
    """A share with three digits behind the point, a rare one with three significant digits."""
    return round(share, 3) if 0.01 <= share <= 0.99 else float(f"{share:.3g}")
