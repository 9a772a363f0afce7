"""Writes emitted files to disk without losing any edits.

    writing = plan_write(Path("generated/ecom"), texts)
    writing.decisions    # what happens to each file
    writing.diagnostics  # why nothing can be written, if so
    writing.commit()     # all files, or none and the reasons
    writing.notices      # what is left to do then

The modules: `decide` (pure), `disk` (reads, never outside of the folder), `lock` (the
record of what was written), `origin` (the spec that it was made from), `journal` (the record
of what is being written), `merge` (of texts, pure), `merging` (of files), `planning` (combines
these), `write` (all or nothing), `adopting` (edited files as they are), `status` (what differs
from the record), `diffs`, `refusals` (the diagnostics).

Import from the modules: `status` is to be quick, so this file imports none.
"""
