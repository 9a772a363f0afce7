"""How the time to compile a spec grows with its size, a kind of size at a time.

    python -m benchmarks.large [NAME…] [--sizes 3]

Compiles specs of n, 2n and 4n parts and prints the times, and the ratio of each to the one
before: about 2 where time is linear. All stages run, and the diagnostics are rendered.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

from compiler.pipeline import compile_spec
from compiler.render import to_github, to_json, to_text

Tree = dict[str, Any]


def spec(**tables: Tree) -> Tree:
    return {
        "name": "large",
        "description": "A large spec.",
        "window": {"end": "2026-06-30"},
        "allow": ["*"],
        "tables": tables,
    }


def table(rows: int, columns: Tree) -> Tree:
    return {"rows": rows, "columns": {"id": {"kind": "key"}, **columns}}


def in_one_line(tree: Tree) -> tuple[str, str]:
    return "large.json", json.dumps(tree)


def in_lines(tree: Tree) -> tuple[str, str]:
    return "large.json", json.dumps(tree, indent=1)


def normal(number: int) -> tuple[str, Tree]:
    return f"amount_{number}", {"kind": "normal", "mean": number, "sd": 1}


def errors_in_one_line(n: int) -> tuple[str, str]:
    """So many wrong numbers in a JSON of one line."""
    wrong = {name: {**column, "sd": -1} for name, column in map(normal, range(n))}
    return in_one_line(spec(things=table(100, wrong)))


def unknown_keys(n: int) -> tuple[str, str]:
    """So many keys that no column has."""
    wrong = {name: {**column, "sdd": 1} for name, column in map(normal, range(n))}
    return in_lines(spec(things=table(100, wrong)))


def mistyped_names(n: int) -> tuple[str, str]:
    """So many expressions of mistyped names, beside as many columns."""
    columns = dict(map(normal, range(n)))
    wrong = {
        f"sum_{number}": {"kind": "expr", "expr": f"amuont_{number} + 1"}
        for number in range(n)
    }
    return in_lines(spec(things=table(100, {**columns, **wrong})))


def equal_refs(n: int) -> tuple[str, str]:
    """So many refs of a table to another."""
    refs = {f"parent_{number}": {"kind": "ref", "table": "a"} for number in range(n)}
    return in_lines(spec(a=table(100, {}), b=table(1000, refs)))


def unlike_columns(n: int) -> tuple[str, str]:
    """So many columns of one table."""
    return in_lines(spec(things=table(100, dict(map(normal, range(n))))))


def data_rows(n: int) -> tuple[str, str]:
    """So many rows of data."""
    rows = [
        {"code": f"C{number:06}", "price": number / 4, "day": "2026-01-01"}
        for number in range(n)
    ]
    return in_lines(spec(things={"data": rows}))


def tables(n: int) -> tuple[str, str]:
    """So many tables, each with a ref to the one before."""
    made: dict[str, Tree] = {}
    for number in range(n):
        before = {"ref": {"kind": "ref", "table": f"t{number - 1}"}} if number else {}
        made[f"t{number}"] = table(100, before)
    return in_lines(spec(**made))


MIXED: tuple[Tree, ...] = (
    {"kind": "normal", "mean": 5, "sd": 1, "min": 0},
    {"kind": "choice", "weights": {"a": 3, "b": 1}},
    {"kind": "faker", "provider": "city"},
    {"kind": "date"},
    {"kind": "expr", "expr": "round(c0 * 2, 1)"},
)


def wide_tables(n: int) -> tuple[str, str]:
    """So many tables of 50 columns each, with a ref to one of the ten before."""
    made: dict[str, Tree] = {}
    for number in range(n):
        columns: Tree = {f"c{each}": MIXED[each % len(MIXED)] for each in range(48)}
        if number:
            target = f"t{number // 10 * 10 - 10 * (number % 10 == 0)}"
            columns["ref"] = {"kind": "ref", "table": target}
            columns["c47"] = {"kind": "lookup", "path": "ref.c1"}
        made[f"t{number}"] = table(1000, columns)
    return in_lines(spec(**made))


def choices(n: int) -> tuple[str, str]:
    """So many values of a choice, and a case for each."""
    weights = {f"value_{number}": 1 + number % 7 for number in range(n)}
    cases = {value: {"mean": weight} for value, weight in weights.items()}
    size = {"kind": "normal", "sd": 1, "by": "type", "cases": cases}
    columns = {"type": {"kind": "choice", "weights": weights}, "size": size}
    return in_lines(spec(things=table(100, columns)))


def moments(n: int) -> tuple[str, str]:
    """So many moments, each after the one before."""
    columns: Tree = {"m0": {"kind": "timestamp"}}
    for number in range(1, n):
        columns[f"m{number}"] = {
            "kind": "offset",
            "of": f"m{number - 1}",
            "distribution": "exponential",
            "scale": "1m",
        }
    return in_lines(spec(things=table(100, columns)))


def events(n: int) -> tuple[str, str]:
    """So many events of a calendar."""
    made = [
        {"name": f"event_{number}", "days_ago": [number % 90 + 2, 1], "factor": 1.5}
        for number in range(n)
    ]
    tree = spec(things=table(100, {"at": {"kind": "timestamp", "calendar": "busy"}}))
    return in_lines({**tree, "calendars": {"busy": {"events": made}}})


def unknown_tables(n: int) -> tuple[str, str]:
    """So many refs to tables that do not exist, beside as many that do."""
    made = {
        f"table_{number}": table(
            100, {"ref": {"kind": "ref", "table": f"tabel_{number}"}}
        )
        for number in range(n)
    }
    return in_lines(spec(**made))


def broken_toml(n: int) -> tuple[str, str]:
    """A mistake at the end of so many keys in TOML."""
    lines = [f"c{number} = {{ kind = 'key' }}" for number in range(n)]
    return "large.toml", "[tables.a.columns]\n" + "\n".join([*lines, "x = ="])


def arrays_of_tables(n: int) -> tuple[str, str]:
    """So many rows of data, each below a header of its own in TOML."""
    head = 'name = "large"\ndescription = "A."\nallow = ["*"]\n'
    rows = "".join(f"[[tables.a.data]]\ncode = {number}\n" for number in range(n))
    return "large.toml", head + rows


SHAPES: dict[str, tuple[Callable[[int], tuple[str, str]], int]] = {
    "errors_in_one_line": (errors_in_one_line, 200),
    "unknown_keys": (unknown_keys, 200),
    "mistyped_names": (mistyped_names, 250),
    "unknown_tables": (unknown_tables, 100),
    "equal_refs": (equal_refs, 50),
    "unlike_columns": (unlike_columns, 200),
    "data_rows": (data_rows, 2500),
    "tables": (tables, 50),
    "wide_tables": (wide_tables, 25),
    "choices": (choices, 200),
    "moments": (moments, 50),
    "events": (events, 100),
    "broken_toml": (broken_toml, 2000),
    "arrays_of_tables": (arrays_of_tables, 1000),
}


def measured(path: str, text: str) -> tuple[float, int]:
    """Seconds to compile a spec and show its diagnostics, and how many these are."""
    start = time.perf_counter()
    found = compile_spec(path, text).diagnostics
    to_text(found, {path: text}, color=False)
    to_json(found)
    to_github(found)
    return time.perf_counter() - start, len(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SHAPES))
    parser.add_argument("--sizes", type=int, default=3, help="n, 2n, 4n …")
    options = parser.parse_args()
    compile_spec(*unlike_columns(3))  # imports are made once
    for name in options.names or SHAPES:
        make, least = SHAPES[name]
        before = 0.0
        for step in range(options.sizes):
            n = least * 2**step
            path, text = make(n)
            seconds, found = measured(path, text)
            ratio = f"{seconds / before:5.1f} x" if before else ""
            print(
                f"{name:20} {n:7,} {len(text) / 1e3:8,.0f} KB {seconds:8.2f} s"
                f" {ratio:8} {found:6,} diagnostics",
                flush=True,
            )
            before = seconds


if __name__ == "__main__":
    main()
