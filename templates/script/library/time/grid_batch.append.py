def grid_batch(row: np.ndarray, every: timedelta) -> np.ndarray:
    """The batch that adds each row of a grid."""
    after = seconds_of(tick(row, every)) - int(to_utc(END).timestamp())
    return np.maximum(after // int(PERIOD.total_seconds()) + 1, 0)
