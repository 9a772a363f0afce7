"""Writing what was emitted to disk, so that nothing a person edited is lost.

    writing = plan_write(Path("generated/ecom"), texts, force=False)
    writing.decisions    # what becomes of each file, to show
    writing.diagnostics  # why nothing may be written, if so
    writing.commit()     # all of it, or nothing and the diagnostics that say why

The modules: `decide` (pure), `disk` (reads, never outside of the folder), `lock` (the
record of what was written), `journal` (of what is being written), `planning` (brings
them together), `write` (all or nothing), `refusals` (the diagnostics).
"""

from compiler.regen.decide import Action, Decision
from compiler.regen.planning import Writing, commit, plan_write

__all__ = ["Action", "Decision", "Writing", "commit", "plan_write"]
