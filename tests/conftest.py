"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes is the machine's business. On CI hypothesis has a profile of its own.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")
