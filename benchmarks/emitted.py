"""Write the script of a spec: python -m benchmarks.emitted SPEC ENGINE SCRIPT.

A process of its own, so that the measuring one stays small.
"""

from __future__ import annotations

import sys
from pathlib import Path

from compiler.engines import EngineName
from compiler.pipeline import compile_spec
from compiler.render import to_text


def emit(spec: Path, engine: EngineName, script: Path) -> None:
    text = spec.read_text("utf-8")
    compiled = compile_spec(str(spec), text, engine=engine)
    if compiled.failed:
        found = to_text(compiled.diagnostics, {str(spec): text}, color=False)
        sys.exit(f"the spec is wrong:\n{found}")
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(compiled.files["generate_data.py"], encoding="utf-8")


if __name__ == "__main__":
    _, path, name, target = sys.argv
    emit(Path(path), name, Path(target))  # type: ignore[arg-type]
