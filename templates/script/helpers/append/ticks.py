def ticks(every: timedelta) -> int:
    """The row numbers that a grid keeps for each parent: its moments up to the year 2200."""
    return math.ceil((at(date(2200, 1, 1)) - at(START)) / every)
