def tick(row: np.ndarray, every: Step) -> pl.Series:
    """The moment of each row of a grid, whose steps count from START."""
    step = row % ticks(every)
    if not isinstance(every, timedelta):
        return utc_moments(tick_seconds(every)[step])
    start, length = int(to_utc(START).timestamp()), int(every.total_seconds())
    return utc_moments(start + step * length)
