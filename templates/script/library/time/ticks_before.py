def ticks_before(moment: datetime, every: timedelta) -> int:
    """The number of a grid's moments from START to another moment."""
    return math.ceil((moment - to_utc(START)) / every)
