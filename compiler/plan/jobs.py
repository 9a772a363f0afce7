"""Whether a job on Databricks can do what the script does."""

from __future__ import annotations

from compiler.diagnostics import Label
from compiler.engines import ENGINES, FORMATS
from compiler.plan.scope import Scope
from compiler.spec.output import Output


def runs_as_job(output: Output) -> bool:
    """Whether a script with such an output can run as a job.

    Without Spark a job writes to a volume, which is no place for Delta tables: they need renames.
    """
    return ENGINES[output.engine].distributed or not FORMATS[output.format].is_table


def check_job(scope: Scope) -> None:
    """E106: `[job]` beside Delta without Spark, where the spec itself asks for both.

    Where the command line does, to look at the data on this machine, there is no job instead.
    """
    own = scope.document.tree.get("output")
    if "job" not in scope.document.tree or not isinstance(own, dict):
        return
    format = FORMATS.get(str(own.get("format")))
    engine = ENGINES.get(str(own.get("engine")))
    asked = format and format.is_table and not (engine and engine.distributed)
    if not asked or runs_as_job(scope.spec.output):
        return
    delta = Label(scope.document.value(("output", "format")))
    job = Label(scope.document.key(("job",)), "a job writes to a volume")
    by = scope.spec.output.engine
    message = f"a job cannot write Delta tables with {by}: a volume cannot hold them"
    help = 'write engine = "spark" for tables of Unity Catalog; or leave out `[job]`, or Delta'
    scope.report("E106", message, (delta, job), help)
