def normal_between(
    u: np.ndarray,
    mean: Number,
    sd: Number,
    low: Number = -np.inf,
    high: Number = np.inf,
) -> pl.Series:
    """A normal law cut at low and high, with no pile-up there."""
    within = stretch(u, ndtr((low - mean) / sd), ndtr((high - mean) / sd))
    return pl.Series(np.clip(mean + sd * ndtri(within), low, high))
