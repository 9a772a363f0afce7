"""Black, in its default style, so that a team's own `black .` changes nothing."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection

APART = re.compile(r"\n{3,}(?=\S)")
"""What stands between functions and sections: two blank lines, or more."""


def formatted(source: str, laid_out: Collection[str] = ()) -> str:
    """Source as black lays it out; raises black's own error where it is no Python (a bug).

    Piece by piece, since black takes its time: what is laid out already is left alone.
    """
    pieces = APART.split(source.strip())
    done = [piece if piece in laid_out else _formatted(piece) for piece in pieces]
    return "\n\n\n".join(done) + "\n"


@functools.cache
def _formatted(piece: str) -> str:
    import black  # heavy, and only needed once there is something to format

    mode = black.Mode(target_versions={black.mode.TargetVersion.PY311})
    return black.format_str(piece, mode=mode).rstrip()
