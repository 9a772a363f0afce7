def skewed_rank(u: np.ndarray, rows: int | np.ndarray, sigma: float) -> np.ndarray:
    """Ranks from 0, the busiest; sigma is the standard deviation of log activity."""
    share = ndtr(ndtri(u) - sigma) if sigma else u
    return np.minimum((share * rows).astype(np.int64), rows - 1)
