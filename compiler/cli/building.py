"""The work of `scaffold build`: from the specs to the files, and the question before them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compiler.cli.asking import Answer, ask_to_edit_again, ask_what_next, edit
from compiler.cli.compiling import all_compiled, summed_up
from compiler.cli.options import CONFLICT, FINE, USAGE, WRONG
from compiler.cli.report import (
    print_result,
    show,
    show_diagnostics,
    show_edits,
    show_files,
    show_other_build,
    show_plans,
)

if TYPE_CHECKING:
    from compiler.pipeline import Compiled
    from compiler.regen.planning import Writing


@dataclass(frozen=True)
class Building:
    """A build of specs, as the options have it."""

    specs: tuple[str, ...]
    out: str
    options: dict[str, str | None]
    """Of the command line, those that change what a spec compiles to."""
    conflict: str = "stop"
    restore: bool = False
    force: bool = False
    strict: bool = False
    as_json: bool = False
    and_run: bool = False
    is_shown: bool = True
    """Whether the plan is to be shown; it was, where the command was `plan`."""

    def run(self, asks: bool) -> int:
        """Builds, asking before it writes if it may; returns the exit code."""
        edited = False
        while True:
            compiled = all_compiled(self.specs, self.compiled)
            if not self.as_json:
                if self.is_shown:
                    show_plans(compiled)
                show_diagnostics(compiled)
            if any_wrong(compiled, self.strict):
                if edited and ask_to_edit_again():
                    edit(self.specs)
                    continue
                return finish(compiled, [], self.as_json, exit_code_of(compiled))
            writings = [self.planned(one) for one in compiled]
            answer = Answer.BUILD
            if asks and not all(writing.diagnostics for writing in writings):
                loses = show_edits(writings, self.conflict)
                default = Answer.STOP if loses else Answer.BUILD
                answer = ask_what_next(self.out, default)
            if answer is Answer.EDIT:
                edit(self.specs)
                edited = True
                continue
            if answer is Answer.STOP:
                return finish(compiled, [], self.as_json, FINE)
            done = committed(writings)
            return finish(compiled, done, self.as_json, FINE, self.and_run)

    def compiled(self, path: str, text: str) -> Compiled:
        """A spec with all that it compiles to, from the cache if it is known there."""
        from compiler.cli.known import recalled, remembered
        from compiler.pipeline import compile_spec
        from compiler.regen.origin import source_of

        source = source_of(path, Path(self.out))
        if known := recalled(path, text, source, self.options, Path(self.out)):
            return known
        engine, format, template = self.options.values()
        compiled = compile_spec(path, text, engine, format, template, source)
        return remembered(summed_up(compiled), source, self.options)

    def planned(self, one: Compiled) -> Writing:
        """What is to be written of a spec."""
        from compiler.regen.merging import Resolution
        from compiler.regen.origin import origin_of
        from compiler.regen.planning import plan_write

        assert one.summary is not None and one.text is not None
        folder = Path(self.out) / one.summary.name
        if not self.as_json:
            show_other_build(folder, self.options)
        return plan_write(
            folder,
            one.files,
            force=self.force,
            restore=self.restore,
            resolution=Resolution(self.conflict),
            origin=origin_of(one.path, one.text, folder, self.options),
            renames=one.summary.renames,
        )


def finish(
    compiled: list[Compiled],
    writings: list[Writing],
    as_json: bool,
    code: int,
    and_run: bool = False,
) -> int:
    """Prints what was done, and runs the scripts if asked to; returns the exit code."""
    if as_json:
        print_result(compiled, writings)
    else:
        show_files([one for one in writings if not one.diagnostics])
        left = [one for each in writings for one in (*each.diagnostics, *each.notices)]
        show(
            left,
            {path: text for one in writings for path, text in one.sources.items()},
        )
    refused = {one.code for each in writings for one in each.diagnostics}
    notices = [one for writing in writings for one in writing.notices]
    marked = any(one.severity == "error" for one in notices)
    if "E503" in refused:
        code = USAGE
    elif refused or marked:
        code = CONFLICT
    if and_run and code == FINE:
        from compiler.run import run

        for writing in writings:
            script = writing.folder / "generate_data.py"
            if not script.exists():
                restore = "you deleted it; `--restore` writes it again"
                raise click.UsageError(f"there is no {script}: {restore}")
            code = code or run(script)
    return code


def exit_code_of(compiled: list[Compiled]) -> int:
    """The exit code of a failed build; errors of specs come before those of the disk."""
    codes = {each.code for one in compiled for each in one.diagnostics}
    return USAGE if codes == {"E503"} else WRONG


def any_wrong(compiled: list[Compiled], strict: bool) -> bool:
    return any(one.failed or (strict and one.diagnostics) for one in compiled)


def committed(writings: list[Writing]) -> list[Writing]:
    """Writes all files of a spec or none; a spec that is refused does not stop the others."""

    return [replace(one, diagnostics=one.commit()) for one in writings]
