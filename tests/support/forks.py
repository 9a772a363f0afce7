"""Python programs in forks of a process that has their libraries imported.

Most of a short run is imports. A fork is a process of its own, with its own `__main__`, options,
folder, environment, streams and end. It differs from a new one in what Python and the libraries
read from the environment when they start: see `AT_RUN`.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

AT_RUN = {
    *("COLUMNS", "NO_COLOR", "TERM", "SPARK_REMOTE", "SPARK_CONNECT_MODE_ENABLED"),
    *("GITHUB_ACTIONS", "PYTEST_CURRENT_TEST", "_RJEM_MALLOC_CONF"),  # polars' own
}
"""Variables that are read when a program runs; others may be read by an import."""
AT_START = dict(os.environ)
CAN_FORK = sys.platform == "linux"


def fits(env: Mapping[str, str]) -> bool:
    """Whether a fork runs as a new process with these variables would."""
    changed = {key for key, _ in env.items() ^ AT_START.items()}
    return CAN_FORK and changed <= AT_RUN


@functools.cache
def forker() -> socket.socket:
    """Starts the process that forks, one a worker; gives the way to it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.forker", str(theirs.fileno())],
        cwd=Path(__file__).parents[2],
        env=AT_START,
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
    )
    theirs.close()
    atexit.register(ended, ours, process)
    return ours


@contextlib.contextmanager
def taking_requests(path: Path) -> Iterator[None]:
    """Passes what other processes ask for at this socket on to the process that forks."""

    def pass_on() -> None:
        while True:
            try:
                way, _ = listener.accept()
            except OSError:  # the end
                return
            with way:
                message, fds, *_ = socket.recv_fds(way, 1 << 20, 4)
            if message:  # none is how the tests end the process that forks
                socket.send_fds(forker(), [message], fds)
            for fd in fds:
                os.close(fd)

    forker()  # started here, in the environment of the tests
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(path))
        listener.listen()
        threading.Thread(target=pass_on, daemon=True).start()
        try:
            yield
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def ended(ours: socket.socket, process: subprocess.Popen[bytes]) -> None:
    ours.close()
    process.kill()
    process.wait()


class Fork:
    """A Python program that runs: what tests use of `subprocess.Popen[str]`.

    `args` is what follows `python` on its command line: a script, or `-m` or `-c`. It reads
    nothing and writes to pipes, but where streams are given (by descriptor: theirs and ours).
    """

    stdout: IO[str]
    stderr: IO[str]

    def __init__(
        self,
        args: Sequence[str],
        cwd: Path,
        env: Mapping[str, str],
        streams: Mapping[int, int] | None = None,
        session: bool = False,
    ) -> None:
        self.args = list(args)
        self.returncode: int | None = None
        status, theirs = os.pipe()
        opened, given = [theirs], {**(streams or {})}
        for number, name in ((1, "stdout"), (2, "stderr")):
            if number not in given:
                ours, given[number] = os.pipe()
                setattr(self, name, os.fdopen(ours, encoding="utf-8"))
                opened.append(given[number])
        asked = {
            "args": self.args,
            "cwd": str(cwd),
            "env": dict(env),
            "streams": list(given),
            "session": session,
        }
        message = json.dumps(asked).encode()
        socket.send_fds(forker(), [message], [theirs, *given.values()])
        for each in opened:
            os.close(each)
        self._status = os.fdopen(status, encoding="utf-8")
        self.pid = int(self._status.readline())

    def poll(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._status], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            self.returncode = int(self._status.readline())
            self._status.close()
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it prints, but to a stream that was given."""
        found = {"stdout": "", "stderr": ""}

        def read(name: str) -> None:
            with getattr(self, name) as stream:
                found[name] = stream.read()

        names = [name for name in found if hasattr(self, name)]
        readers = [threading.Thread(target=read, args=[name]) for name in names]
        for reader in readers:
            reader.start()
        self.wait(timeout)
        for reader in readers:
            reader.join()
        return found["stdout"], found["stderr"]

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it ends right now
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
