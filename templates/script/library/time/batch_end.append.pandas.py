def batch_end(batch: np.ndarray, plus: timedelta = timedelta(0)) -> pd.Series:
    """The end of each row's batch, or a moment that counts from it."""
    first, step = (to_utc(END) + plus).timestamp(), PERIOD.total_seconds()
    return utc_moments(int(first) + batch * int(step))
