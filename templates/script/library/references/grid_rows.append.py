def grid_rows(
    parent: np.ndarray,
    every: timedelta,
    batch: int | None = None,
) -> np.ndarray:
    """The row numbers that a batch adds to a grid, parent by parent."""
    period = window(BATCH if batch is None else batch)
    first, last = (ticks_before(edge, every) for edge in period)
    return (parent[:, None] * ticks(every) + np.arange(first, last)).ravel()
