@cache
def tick_seconds(every: Months) -> np.ndarray:
    """The moments of a grid in steps of months, in seconds since 1970."""
    moments = [tick_moment(every, n) for n in range(ticks(every))]
    return np.array([moment.timestamp() for moment in moments], np.int64)
