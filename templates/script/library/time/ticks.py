def ticks(every: timedelta) -> int:
    """The number of a grid's moments from START to END."""
    start, end = to_utc(START), to_utc(END)
    count = ticks_before(end, every)
    if count < 1:
        raise RuntimeError(
            f"A grid has no row from {start:%F} to {end:%F}: edit START or END"
        )
    return count
