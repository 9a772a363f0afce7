"""Schemas in YAML or JSON, recognised by what they contain: dbt's, and data contracts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from compiler.sources.dbt_manifest import is_manifest, read_manifest
from compiler.sources.dbt_schema import is_dbt_schema, read_dbt_schema
from compiler.sources.found import Found, place
from compiler.sources.odcs import is_contract, read_contract
from compiler.sources.text_files import LARGEST, read_text
from compiler.sources.trees import Tree

KNOWN = (
    "it can be a schema.yml or manifest.json of dbt, or a data contract "
    "(kind: DataContract)"
)


def read_yaml(path: Path, *, is_listed: bool) -> Found:
    """The tables of a YAML file; one of another kind is a problem only if it `is_listed` itself.

    In a folder, others are noted: every project has YAML files that are no schemas.
    """
    import yaml

    found = Found()
    content = read_text(found, path)
    if content is None:
        return found
    try:
        # The loader in C is much faster, where PyYAML has it.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        trees = list(yaml.load_all(content, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = place(path, mark.line + 1, mark.column + 1) if mark else None
        found.problem("E708", f"not valid YAML: {error.problem}", None, at)
        return found
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        found.problem("E708", f"{path} is not valid YAML: {type(error).__name__}")
        return found
    read_trees(found, path, trees, is_listed)
    return found


def read_json_schema(path: Path) -> Found | None:
    """The tables of a schema in JSON; None if the file is data, or not valid JSON."""
    try:
        if path.stat().st_size > LARGEST or not may_be_schema(path):
            return None
        tree = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(tree, dict) or not is_schema(tree):
        return None
    found = Found()
    read_trees(found, path, [tree], True)
    return found


def may_be_schema(path: Path) -> bool:
    """Whether a file may be one object: not if its first line is one, but no schema."""
    with path.open("rb") as file:
        line = file.readline(LARGEST)
    try:
        tree = json.loads(line)
    except ValueError:
        return line.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return isinstance(tree, dict) and is_schema(tree)


def is_schema(tree: Tree) -> bool:
    """Whether it is of a kind that we read."""
    return is_manifest(tree) or is_contract(tree) or is_dbt_schema(tree)


def read_trees(found: Found, path: Path, trees: list[Any], is_listed: bool) -> None:
    """Adds the tables of the documents of a file."""
    schemas = [tree for tree in trees if isinstance(tree, dict) and is_schema(tree)]
    for tree in schemas:
        if is_manifest(tree):
            found.add(read_manifest(tree))
        elif is_contract(tree):
            found.add(read_contract(tree, path.name))
        else:
            found.add(read_dbt_schema(tree))
    if not schemas and is_listed:
        found.problem("E708", f"{path} is no schema that is known", KNOWN)
    elif not schemas:
        found.notes.append(f"{path.name}: ignored, it is no schema that is known")
    elif not found.tables and is_listed:
        found.problem("E708", f"{path} has no tables with columns")
