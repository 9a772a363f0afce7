@per_block
def row_or_first(row: np.ndarray) -> np.ndarray:
    """Row numbers, with that of the first row in place of none (-1)."""
    return np.maximum(row, 0)
