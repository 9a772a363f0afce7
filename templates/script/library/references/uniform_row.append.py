def uniform_row(u: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """A parent for each draw, among so many, all alike."""
    return (u * rows).astype(np.int64)
