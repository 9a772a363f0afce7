"""Which parents have a row: an expression for `where`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from compiler.profiling.model import Options
from compiler.profiling.relations.groups import groups_of, may_name
from compiler.profiling.relations.parents import Parents

FAULTS = 0.005
"""The share of the parents for which the expression may be wrong."""
BY_CHANCE = 1e-6
"""Values whose parents would all be without a row by chance less often than that never have one."""
MOST_TERMS = 2
"""Conditions of an expression; more of them fit anything."""


@dataclass(frozen=True)
class Term:
    """A condition that all parents with a row meet."""

    text: str
    met: np.ndarray
    """By which of the parents."""


def condition(parents: Parents, options: Options) -> Term | None:
    """The expression that is true for the parents with a row and for no others.

    Single conditions come first, then two of them.
    """
    has = parents.counts > 0
    terms = terms_of(parents, has, options)
    for term in terms:
        if fits(term.met, has):
            return term
    while terms and len(terms) > 1:
        first = min(terms, key=lambda term: int(term.met.sum()))
        for other in terms:
            both = first.met & other.met
            if fits(both, has):
                return Term(f"{first.text} and {other.text}", both)
        break
    return None


def fits(met: np.ndarray, has: np.ndarray) -> bool:
    """Whether the condition is that of having a row, but for faults."""
    wrong = int((met != has).sum())
    return wrong <= FAULTS * min(int(has.sum()), int((~has).sum()))


def terms_of(parents: Parents, has: np.ndarray, options: Options) -> list[Term]:
    """Conditions on one column without which a parent has no row; short paths first."""
    found: list[Term] = []
    paths = sorted(parents.frame.columns, key=lambda path: path.count("."))
    for path in paths:
        if may_name(parents, path, options):
            found += [term] if (term := by_values(parents, path, has, options)) else []
    for name, series in parents.nulls.items():
        filled = series.to_numpy()
        for text, met in (
            (f"not is_null({name})", filled),
            (f"is_null({name})", ~filled),
        ):
            if is_needed(met, has):
                found.append(Term(text, met))
    return found


def is_needed(met: np.ndarray, has: np.ndarray) -> bool:
    """Whether no parent that does not meet the condition has a row, and hardly by chance."""
    without = ~met
    count = int(without.sum())
    chance = count * np.log1p(-min(has.mean(), 1 - 1e-9))
    return bool(
        met.any()
        and has[without].sum() <= FAULTS * has.sum()
        and count > 0
        and chance < np.log(BY_CHANCE)
    )


def by_values(
    parents: Parents, path: str, has: np.ndarray, options: Options
) -> Term | None:
    """The condition that a category has one of the values of which parents have rows."""
    groups = groups_of(parents, path)
    never = [
        group for group in groups if has[group.members].sum() <= FAULTS * group.members.sum()
    ]
    kept = [group for group in groups if all(group is not one for one in never)]
    if not never or not kept:
        return None
    met = np.any([group.members for group in kept], axis=0)
    if not is_needed(met, has):
        return None
    values = [group.value for group in kept]
    if values == [True]:
        return Term(path, met)
    if values == [False]:
        return Term(f"not {path}", met)
    has_null = any(group.value is None for group in kept)
    listed = never if has_null else kept
    if any(group.members.sum() < options.least_rows for group in listed):
        return None
    texts = [quoted(group.value) for group in listed if group.value is not None]
    if not texts:
        return None
    if has_null:
        return Term(f"not ({path} in ({', '.join(texts)},))", met)
    if len(texts) == 1:
        return Term(f"{path} == {texts[0]}", met)
    return Term(f"{path} in ({', '.join(texts)})", met)


def quoted(value: str | bool | None) -> str:
    """A value in an expression of a spec."""
    return repr(value)
