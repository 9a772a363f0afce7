def batch_end(batch: np.ndarray, plus: timedelta = timedelta(0)) -> pl.Series:
    """The end of each row's batch, or a moment that counts from it."""
    first, step = (to_utc(END) + plus).timestamp(), PERIOD.total_seconds()
    seconds = int(first) + batch * int(step)
    return pl.Series(seconds * 1_000_000).cast(pl.Datetime("us", "UTC"))
