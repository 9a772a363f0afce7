"""The plan: a spec with every name resolved and every type known. Frozen all through."""

from compiler.plan.model.columns import Case, Column, Variant, reads_of
from compiler.plan.model.faults import BadData, TableFaults
from compiler.plan.model.paths import Hop, Path, Reference
from compiler.plan.model.plan import Assumptions, Plan, UsedCalendar
from compiler.plan.model.tables import Children, Growth, Table
from compiler.plan.summary import Rename

__all__ = [
    "Assumptions",
    "BadData",
    "Case",
    "Children",
    "Column",
    "Growth",
    "Hop",
    "Path",
    "Plan",
    "Reference",
    "Rename",
    "Table",
    "TableFaults",
    "UsedCalendar",
    "Variant",
    "reads_of",
]
