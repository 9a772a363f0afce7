"""Forms in which refs are distinct."""

from __future__ import annotations

from typing import Any

from tests.support import Tree, spec, table

WEIGHTS = {"a": 8, "b": 4, "c": 2, "d": 1, "e": 0}


def access(
    rows: Tree | None = None, users: int = 2_000, roles: int = 30, **options: Any
) -> Tree:
    """Users, and which roles each of them has."""
    role: Tree = {"kind": "ref", "table": "roles", "distinct": True, **options}
    kinds: Tree = {"kind": {"kind": "choice", "weights": dict.fromkeys("abcde", 1)}}
    return spec(
        users=table(users, admin={"kind": "bool", "chance": 0.3}),
        roles=table(roles, **kinds),
        has=table(
            rows or {"per": "users", "mean": 6, "max": 20},
            user={"kind": "ref", "table": "users"},
            n={"kind": "position"},
            role=role,
            kind={"kind": "lookup", "path": "role.kind"},
        ),
    )


def given(rows: Tree, **options: Any) -> Tree:
    """`access` with five roles, each of a kind of its own."""
    tree = access(rows, **options)
    tree["tables"]["roles"] = {"data": [{"kind": kind} for kind in WEIGHTS]}
    return tree


def times(count: int) -> Tree:
    return {"per": "users", "mean": count, "min": count, "max": count}


FORMS: dict[str, Tree] = {
    "skewed": access(),
    "even": access(skew=False),
    "very skewed": access(skew=0.95),
    "weighted": access(weights={"kind": {**WEIGHTS, "e": 1}}),
    "never": access({"per": "users", "mean": 3, "max": 8}, weights={"kind": WEIGHTS}),
    "some null": access(null_rate=0.2),
    "all": access(times(30)),
    "all of a few": given(times(4), weights={"kind": {**WEIGHTS, "a": 10**9}}),
    "by case": access(
        by="user.admin",
        cases={
            "true": {"skew": False},
            "false": {"weights": {"kind": {**WEIGHTS, "e": 3}}},
        },
    ),
    "of a case of its own row": access(
        {"per": "users", "mean": 3, "max": 5},
        by="n",
        cases={"< 3": {"skew": 0.5}, ">= 3": {"weights": {"kind": WEIGHTS}}},
    ),
    "on a grid": access({"per": "users", "every": "20d"}, users=300),
}
