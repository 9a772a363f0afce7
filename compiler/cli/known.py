"""Builds that are known to emit again what a folder was made from, without compiling its spec.

The lock of the folder states from what it was made. Whether the compiler is still the same, down
to the packages that it uses, is not in the lock, which is the same on all machines: that is part
of the key in the user's cache.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from compiler import cache, installed
from compiler.cli.compiling import today
from compiler.cli.targets import origin_in
from compiler.diagnostics import Diagnostic, Label, Replace, Span
from compiler.pipeline import Compiled
from compiler.plan.summary import Block, Rename, Summary
from compiler.regen.origin import TEMPLATE, hash_of
from compiler.sources.beside import hashes

Options = Mapping[str, str | None]


def recalled(
    path: str, text: str, source: str, options: Options, out: Path
) -> Compiled | None:
    """What an earlier build emitted, where the last build of the folder was of the same spec."""
    if options[TEMPLATE] is not None:  # which may run any code
        return None
    key = key_of(path, text, source, options)
    known = cache.load(kind(), [key])
    if not known:
        return None
    compiled = from_bytes(path, text, known[key])
    assert compiled.summary is not None
    folder = out / compiled.summary.name
    origin = origin_in(folder)
    given = {name: value for name, value in options.items() if value is not None}
    same = origin is not None and origin.hash == hash_of(text, given, folder, path)
    return compiled if same else None


def remembered(compiled: Compiled, source: str, options: Options) -> Compiled:
    """Keeps what a build emits."""
    if compiled.files and compiled.text is not None and options[TEMPLATE] is None:
        key = key_of(compiled.path, compiled.text, source, options)
        cache.store(kind(), {key: to_bytes(compiled)})
    return compiled


def kind() -> str:
    return f"build {installed.state()}"


def key_of(path: str, text: str, source: str, options: Options) -> str:
    """All that a build depends on; the plan that it shows is that of a run of today."""
    given = sorted(options.items())
    files = hashes(text, path)
    return json.dumps([path, text, files, source, given, today().isoformat()])


def to_bytes(compiled: Compiled) -> bytes:
    assert compiled.summary is not None
    parts = {
        "diagnostics": [asdict(each) for each in compiled.diagnostics],
        "files": compiled.files,
        "summary": asdict(compiled.summary),
    }
    return zlib.compress(json.dumps(parts).encode())


def from_bytes(path: str, text: str, content: bytes) -> Compiled:
    parts = json.loads(zlib.decompress(content))
    summary = parts["summary"]
    renames = tuple(Rename(**each) for each in summary["renames"])
    shown = tuple(map(block, summary["shown"]))
    return Compiled(
        path,
        text,
        [*map(diagnostic, parts["diagnostics"])],
        files=parts["files"],
        summary=Summary(summary["name"], renames, shown),
    )


def block(parts: dict[str, Any]) -> Block:
    lines = tuple(tuple((text, style) for text, style in one) for one in parts["lines"])
    return Block(**{**parts, "lines": lines})


def diagnostic(parts: dict[str, Any]) -> Diagnostic:
    labels = tuple(
        Label(Span(**each["span"]), each["text"]) for each in parts["labels"]
    )
    fix = parts["fix"] and Replace(Span(**parts["fix"]["span"]), parts["fix"]["text"])
    return Diagnostic(**{**parts, "labels": labels, "fix": fix})
