"""A spec through all stages: from its text to the files, with all diagnostics."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.diagnostics import Diagnostic, Label, Span, in_order

if TYPE_CHECKING:
    from compiler.plan.model import Plan
    from compiler.plan.summary import Summary


@dataclass(frozen=True)
class Compiled:
    """The result of compiling one spec."""

    path: str
    text: str | None
    """None if the file could not be read."""
    diagnostics: list[Diagnostic]
    plan: Plan | None = None
    files: dict[str, str] = field(default_factory=dict)
    """Text by path below `generated/NAME/`; empty where an error stopped the build, or
    where only the plan was asked for."""
    summary: Summary | None = None
    """Of the plan, for the commands that print it. One from the cache has no plan."""

    @property
    def failed(self) -> bool:
        return any(diagnostic.severity == "error" for diagnostic in self.diagnostics)


def compile_spec(
    path: str,
    text: str,
    engine: str | None = None,
    format: str | None = None,
    bundle_template: str | None = None,
    source: str | None = None,
) -> Compiled:
    """Compiles the text of a spec; `engine` and `format` override the spec.

    `bundle_template` is the folder of a cookiecutter template that makes the bundle; `source`
    is how the files name the spec, if not by `path`.
    """
    planned = plan_spec(path, text, engine, format)
    if planned.plan is None:
        return planned
    plan = planned.plan
    if source is not None:
        plan = replace(plan, source=source)
    try:
        return replace(planned, plan=plan, files=emitted(plan, bundle_template))
    except Refused as refused:
        found = [*planned.diagnostics, *refused.diagnostics]
        return replace(planned, plan=None, diagnostics=found)


def plan_spec(
    path: str, text: str, engine: str | None = None, format: str | None = None
) -> Compiled:
    """The stages up to the plan, and its warnings; nothing is emitted."""
    from compiler.plan.build import build
    from compiler.plan.calls import DEEP, calls_within_calls
    from compiler.plan.lint import lint
    from compiler.source import read
    from compiler.sources.beside import with_files
    from compiler.spec.load import load

    document, diagnostics = read(text, path)
    if document is None:
        return Compiled(path, text, in_order(diagnostics))
    document, missing = with_files(document)
    spec, found = load(document)
    diagnostics += found
    if missing:  # what is in place of their values has no meaning
        return Compiled(path, text, in_order([*missing, *diagnostics]))
    overrides = {"engine": engine, "format": format}
    given = {key: value for key, value in overrides.items() if value is not None}
    spec = spec.model_copy(update={"output": spec.output.model_copy(update=given)})
    with calls_within_calls(DEEP):
        plan, found = build(spec, document, sound=not diagnostics)
    diagnostics += found
    if diagnostics or plan is None:
        return Compiled(path, text, in_order(diagnostics))
    return Compiled(path, text, in_order(lint(plan, spec, document)), plan)


class Refused(Exception):
    """The bundle cannot be rendered or deployed."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__()
        self.diagnostics = diagnostics


def emitted(plan: Plan, bundle_template: str | None) -> dict[str, str]:
    """The files, with a bundle that can be deployed; raises `Refused` otherwise."""
    from compiler.emit import emit
    from compiler.emit.bundle import NoRoom, TemplateError, problems
    from compiler.plan.jobs import runs_as_job

    template = None if bundle_template is None else Path(bundle_template)
    try:
        files = emit(plan, template)
    except TemplateError as error:
        failure = Diagnostic("E601", error.message, at_top(error.path), error.help)
        raise Refused([failure]) from None
    except NoRoom as error:
        message = f"the folder for temporary files cannot be written: {error}"
        help = (
            "nothing was changed; make that folder writable, or set TMPDIR to another"
        )
        raise Refused([Diagnostic("E503", message, help=help)]) from None
    # Where no job can run the script, our own template makes no bundle.
    found = problems(files) if template or runs_as_job(plan.output) else []
    if found:
        place = at_top(bundle_template or "templates/bundle")
        raise Refused(
            [
                Diagnostic(
                    "E602",
                    ": ".join(filter(None, (each.path, each.where, each.message))),
                    place,
                    each.help,
                )
                for each in found
            ]
        )
    return files


def at_top(path: str) -> tuple[Label, ...]:
    return (Label(Span(path, 1, 1, 1, 1)),)


def unreadable(path: str, reason: str, code: str = "E002") -> Compiled:
    """A spec that could not be read from the disk."""
    help = "give the path of a .toml or .json file"
    if code == "E003":
        help = "split it, or draw its long lists by a kind of column instead of `data`"
    found = Diagnostic(code, f"cannot read {path}: {reason}", at_top(path), help)
    return Compiled(path, None, [found])
