"""Real Spark servers for the tests: Sail (no JVM), and Spark's own where there is Java."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.forks import CAN_FORK, taking_requests

BIN = Path(sys.executable).parent
CONNECT = Path(__file__).parents[2] / ".venv-connect" / "bin" / "python"
"""The Python of the real `databricks-connect` client, which shares no environment with PySpark."""
WORKERS = Path(__file__).parent / "spark_workers"
SECRET = "hunter2"
"""What the environment of Spark's server holds as SECRET: no text of a spec may bring it out."""
SECONDS_TO_START = 90
JAVA_OPTIONS = (
    *("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
    # Spark's own classes are not verified: there are thousands.
    *("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"),
)
QUICK = {
    # Of few rows, to shuffle 200 parts takes longer than the queries.
    "spark.sql.shuffle.partitions": "2",
    # Without JARs of their own, sessions need no class loaders of their own.
    "spark.sql.artifact.isolation.enabled": "false",
    "spark.sql.artifact.isolation.alwaysApplyClassloader": "false",
    # Nobody looks at the plans of Spark's web pages.
    "spark.sql.maxPlanStringLength": "200",
}
"""Settings with which a server answers small queries in less time."""
CATALOGS = (
    '[{name="main", type="memory",'
    ' initial_database=["default"], initial_database_comment="-"}]'
)


def java() -> str | None:
    """Java's command, or none."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin" if home else None)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def sail(folder: Path) -> Iterator[str]:
    """A Sail server with a catalog `main`; gives its address. Its tables lie below the folder."""
    port = free_port()
    command = [BIN / "sail", "spark", "server", "--ip", "127.0.0.1", "--port", port]
    settings = {
        "SAIL_CATALOG__LIST": CATALOGS,
        "SAIL_CATALOG__DEFAULT_CATALOG": '"main"',
        # A test on the JVM may keep a session of Sail idle for minutes.
        "SAIL_SPARK__SESSION_TIMEOUT_SECS": "7200",
    }
    with serving(command, settings, port, folder) as address:
        yield address


@contextlib.contextmanager
def spark_connect(folder: Path) -> Iterator[str]:
    """Spark's own Connect server on the JVM; gives its address."""
    import pyspark

    port, home = free_port(), Path(pyspark.__file__).parent
    options = {
        "spark.connect.grpc.binding.port": str(port),
        "spark.ui.enabled": "false",
        "spark.driver.extraJavaOptions": " ".join(JAVA_OPTIONS),
        **QUICK,
    }
    settings = {"SPARK_HOME": str(home), "SECRET": SECRET}
    forker = folder / "forker.sock"
    if CAN_FORK:
        # Each session has Python workers of its own, which would import for a second.
        options["spark.python.daemon.module"] = "daemon_by_fork"
        settings |= {"PYTHONPATH": str(WORKERS), "TESTS_FORKER": str(forker)}
    command: list[object] = [home / "bin" / "spark-submit", "--master", "local[2]"]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
    for name, value in options.items():
        command += ["--conf", f"{name}={value}"]
    command.append("spark-internal")  # the class is in Spark's own jars
    requests = taking_requests(forker) if CAN_FORK else contextlib.nullcontext()
    with requests, serving(command, settings, port, folder) as address:
        yield address


@contextlib.contextmanager
def serving(
    command: list[object], settings: dict[str, str], port: int, folder: Path
) -> Iterator[str]:
    """A server's process, from when it listens to the end of the block."""
    log = folder / f"server-{port}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env={**os.environ, "PYSPARK_PYTHON": sys.executable, **settings},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until = time.monotonic() + SECONDS_TO_START
        while not listens(port):
            ended = process.poll() is not None
            assert not ended and time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.2)
        yield f"sc://127.0.0.1:{port}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
