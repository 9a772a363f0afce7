@per_block
def row_or_first(row: np.ndarray) -> np.ndarray:
    """Row numbers, with 0 in place of -1 (no row)."""
    return np.maximum(row, 0)
