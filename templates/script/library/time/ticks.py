def ticks(every: timedelta) -> int:
    """How many moments of the window lie such a length apart."""
    start, end = timeline(START, END)[0]
    return math.ceil((end - start) / every.total_seconds())
