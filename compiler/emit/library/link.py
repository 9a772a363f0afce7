"""Links a script: finds the helpers and imports that its code uses, and only those."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compiler.emit.library.definitions import (
    BY_CALENDAR,
    READ_FIRST,
    TYPES,
    UNITS,
    ZONED,
    parts,
)
from compiler.emit.library.helpers import Helper, helpers_for, in_pandas
from compiler.emit.library.imports import IMPORTS
from compiler.emit.library.sections import FIRST_HELPER, SECTIONS
from compiler.emit.library.sections import READ_FIRST as FIRST
from compiler.symbols import names_in


@dataclass(frozen=True)
class Linked:
    """What a script takes from the library."""

    read_first: list[str]
    """The definitions and helpers that come before the tables."""
    helpers: dict[str, list[str]]
    """The others, by folder of their section."""
    names: list[str]
    """Of all helpers."""
    units: list[str]
    types: list[str]
    imports: list[str]


def sources(variants: frozenset[str]) -> dict[str, str]:
    """The source of all that a script may take, by name."""
    types = TYPES | parts("zipped" in variants, "partitioned" in variants)
    if "pandas" in variants:
        types = {name: in_pandas(text) for name, text in types.items()}
    units = UNITS | (BY_CALENDAR if "calendar" in variants else {})
    units |= ZONED if "zoned" in variants else {}
    helpers = {name: helper.text for name, helper in helpers_for(variants).items()}
    return {**units, **types, **READ_FIRST, **helpers}


def closure(names: Iterable[str], variants: frozenset[str] = frozenset()) -> set[str]:
    """These names, and all that what they mean in the library needs in turn."""
    known, wanted, open = sources(variants), set[str](), [{*names}]
    while open:
        fresh = open.pop() - wanted
        wanted |= fresh
        open += [names_in(known[name]) for name in fresh & known.keys()]
    return wanted


def link(names: Iterable[str], variants: frozenset[str] = frozenset()) -> Linked:
    """All that code which uses these names needs, and what that needs in turn."""
    wanted, source = closure(names, variants), sources(variants)
    known = helpers_for(variants)
    used = [helper for name, helper in known.items() if name in wanted]
    helpers = {
        section: [helper.text for helper in in_order(used, section)]
        for section in SECTIONS
    }
    first = [source[name] for name in READ_FIRST if name in wanted]
    return Linked(
        read_first=[*first, *helpers.pop(FIRST)],
        helpers={section: texts for section, texts in helpers.items() if texts},
        names=[helper.name for helper in used],
        units=[source[name] for name in UNITS if name in wanted],
        types=[source[name] for name in TYPES if name in wanted],
        imports=[
            statement
            for name, statement in IMPORTS.items()
            if name in wanted and name not in known
        ],
    )


def in_order(helpers: Iterable[Helper], section: str) -> list[Helper]:
    """The helpers of a section by name, its first one first; callees before callers."""
    here = {helper.name: helper for helper in helpers if helper.section == section}
    done: dict[str, Helper] = {}

    def add(name: str) -> None:
        if name in done:
            return
        done[name] = here[name]  # first, so that two that call each other end
        called = sorted(names_in(here[name].text) & here.keys())
        for other in called:
            add(other)
        done[name] = done.pop(name)

    for name in sorted(
        here, key=lambda name: (name != FIRST_HELPER.get(section), name)
    ):
        add(name)
    return [*done.values()]
