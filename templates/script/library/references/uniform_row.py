def uniform_row(u: np.ndarray, rows: int | np.ndarray) -> np.ndarray:
    """Row numbers below `rows`, all equally likely."""
    return (u * rows).astype(np.int64)
