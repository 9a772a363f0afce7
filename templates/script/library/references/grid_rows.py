def grid_rows(parent: np.ndarray, every: timedelta) -> np.ndarray:
    """The row numbers of a grid, parent by parent."""
    size = ticks(every)
    return (parent[:, None] * size + np.arange(size)).ravel()
