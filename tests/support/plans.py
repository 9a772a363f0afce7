"""Plans of tables alone."""

from __future__ import annotations

import json

from compiler.plan.build import build
from compiler.plan.model import Plan
from compiler.source import read
from compiler.spec.load import load
from tests.support import Tree


def planned(tree: Tree) -> Plan:
    document, found = read(json.dumps(tree), "spec.json")
    assert document is not None
    loaded, more = load(document)
    plan, last = build(loaded, document)
    assert plan is not None, [*found, *more, *last]
    return plan
