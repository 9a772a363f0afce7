def ticks(every: Step) -> int:
    """The number of a grid's moments from START to END."""
    _, end = timeline(START, END)[0]
    count = ticks_before(datetime.fromtimestamp(end, UTC), every)
    if not count:
        window = f"{to_utc(START):%F} to {to_utc(END):%F}"
        raise RuntimeError(f"No month ends from {window}: edit START or END")
    return count
