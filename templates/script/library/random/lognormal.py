def lognormal(u: np.ndarray, median: float, sigma: float) -> np.ndarray:
    """Log-normal values of this median; sigma is the sd of the logarithm."""
    return median * np.exp(sigma * ndtri(u))
