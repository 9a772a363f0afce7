def ticks(every: timedelta) -> int:
    """The row numbers reserved for each parent of a grid: its moments up to 2200."""
    return ticks_before(datetime(2200, 1, 1, tzinfo=UTC), every)
