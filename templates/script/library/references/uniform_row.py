def uniform_row(u: np.ndarray, rows: int) -> np.ndarray:
    """A parent's rank for each draw, all alike."""
    return (u * rows).astype(np.int64)
