def skewed_rank(u: np.ndarray, rows: int | np.ndarray, sigma: float) -> np.ndarray:
    """Ranks from 0, the busiest; sigma is the standard deviation of log activity."""
    rank = (ndtr(ndtri(u) - sigma) * rows).astype(np.int64)
    return np.minimum(rank, rows - 1)
