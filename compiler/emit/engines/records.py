"""The code of each engine: one record with its templates and packages."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.plan.model import Plan

FOLDER = "script/engines/"


@dataclass(frozen=True)
class EngineCode:
    """What of a script only one engine has."""

    scan: str
    """The template that reads tables back for `--check`."""
    writer: str
    """The template that writes files; Delta tables have one of their own without Spark."""
    tables: str = FOLDER + "delta.py.j2"
    """The template that commits to tables."""
    block: str = ""
    """The template that writes one block's rows to a file."""
    packages: tuple[str, ...] = ()
    """What to install beside the packages that the script imports."""


LOCAL = FOLDER + "files.py.j2"
SPARK = FOLDER + "spark.py.j2"
ENGINES: dict[str, EngineCode] = {
    "polars": EngineCode(
        scan=FOLDER + "polars_scan.py.j2",
        writer=LOCAL,
        block=FOLDER + "polars_block.py.j2",
    ),
    "pandas": EngineCode(
        scan=FOLDER + "pandas_scan.py.j2",
        writer=LOCAL,
        block=FOLDER + "pandas_block.py.j2",
    ),
    "spark": EngineCode(
        scan=FOLDER + "spark_scan.py.j2",
        writer=SPARK,
        tables=SPARK,
        # PySpark needs it for mapInArrow and does not install it; with pandas 3 it warns.
        packages=("pandas>=2.2,<3",),
    ),
}
"""By the engine's name."""


def engine_code(plan: Plan) -> EngineCode:
    """The record of a plan's engine."""
    return ENGINES[plan.engine.name]


def writer_of(plan: Plan) -> str:
    """The template that writes a plan's tables."""
    code = engine_code(plan)
    return code.tables if plan.format.is_table else code.writer
