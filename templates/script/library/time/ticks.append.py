def ticks(every: timedelta) -> int:
    """The row numbers that a grid keeps for each parent: its moments up to the year 2200."""
    return math.ceil((to_utc(date(2200, 1, 1)) - to_utc(START)) / every)
