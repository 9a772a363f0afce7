def lognormal_between(
    u: np.ndarray,
    mean: Number,
    sigma: Number,
    low: Number = -np.inf,
    high: Number = np.inf,
) -> pl.Series:
    """A log-normal law (its mean before the cut) cut at low and high."""
    mu = np.log(mean) - np.square(sigma) / 2
    log_low, log_high = np.log(np.maximum(low, 1e-300)), np.log(high)
    within = stretch(u, ndtr((log_low - mu) / sigma), ndtr((log_high - mu) / sigma))
    return pl.Series(np.clip(np.exp(mu + sigma * ndtri(within)), low, high))
