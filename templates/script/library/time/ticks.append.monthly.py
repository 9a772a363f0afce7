def ticks(every: Step) -> int:
    """The row numbers that a grid keeps for each parent: its moments up to the year 2200."""
    return ticks_before(datetime(2200, 1, 1, tzinfo=UTC), every)
