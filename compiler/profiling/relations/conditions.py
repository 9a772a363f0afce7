"""Which parents have a row: an expression for `where`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from compiler.profiling.model import Options
from compiler.profiling.relations.groups import may_name, quoted
from compiler.profiling.relations.parents import Category, Parents

FAULTS = 0.005
"""The share of the parents for which the expression may be wrong."""
BY_CHANCE = 1e-6
"""Values whose parents would all be without a row by chance less often than that never have one."""


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
    for first, other in combinations(terms, 2):
        both = first.met & other.met
        if fits(both, has):
            return Term(f"{first.text} and {other.text}", both)
    return None


def fits(met: np.ndarray, has: np.ndarray) -> bool:
    """Whether the condition is that of having a row, but for faults."""
    wrong = int((met != has).sum())
    return wrong <= FAULTS * min(int(has.sum()), int((~has).sum()))


def terms_of(parents: Parents, has: np.ndarray, options: Options) -> list[Term]:
    """Conditions on one column without which a parent has no row; short paths first."""
    found: list[Term] = []
    paths = sorted(parents.categories, key=lambda path: path.count("."))
    for path in paths:
        if may_name(parents.categories[path], options):
            term = by_values(parents.categories[path], path, has, options)
            found += [term] if term else []
    for name, filled in parents.filled.items():
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
    category: Category, path: str, has: np.ndarray, options: Options
) -> Term | None:
    """The condition that a category has one of the values of which parents have rows."""
    with_rows = np.bincount(category.codes, has, minlength=len(category.values))
    is_kept = with_rows > FAULTS * category.sizes
    if is_kept.all() or not is_kept.any():
        return None
    met = is_kept[category.codes]
    if not is_needed(met, has):
        return None
    kept = [value for value, yes in zip(category.values, is_kept, strict=True) if yes]
    if category.is_boolean:
        if len(kept) > 1 or None in kept:
            return None
        return Term(path if kept[0] else f"not {path}", met)
    # A comparison with null is false, so parents with null are kept by leaving out others.
    listed = is_kept if None not in kept else ~is_kept
    if (category.sizes[listed] < options.least_rows).any():
        return None
    texts = quoted(
        value for value, yes in zip(category.values, listed, strict=True) if yes
    )
    text = f"{path} in ({', '.join(texts)})"
    if len(texts) == 1:
        text = f"{path} == {texts[0]}"
    return Term(f"not ({text})" if None in kept else text, met)
