def add_seconds(moment: pl.Series, seconds: np.ndarray) -> pl.Series:
    """The moments that are so many whole seconds later; of days, the days."""
    microseconds = pl.Series(seconds.astype(np.int64) * 1_000_000)
    return moment + microseconds.cast(pl.Duration("us"))
