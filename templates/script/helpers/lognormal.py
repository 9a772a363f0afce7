def lognormal(u: np.ndarray, mean: Number, sigma: Number) -> pl.Series:
    """Log-normal values of this mean; sigma is the sd of the logarithm."""
    return pl.Series(mean * np.exp(sigma * ndtri(u) - np.square(sigma) / 2))
