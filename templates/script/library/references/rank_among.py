def rank_among(rows: np.ndarray, row: np.ndarray | int) -> np.ndarray:
    """How many of some rows, which are in order, come before each of others."""
    # In the type of the rows: numpy would convert all of them.
    most = np.iinfo(rows.dtype).max
    return np.searchsorted(rows, np.minimum(row, most).astype(rows.dtype))
