"""What holds for all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

# How long an example takes is the machine's business. On CI hypothesis has a profile of its own.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")

# Asserts of what tests share show their values, too, as those of the tests do.
pytest.register_assert_rewrite("tests.support")
