@cache
def period(start: When, end: When) -> Timeline:
    """A period in which every moment is as likely as any other."""
    first, last = at(start).timestamp(), at(end).timestamp()
    if first >= last:
        raise RuntimeError(
            f"The period {at(start):%F} to {at(end):%F} ends before it starts"
        )
    return np.array([first, last]), np.array([0.0, 1.0])
