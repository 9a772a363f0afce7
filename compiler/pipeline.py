"""The way of a spec through the stages: from its text to the files, with all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from compiler.diagnostics import Diagnostic, Label, Span, in_order
from compiler.plan.model import Plan


@dataclass(frozen=True)
class Compiled:
    """What became of one spec."""

    path: str
    text: str | None
    """None where the file could not be read."""
    diagnostics: list[Diagnostic]
    plan: Plan | None = None
    files: dict[str, str] = field(default_factory=dict)
    """Text by path below `generated/NAME/`; empty where an error stopped the build."""

    @property
    def failed(self) -> bool:
        return any(diagnostic.severity == "error" for diagnostic in self.diagnostics)


def compile_spec(
    path: str, text: str, engine: str | None = None, format: str | None = None
) -> Compiled:
    """Compiles the text of a spec; `engine` and `format` go before the spec's own."""
    from compiler.plan.build import build
    from compiler.plan.lint import lint
    from compiler.source import read
    from compiler.spec.load import load

    document, diagnostics = read(text, path)
    if document is None:
        return Compiled(path, text, in_order(diagnostics))
    spec, found = load(document)
    diagnostics += found
    overrides = {"engine": engine, "format": format}
    given = {key: value for key, value in overrides.items() if value is not None}
    spec = spec.model_copy(update={"output": spec.output.model_copy(update=given)})
    plan, found = build(spec, document)
    diagnostics += found
    if diagnostics or plan is None:
        return Compiled(path, text, in_order(diagnostics))
    from compiler.emit import emit

    warnings = in_order(lint(plan, spec, document))
    return Compiled(path, text, warnings, plan, emit(plan))


def unreadable(path: str, reason: str) -> Compiled:
    """A spec that could not be read from the disk."""
    label = (Label(Span(path, 1, 1, 1, 1)),)
    help = "give the path of a .toml or .json file"
    found = Diagnostic("E002", f"cannot read {path}: {reason}", label, help)
    return Compiled(path, None, [found])


def without_twins(compiled: list[Compiled]) -> list[Compiled]:
    """Two specs of one name would write to one folder: the second is refused."""
    seen: dict[str, str] = {}
    result = []
    for one in compiled:
        if one.plan and one.plan.name in seen:
            label = (Label(Span(one.path, 1, 1, 1, 1)),)
            message = f"{seen[one.plan.name]} is named `{one.plan.name}` too"
            twin = Diagnostic("E113", message, label, "give each spec its own name")
            told = [*one.diagnostics, twin]
            result.append(replace(one, plan=None, files={}, diagnostics=told))
            continue
        if one.plan:
            seen[one.plan.name] = one.path
        result.append(one)
    return result
