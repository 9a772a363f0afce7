@cache
def timeline(start: When, end: When) -> Timeline:
    """A period in which every moment is as likely as any other."""
    first, last = to_utc(start).timestamp(), to_utc(end).timestamp()
    if first >= last:
        raise RuntimeError(
            f"The period {to_utc(start):%F} to {to_utc(end):%F} ends before it starts"
        )
    return np.array([first, last]), np.array([0.0, 1.0])
