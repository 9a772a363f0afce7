@cache
def timeline(start: When, end: When) -> Timeline:
    """A period with the same volume at all times, in epoch seconds."""
    first, last = to_utc(start), to_utc(end)
    if first >= last:
        raise RuntimeError(
            f"The period {first:%F} to {last:%F} ends before it starts: edit its dates"
        )
    return np.array([first.timestamp(), last.timestamp()]), np.array([0.0, 1.0])
