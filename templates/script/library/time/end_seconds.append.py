def end_seconds(batch: np.ndarray) -> np.ndarray:
    """The end of each row's batch, in seconds since 1970."""
    return seconds_of(batch_end(batch))
