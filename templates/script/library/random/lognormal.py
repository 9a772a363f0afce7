def lognormal(u: np.ndarray, median: Number, sigma: Number) -> np.ndarray:
    """Log-normal; sigma is the standard deviation of the logarithm."""
    above_zero(median=median, sigma=sigma)
    return median * np.exp(sigma * ndtri(u))
