def lognormal_mean(u: np.ndarray, mean: float, sigma: float) -> np.ndarray:
    """Log-normal values of this mean; sigma is the sd of the logarithm."""
    return mean * np.exp(sigma * ndtri(u) - np.square(sigma) / 2)
