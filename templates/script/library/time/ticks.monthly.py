def ticks(every: Step) -> int:
    """How many moments of the window lie such a step apart."""
    _, end = timeline(START, END)[0]
    count = ticks_before(datetime.fromtimestamp(end, UTC), every)
    if not count:
        raise RuntimeError(f"No month ends from {to_utc(START):%F} to {to_utc(END):%F}")
    return count
