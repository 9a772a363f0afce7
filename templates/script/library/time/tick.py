def tick(row: np.ndarray, every: timedelta) -> pl.Series:
    """The moments of the window that lie such a length apart, by the rows of a grid."""
    start, step = int(to_utc(START).timestamp()), int(every.total_seconds())
    seconds = start + row % ticks(every) * step
    return pl.Series(seconds * 1_000_000).cast(pl.Datetime("us", "UTC"))
