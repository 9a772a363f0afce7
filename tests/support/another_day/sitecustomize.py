"""Another day for a Python that has this folder on its path: `DAYS` later than it is.

The clock of `time` and of `datetime` themselves is moved, whoever reads it, and however.
"""

import ctypes
import gc
import os
import time
from datetime import datetime, timedelta

DAYS = float(os.environ.get("DAYS", "0"))
now, seconds = datetime.now, time.time


def later(cls, tz=None):  # type: ignore[no-untyped-def]
    return now(tz) + timedelta(DAYS)


time.time = lambda: seconds() + DAYS * 86_400  # `date.today` asks it, too
gc.get_referents(datetime.__dict__)[0]["now"] = classmethod(later)
ctypes.pythonapi.PyType_Modified(ctypes.py_object(datetime))
