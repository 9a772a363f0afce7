"""Writes emitted files to disk without losing any edits.

    writing = plan_write(Path("generated/ecom"), texts, force=False)
    writing.decisions    # what happens to each file
    writing.diagnostics  # why nothing can be written, if so
    writing.commit()     # all files, or none and the reasons

The modules: `decide` (pure), `disk` (reads, never outside of the folder), `lock` (the
record of what was written), `journal` (the record of what is being written), `merge` (of
lines, pure), `soundness` (what a merge may break), `merging` (of files), `planning`
(combines these), `write` (all or nothing), `refusals` (the diagnostics).
"""

from compiler.regen.decide import Action, Decision
from compiler.regen.planning import Writing, commit, plan_write

__all__ = ["Action", "Decision", "Writing", "commit", "plan_write"]
