"""Specs with mistakes: right ones of which some parts are replaced, taken out or added."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.strategies.specs import specs
from tests.strategies.texts import hostile
from tests.support import Tree

OURS = [
    tomllib.loads(path.read_text("utf-8"))
    for path in sorted(Path(__file__).parents[2].glob("specs/*.toml"))
]


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | hostile
    | st.sampled_from(["customers", "orders.x", "-2y", "now", "key", "ref", "expr"])
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(hostile, inner)
)


@st.composite
def mutated(draw: st.DrawFn) -> Tree:
    """A spec in which some nodes are replaced, taken out, copied elsewhere or added."""
    tree: Tree = copy.deepcopy(draw(st.sampled_from(OURS) | specs()))
    for _ in range(draw(st.integers(1, 4))):
        places = list(nodes(tree))
        parent, part = draw(st.sampled_from(places))
        what = draw(st.sampled_from(["replace", "replace", "delete", "insert", "copy"]))
        if what == "delete":
            del parent[part]
        elif what == "replace":
            parent[part] = draw(values)
        elif isinstance(parent, list):
            parent.insert(part, draw(values))
        else:
            other, spot = draw(st.sampled_from(places))
            copied = copy.deepcopy(other[spot]) if what == "copy" else draw(values)
            names = st.sampled_from(sorted({str(spot) for _, spot in places}))
            parent[draw(names | hostile)] = copied
        if not tree:
            break
    return tree


def nodes(node: Any) -> Any:
    """Every place below a node, as its parent and the key or index there."""
    for part, child in list(
        node.items() if isinstance(node, dict) else enumerate(node)
    ):
        yield node, part
        if isinstance(child, (dict, list)):
            yield from nodes(child)
