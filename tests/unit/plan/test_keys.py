"""Which primary keys cannot repeat, and that the help for the others works."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

from compiler.diagnostics import Diagnostic
from compiler.pipeline import compile_spec
from tests.support import Tree, spec, table


@pytest.fixture(autouse=True)
def without_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Emitting takes longest, and says nothing more."""
    monkeypatch.setattr("compiler.pipeline.emitted", lambda *_: {"script": ""})


def ref(name: str, **options: Any) -> Tree:
    return {"kind": "ref", "table": name, **options}


def lookup(path: str) -> Tree:
    return {"kind": "lookup", "path": path}


USERS: Tree = table(
    200,
    name={"kind": "faker", "provider": "name"},
    mail={"kind": "email", "of": "name"},
    score={"kind": "poisson", "lam": 3},
)
ROLES: Tree = {
    "data": [{"role": f"r{n}", "level": n // 20, "year": n % 20} for n in range(40)]
}
USER, ROLE = ref("users"), ref("roles", distinct=True)
LINE: Tree = {"kind": "position"}
SEVERAL: Tree = {"per": "users", "mean": 3}
LINES: Tree = {
    "rows": SEVERAL,
    "primary_key": ["user", "line"],
    "columns": {"user": USER, "line": LINE},
}


def things(rows: Any, key: list[str], /, **columns: Tree) -> Tree:
    """A table with a primary key beside users, roles, and lines known by two columns."""
    thing = {"rows": rows, "primary_key": key, "columns": columns}
    return spec(users=USERS, roles=ROLES, lines=LINES, things=thing)


def told(tree: Tree) -> list[Diagnostic]:
    return compile_spec("spec.json", json.dumps(tree)).diagnostics


PROVEN: dict[str, Tree] = {
    "the parent and a position": things(SEVERAL, ["user", "n"], user=USER, n=LINE),
    "the parent and a copy of the position": things(
        SEVERAL, ["user", "m"], user=USER, n=LINE, m={"kind": "expr", "expr": "n"}
    ),
    "the parent and a distinct ref": things(
        SEVERAL, ["user", "role"], user=USER, role=ROLE
    ),
    "the parent and a copy of a distinct ref": things(
        SEVERAL, ["user", "same"], user=USER, role=ROLE, same=lookup("role.role")
    ),
    "the parent's key and a position": things(
        SEVERAL, ["id", "n"], user=USER, n=LINE, id=lookup("user.id")
    ),
    "the parent's mail, which is unique": things(
        SEVERAL, ["mail", "n"], user=USER, n=LINE, mail=lookup("user.mail")
    ),
    "a parent of one child": things(
        {"per": "users", "chance": 0.5}, ["user"], user=USER
    ),
    "a parent of one child at most": things(
        {"per": "users", "mean": 0.5, "max": 1}, ["user"], user=USER
    ),
    "a grid's parent and moment": things(
        {"per": "users", "every": "9d"}, ["user", "at"], user=USER, at={"kind": "tick"}
    ),
    "a grid of one moment": things(
        {"per": "users", "every": "9999d"}, ["user"], user=USER
    ),
    "more than is needed": things(
        SEVERAL,
        ["x", "n", "user"],
        user=USER,
        n=LINE,
        x={"kind": "bool", "chance": 0.5},
    ),
    "the parent's own two columns": things(
        {"per": "lines", "chance": 0.5},
        ["user", "n"],
        line=ref("lines"),
        user=lookup("line.user"),
        n=lookup("line.line"),
    ),
    "a mail": things(
        50, ["mail"], mail={"kind": "email", "of": "x"}, x=USERS["columns"]["name"]
    ),
    "the key": things(50, ["id"], id={"kind": "key"}),
}
# Lines have a key of two columns: a ref needs one.
for tree in PROVEN.values():
    if "lines" in json.dumps(tree["tables"]["things"]):
        tree["tables"]["lines"] = {
            **LINES,
            "columns": {**LINES["columns"], "id": {"kind": "key"}},
        }


@pytest.mark.parametrize("name", PROVEN)
def test_these_cannot_repeat(name: str) -> None:
    assert told(PROVEN[name]) == []


REPEATS: dict[str, Tree] = {
    "a ref that is not distinct": things(
        SEVERAL, ["user", "role"], user=USER, role=ref("roles")
    ),
    "a distinct ref alone": things(SEVERAL, ["role"], user=USER, role=ROLE),
    "a position alone": things(SEVERAL, ["n"], user=USER, n=LINE),
    "the parent alone": things(SEVERAL, ["user"], user=USER),
    "the parent's score and a position": things(
        SEVERAL, ["score", "n"], user=USER, n=LINE, score=lookup("user.score")
    ),
    "another row's key and a position": things(
        SEVERAL,
        ["boss", "n"],
        user=USER,
        n=LINE,
        boss=ref("users") | {"table": "roles"},
    ),
    "a ref with weights": things(
        SEVERAL, ["user", "role"], user=USER, role=ref("roles", skew=False)
    ),
    "more children than rows": things(
        {"per": "users", "mean": 60}, ["user", "role"], user=USER, role=ref("roles")
    ),
    "a grid's parent alone": things(
        {"per": "users", "every": "9d"}, ["user"], user=USER
    ),
    "a grid's parent and a ref": things(
        {"per": "users", "every": "9d"}, ["user", "role"], user=USER, role=ref("roles")
    ),
    "what is drawn": things(50, ["x"], x={"kind": "poisson", "lam": 4}),
    "what is drawn, beside a key": things(
        50, ["line"], line={"kind": "poisson", "lam": 4}, id={"kind": "key"}
    ),
    "two refs of a table of its own": things(50, ["a", "b"], a=USER, b=ref("roles")),
}


@pytest.mark.parametrize("name", REPEATS)
def test_these_can_repeat_and_the_help_mends_it(name: str) -> None:
    (found,) = told(REPEATS[name])
    assert found.code == "E219"
    assert found.help is not None
    mended = followed(REPEATS[name], found.help)
    assert mended != REPEATS[name]
    assert told(mended) == []


def followed(tree: Tree, help: str) -> Tree:
    """The spec, changed as the help says."""
    thing = json.loads(json.dumps(tree["tables"]["things"]))
    if match := re.search(r"`distinct = true` on `(\w+)`", help):
        thing["columns"][match[1]]["distinct"] = True
    if match := re.search(r"primary_key = \[[^]]*\]", help):
        thing |= tomllib.loads(match[0])
    elif "distinct" not in help:
        del thing["primary_key"]
    if match := re.search(r"\w+ = \{.*\}", help):
        thing["columns"] |= tomllib.loads(match[0])
    return {**tree, "tables": {**tree["tables"], "things": thing}}


def test_given_rows_are_compared_one_by_one() -> None:
    tree = spec(roles={**ROLES, "primary_key": ["level", "year"]})
    assert told(tree) == []
    (found,) = told(spec(roles={**ROLES, "primary_key": ["level"]}))
    assert found.code == "E113"
    size = {"size": {"kind": "poisson", "lam": 4}}
    drawn = {**ROLES, "columns": size, "primary_key": ["level", "size"]}
    assert [one.code for one in told(spec(roles=drawn))] == ["E219"]
    assert told(spec(roles={**drawn, "primary_key": ["role", "size"]})) == []


def test_a_ref_s_target_has_a_key_that_cannot_repeat() -> None:
    cards = {"rows": SEVERAL, "primary_key": ["user"], "columns": {"user": USER}}
    uses = table(50, card=ref("cards"))
    tree = spec(users=USERS, cards=cards, uses=uses)
    assert [one.code for one in told(tree)] == ["E219"]
    cards["rows"] = {"per": "users", "chance": 0.5}
    assert told(tree) == []


def test_no_part_of_a_primary_key_may_be_null() -> None:
    role = {**ROLE, "null_rate": 0.1}
    (found,) = told(things(SEVERAL, ["user", "role"], user=USER, role=role))
    assert found.code == "E213"


@pytest.mark.parametrize("mean", [39, 41])
def test_there_are_rows_enough_for_all_children(mean: int) -> None:
    rows = {"per": "users", "mean": mean - 0.5, "max": mean}
    found = told(things(rows, ["user", "role"], user=USER, role=ROLE))
    assert [one.code for one in found] == (["E215"] if mean > 40 else [])
