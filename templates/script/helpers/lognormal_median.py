def lognormal_median(u: np.ndarray, median: Number, sigma: Number) -> pl.Series:
    """Log-normal values of this median; sigma is the sd of the logarithm."""
    return pl.Series(median * np.exp(sigma * ndtri(u)))
