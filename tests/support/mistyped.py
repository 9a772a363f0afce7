"""Mistyped specs, and what the schema says of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support import Tree, spec, table

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "specs").glob("*.toml"))
MISTYPED = [
    ("a", {"kind": "bool", "chnce": 0.5}, "chnce"),
    ("a", {"kind": "bool", "chance": 0.5, "nul_rate": 0.5}, "nul_rate"),
    ("a", {"kind": "boool", "chance": 0.5}, "boool"),
    ("a", {"kind": "bool"}, "chance"),
    ("a", {"chance": 0.5}, "kind"),
    ("a", {"kind": "bool", "chance": "often"}, "often"),
    ("a", {"kind": "normal", "by": "b", "cases": {"x": {"maen": 4}}, "sd": 1}, "maen"),
    ("a", {"kind": "normal", "mean": 1, "sd": 1, "by": "b"}, "cases"),
    ("rows", {"per": "shops", "maen": 3}, "maen"),
    ("rows", {"pre": "shops", "mean": 3}, "pre"),
    ("rows", 0, "0"),
    ("rows", "many", "many"),
    ("locale", {"by": "a", "cases": {"x": "de_DE"}, "otherwize": "x"}, "otherwize"),
    ("locale", {"de_DE": "much"}, "much"),
]


def with_mistake(place: str, value: Any) -> Tree:
    """A spec with one mistake: in a table's key, or in its column `a`."""
    tree = spec(shops=table(20), things=table(20, b={"kind": "bool", "chance": 0.5}))
    things = tree["tables"]["things"]
    (things["columns"] if place == "a" else things)[place] = value
    return tree
