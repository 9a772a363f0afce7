"""The sections of the library: a folder of helpers each, in the order of the script."""

from __future__ import annotations

READ_FIRST = "tables"
"""The folder whose helpers come before the tables."""

SECTIONS = {
    READ_FIRST: "HOW TO READ THE TABLES",
    "workers": "WORKERS: what each computes once",
    "random": "RANDOM NUMBERS",
    "columns": "COLUMNS: arrays and texts as Series",
    "text": "TEXT",
    "time": "TIME",
    "batches": "BATCHES: which rows each one adds",
    "blocks": "BLOCKS: rows computed at once, and values computed once",
    "references": "REFERENCES: which row of another table a row belongs to",
    "sequences": "SEQUENCES: columns computed in order of time",
    "bad_data": "BAD DATA: faults in some cells",
    "conditions": "NULLS AND CONDITIONS",
    "files": "FILES: rows as they are written",
    "output": "OUTPUT: complete tables, even if a run fails",
}
"""The titles by folder of `templates/script/library/`."""
FIRST_HELPER = {"random": "random"}
"""By folder: the helper that comes first, after those that it calls."""
NOTES = {
    "random": "`u` is uniform random numbers between 0 and 1; a distribution is its quantile "
    "function.",
}
"""Comments below a title."""
