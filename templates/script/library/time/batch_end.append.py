def batch_end(batch: np.ndarray, plus: timedelta = timedelta(0)) -> pl.Series:
    """The end of each row's batch, or a moment relative to it."""
    first, step = (to_utc(END) + plus).timestamp(), PERIOD.total_seconds()
    return utc_moments(int(first) + batch * int(step))
