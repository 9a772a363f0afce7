def lognormal_median_between(
    u: np.ndarray,
    median: Number,
    sigma: Number,
    low: Number = -np.inf,
    high: Number = np.inf,
) -> pl.Series:
    """A log-normal law of this median (before the cut) cut at low and high."""
    mean = median * np.exp(np.square(sigma) / 2)
    return lognormal_between(u, mean, sigma, low, high)
