def tick(row: np.ndarray, every: timedelta) -> pl.Series:
    """The moment of each row of a grid, whose steps count from START."""
    start, length = int(to_utc(START).timestamp()), int(every.total_seconds())
    return utc_moments(start + row % ticks(every) * length)
