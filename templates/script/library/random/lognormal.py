def lognormal(u: np.ndarray, median: float, sigma: float) -> np.ndarray:
    """Log-normal; sigma is the standard deviation of the logarithm."""
    above_zero(median=median, sigma=sigma)
    return median * np.exp(sigma * ndtri(u))
