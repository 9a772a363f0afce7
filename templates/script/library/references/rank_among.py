def rank_among(rows: np.ndarray, row: np.ndarray | int) -> np.ndarray:
    """How many of these sorted rows are smaller than each row."""
    # In the dtype of `rows`: numpy would convert all of them.
    maximum = np.iinfo(rows.dtype).max
    return np.searchsorted(rows, np.minimum(row, maximum).astype(rows.dtype))
