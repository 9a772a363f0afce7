def batch_end(batch: np.ndarray, plus: When = timedelta(0)) -> pl.Series:
    """The end of each row's batch, or a moment relative to it."""
    batches, index = np.unique(batch, return_inverse=True)
    moments = [from_end(to_utc(END) + n * PERIOD, plus) for n in batches.tolist()]
    seconds = np.array([moment.timestamp() for moment in moments], np.int64)
    return utc_moments(seconds[index])
