def null_after_end(moment: pl.Series, batch: np.ndarray) -> pl.Series:
    """The moments before the end of the row's batch; null for the others."""
    return null_where(moment, seconds_of(moment) >= seconds_of(batch_end(batch)))
