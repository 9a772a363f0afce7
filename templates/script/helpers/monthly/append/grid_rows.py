def grid_rows(parent: np.ndarray, every: Step) -> np.ndarray:
    """The row numbers of the batch's part of a grid, those of each parent one after the other."""
    first, last = (ticks_before(edge, every) for edge in window(BATCH))
    return (parent[:, None] * ticks(every) + np.arange(first, last)).ravel()
