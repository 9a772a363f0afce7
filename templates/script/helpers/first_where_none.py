@per_block
def first_where_none(row: np.ndarray) -> np.ndarray:
    """Row numbers, with that of the first row in place of none (-1)."""
    return np.maximum(row, 0)
