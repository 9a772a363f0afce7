"""The process that forks: it imports what programs import, then becomes each of them anew.

It runs no query and starts no session, so that no library has a thread that a fork would lack.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import json
import os
import pkgutil
import random
import runpy
import signal
import socket
import sys
import threading
import types
from typing import IO, Any, TextIO

import compiler

LIBRARIES = (
    *("numpy", "polars", "scipy.special", "pandas", "pyarrow.parquet", "duckdb"),
    *("deltalake", "faker.generator", "holidays", "rich.progress", "rich.table"),
    *("black", "cookiecutter.main"),
    *(each.name for each in pkgutil.walk_packages(compiler.__path__, "compiler.")),
)
SPARK = ("pyspark.sql.functions", "pyspark.sql.connect.session")


def imports(names: tuple[str, ...]) -> None:
    for name in names:
        if name.endswith("__main__"):
            continue
        with contextlib.suppress(ImportError):  # who needs it finds that out
            importlib.import_module(name)
    gc.freeze()


def asked(way: socket.socket) -> dict[str, Any] | None:
    """Waits for programs to run, each in a fork of its own; only a fork returns with one."""
    while True:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass  # another has ended
        message, fds, *_ = socket.recv_fds(way, 1 << 20, 4)
        if not message:
            return None
        request: dict[str, Any] = json.loads(message)
        name = request["args"][0]
        if name not in ("-c", "-m"):
            request["code"] = code_of(os.path.join(request["cwd"], name))
        if not os.fork():
            way.close()
            parent_or_child(request, fds)
            return request
        for fd in fds:
            os.close(fd)


def code_of(path: str) -> types.CodeType:
    with open(path, "rb") as file:
        text = file.read()
    if b"pyspark" in text:
        imports(SPARK)
    return compiled(path, text)


@functools.lru_cache(maxsize=20)
def compiled(path: str, text: bytes) -> types.CodeType:
    return compile(text, path, "exec")


def parent_or_child(request: dict[str, Any], fds: list[int]) -> None:
    """Forks once more: the parent writes the child's number and how it ended, and ends."""
    status, *streams = fds
    if child := os.fork():
        for fd in streams:
            os.close(fd)
        os.write(status, b"%d\n" % child)
        _, how = os.waitpid(child, 0)
        with contextlib.suppress(BrokenPipeError):
            os.write(status, b"%d\n" % os.waitstatus_to_exitcode(how))
        os._exit(0)
    if request["session"]:
        os.setsid()
    for number, fd in zip(request["streams"], streams, strict=True):
        os.dup2(fd, number)
    for fd in fds:
        os.close(fd)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        setattr(sys, name, stream(number, getattr(sys, name)))
        setattr(sys, f"__{name}__", getattr(sys, name))
    signal.signal(signal.SIGINT, signal.default_int_handler)


def stream(number: int, like: TextIO) -> IO[str]:
    """A stream as Python makes it at its start, by lines on a terminal and for errors."""
    mode, lines = "w" if number else "r", number == 2 or os.isatty(number)
    return open(number, mode, 1 if lines else -1, "utf-8", like.errors, closefd=False)


def prepared(request: dict[str, Any]) -> types.ModuleType:
    """Sets the folder, environment and options of a program; gives its module."""
    import faker.generator
    import numpy as np

    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    # What nothing may depend on differs from run to run, as it would in new processes.
    random.seed()
    np.random.seed()
    faker.generator.random.seed()
    sys.argv, sys.path[0] = request["args"], request["cwd"]
    module = types.ModuleType("__main__")
    if "code" in request:
        module.__file__ = os.path.join(request["cwd"], sys.argv[0])
    return module


def run(request: dict[str, Any], module: types.ModuleType) -> None:
    """Runs a program and ends this process; raises what it does not handle."""
    sys.modules["__main__"] = module
    kind, code = sys.argv[0], request.get("code")
    try:
        if kind == "-m":
            sys.argv = sys.argv[1:]
            runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        else:
            if kind == "-c":
                sys.argv = ["-c", *sys.argv[2:]]
                code = compile(request["args"][1], "<string>", "exec")
            assert code is not None
            exec(code, vars(module))
        end = 0
    except SystemExit as ended:
        if not isinstance(ended.code, int | None):
            raise
        end = ended.code or 0
    # As Python ends, but nothing that the forks share is taken apart: a third of the time.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for each in (sys.stdout, sys.stderr):
        with contextlib.suppress(BrokenPipeError, ValueError):
            each.flush()
    os._exit(end & 0xFF)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    imports(LIBRARIES)
    request = asked(socket.socket(fileno=int(sys.argv[1])))
    if request is not None:
        itself = sys.modules["__main__"]  # keeps what is called here
        run(request, prepared(request))
