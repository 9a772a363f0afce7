def batch_of(table: str, row: np.ndarray) -> np.ndarray:
    """The batch that adds each row of a table: 0 is the first load."""
    return np.searchsorted(rows_after(table), row, side="right")
