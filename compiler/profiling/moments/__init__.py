"""What dates and timestamps are drawn from: the window, calendars, delays, limits."""

from compiler.profiling.moments.describe import describe
from compiler.profiling.moments.model import Moments

__all__ = ["Moments", "describe"]
