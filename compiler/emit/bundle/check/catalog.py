"""Resources of Unity Catalog, and the keys by which commands find any resource."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from compiler.emit.bundle.check.tree import Problem, Spot, mapping, of_shape

NEEDED = {
    "schemas": ("catalog_name", "name"),
    "volumes": ("catalog_name", "schema_name", "name"),
}
ONE = {"schemas": "schema", "volumes": "volume"}


def catalog_problems(resources: Iterable[tuple[Spot, Any]]) -> Iterator[Problem]:
    """Schemas and volumes without a name or the place where they belong."""
    found: dict[tuple[str, str], list[tuple[Spot, dict[str, Any]]]] = {}
    for spot, value in resources:
        for kind in NEEDED:
            named = mapping(mapping(value).get(kind))
            yield from of_shape(spot.at(kind), named, ((key, dict) for key in named))
            for key, one in named.items():
                if one is None or isinstance(one, dict):
                    part = spot.at(kind, key), mapping(one)
                    found.setdefault((kind, key), []).append(part)
    for (kind, key), parts in found.items():
        for needed in NEEDED[kind]:
            if not any(one.get(needed) for _, one in parts):
                message = f"the {ONE[kind]} `{key}` has no `{needed}`"
                help = f"such as `{needed}: ${{var.{needed.removesuffix('_name')}}}`"
                yield parts[0][0].problem(message, help)


def key_problems(resources: Iterable[tuple[Spot, Any]]) -> Iterator[Problem]:
    """Two resources of one key: `bundle run` and `bind` find a resource by its key alone."""
    first: dict[str, tuple[str, Spot]] = {}
    for spot, value in resources:
        if spot.steps[0] != "resources":
            continue  # what a target changes has the same key
        for kind, named in mapping(value).items():
            for key in mapping(named):
                place = spot.at(kind, key)
                other, before = first.setdefault(key, (kind, place))
                if before != place:
                    where = "" if other == kind else f", that of the `{other}`"
                    message = f"another resource has the key `{key}`{where}"
                    yield place.problem(message, "give each a key of its own")
