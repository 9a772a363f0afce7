def ticks(every: Step) -> int:
    """How many moments of the window lie such a step apart."""
    _, end = period(START, END)[0]
    count = ticks_before(datetime.fromtimestamp(end, UTC), every)
    if not count:
        raise RuntimeError(f"No month ends from {at(START):%F} to {at(END):%F}")
    return count
