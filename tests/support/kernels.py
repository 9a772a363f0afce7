"""A kernel of IPython, which is what Databricks executes serverless tasks and notebooks in."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

RUNTIME = {"DATABRICKS_RUNTIME_VERSION": "client.5.1"}
"""What scripts find in the environment there."""
SECONDS = 120
"""That a cell may take."""
TASK = """
import sys
sys.argv = {argv!r}
with open(sys.argv[0], "rb") as file:
    exec(compile(file.read(), sys.argv[0], "exec"))
"""


@dataclass
class Outcome:
    """What executing a cell leads to."""

    stdout: str = ""
    stderr: str = ""
    error: str = ""
    """The name of the exception and what it says, as the page of a run shows it."""
    kinds: list[str] = field(default_factory=list)
    """Of all messages to the page."""

    def hear(self, message: dict[str, Any]) -> None:
        kind, content = message["msg_type"], message["content"]
        self.kinds.append(kind)
        if kind == "stream":
            text = getattr(self, content["name"]) + content["text"]
            setattr(self, content["name"], text)
        if kind == "error":
            self.error = f"{content['ename']}: {content['evalue']}"


@dataclass
class Kernel:
    """A running kernel."""

    client: BlockingKernelClient

    def cell(self, code: str) -> Outcome:
        """Executes a cell, to its end."""
        outcome = Outcome()
        self.client.execute_interactive(
            code, timeout=SECONDS, output_hook=outcome.hear, allow_stdin=False
        )
        return outcome

    def task(self, script: str, *parameters: str) -> Outcome:
        """Executes a script with its parameters, as a `spark_python_task` does."""
        return self.cell(TASK.format(argv=[script, *parameters]))


@contextlib.contextmanager
def kernel(folder: Path, **environment: str) -> Iterator[Kernel]:
    """A kernel that starts in a folder, for the time of a block."""
    env = {**os.environ, **RUNTIME, **environment}
    manager, client = start_new_kernel(cwd=str(folder), env=env)
    try:
        yield Kernel(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
