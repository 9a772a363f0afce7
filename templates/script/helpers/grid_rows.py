def grid_rows(parent: np.ndarray, ticks: int) -> np.ndarray:
    """The row numbers of a grid: so many for each parent, one after the other."""
    return (parent[:, None] * ticks + np.arange(ticks)).ravel()
