def skewed_rank(u: np.ndarray, rows: int | np.ndarray, spread: float) -> np.ndarray:
    """A parent's rank for each draw, the busiest first; spread is the sd of log activity."""
    rank = (ndtr(ndtri(u) - spread) * rows).astype(np.int64)
    return np.minimum(rank, rows - 1)
