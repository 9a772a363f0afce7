"""Black, in its default style, so that a team's own `black .` changes nothing."""

from __future__ import annotations


def formatted(source: str) -> str:
    """Source as black lays it out; raises black's own error where it is no Python (a bug)."""
    import black  # heavy, and only needed once there is something to format

    mode = black.Mode(target_versions={black.mode.TargetVersion.PY311})
    return black.format_str(source, mode=mode)
