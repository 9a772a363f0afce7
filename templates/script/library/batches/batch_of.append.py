def batch_of(table: str, row: np.ndarray) -> np.ndarray:
    """The batch that brings each of a table's rows: 0 is the first load."""
    return np.searchsorted(rows_after(table), row, side="right")
