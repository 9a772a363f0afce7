def grid_rows(parent: np.ndarray, every: Step, batch: int | None = None) -> np.ndarray:
    """The row numbers of a batch's part of a grid, those of each parent one after the other."""
    period = window(BATCH if batch is None else batch)
    first, last = (ticks_before(edge, every) for edge in period)
    return (parent[:, None] * ticks(every) + np.arange(first, last)).ravel()
