"""The sections of the library: a folder of helpers each, in the order of the script."""

from __future__ import annotations

READ_FIRST = "tables"
"""The folder whose helpers come before the tables."""

SECTIONS = {
    READ_FIRST: "HOW TO READ THE TABLES",
    "workers": "WORKERS: what is made once in each",
    "random": "RANDOM NUMBERS",
    "text": "TEXT",
    "time": "TIME",
    "batches": "BATCHES: which rows come when",
    "blocks": "BLOCKS: what is computed once",
    "references": "REFERENCES: which row of another table a row belongs to",
    "sequences": "SEQUENCES: columns computed in order of time",
    "bad_data": "BAD DATA: faults on top of the clean cells",
    "conditions": "NULLS AND CONDITIONS",
    "files": "FILES: rows in the form in which they are written",
    "output": "OUTPUT: whole tables, whatever happens to a run",
}
"""The titles by folder of `templates/script/library/`."""
NOTES = {
    "random": "`u` is uniform random numbers between 0 and 1; a distribution is its quantile "
    "function.",
}
"""The words below a title."""
