def lognormal_mean(u: np.ndarray, mean: Number, sigma: Number) -> np.ndarray:
    """Log-normal with this mean; sigma is the standard deviation of the logarithm."""
    above_zero(mean=mean, sigma=sigma)
    return mean * np.exp(sigma * ndtri(u) - np.square(sigma) / 2)
