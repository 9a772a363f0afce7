def grid_batch(row: np.ndarray, every: timedelta) -> np.ndarray:
    """The batch that brings each row of a grid."""
    after = tick(row, every).dt.epoch("s").to_numpy() - int(to_utc(END).timestamp())
    return np.maximum(after // int(PERIOD.total_seconds()) + 1, 0)
