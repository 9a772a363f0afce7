"""What a test's Spark starts for the Python workers of a session, in place of `pyspark.daemon`.

It runs `pyspark.daemon` in a fork of a process that has imported what workers import (`forks.py`).
"""

from __future__ import annotations

import json
import os
import socket
import sys

status, theirs = os.pipe()
asked = {
    "args": ["-m", "pyspark.daemon", *sys.argv[1:]],
    "cwd": os.getcwd(),
    "env": dict(os.environ),
    "streams": [0, 1, 2],
    "session": False,
}
with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as way:
    way.connect(os.environ["TESTS_FORKER"])
    socket.send_fds(way, [json.dumps(asked).encode()], [theirs, 0, 1, 2])
for fd in (theirs, 0, 1):  # the fork has them now
    os.close(fd)
with os.fdopen(status) as lines:
    ends = lines.read().split()  # its number, and how it ended
sys.exit(int(ends[-1]))
