"""What a deployment of a bundle would stumble over, before anything is deployed.

The fields of a job have models in `databricks-bundles`, which its owners may run; here is
what those do not see: names that lead nowhere, and what only the whole bundle shows.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from compiler.diagnostics import did_you_mean
from compiler.emit.bundle.check.catalog import catalog_problems, key_problems
from compiler.emit.bundle.check.jobs import Part, job_problems, of_levels
from compiler.emit.bundle.check.references import KINDS, of_references
from compiler.emit.bundle.check.tree import (
    Problem,
    Spot,
    is_reference,
    mapping,
    of_shape,
    read,
)

__all__ = ["Problem", "problems"]

ROOT = "databricks.yml"
SHAPES: dict[str, type] = {
    **dict.fromkeys(("include", "permissions"), list),
    **dict.fromkeys(("artifacts", "bundle", "environments", "experimental"), dict),
    **dict.fromkeys(("presets", "python", "resources", "run_as", "scripts"), dict),
    **dict.fromkeys(("sync", "targets", "variables", "workspace"), dict),
}
IN_TARGET = (
    *("artifacts", "bundle", "cluster_id", "compute_id", "default", "git", "mode"),
    *("permissions", "presets", "resources", "run_as", "sync", "variables"),
    "workspace",
)
LEVELS = ("CAN_MANAGE", "CAN_RUN", "CAN_VIEW")
MODES = ("development", "production")


@dataclass(frozen=True)
class _Bundle:
    """The files of a bundle that are read together, and what they define."""

    files: Mapping[str, str]
    trees: dict[str, dict[str, Any]]

    def targets(self) -> Iterator[tuple[Spot, str, dict[str, Any]]]:
        for path, tree in self.trees.items():
            for key in ("targets", "environments"):
                for name, target in mapping(tree.get(key)).items():
                    yield Spot(path, (key, name)), name, mapping(target)

    def resources(self) -> Iterator[tuple[Spot, Any]]:
        """What is deployed everywhere, then what some targets add or change."""
        for path, tree in self.trees.items():
            yield Spot(path, ("resources",)), tree.get("resources")
        for spot, _, target in self.targets():
            yield spot.at("resources"), target.get("resources")

    def variables(self) -> list[str]:
        return [
            name
            for tree in self.trees.values()
            for name in mapping(tree.get("variables"))
        ]


def problems(files: Mapping[str, str]) -> list[Problem]:
    """What a deployment would stumble over, of a bundle's files by their path."""
    if ROOT not in files:
        return [Spot(ROOT).problem(f"there is no `{ROOT}`", "a bundle starts with it")]
    tree, found = read(ROOT, files[ROOT])
    trees = {ROOT: tree}
    for path in _included(files, mapping(tree).get("include")):
        trees[path], wrong = read(path, files[path])
        found += wrong
    if any(not problem.where for problem in found):
        return found  # what an unread file defines would seem to be missing
    for path, tree in trees.items():
        found += _at_the_top(Spot(path), tree)
    bundle = _Bundle(files, {path: mapping(tree) for path, tree in trees.items()})
    found += _includes(bundle)
    found += _name(bundle)
    found += _targets(bundle)
    found += _modes(bundle)
    found += _resources(bundle)
    found += _references(bundle)
    return list(dict.fromkeys(found))


def _included(files: Collection[str], patterns: Any) -> list[str]:
    """The files that are included, in order."""
    names = patterns if isinstance(patterns, list) else []
    found = [file for name in names for file in sorted(files) if _fits(file, name)]
    return [file for file in dict.fromkeys(found) if file != ROOT]


def _fits(file: str, pattern: Any) -> bool:
    """Whether a file fits a pattern, in which a star does not reach over a `/`."""
    parts = posixpath.normpath(pattern).split("/") if isinstance(pattern, str) else []
    names = file.split("/")
    return len(names) == len(parts) and all(map(fnmatchcase, names, parts))


def _at_the_top(spot: Spot, tree: Any) -> Iterator[Problem]:
    if not (tree is None or isinstance(tree, dict)):
        yield spot.problem("it holds no names with their values", "such as `bundle:`")
    top = mapping(tree)
    yield from _unknown(spot, top, list(SHAPES), "a bundle has no")
    yield from of_shape(spot, top, SHAPES.items())
    for key in ("targets", "environments", "variables"):
        named = mapping(top.get(key))
        yield from of_shape(spot.at(key), named, ((name, dict) for name in named))
    yield from of_levels(spot.at("permissions"), top.get("permissions"), LEVELS)
    if "environments" in top:
        message = "`environments` is the old name of `targets`"
        help = "call it `targets`"
        if "targets" in top:
            message += ", and beside it an error"
            help = "a job's environments stand in the job; targets all in `targets`"
        yield spot.at("environments").problem(message, help)


def _unknown(
    spot: Spot, value: dict[str, Any], known: Collection[str], what: str
) -> Iterator[Problem]:
    for key in value:
        if key not in known:
            help = str(did_you_mean(key, known) or "leave it out")
            yield spot.at(key).problem(f"{what} `{key}`", help)


def _includes(bundle: _Bundle) -> Iterator[Problem]:
    include = bundle.trees[ROOT].get("include")
    for index, pattern in enumerate(include if isinstance(include, list) else ()):
        if str(pattern).startswith("..") or any(
            _fits(file, pattern) for file in bundle.files
        ):
            continue
        spot = Spot(ROOT, ("include", index))
        help = "such as `resources/*.yml`; a star does not reach over a `/`"
        yield spot.problem(f"no file of the bundle fits `{pattern}`", help)


def _name(bundle: _Bundle) -> Iterator[Problem]:
    parts = [tree.get("bundle") for tree in bundle.trees.values()]
    named = any(mapping(part).get("name") for part in parts)
    if not named and isinstance(parts[0], dict | None):
        spot = Spot(ROOT, ("bundle",) if parts[0] else ())
        yield spot.problem("the bundle has no name", "such as `bundle: {name: shop}`")


def _targets(bundle: _Bundle) -> Iterator[Problem]:
    variables, first = bundle.variables(), None
    for spot, name, target in bundle.targets():
        yield from _unknown(spot, target, IN_TARGET, "a target has no")
        shapes = [(key, SHAPES[key]) for key in IN_TARGET if key in SHAPES]
        yield from of_shape(spot, target, shapes)
        levels = target.get("permissions")
        yield from of_levels(spot.at("permissions"), levels, LEVELS)
        given, place = mapping(target.get("variables")), spot.at("variables")
        yield from _unknown(place, given, variables, "there is no variable")
        if str(target.get("default")).lower() in ("true", "yes", "on", "y"):
            if first not in (None, name):
                message = f"`{first}` and `{name}` are both the default target"
                yield spot.at("default").problem(message, "leave one of them")
            first = first or name


def _modes(bundle: _Bundle) -> Iterator[Problem]:
    for spot, name, target in bundle.targets():
        mode = target.get("mode")
        if mode is None or is_reference(mode):
            continue
        if mode not in MODES:
            help = str(did_you_mean(str(mode), MODES) or "leave it out")
            yield spot.at("mode").problem(f"a target has no mode `{mode}`", help)
        parts = [one for _, other, one in bundle.targets() if other == name]
        parts += bundle.trees.values()
        if mode == "production" and not any(
            part.get("run_as") or mapping(part.get("workspace")).get("root_path")
            for part in parts
        ):
            message = "a production target has a `workspace.root_path` or a `run_as`"
            help = "such as `root_path: /Workspace/Users/ann@example.com/.bundle/shop`"
            yield spot.at("mode").problem(message, help)


def _resources(bundle: _Bundle) -> Iterator[Problem]:
    jobs: dict[str, list[Part]] = {}
    for spot, value in bundle.resources():
        kinds = mapping(value)
        yield from _unknown(spot, kinds, KINDS, "there is no kind of resource")
        yield from of_shape(spot, kinds, ((kind, dict) for kind in KINDS))
        named = mapping(kinds.get("jobs"))
        place = spot.at("jobs")
        yield from of_shape(place, named, ((name, dict) for name in named))
        for name, job in named.items():
            jobs.setdefault(name, []).append((place.at(name), mapping(job)))
    for parts in jobs.values():
        yield from job_problems(bundle.files, parts)
    yield from catalog_problems(bundle.resources())
    yield from key_problems(bundle.resources())


def _references(bundle: _Bundle) -> Iterator[Problem]:
    resources: dict[str, list[str]] = {}
    for _, kinds in bundle.resources():
        for kind, named in mapping(kinds).items():
            resources.setdefault(kind, []).extend(mapping(named))
    variables = bundle.variables()
    for path, tree in bundle.trees.items():
        yield from of_references(Spot(path), tree, variables, resources)
