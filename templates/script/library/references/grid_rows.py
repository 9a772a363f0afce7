def grid_rows(parent: np.ndarray, every: timedelta) -> np.ndarray:
    """The row numbers of a grid: those of each parent one after the other."""
    size = ticks(every)
    return (parent[:, None] * size + np.arange(size)).ravel()
