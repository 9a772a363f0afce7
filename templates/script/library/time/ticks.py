def ticks(every: timedelta) -> int:
    """The number of a grid's moments from START to END."""
    start, end = timeline(START, END)[0]
    return math.ceil((end - start) / every.total_seconds())
