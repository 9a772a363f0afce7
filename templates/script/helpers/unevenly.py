def unevenly(u: np.ndarray, rows: Number, spread: float) -> np.ndarray:
    """A parent's rank for each draw, the busiest first.

    Activity is log-normal; spread is the sd of its logarithm.
    """
    return (ndtr(ndtri(u) - spread) * rows).astype(np.int64)
