"""The report of what was measured: results.json as RESULTS.md."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Tree
from benchmarks.parts import domains, growth, peers, spark, writing

PARTS = {
    "writing": writing,
    "peers": peers,
    "spark": spark,
    "growth": growth,
    "domains": domains,
}
NOTES = Path(__file__).with_name("notes.toml")
"""What is written by hand below a part: what its numbers mean, and why."""


def load(path: Path) -> Tree:
    """What has been measured so far."""
    found: Tree = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def save(results: Tree, folder: Path) -> None:
    """Write the results as JSON and as Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results, indent=1, ensure_ascii=False)
    (folder / "results.json").write_text(f"{text}\n", encoding="utf-8")
    notes = tomllib.loads(NOTES.read_text("utf-8"))
    (folder / "RESULTS.md").write_text(markdown(results, notes), encoding="utf-8")


def markdown(results: Tree, notes: Tree) -> str:
    return "\n\n".join(blocks(results, notes)) + "\n"


def blocks(results: Tree, notes: Tree) -> Iterator[str]:
    yield "# Results of the benchmark"
    yield (
        "Written by `make bench`; the numbers are in [results.json](results.json). Each"
        " command is a process of its own. CPU is user and system time of the process and"
        " of those that it started and waited for. The peak is the resident memory of the"
        " largest of them."
    )
    for name, part in PARTS.items():
        if name not in results:
            continue
        measured = results[name]
        yield f"## {part.TITLE}"
        yield from part.render(measured["found"])
        if name in notes:
            yield notes[name].strip()
        yield where(measured)


def where(measured: Tree) -> str:
    """On what a part was measured."""
    facts, settings = measured["machine"], measured["settings"]
    packages = ", ".join(f"{name} {v}" for name, v in facts["packages"].items())
    runs = "one run" if settings["runs"] == 1 else f"medians of {settings['runs']} runs"
    quick = "; **small sizes, to see that it works**" if settings["quick"] else ""
    took = f"{measured['seconds'] / 60:.1f} minutes"
    return (
        f"<sub>{runs}{quick}; {facts['measured']}, {took}, commit {facts['commit']};"
        f" {facts['processor']}, {facts['cores']} cores, {facts['memory_gib']} GiB,"
        f" load {facts['load']} at the start; {facts['system']},"
        f" Python {facts['python']}, {packages}</sub>"
    )
